"""The fast way to write cells: each as a finished string, where the library keeps an object and builds lists of
attributes. The parts of the file stay the same byte for byte; the library's own calls are the measure
(`render(book, styles, engine="plain")`, compared in tests/excel/test_bulk.py).

With rows.py, which writes the rows, and package.py this is the only module that touches the inside of xlsxwriter: the
table of shared strings, `_write_rows` and `_write_merge_cells` (replaced), `_write_cell`, `_check_dimensions`,
`_escape_data`, and the attributes `table`, `tables`, `merge`, `row_info`, `row_sizes`. What it does not know by heart
(formulas, rich text, numbers of rare types) the library writes, and its XML is taken over."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, cast

from xlsxwriter.utility import xl_range

from hrbook.excel.clean import clean_text
from hrbook.excel.grid import BLANK, Grid, Slot
from hrbook.excel.rows import BLOCK, Shared, write_merges, write_rows
from hrbook.sheets.book import Block, Cell

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

Slow = Callable[["BulkSheet", Cell], None]
"""Writes one cell by the calls of a sheet."""


class BulkSheet:
    """Takes the calls that write cells in place of an xlsxwriter worksheet; `finish` hands the cells over to it."""

    def __init__(self, sheet: Any, shared: Shared) -> None:
        self.name: str = sheet.name
        self.write_comment = sheet.write_comment
        self._sheet = sheet
        self._shared = shared
        self._grid = Grid()
        self._rows = self._grid.cells

    def write_string(self, row: int, col: int, text: str, form: Any) -> None:
        """A text, as it stands."""
        if not (0 <= row < ROWS and 0 <= col < COLS):
            return
        if len(text) > LONG:
            self._plainly("write_string", row, col, text, form)
            return
        self._grid.set(row, col, form, self._text(text))

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
        self._merge(row, col, last_row, last_col, form, BLANK)

    def _merge(self, row: int, col: int, last_row: int, last_col: int, form: Any, tail: str) -> None:
        if not (0 <= row <= last_row < ROWS and 0 <= col <= last_col < COLS):
            self._sheet.merge_range(row, col, last_row, last_col, "", form)  # the library has its own way with such areas
            self._put(row, col, form, tail)
            return
        self._grid.merge(row, col, last_row, last_col, form, tail)

    def set_heights(self, heights: Mapping[int, float]) -> None:
        """Heights of rows in points. Rows of one height share what the library notes on the first of them."""
        sheet, first = self._sheet, {}
        ends = {min(heights), max(heights)} if heights else set()  # the library looks how far a sheet reaches
        for row, height in heights.items():
            if row in ends or height not in first:
                sheet.set_row(row, height)
                first[height] = row
            else:
                sheet.row_info[row] = sheet.row_info[first[height]]
                sheet.row_sizes[row] = sheet.row_sizes[first[height]]

    def write_block(self, block: Block, form_of: Callable[[str], Any], slow: Slow) -> None:
        """The cells of a block at all of its places: worked out at the first, unless something else stands in the way."""
        shared, once, first = self._shared, BulkSheet(self._sheet, self._shared), block.tops[0]
        before = shared.strings.count
        once.write_cells(block.placed(first), form_of, slow)
        texts, shared.strings.count = shared.strings.count - before, before
        taken = once._grid.taken()
        for top in block.tops:
            if self._grid.add(once._grid, taken, top - first):
                shared.strings.count += texts
            else:
                self.write_cells(block.placed(top), form_of, slow)

    def write_cells(self, cells: Iterable[Cell], form_of: Callable[[str], Any], slow: Slow) -> None:
        """Cells in their order. `form_of` gives the format of a look. What is more than a value seen before goes
        through `slow`, which writes one cell by the calls above."""
        known, rows, merged, hits = self._shared.known, self._rows, self._grid.merged, 0
        forms: dict[str, Any] = {}
        for cell in cells:
            row, col, value, look, height, width, link, runs, note = cell
            kind = value.__class__
            inside = 0 <= row < ROWS and 0 <= col < COLS
            simple = inside and kind in SIMPLE and link is None and not runs and not note
            tail = known.get(value) if simple else None
            if tail is None and simple and kind is str:
                text = short_text(value)
                if text is not None:
                    tail = known[value] = self._text(text)
                    hits -= 1  # counted already
            if tail is None:
                slow(self, cell)
                if simple:
                    self._learn(value, rows[row].get(col))
                continue
            form = forms.get(look)
            if form is None:
                form = forms[look] = form_of(look)
            if width > 1 or height > 1:
                self._merge(row, col, row + height - 1, col + width - 1, form, tail)
            elif row in merged and merged[row] >> col & 1:
                self._grid.set(row, col, form, tail)
            else:
                rows[row][col] = (form, tail, col, form)
            if kind is str and value:
                hits += 1
        self._shared.strings.count += hits

    def write_full_rows(
        self, first_row: int, rows: Sequence[Sequence[Any]], forms: Sequence[Any], slow: Callable[[int, int, Any], None]
    ) -> None:
        """Rows of str, int, float, date and None from the first column on, each as long as `forms`. A value that is new
        goes through `slow` (row, column, value), and must get the format of its column. Once a sheet; below all other
        cells."""
        known, hits = self._shared.known, 0
        for row, values in enumerate(rows, start=first_row):
            kinds = [*map(type, values)]
            if float in kinds:  # never looked up: minus zero equals zero
                tails = [None if kind is float else known.get(value) for kind, value in zip(kinds, values, strict=True)]
            else:
                tails = [known.get(value) for value in values]
            hits += kinds.count(str) - values.count("")
            if None in tails:
                for col, value in enumerate(values):
                    text = short_text(value) if tails[col] is None and value.__class__ is str else None
                    if text is not None:
                        tails[col] = known[value] = self._text(text)
                        hits -= 1
                    elif tails[col] is None:
                        slow(row, col, value)
                        slot = self._rows[row].pop(col)
                        tails[col] = slot[1]
                        self._learn(value, slot)
                        hits -= value.__class__ is str  # counted when it was written
            self._rows.pop(row, None)
            self._grid.table.append(tuple(cast("list[str]", tails)))
        self._shared.strings.count += hits
        self._grid.start, self._grid.forms = first_row, forms

    def add_table(self, row: int, col: int, last_row: int, last_col: int, options: dict[str, Any]) -> None:
        """The table of a sheet that has no other and no merged cell: the library need not look at every cell for that."""
        if last_row == row + 1 or options.get("autofilter", True) or options.get("total_row"):
            self._sheet.add_table(row, col, last_row, last_col, options)
        else:
            self._sheet.add_table(row, col, row + 1, last_col, options)
            table = self._sheet.tables[-1]
            table["range"] = table["a_range"] = xl_range(row, col, last_row, last_col)
        for place, cell in self._sheet.table[row].items():  # the library writes the heading again
            self._grid.set(row, place, cell.format, self._tail(cell))

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
        if grid.overlap:
            for merge in grid.merges:
                sheet.merge_range(*merge, "", None)
        sheet.merge.extend(grid.merges)
        lines = grid.lines()
        ends = [*lines.ends(BLOCK)]
        if ends:
            rows, firsts, lasts = zip(*ends, strict=True)
            sheet._check_dimensions(min(rows), min(firsts))
            sheet._check_dimensions(max(rows), max(lasts))
        sheet._write_rows = lambda: write_rows(sheet, lines, shared)
        sheet._write_merge_cells = lambda: write_merges(sheet)

    def _text(self, text: str) -> str:
        """How a clean text is written; it counts as written once more."""
        shared = self._shared
        tail = shared.tails.get(text)
        if tail is None:
            tail = shared.tails[text] = f"{STRING}><v>{shared.strings._get_shared_string_index(text)}</v></c>"
        else:
            shared.strings.count += 1
        return tail

    def _put(self, row: int, col: int, form: Any, tail: str) -> None:
        if 0 <= row < ROWS and 0 <= col < COLS:
            self._grid.set(row, col, form, tail)

    def _learn(self, value: Any, slot: Slot | None) -> None:
        """Remember how a value is written, where that depends on the value alone."""
        if slot is None or isinstance(value, bool | float):
            return
        if isinstance(value, str) and value.startswith(MARK):
            return
        if isinstance(value, str) or not slot[1].startswith(STRING):  # a day before Excel's calendar is counted as text
            self._shared.known[value] = slot[1]

    def _plainly(self, method: str, row: int, col: int, *values: Any) -> None:
        """Let the library write a cell, and take it over."""
        getattr(self._sheet, method)(row, col, *values)
        cell = self._sheet.table[row].pop(col, None)
        if cell is not None:
            self._grid.set(row, col, cell.format, self._tail(cell))

    def _tail(self, cell: Any) -> str:
        sheet = self._sheet
        file, sheet.fh = sheet.fh, io.StringIO()
        sheet._write_cell(0, 0, cell._replace(format=None))
        sheet.fh, found = file, sheet.fh.getvalue()
        return str(found).removeprefix(FIRST)


@lru_cache(maxsize=1 << 15)
def short_text(text: str) -> str | None:
    """A text as it is written, where nothing about it is special; what books have in common is looked at once a process."""
    return None if len(text) > LONG or text.startswith(MARK) or not text else clean_text(text)


def _number(number: float) -> str:
    return f"><v>{number}</v></c>" if number.__class__ is int else f"><v>{number:.16G}</v></c>"
