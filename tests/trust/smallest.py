"""The smallest city that still has everything: a few people in three departments of two bureaus."""

from __future__ import annotations

from pathlib import Path

from hrbook.excel.plain import write_tables
from hrbook.resources import load_toml
from hrbook.sample import build_city
from hrbook.sample.tables import Row, Table

ID, STAFF = "職員番号", "職員名簿"
STAFF_OF_SAMPLE, DEPARTMENTS, PEOPLE = 20, 3, 6


def smallest(seed: int) -> tuple[Table, ...]:
    """The roster's tables, cut down to the first people of the departments that have most."""
    tables = build_city(STAFF_OF_SAMPLE, seed, data=load_toml("sample.toml")).roster
    staff = next(t for t in tables if t.name == STAFF)
    bureau, department = staff.columns.index("部"), staff.columns.index("課")
    homes: dict[tuple[object, object], list[object]] = {}
    for row in staff.rows:
        homes.setdefault((row[bureau], row[department]), []).append(row[0])
    chosen = sorted(homes, key=lambda home: (-len(homes[home]), str(home)))[:DEPARTMENTS]
    kept = {number for home in chosen for number in homes[home][: PEOPLE // DEPARTMENTS]}
    return tuple(_cut(table, kept) for table in tables)


def write_roster(path: Path, tables: tuple[Table, ...]) -> Path:
    """The tables as a workbook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_tables(tables, "", ""))
    return path


def _cut(table: Table, kept: set[object]) -> Table:
    rows: tuple[Row, ...] = table.rows
    if table.columns[0] == ID:
        rows = tuple(row for row in rows if row[0] in kept)
    return Table(table.name, table.note, table.columns, rows)
