"""The fast way to write cells: each as one finished string, where the library keeps an object and builds lists of
attributes. The parts of the file stay the same byte for byte; the library's own calls are the measure
(`render(book, styles, engine="plain")`, compared in tests/excel/test_bulk.py).

This is the only module that touches the inside of xlsxwriter: the table of shared strings, `_write_rows` with
`_write_row`, `_write_empty_row` and `_write_cell`, `_check_dimensions`, `_get_xf_index`, `_escape_data`, and the
attributes `table`, `tables`, `merge`, `row_info`, `comments`, `dim_rowmin` and `dim_rowmax`. What it does not know by
heart (formulas, rich text, numbers of rare types) the library writes, and its XML is taken over."""

from __future__ import annotations

import io
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_range

ROWS, COLS = 1_048_576, 16_384
EXACT = 10**15  # whole numbers below it have at most 15 digits and so are never shortened or written with an exponent
LONG = 16_383  # characters; a longer text may be longer than a cell holds, which the library checks
EPOCH = date(1899, 12, 30)
FIRST_DAY = date(1900, 3, 1)
BLOCK = 16  # rows that share the attribute "spans"
BLANK = "/>"
STRING = ' t="s"'
JUMP = "=HYPERLINK("
FIRST = '<c r="A1"'
LETTERS = [xl_col_to_name(col) for col in range(256)]

Slot = tuple[Any, str]
"""The format of a cell, and its XML from the place where the number of the format ends."""

Slow = Callable[[int, int, Any], None]
"""Writes the value of one cell by a call of this module's `write_...`."""


class Shared:
    """What the sheets of one workbook share. `workbook` is an xlsxwriter.Workbook."""

    def __init__(self, workbook: Any) -> None:
        self.strings = workbook.str_table
        self.tails: dict[str, str] = {}  # by text
        self.styles: dict[Any, str] = {}  # by format

    def style(self, form: Any) -> str:
        """The end of a cell's reference and its format. The first call for a format gives it its number."""
        known = self.styles.get(form)
        if known is None:
            known = self.styles[form] = f'" s="{form._get_xf_index()}"'
        return known


