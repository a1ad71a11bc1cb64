"""The rows of a worksheet as XML, the same byte for byte as the library writes them from its own cells.

With bulk.py, which collects the cells, this is the only module that touches the inside of xlsxwriter: `_write_row`,
`_write_empty_row`, `_get_xf_index`, `_get_format_key`, and the attributes `fh`, `merge`, `row_info`, `comments`,
`dim_rowmin`, `dim_rowmax`, `formats`, `xf_format_indices`, `dxf_format_indices`, `default_format_properties`.
tests/excel/test_bulk.py compares every part of many books with what the library's own calls give."""

from __future__ import annotations

import copy
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_col_to_name

BLOCK = 16  # rows that share the attribute "spans"
BLANK = "/>"
LETTERS = [xl_col_to_name(col) for col in range(256)]
NAMED = len(LETTERS)
FORMATS = 4096  # as many formats are kept from workbook to workbook

Slot = tuple[Any, str | int]
"""The format of a cell, and its XML from the place where the number of the format ends; for blank cells side by side
the column of the last one instead."""

Edges = dict[int, tuple[int, int]]
"""First and last column of what stands in a row."""


_formats: dict[tuple[object, ...], Any] = {}  # unused formats by their properties


class Shared:
    """What the sheets of one workbook share. `workbook` is an xlsxwriter.Workbook."""

    def __init__(self, workbook: Any) -> None:
        self.strings = workbook.str_table
        self.tails: dict[str, str] = {}  # XML by clean text
        self.known: dict[Any, str] = {None: BLANK, "": BLANK}  # XML by value as it was given; no float, no bool
        self.styles: dict[Any, str] = {}  # by format
        self._blanks: dict[tuple[Any, int, int], list[str]] = {}
        self._workbook = workbook
        self._defaults = tuple(workbook.default_format_properties.items())

    def add_format(self, properties: dict[str, Any]) -> Any:
        """A new format, as the workbook's add_format makes it, but worked out once a process."""
        workbook, key = self._workbook, (self._defaults, *properties.items())
        known = _formats.get(key)
        if known is None:
            made = workbook.add_format(properties)
            made._get_format_key()  # the format remembers it
            if len(_formats) >= FORMATS:
                _formats.clear()
            _formats[key] = known = copy.copy(made)
            known.xf_format_indices = known.dxf_format_indices = None
            return made
        made = copy.copy(known)
        made.xf_format_indices, made.dxf_format_indices = workbook.xf_format_indices, workbook.dxf_format_indices
        workbook.formats.append(made)
        return made

    def style(self, form: Any) -> str:
        """The end of a cell's reference and its format. The first call for a format gives it its number."""
        known = self.styles.get(form)
        if known is None:
            known = self.styles[form] = f'" s="{form._get_xf_index()}"'
        return known

    def blanks(self, form: Any, first: int, last: int) -> list[str]:
        """Blank cells side by side, to be joined by the number of their row."""
        known = self._blanks.get((form, first, last))
        if known is None:
            end = self.style(form) + BLANK
            starts = [f'<c r="{letters(col)}' for col in range(first, last + 1)]
            known = [starts[0], *(end + start for start in starts[1:]), end]
            self._blanks[form, first, last] = known
        return known


@dataclass(slots=True)
class Grid:
    """The cells of one sheet by row. `blanks` holds (first column, last column, format) of blank cells side by side;
    what stands in `cells` at such a place was written later. `full` rows have one piece of XML a column."""

    cells: defaultdict[int, dict[int, Slot]] = field(default_factory=lambda: defaultdict(dict))
    blanks: defaultdict[int, list[tuple[int, int, Any]]] = field(default_factory=lambda: defaultdict(list))
    full: dict[int, list[str]] = field(default_factory=dict)
    full_forms: Sequence[Any] = ()

    def edges(self) -> Edges:
        """First and last column of every row that has cells."""
        found = {row: (min(cells), max(cells)) for row, cells in self.cells.items() if cells}
        for row, blanks in self.blanks.items():
            first, last = min(blank[0] for blank in blanks), max(blank[1] for blank in blanks)
            least, most = found.get(row, (first, last))
            found[row] = (min(least, first), max(most, last))
        return found | dict.fromkeys(self.full, (0, len(self.full_forms) - 1))


