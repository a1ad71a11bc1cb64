"""The cells of one worksheet by row and column, with its merged areas, before they are written. Nothing here knows what the
XML of a cell says: only where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

BLANK = "/>"

Slot = tuple[Any, str, int, Any]
"""The format of a cell, its XML from the place where the number of the format ends, the last column of the blank cells
that follow it in a merged area (its own column where none do), and their format."""

Shape = tuple[tuple[int, Any, int, Any], ...]
"""What rows of one kind have in common: of each cell the column, format, last column and format of the blanks."""


Line = tuple[Shape, Sequence[str]]
"""A row: its shape, and what stands in the cells."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows that have cells: those of a designed sheet by their number, then those of a table, which share their shape."""

    single: Mapping[int, Line]
    table: Sequence[tuple[str, ...]] = ()
    start: int = 0  # row of the first line of the table
    shape: Shape = ()  # of all lines of the table

    def get(self, row: int) -> Line | None:
        """The line in this row."""
        if self.start <= row < self.start + len(self.table):
            return self.shape, self.table[row - self.start]
        return self.single.get(row)

    def ends(self, block: int) -> Iterator[tuple[int, int, int]]:
        """A row, its first and its last column: of the table one row for every `block` rows, and its last."""
        for row, (shape, _) in self.single.items():
            yield row, shape[0][0], shape[-1][2]
        rows = range(self.start, self.start + len(self.table))
        for row in (*rows[::block], *rows[-1:]):
            yield row, self.shape[0][0], self.shape[-1][2]


@dataclass(slots=True)
class Grid:
    """The cells of one sheet. `merged` has by row one bit a column that lies in a merged area; `merges` are these areas (first
    row, first column, last row, last column); `table` are whole rows from row `start` on, each with one piece of XML a column,
    in the formats `forms`."""

    cells: defaultdict[int, dict[int, Slot]] = field(default_factory=lambda: defaultdict(dict))
    merged: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    merges: list[list[int]] = field(default_factory=list)
    overlap: bool = False  # two merged areas do, which the library refuses
    table: list[tuple[str, ...]] = field(default_factory=list)
    start: int = 0
    forms: Sequence[Any] = ()

    def merge(self, row: int, col: int, last_row: int, last_col: int, form: Any, tail: str) -> None:
        """Make one cell out of several: the first says `tail`, the others are blank."""
        self.merges.append([row, col, last_row, last_col])
        bits = ((1 << (last_col - col + 1)) - 1) << col
        merged, rows = self.merged, self.cells
        for number in range(row, last_row + 1):
            before = merged[number]
            if before & bits:
                self.overlap = True
            merged[number] = before | bits
            cells = rows[number]
            if cells and not cells.keys().isdisjoint(range(col, last_col + 1)):
                for written in range(col, last_col + 1):
                    cells.pop(written, None)
            cells[col] = (form, tail, last_col, form)
            tail = BLANK

    def set(self, row: int, col: int, form: Any, tail: str) -> None:
        """Put a cell in its place; inside a merged area it leaves the blank cells around it as they are."""
        cells = self.cells[row]
        if not self.merged[row] >> col & 1:
            cells[col] = (form, tail, col, form)
            return
        if col not in cells:
            start = max(place for place in cells if place < col)
            head, value, last, blank = cells[start]
            cells[start] = (head, value, start, head)
            cells.update({place: (blank, BLANK, place, blank) for place in range(start + 1, last + 1)})
        cells[col] = (form, tail, *cells[col][2:])

    def taken(self) -> dict[int, int]:
        """By row, one bit a column in which something stands."""
        return {row: reduce(or_, (1 << col for col in cells), self.merged.get(row, 0)) for row, cells in self.cells.items()}

    def add(self, block: Grid, taken: Mapping[int, int], down: int) -> bool:
        """Put the cells of another grid here, so many rows further down; `taken` are its places. Where something stands in one
        of them already, nothing is put: False."""
        cells, merged = self.cells, self.merged
        for row, bits in taken.items():
            if merged[row + down] & bits or any(bits >> col & 1 for col in cells[row + down]):
                return False
        for row, slots in block.cells.items():
            cells[row + down].update(slots)
        for row, bits in block.merged.items():
            merged[row + down] |= bits
        self.merges.extend([[row + down, col, last_row + down, last_col] for row, col, last_row, last_col in block.merges])
        self.overlap |= block.overlap
        return True

    def lines(self) -> Lines:
        """Every row that has cells."""
        found: dict[int, Line] = {}
        for row, cells in self.cells.items():
            if cells:
                items = sorted(cells.items())  # by column; no two are the same
                shape = tuple([(col, slot[0], slot[2], slot[3]) for col, slot in items])
                found[row] = (shape, [slot[1] for _, slot in items])
        whole = tuple((col, form, col, form) for col, form in enumerate(self.forms))
        return Lines(found, self.table, self.start, whole)