class BulkSheet:
    """Takes the calls that write cells in place of an xlsxwriter worksheet; `finish` hands the cells over to it."""

    def __init__(self, sheet: Any, shared: Shared) -> None:
        self.name: str = sheet.name
        self.write_comment = sheet.write_comment
        self._sheet = sheet
        self._shared = shared
        self._rows: defaultdict[int, dict[int, Slot]] = defaultdict(dict)
        self._merges: list[tuple[int, int, int, int]] = []
        self._dense: dict[int, list[str]] = {}  # XML of the cells of a full row, one a column
        self._dense_forms: Sequence[Any] = ()

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
        row, last_row = sorted((row, last_row))
        col, last_col = sorted((col, last_col))
        if row < 0 or last_row >= ROWS or col < 0 or last_col >= COLS:
            self._sheet.merge_range(row, col, last_row, last_col, "", form)  # the library leaves it out in its own way
            return
        self._merges.append((row, col, last_row, last_col))
        blanks = dict.fromkeys(range(col, last_col + 1), (form, BLANK))
        for number in range(row, last_row + 1):
            self._rows[number].update(blanks)

    def write_full_rows(self, first_row: int, rows: Sequence[Sequence[Any]], forms: Sequence[Any], slow: Slow) -> None:
        """Rows of str, int, float, date and None from the first column on, each as long as `forms`. A value that is new
        goes through `slow`, and must get the format of its column. Once a sheet; below all other cells."""
        known: dict[Any, str] = {None: BLANK, "": BLANK}
        hits = 0
        for row, values in enumerate(rows, start=first_row):
            tails: list[str] = []
            for col, value in enumerate(values):
                if isinstance(value, float):  # never looked up: minus zero equals zero
                    tail: str | None = _number(value) if math.isfinite(value) else None
                else:
                    tail = known.get(value)
                    if tail is not None and tail.startswith(STRING):
                        hits += 1
                if tail is None:
                    slow(row, col, value)
                    tail = self._rows[row].pop(col)[1]
                    # Marked-up text carries its font and so differs from column to column.
                    if not isinstance(value, float) and not (isinstance(value, str) and value.startswith("<r>")):
                        known[value] = tail
                tails.append(tail)
            self._rows.pop(row, None)
            self._dense[row] = tails
        self._shared.strings.count += hits
        self._dense_forms = forms

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
        sheet = self._sheet
        area = sum((last_row - row + 1) * (last_col - col + 1) for row, col, last_row, last_col in self._merges)
        covered: set[int] = set()
        for row, col, last_row, last_col in self._merges:
            for number in range(row, last_row + 1):
                covered.update(range(number * COLS + col, number * COLS + last_col + 1))
        if len(covered) < area:
            for merge in self._merges:
                sheet.merge_range(*merge, "", None)
        sheet.merge.extend(list(merge) for merge in self._merges)
        edges = {row: (min(cells), max(cells)) for row, cells in self._rows.items() if cells}
        edges |= dict.fromkeys(self._dense, (0, len(self._dense_forms) - 1))
        if edges:
            sheet._check_dimensions(min(edges), min(first for first, _ in edges.values()))
            sheet._check_dimensions(max(edges), max(last for _, last in edges.values()))
        sheet._write_rows = lambda: self._write_rows(edges)

    def _put(self, row: int, col: int, form: Any, tail: str) -> None:
        if 0 <= row < ROWS and 0 <= col < COLS:
            self._rows[row][col] = (form, tail)

    def _plainly(self, method: str, row: int, col: int, *values: Any) -> None:
        """Let the library write a cell, and take it over."""
        getattr(self._sheet, method)(row, col, *values)
        cell = self._sheet.table[row].pop(col, None)
        if cell is not None:
            self._rows[row][col] = (cell.format, self._tail(cell))

    def _tail(self, cell: Any) -> str:
        sheet = self._sheet
        before, sheet.fh = sheet.fh, io.StringIO()
        sheet._write_cell(0, 0, cell._replace(format=None))
        sheet.fh, found = before, sheet.fh.getvalue()
        return str(found).removeprefix(FIRST)

    def _write_rows(self, edges: dict[int, tuple[int, int]]) -> None:
        sheet = self._sheet
        write = sheet.fh.write
        spans = self._spans(edges)
        template = ""
        for row in range(sheet.dim_rowmin, sheet.dim_rowmax + 1):
            info, span = sheet.row_info.get(row), spans.get(row // BLOCK)
            tails = self._dense.get(row)
            if tails is not None:
                sheet._write_row(row, span, info)
                template = template or self._template()
                write(template.format(row + 1, *tails))
                write("</row>")
            elif row in edges:
                sheet._write_row(row, span, info)
                write("".join(self._cells(row)))
                write("</row>")
            elif info is not None or row in sheet.comments:
                sheet._write_empty_row(row, span, info)

    def _cells(self, row: int) -> list[str]:
        cells, number = self._rows[row], row + 1
        styles, style = self._shared.styles, self._shared.style
        found: list[str] = []
        for col in sorted(cells):
            form, tail = cells[col]
            letters = LETTERS[col] if col < len(LETTERS) else xl_col_to_name(col)
            found.append(f'<c r="{letters}{number}{styles.get(form) or style(form)}{tail}')
        return found

    def _template(self) -> str:
        """A full row with places for its number and the rest of each cell."""
        style = self._shared.style
        return "".join(
            f'<c r="{xl_col_to_name(col)}{{0}}{style(form)}{{{col + 1}}}' for col, form in enumerate(self._dense_forms)
        )

    def _spans(self, edges: dict[int, tuple[int, int]]) -> dict[int, str]:
        """First and last column, counted from 1, of what stands in a block of rows."""
        found: dict[int, tuple[int, int]] = {}
        notes = {row: (min(cols), max(cols)) for row, cols in self._sheet.comments.items() if cols}
        for row, (first, last) in [*edges.items(), *notes.items()]:
            least, most = found.get(row // BLOCK, (first, last))
            found[row // BLOCK] = (min(least, first), max(most, last))
        return {block: f"{first + 1}:{last + 1}" for block, (first, last) in found.items()}


def _number(number: float) -> str:
    return f"><v>{number}</v></c>" if number.__class__ is int else f"><v>{number:.16G}</v></c>"