def write_rows(sheet: Any, grid: Grid, shared: Shared, edges: Edges) -> None:
    """Write the rows of `grid` to the open file of an xlsxwriter worksheet, in place of its `_write_rows`."""
    write = sheet.fh.write
    spans = _spans(sheet, edges)
    tags = _Tags(sheet)
    template = ""
    for row in range(sheet.dim_rowmin, sheet.dim_rowmax + 1):
        info, span = sheet.row_info.get(row), spans.get(row // BLOCK)
        tails = grid.full.get(row)
        if tails is not None:
            template = template or _template(grid.full_forms, shared)
            write(f"{tags.opened(row, span, info)}{template.format(row + 1, *tails)}</row>")
        elif row in edges:
            write(f"{tags.opened(row, span, info)}{''.join(_cells(grid, row, shared))}</row>")
        elif info is not None or row in sheet.comments:
            sheet._write_empty_row(row, span, info)


def write_merges(sheet: Any) -> None:
    """Write the list of merged ranges, in place of the library's `_write_merge_cells`."""
    if sheet.merge:
        refs = [f"{letters(col)}{row + 1}:{letters(last)}{last_row + 1}" for row, col, last_row, last in sheet.merge]
        cells = "".join([f'<mergeCell ref="{ref}"/>' for ref in refs])
        sheet.fh.write(f'<mergeCells count="{len(refs)}">{cells}</mergeCells>')


def letters(col: int) -> str:
    """The name of a column."""
    return LETTERS[col] if col < NAMED else str(xl_col_to_name(col))


class _Tags:
    """Opening tags of rows: the library's own for the first row of a kind, the same with another number afterwards."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._known: dict[tuple[object, ...], str] = {}

    def opened(self, row: int, span: str | None, info: Any) -> str:
        key = (span, info and (info.height, info.row_format, info.hidden, info.level, info.collapsed))
        rest = self._known.get(key)
        if rest is None:
            sheet = self._sheet
            file, sheet.fh = sheet.fh, io.StringIO()
            sheet._write_row(row, span, info)
            sheet.fh, found = file, sheet.fh.getvalue()
            rest = self._known[key] = str(found).removeprefix(f'<row r="{row + 1}')
        return f'<row r="{row + 1}{rest}'


def _cells(grid: Grid, row: int, shared: Shared) -> list[str]:
    cells, number, styles = grid.cells[row], str(row + 1), shared.styles
    for first, last, form in grid.blanks.get(row, ()):
        if cells.keys().isdisjoint(range(first, last + 1)):
            cells[first] = (form, last)
        else:
            for col in range(first, last + 1):
                cells.setdefault(col, (form, BLANK))
    found: list[str] = []
    for col in sorted(cells):
        form, tail = cells[col]
        if tail.__class__ is int:
            found.append(number.join(shared.blanks(form, col, tail)))
        else:
            name = LETTERS[col] if col < NAMED else letters(col)
            found.append(f'<c r="{name}{number}{styles.get(form) or shared.style(form)}{tail}')
    return found


def _template(forms: Sequence[Any], shared: Shared) -> str:
    """A full row with places for its number and the rest of each cell."""
    places = [f'<c r="{letters(col)}{{0}}{shared.style(form)}{{{col + 1}}}' for col, form in enumerate(forms)]
    return "".join(places)


def _spans(sheet: Any, edges: Edges) -> dict[int, str]:
    """First and last column, counted from 1, of what stands in a block of rows."""
    found: Edges = {}
    notes = {row: (min(cols), max(cols)) for row, cols in sheet.comments.items() if cols}
    for row, (first, last) in [*edges.items(), *notes.items()]:
        least, most = found.get(row // BLOCK, (first, last))
        found[row // BLOCK] = (least if least < first else first, most if most > last else last)
    return {block: f"{first + 1}:{last + 1}" for block, (first, last) in found.items()}
