"""Machine-readable sheets: one table, heading in row 1, data from row 2, true types, nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

from hrbook.core.fault import Fault
from hrbook.excel import textfit
from hrbook.excel.cells import write_text, write_value
from hrbook.excel.clean import clean_text
from hrbook.excel.formats import Formats
from hrbook.sheets.book import DataSheet

KINDS: dict[str, tuple[type, ...]] = {"text": (str,), "integer": (int,), "number": (int, float), "date": (date,)}
HEAD = "data_head"
STYLE = "Table Style Light 1"
MAX_ROWS = 1_048_575  # below the heading


def write_table(sheet: Any, data: DataSheet, formats: Formats) -> None:
    """Write headings and rows to an xlsxwriter worksheet as an Excel table; a table without rows keeps its heading.
    Raises ValueError for headings that repeat or are empty and for values of another kind than their column's."""
    _check(data)
    head = formats.styles.look(HEAD)
    lines = 1
    for index, column in enumerate(data.columns):
        sheet.set_column(index, index, column.width)
        usable = textfit.usable_px(textfit.column_px(column.width))
        lines = max(lines, len(textfit.spans(column.heading, usable, head.size, head.bold)))
        write_value(sheet, 0, index, column.heading, HEAD, formats)
    sheet.set_row(0, textfit.row_height(lines, head.size))
    _write_rows(sheet, data, formats)
    if data.rows:
        columns = [{"header": column.heading, "header_format": formats.cell(HEAD)} for column in data.columns]
        options = {"columns": columns, "autofilter": False, "style": STYLE}
        sheet.add_table(0, 0, len(data.rows), len(data.columns) - 1, options)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _write_rows(sheet: Any, data: DataSheet, formats: Formats) -> None:
    looks = [f"data_{column.kind}" for column in data.columns]
    columns = [(look, formats.cell(look)) for look in looks]
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
        for col, (value, kind) in enumerate(zip(values, kinds, strict=True)):
            if value is not None and (not isinstance(value, kind) or value is True or value is False):
                column = data.columns[col]
                raise ValueError(f"{data.name} row {row}, {column.heading}: {value!r} is no {column.kind}")
