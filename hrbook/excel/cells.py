"""Cells of a designed sheet. Only typed calls: no text ever becomes a formula, a link or a number."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from hrbook.excel.clean import cell_text, clean_text, utf16_units
from hrbook.excel.formats import Formats
from hrbook.sheets.book import Cell, Formula, Link, Value

FORMULA_TEXT = 255  # UTF-16 units of a text inside a formula
FIRST_DAY = date(1900, 3, 1)  # Excel's calendar has a day too many before it, so earlier dates are written as text


def write_cell(sheet: Any, cell: Cell, formats: Formats) -> None:
    """Write one cell, merged where it spans several, with its note. `sheet` is an xlsxwriter worksheet."""
    row, col = cell.row, cell.col
    form = formats.cell(cell.look)
    if cell.rows > 1 or cell.cols > 1:
        sheet.merge_range(row, col, row + cell.rows - 1, col + cell.cols - 1, "", form)
    if cell.link is not None:
        _write_link(sheet, cell, cell.link, formats)
    elif cell.runs:
        _write_runs(sheet, cell, formats)
    elif isinstance(cell.value, Formula):
        value = cell.value.value
        cached = cell_text(value, sheet.name, row, col) if isinstance(value, str) else value
        sheet.write_formula(row, col, f"={cell.value.text}", form, cached)
    else:
        write_value(sheet, row, col, cell.value, cell.look, formats)
    if cell.note:
        _write_note(sheet, cell, formats)


def write_value(sheet: Any, row: int, col: int, value: Value, look: str, formats: Formats) -> None:
    """Write one value by its type. Raises ValueError for a number that is none."""
    if value is None or value == "":
        sheet.write_blank(row, col, None, formats.cell(look))
    elif isinstance(value, str):
        write_text(sheet, row, col, value, formats.cell(look))
    elif isinstance(value, bool):
        sheet.write_boolean(row, col, value, formats.cell(look))
    elif isinstance(value, date):
        if value < FIRST_DAY:
            write_text(sheet, row, col, value.isoformat(), formats.cell(look))
        else:
            sheet.write_datetime(row, col, value, formats.date(look))
    elif math.isfinite(value):
        sheet.write_number(row, col, value, formats.cell(look))
    else:
        raise ValueError(f"{sheet.name} row {row + 1} column {col + 1}: {value}")


def write_text(sheet: Any, row: int, col: int, text: str, form: Any) -> None:
    """Write text as text, whatever it begins with."""
    text = cell_text(text, sheet.name, row, col)
    if text.startswith("<r>") and text.endswith("</r>"):
        # The library takes such a text for finished XML; in two parts it is escaped like any other.
        sheet.write_rich_string(row, col, *_parts([(None, "<"), (form, text[1:])]), form)
    else:
        sheet.write_string(row, col, text, form)


def link_formula(sheet: str, cell: str, text: str) -> str:
    """A jump inside the workbook as a formula, which unlike a link cell keeps its look everywhere."""
    target = "#'" + sheet.replace("'", "''") + "'!" + cell
    return f"=HYPERLINK({_quoted(target)},{_quoted(text)})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _write_link(sheet: Any, cell: Cell, link: Link, formats: Formats) -> None:
    value = "".join(run.text for run in cell.runs) if cell.runs else cell.value
    if not isinstance(value, str):
        raise ValueError(f"{sheet.name} row {cell.row + 1} column {cell.col + 1}: only a text can be a link")
    text = cell_text(value, sheet.name, cell.row, cell.col)
    form = formats.cell(cell.look)
    if utf16_units(text) > FORMULA_TEXT:
        write_text(sheet, cell.row, cell.col, text, form)
    else:
        sheet.write_formula(cell.row, cell.col, link_formula(link.sheet, link.cell, text), form, text)


def _write_runs(sheet: Any, cell: Cell, formats: Formats) -> None:
    form = formats.cell(cell.look)
    runs = [(formats.run(f"{cell.look} {run.look}".strip()), run.text) for run in cell.runs if run.text]
    cell_text("".join(text for _, text in runs), sheet.name, cell.row, cell.col)
    if len(runs) > 1:
        sheet.write_rich_string(cell.row, cell.col, *_parts(runs), form)
    elif runs:
        write_text(sheet, cell.row, cell.col, runs[0][1], form)
    else:
        sheet.write_blank(cell.row, cell.col, None, form)


def _parts(runs: list[tuple[Any, str]]) -> list[Any]:
    parts: list[Any] = []
    for form, text in runs:
        parts.extend([form, clean_text(text)] if form else [clean_text(text)])
    return parts


def _write_note(sheet: Any, cell: Cell, formats: Formats) -> None:
    fonts = formats.styles.fonts
    lines = cell.note.count("\n") + 1 + len(cell.note) // 18
    options = {
        "author": "",
        "font_name": fonts.normal,
        "font_size": fonts.note_size,
        "font_family": 3,
        "color": f"#{formats.styles.colour('input')}",
        "width": 260,
        "height": 24 + 17 * lines,
    }
    sheet.write_comment(cell.row, cell.col, cell_text(cell.note, sheet.name, cell.row, cell.col), options)
