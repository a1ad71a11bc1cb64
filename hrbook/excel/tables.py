"""Machine-readable sheets: one table, heading in row 1, data from row 2, true types, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hrbook import textfit
from hrbook.core.fault import Fault
from hrbook.excel.bulk import COLS, BulkSheet
from hrbook.excel.cells import write_text, write_value
from hrbook.excel.clean import clean_text
from hrbook.excel.formats import Formats
from hrbook.excel.rows import Shared
from hrbook.sheets.book import DataSheet, Value

KINDS: dict[str, tuple[type, ...]] = {"text": (str,), "integer": (int,), "number": (int, float), "date": (date,)}
HEAD = "data_head"
STYLE = "Table Style Light 1"
MAX_ROWS = 1_048_575  # below the heading


def write_table(
    sheet: Any, data: DataSheet, formats: Formats, shared: Shared | None = None, charted: Sequence[tuple[int, int]] = ()
) -> None:
    """Write headings and rows to an xlsxwriter worksheet as an Excel table; a table without rows keeps its heading.
    With `shared` its cells are written in bulk; `charted` are the places (row, column) whose values a chart shows.
    Raises ValueError for headings that repeat or are empty and for values of another kind than their column's."""
    _check(data)
    bulk = BulkSheet(sheet, shared) if shared is not None and _one_format_a_column(data, formats) else None
    cells = bulk or sheet
    head = formats.styles.look(HEAD)
    lines = 1
    for index, column in enumerate(data.columns):
        sheet.set_column(index, index, column.width)
        usable = textfit.usable_px(textfit.column_px(column.width))
        lines = max(lines, len(textfit.spans(column.heading, usable, head.size, head.bold)))
        write_value(cells, 0, index, column.heading, HEAD, formats)
    sheet.set_row(0, textfit.row_height(lines, head.size))
    if bulk is None:
        _write_rows(sheet, data, formats)
    else:
        _write_bulk(bulk, data, formats)
    if data.rows:
        columns = [{"header": column.heading, "header_format": formats.cell(HEAD)} for column in data.columns]
        options = {"columns": columns, "autofilter": False, "style": STYLE}
        cells.add_table(0, 0, len(data.rows), len(data.columns) - 1, options)
    if bulk is not None:
        _show(bulk, data, formats, charted)
        bulk.finish()
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _one_format_a_column(data: DataSheet, formats: Formats) -> bool:
    """Whether the rows can be written in bulk: there are some, and what is a date looks like what is none."""
    dates = all(formats.date(look) is formats.cell(look) for look in _looks(data) if look == "data_date")
    return bool(data.rows) and 0 < len(data.columns) <= COLS and dates


def _looks(data: DataSheet) -> list[str]:
    return [f"data_{column.kind}" for column in data.columns]


def _write_bulk(bulk: BulkSheet, data: DataSheet, formats: Formats) -> None:
    looks = _looks(data)

    def slow(row: int, col: int, value: Value) -> None:
        write_value(bulk, row, col, value, looks[col], formats)

    bulk.write_full_rows(1, data.rows, [formats.cell(look) for look in looks], slow)


def _show(bulk: BulkSheet, data: DataSheet, formats: Formats, charted: Sequence[tuple[int, int]]) -> None:
    """Leave what charts show with the library too, but the headings, which stay with its table."""
    inside = [(row, col) for row, col in charted if 0 < row <= len(data.rows)]
    looks = _looks(data)

    def write(sheet: Any) -> None:
        for row, col in inside:
            if 0 <= col < len(looks):
                write_value(sheet, row, col, data.rows[row - 1][col], looks[col], formats)

    bulk.show_charts([row for row, _ in inside], write)


def _write_rows(sheet: Any, data: DataSheet, formats: Formats) -> None:
    columns = [(look, formats.cell(look)) for look in _looks(data)]
    for row, values in enumerate(data.rows, start=1):
        for col, (value, (look, form)) in enumerate(zip(values, columns, strict=True)):
            if isinstance(value, str) and value:
                write_text(sheet, row, col, value, form)
            elif isinstance(value, int):  # no bool: checked before
                sheet.write_number(row, col, value, form)
            else:
                write_value(sheet, row, col, value, look, formats)


def _check(data: DataSheet) -> None:
    headings = [column.heading for column in data.columns]
    plain = all(heading and clean_text(heading) == heading and "\n" not in heading for heading in headings)
    if len({heading.casefold() for heading in headings}) != len(headings) or not plain:
        raise ValueError(f"{data.name}: headings must be one plain line each and differ: {headings}")
    if len(data.rows) > MAX_ROWS:
        raise Fault("too_many_rows", sheet=data.name, found=len(data.rows), limit=MAX_ROWS)
    kinds = [KINDS[column.kind] for column in data.columns]
    for row, values in enumerate(data.rows, start=2):
        if len(values) != len(kinds):
            raise ValueError(f"{data.name} row {row}: {len(values)} values for {len(kinds)} columns")
    for col, (values, kind) in enumerate(zip(zip(*data.rows, strict=True), kinds, strict=bool(data.rows))):
        if all(found is type(None) or (issubclass(found, kind) and found is not bool) for found in set(map(type, values))):
            continue
        for row, value in enumerate(values, start=2):
            if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
                column = data.columns[col]
                raise ValueError(f"{data.name} row {row}, {column.heading}: {value!r} is no {column.kind}")
