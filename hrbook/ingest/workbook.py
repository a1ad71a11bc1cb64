"""A workbook file as sheets of plain values with true row numbers, read in a child process (hrbook.ingest.reader)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrbook.core.source import Scalar
from hrbook.safe.child import Child
from hrbook.safe.preflight import fetch

Merge = tuple[tuple[int, int], tuple[int, int]]
WORK = "hrbook.ingest.reader:parse"


class Broken(str):
    """What stands in a cell whose value cannot be used; it is shown as a text and never read as one."""

    __slots__ = ()


class ErrorCell(Broken):
    """An Excel error such as #N/A."""

    __slots__ = ()


class UnsavedFormula(Broken):
    """A formula for which the file holds no value."""

    __slots__ = ()


class DroppedCell(Broken):
    """A content that stands in the file and that the reader does not show: which value counts cannot be told."""

    __slots__ = ()


class PaddedNumber(str):
    """The digits that Excel shows for a number cell whose format puts zeros in front."""

    __slots__ = ()


KINDS = {"error": ErrorCell, "unsaved": UnsavedFormula, "dropped": DroppedCell}
Row = tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows[i]` is row i + 1 as Excel shows it, from column A on; blank is None.

    Every row is as wide as the sheet plus one cell that is always blank, to which a missing column can be bound.
    `merges` hold 0-based corners, `broken_rows` the 0-based rows with a cell that is Broken; `struck` and `grey` are rows
    whose look says that they may not count."""

    name: str
    rows: tuple[Row, ...]
    width: int
    merges: tuple[Merge, ...]
    hidden: bool
    broken_rows: frozenset[int]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    struck: frozenset[int] = frozenset()
    grey: frozenset[int] = frozenset()
    formulas: int = 0
    objects: int = 0


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that was read once: its name, SHA-256, bytes and sheets in order. `from_1904` is Excel's other epoch."""

    file: str
    sha256: str
    data: bytes
    sheets: tuple[Sheet, ...]
    from_1904: bool


class Pending:
    """A workbook that is being read in a child process while this one goes on."""

    def __init__(self, path: Path) -> None:
        """Raises Fault where the file cannot be opened at all."""
        self._name, self.data = path.name, fetch(path)
        self._child = Child(WORK, self.data, path.name)

    def result(self) -> Workbook:
        """The workbook, when it is read. Raises Fault where it cannot be."""
        return workbook_of(self._child.result(), self.data, self._name)


def read_workbook(path: Path) -> Workbook:
    """Check and read `path`. Raises Fault where it cannot be read."""
    return Pending(path).result()


def parse_workbook(data: bytes, name: str) -> Workbook:
    """The same for bytes at hand, in this process: for files that were made here."""
    from hrbook.ingest.reader import parse

    return workbook_of(parse(data, name), data, name)


def workbook_of(read: Mapping[str, Any], data: bytes, name: str) -> Workbook:
    """The workbook of what hrbook.ingest.reader read."""
    sheets = tuple(_sheet(sheet) for sheet in read["sheets"])
    return Workbook(name, hashlib.sha256(data).hexdigest(), data, sheets, read["from_1904"])


def _sheet(read: Mapping[str, Any]) -> Sheet:
    rows: list[Row] = [(*row, None) for row in read["rows"]]
    special: dict[tuple[int, int], str] = {place: PaddedNumber(text) for place, text in read["padded"].items()}
    special |= {place: KINDS[kind](text) for place, (kind, text) in read["broken"].items()}
    if special:
        rows = _with(rows, special)
    return Sheet(
        name=read["name"],
        rows=tuple(rows),
        width=len(rows[0]) - 1 if rows else 0,
        merges=tuple(read["merges"]),
        hidden=read["hidden"],
        broken_rows=frozenset(row for row, _ in read["broken"]),
        hidden_rows=tuple(read["hidden_rows"]),
        hidden_columns=tuple(read["hidden_columns"]),
        struck=frozenset(read["struck"]),
        grey=frozenset(read["grey"]),
        formulas=read["formulas"],
        objects=read["objects"],
    )


def _with(rows: list[Row], special: Mapping[tuple[int, int], str]) -> list[Row]:
    width = max(max(column for _, column in special) + 2, len(rows[0]) if rows else 1)
    height = max(max(row for row, _ in special) + 1, len(rows))
    wide = [row + (None,) * (width - len(row)) for row in rows] + [(None,) * width] * (height - len(rows))
    for (row, column), content in sorted(special.items()):
        cells = list(wide[row])
        cells[column] = content
        wide[row] = tuple(cells)
    return wide
