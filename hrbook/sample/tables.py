"""Plain tables: what the invented city is made of before it becomes a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

Value = str | int | float | date | None
Row = tuple[Value, ...]
SHEET_ROWS = 1_000_000  # data rows of one sheet; Excel's own limit is 1,048,576 rows with the header


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, one sentence on what it holds, the headers and rows as wide as the headers."""

    name: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.name}: a row of {len(row)} values under {len(self.columns)} headers")


Tables = tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class City:
    """An invented city: the tables of its roster and those of its settings, with a title for each and the note on both."""

    title: str
    settings_title: str
    note: str
    roster: Tables
    settings: Tables


def continued(table: Table, limit: int = SHEET_ROWS) -> Iterator[Table]:
    """`table` in parts of at most `limit` rows; the later ones bear the name with 2, 3 ... behind it."""
    yield Table(table.name, table.note, table.columns, table.rows[:limit])
    for number, start in enumerate(range(limit, len(table.rows), limit), start=2):
        yield Table(f"{table.name}{number}", table.note, table.columns, table.rows[start : start + limit])
