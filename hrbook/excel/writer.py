"""A book as the bytes of an .xlsx file. The same book and styles give the same bytes, on any day and machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from hrbook.excel.bulk import BulkSheet
from hrbook.excel.cells import write_cell
from hrbook.excel.charts import Reference, add_chart
from hrbook.excel.clean import clean_text, utf16_units
from hrbook.excel.formats import Formats, normal_font
from hrbook.excel.layout import lay_out
from hrbook.excel.logo import put_logo
from hrbook.excel.package import Workbook
from hrbook.excel.pages import set_up
from hrbook.excel.rows import Shared
from hrbook.excel.tables import write_table
from hrbook.excel.theme import theme
from hrbook.excel.validation import add_bar, add_checks
from hrbook.sheets.book import Book, Cell, DataSheet, Formula, Sheet, Value
from hrbook.styles import Styles, load_styles

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day, so that no clock gets into the file
HIDE_GRID = 2  # on screen and on paper
PROPERTY_LIMIT = 255
EVERYWHERE = "A1:XFD1048576"

Engine = Literal["bulk", "plain"]
Place = tuple[int, int]


def render(book: Book, styles: Styles | None = None, engine: Engine = "bulk") -> bytes:
    """The workbook of `book`, in the styles of the working folder where none are given. Raises Fault for what a person can
    mend (an unknown look, a text too long for a cell) and ValueError for a book that is put together wrongly. "plain" writes
    every cell by a call of the library: slower, the same bytes."""
    styles = load_styles() if styles is None else styles
    workbook = Workbook(
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": normal_font(styles),
        },
        plain=engine == "plain",
    )
    workbook.use_custom_theme(theme(styles))
    _describe(workbook, book)
    shared = Shared(workbook) if engine == "bulk" else None
    formats = Formats(shared.add_format if shared is not None else workbook.add_format, styles)
    made = [(workbook.add_worksheet(sheet.name), sheet) for sheet in book.sheets]
    values = _values(book)
    charted = _charted(book)
    for target, sheet in made:
        if isinstance(sheet, DataSheet):
            write_table(target, sheet, formats, shared, charted.get(sheet.name, []))
        else:
            # Charts look for their values among the cells that the library knows.
            _write_sheet(workbook, target, sheet, formats, values, None if sheet.name in charted else shared)
        set_up(target, sheet.page, styles)
        target.ignore_errors({"number_stored_as_text": EVERYWHERE})
        if sheet.tab:
            target.set_tab_color(f"#{styles.colour(sheet.tab)}")
    _open_at_first(made)
    data = workbook.finish()
    for target, _ in made:
        vars(target).clear()  # a sheet of the library points to itself: so the book is gone at once, and no collector is needed
    return data


def _describe(workbook: Any, book: Book) -> None:
    workbook.set_properties(
        {
            "title": clean_text(book.title),
            "subject": clean_text(book.subject),
            "company": clean_text(book.company),
            "comments": clean_text(book.comments),
            "created": CREATED,
        }
    )
    for name, text in sorted(book.custom.items()):
        if utf16_units(text) > PROPERTY_LIMIT or utf16_units(name) > PROPERTY_LIMIT:
            raise ValueError(f"document property longer than {PROPERTY_LIMIT}: {name}")
        workbook.set_custom_property(clean_text(name), clean_text(text), "text")
    for name, formula in sorted(book.names.items()):
        workbook.define_name(name, f"={formula}")
        workbook.defined_names[-1][-1] = True  # the library hides only names of its own
    for name, place in sorted(book.cell_names.items()):
        workbook.define_name(name, f"={place}")


def _write_sheet(
    workbook: Any,
    target: Any,
    sheet: Sheet,
    formats: Formats,
    values: Callable[[Reference], list[Value]],
    shared: Shared | None,
) -> None:
    laid = lay_out(sheet, formats.styles)
    target.hide_gridlines(HIDE_GRID)
    for first, last, width, look in _column_groups(sheet.columns, sheet.column_looks):
        target.set_column(first, last, width, formats.cell(look) if look else None, {"hidden": not width})
    if shared is None:
        for row, height in laid.heights.items():
            target.set_row(row, height)
        for cell in replace(sheet, cells=laid.cells, blocks=laid.blocks).every_cell():
            write_cell(target, cell, formats)
    else:
        bulk = BulkSheet(target, shared)
        bulk.set_heights(laid.heights)

        def slow(target: BulkSheet, cell: Cell) -> None:
            write_cell(target, cell, formats)

        bulk.write_cells(laid.cells, formats.cell, slow)
        for block in laid.blocks:
            bulk.write_block(block, formats.cell, slow)
        bulk.finish()
    if sheet.freeze is not None:
        target.freeze_panes(*sheet.freeze)
    if sheet.autofilter is not None:
        target.autofilter(*sheet.autofilter)
    add_checks(target, sheet.checks)
    for bar in sheet.bars:
        add_bar(target, bar, formats.styles)
    if sheet.logo is not None:
        put_logo(target, sheet.logo, sheet.columns, laid.heights, formats.styles)
    for chart in sheet.charts:
        add_chart(workbook, target, chart, formats.styles, values)
    if sheet.protected:
        target.protect("", {"format_rows": True, "autofilter": True})
    target.set_zoom(sheet.zoom)
    if sheet.active != (0, 0):
        target.set_selection(*sheet.active, *sheet.active)
    if sheet.hidden:
        target.hide()


def _column_groups(widths: tuple[float, ...], looks: tuple[str, ...]) -> list[tuple[int, int, float, str]]:
    groups: list[tuple[int, int, float, str]] = []
    for index, width in enumerate(widths):
        look = looks[index] if looks else ""
        if groups and groups[-1][2:] == (width, look):
            groups[-1] = (groups[-1][0], index, width, look)
        else:
            groups.append((index, index, width, look))
    return groups


def _open_at_first(made: list[tuple[Any, Sheet | DataSheet]]) -> None:
    shown = [target for target, sheet in made if not (isinstance(sheet, Sheet) and sheet.hidden)]
    if not shown:
        raise ValueError("a book needs a sheet that can be seen")
    shown[0].activate()
    shown[0].set_first_sheet()


def _charted(book: Book) -> dict[str, list[Place]]:
    """The cells that charts show, by sheet."""
    found: dict[str, set[Place]] = {}
    for sheet in book.sheets:
        for chart in () if isinstance(sheet, DataSheet) else sheet.charts:
            for series in chart.series:
                for name, row, col, last_row, last_col in (series.categories, series.values):
                    places = ((r, c) for r in range(row, last_row + 1) for c in range(col, last_col + 1))
                    found.setdefault(name, set()).update(places)
    return {name: sorted(places) for name, places in found.items()}


def _values(book: Book) -> Callable[[Reference], list[Value]]:
    """A function that gives the values of a range of the book; sheets are indexed when first asked for."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    known: dict[str, dict[tuple[int, int], Value]] = {}

    def look_up(reference: Reference) -> list[Value]:
        name, row, col, last_row, last_col = reference
        if name not in known:
            known[name] = _index(sheets[name])
        places = ((r, c) for r in range(row, last_row + 1) for c in range(col, last_col + 1))
        return [known[name].get(place) for place in places]

    return look_up


def _index(sheet: Sheet | DataSheet) -> dict[tuple[int, int], Value]:
    if isinstance(sheet, DataSheet):
        return {(r, c): value for r, row in enumerate(sheet.rows, start=1) for c, value in enumerate(row)}
    return {(at.row, at.col): at.value.value if isinstance(at.value, Formula) else at.value for at in sheet.every_cell()}
