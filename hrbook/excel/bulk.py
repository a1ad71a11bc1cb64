"""The fast way to write cells: each as a finished string, where the library keeps an object and builds lists of
attributes. The parts of the file stay the same byte for byte; the library's own calls are the measure
(`render(book, styles, engine="plain")`, compared in tests/excel/test_bulk.py).

With rows.py, which writes the rows, this is the only module that touches the inside of xlsxwriter: the table of shared
strings, `_write_rows` and `_write_merge_cells` (replaced), `_write_cell`, `_check_dimensions`, `_escape_data`, and the
attributes `table`, `tables`, `merge`. What it does not know by heart (formulas, rich text, numbers of rare types) the
library writes, and its XML is taken over."""

from __future__ import annotations

import io
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_range

from hrbook.excel.rows import BLANK, Grid, Shared, write_merges, write_rows
from hrbook.sheets.book import Cell

ROWS, COLS = 1_048_576, 16_384
EXACT = 10**15  # whole numbers below it have at most 15 digits and so are never shortened or written with an exponent
LONG = 16_383  # characters; a longer text may be longer than a cell holds, which the library checks
EPOCH = date(1899, 12, 30)
FIRST_DAY = date(1900, 3, 1)
STRING = ' t="s"'
JUMP = "=HYPERLINK("
FIRST = '<c r="A1"'
MARK = "<r>"  # such a text may become rich text, whose XML carries the font of its cell
SIMPLE = frozenset((str, int, type(None)))


