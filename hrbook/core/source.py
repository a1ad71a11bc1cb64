"""Where a value stands: the cell of a workbook, the clause of the policy. Every record and every rule carries its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

Scalar = str | int | float | bool | date | None


class Basis(StrEnum):
    """How firmly a rule's value stands in its source."""

    STATED = "stated"
    INFERRED = "inferred"
    SET_BY_CITY = "set_by_city"
    UNSET = "unset"


@dataclass(frozen=True, slots=True, eq=False)
class SheetSource:
    """One sheet of one input file; one object a sheet, compared by identity.

    `columns` maps a field of the data dictionary to its 0-based column. `fixed` names fields that have no column and
    stand in one cell for many rows (a caption; the empty string: the sheet's name); their values stand behind each row."""

    file: str
    sha256: str
    sheet: str
    columns: Mapping[str, int]
    headers: Mapping[str, str]
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that a judgement or a finding rests on: `raw` as it stands in the file, `value` as it was understood."""

    file: str
    sheet: str
    cell: str
    raw: Scalar
    value: Scalar


@dataclass(frozen=True, slots=True, eq=False)
class RowRef:
    """One row of an input sheet, one object a row, compared by identity.

    `row` is 1-based as Excel shows it, `raw` the row's cells from column A on."""

    source: SheetSource
    row: int
    raw: tuple[Scalar, ...]

    def address(self, field: str) -> str:
        """A1 address of `field` in this row; the bare row number where the sheet has no such column."""
        column = self.source.columns.get(field)
        if field in self.source.fixed:
            return self.source.fixed[field] or str(self.row)
        return str(self.row) if column is None else f"{column_letters(column)}{self.row}"

    def raw_of(self, field: str) -> Scalar:
        """The cell of `field` as it stands in the file; None where it is blank or the sheet has no such column."""
        column = self.source.columns.get(field)
        return None if column is None or column >= len(self.raw) else self.raw[column]

    def cell(self, field: str, value: Scalar) -> Cell:
        """The cell of `field` with the value that was understood from it."""
        return Cell(self.source.file, self.source.sheet, self.address(field), self.raw_of(field), value)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A field of a row that a judgement rests on; its address is computed only where it is shown."""

    ref: RowRef
    field: str
    value: Scalar

    def cell(self) -> Cell:
        return self.ref.cell(self.field, self.value)


@dataclass(frozen=True, slots=True)
class Clause:
    """A place in the policy. `place` is the citation as people write it, `gist` our own short wording."""

    id: str
    place: str
    gist: str


@lru_cache(maxsize=1024)
def column_letters(index: int) -> str:
    """Excel's letters for a 0-based column: 0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