class BulkSheet:
    """Takes the calls that write cells in place of an xlsxwriter worksheet; `finish` hands the cells over to it."""

    def __init__(self, sheet: Any, shared: Shared) -> None:
        self.name: str = sheet.name
        self.write_comment = sheet.write_comment
        self._sheet = sheet
        self._shared = shared
        self._grid = Grid()
        self._rows = self._grid.cells
        self._merges: list[list[int]] = []
        self._merged: defaultdict[int, int] = defaultdict(int)  # by row, one bit a column
        self._overlap = False

    def write_string(self, row: int, col: int, text: str, form: Any) -> None:
        """A text, as it stands."""
        if not (0 <= row < ROWS and 0 <= col < COLS):
            return
        if len(text) > LONG:
            self._plainly("write_string", row, col, text, form)
            return
        shared = self._shared
        tail = shared.tails.get(text)
        if tail is None:
            tail = shared.tails[text] = f"{STRING}><v>{shared.strings._get_shared_string_index(text)}</v></c>"
        else:
            shared.strings.count += 1
        self._rows[row][col] = (form, tail)

    def write_number(self, row: int, col: int, number: float, form: Any) -> None:
        """A number."""
        if (number.__class__ is int and -EXACT < number < EXACT) or (number.__class__ is float and math.isfinite(number)):
            self._put(row, col, form, _number(number))
        else:
            self._plainly("write_number", row, col, number, form)

    def write_datetime(self, row: int, col: int, day: date, form: Any) -> None:
        """A date."""
        if day.__class__ is date and day >= FIRST_DAY:
            self._put(row, col, form, f"><v>{(day - EPOCH).days}</v></c>")
        else:
            self._plainly("write_datetime", row, col, day, form)

    def write_boolean(self, row: int, col: int, value: bool, form: Any) -> None:
        """True or false."""
        self._put(row, col, form, f' t="b"><v>{1 if value else 0}</v></c>')

    def write_blank(self, row: int, col: int, _: object, form: Any) -> None:
        """A cell with a format only."""
        self._put(row, col, form, BLANK)

    def write_formula(self, row: int, col: int, formula: str, form: Any, value: object) -> None:
        """A formula with its value."""
        # The library looks for names of newer functions, each before a bracket; a jump with one bracket has none.
        if isinstance(value, str) and value[:1] not in ("", "#") and formula.startswith(JUMP) and formula.count("(") == 1:
            escape = self._sheet._escape_data
            self._put(row, col, form, f' t="str"><f>{escape(formula[1:])}</f><v>{escape(value)}</v></c>')
        else:
            self._plainly("write_formula", row, col, formula, form, value)

    def write_rich_string(self, row: int, col: int, *parts: Any) -> None:
        """A text in parts with formats of their own, then the format of the cell."""
        self._plainly("write_rich_string", row, col, *parts)

    def merge_range(self, row: int, col: int, last_row: int, last_col: int, _: str, form: Any) -> None:
        """One cell out of several, all blank with the format; what it says is written afterwards."""
        if last_row < row or last_col < col:
            row, last_row = sorted((row, last_row))
            col, last_col = sorted((col, last_col))
        if row < 0 or last_row >= ROWS or col < 0 or last_col >= COLS:
            self._sheet.merge_range(row, col, last_row, last_col, "", form)  # the library leaves it out in its own way
            return
        self._merges.append([row, col, last_row, last_col])
        bits = ((1 << (last_col - col + 1)) - 1) << col
        place, merged, rows, blanks = range(col, last_col + 1), self._merged, self._rows, self._grid.blanks
        for number in range(row, last_row + 1):
            if merged[number] & bits:
                self._overlap = True
            merged[number] |= bits
            if not rows[number].keys().isdisjoint(place):
                for written in place:
                    rows[number].pop(written, None)
            if number > row:
                blanks[number].append((col, last_col, form))
            elif last_col > col:
                blanks[row].append((col + 1, last_col, form))
        rows[row][col] = (form, BLANK)

    def write_cells(self, cells: Iterable[Cell], form_of: Callable[[str], Any], slow: Callable[[Cell], None]) -> None:
        """Cells in their order. `form_of` gives the format of a look. What is more than a value seen before goes
        through `slow`, which writes one cell by the calls above."""
        known, rows, hits = self._shared.known, self._rows, 0
        for cell in cells:
            row, col, value, look, height, width, link, runs, note = cell
            simple = value.__class__ in SIMPLE and link is None and not runs and not note
            tail = known.get(value) if simple else None
            if tail is not None and 0 <= row < ROWS and 0 <= col < COLS:
                form = form_of(look)
                if height > 1 or width > 1:
                    self.merge_range(row, col, row + height - 1, col + width - 1, "", form)
                rows[row][col] = (form, tail)
                if value.__class__ is str and value:
                    hits += 1
            else:
                slow(cell)
                if simple:
                    self._learn(value, rows[row].get(col))
        self._shared.strings.count += hits

    def write_full_rows(
        self, first_row: int, rows: Sequence[Sequence[Any]], forms: Sequence[Any], slow: Callable[[int, int, Any], None]
    ) -> None:
        """Rows of str, int, float, date and None from the first column on, each as long as `forms`. A value that is new
        goes through `slow` (row, column, value), and must get the format of its column. Once a sheet; below all other
        cells."""
        known, hits = self._shared.known, 0
        for row, values in enumerate(rows, start=first_row):
            tails: list[str] = []
            for col, value in enumerate(values):
                if isinstance(value, float):  # never looked up: minus zero equals zero
                    tail = _number(value) if math.isfinite(value) else None
                else:
                    tail = known.get(value)
                    if tail is not None and tail.startswith(STRING):
                        hits += 1
                if tail is None:
                    slow(row, col, value)
                    slot = self._rows[row].pop(col)
                    tail = str(slot[1])
                    self._learn(value, slot)
                tails.append(tail)
            self._rows.pop(row, None)
            self._grid.full[row] = tails
        self._shared.strings.count += hits
        self._grid.full_forms = forms

    def add_table(self, row: int, col: int, last_row: int, last_col: int, options: dict[str, Any]) -> None:
        """The table of a sheet that has no other and no merged cell: the library need not look at every cell for that."""
        if last_row == row + 1 or options.get("autofilter", True) or options.get("total_row"):
            self._sheet.add_table(row, col, last_row, last_col, options)
        else:
            self._sheet.add_table(row, col, row + 1, last_col, options)
            table = self._sheet.tables[-1]
            table["range"] = table["a_range"] = xl_range(row, col, last_row, last_col)
        for place, cell in self._sheet.table[row].items():  # the library writes the heading again
            self._rows[row][place] = (cell.format, self._tail(cell))

    def show_charts(self, rows: Iterable[int], write: Callable[[Any], None]) -> None:
        """Let `write` write cells that stand here into the library's sheet again, where its charts look for values."""
        for row in rows:
            self._sheet.table.setdefault(row, {})  # a row that is there counts, even without the cell
        strings = self._shared.strings
        count = strings.count
        write(self._sheet)
        strings.count = count

    def finish(self) -> None:
        """Hand over. Raises what the library raises where merged cells overlap."""
        sheet, grid, shared = self._sheet, self._grid, self._shared
        if self._overlap:
            for merge in self._merges:
                sheet.merge_range(*merge, "", None)
        sheet.merge.extend(self._merges)
        edges = grid.edges()
        if edges:
            sheet._check_dimensions(min(edges), min(first for first, _ in edges.values()))
            sheet._check_dimensions(max(edges), max(last for _, last in edges.values()))
        sheet._write_rows = lambda: write_rows(sheet, grid, shared, edges)
        sheet._write_merge_cells = lambda: write_merges(sheet)

    def _put(self, row: int, col: int, form: Any, tail: str) -> None:
        if 0 <= row < ROWS and 0 <= col < COLS:
            self._rows[row][col] = (form, tail)

    def _learn(self, value: Any, slot: tuple[Any, str | int] | None) -> None:
        """Remember how a value is written, where that depends on the value alone."""
        marked = isinstance(value, str) and value.startswith(MARK)
        if slot is not None and isinstance(slot[1], str) and not isinstance(value, bool | float) and not marked:
            self._shared.known[value] = slot[1]

    def _plainly(self, method: str, row: int, col: int, *values: Any) -> None:
        """Let the library write a cell, and take it over."""
        getattr(self._sheet, method)(row, col, *values)
        cell = self._sheet.table[row].pop(col, None)
        if cell is not None:
            self._rows[row][col] = (cell.format, self._tail(cell))

    def _tail(self, cell: Any) -> str:
        sheet = self._sheet
        file, sheet.fh = sheet.fh, io.StringIO()
        sheet._write_cell(0, 0, cell._replace(format=None))
        sheet.fh, found = file, sheet.fh.getvalue()
        return str(found).removeprefix(FIRST)


def _number(number: float) -> str:
    return f"><v>{number}</v></c>" if number.__class__ is int else f"><v>{number:.16G}</v></c>"
