"""What two policies say differently, in the words of the policy's workbook: sheet, entry, column, old and new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrbook.policy_book.dictionary import Shape, SheetPlan, load_plan
from hrbook.policy_book.spelling import Cell, Spelling, plain
from hrbook.policy_book.tables import Column, Rows, rows_of

Raw = Mapping[str, Any]
Cells = tuple[Cell, ...]
NAMED = ("name", "title", "place", "text", "gist")  # what an entry is called, where it has one of these


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `kind`: added, removed, changed, moved; `field` is empty unless a cell changed."""

    sheet: str
    kind: str
    item: str
    field: str = ""
    old: str = ""
    new: str = ""
    clause: str = ""


def differences(old: Raw, new: Raw) -> Iterator[Difference]:
    """All differences of two policies, in the order of the workbook's sheets."""
    said = (Spelling(old), Spelling(new))
    for plan in load_plan().sheets:
        one, other = rows_of(plan, old, said[0]), rows_of(plan, new, said[1])
        if plan.shape is Shape.VALUES:
            yield from _values(plan, one, other)
        else:
            yield from _entries(plan, one, other)


def _values(plan: SheetPlan, old: Rows, new: Rows) -> Iterator[Difference]:
    for (header, before), (_, after) in zip(old.rows, new.rows, strict=True):
        if plain(before) != plain(after):
            yield Difference(plan.name, "changed", plain(header), "", plain(before), plain(after))


def _entries(plan: SheetPlan, old: Rows, new: Rows) -> Iterator[Difference]:
    before, after = _keyed(plan, old), _keyed(plan, new)
    for key, cells in before.items():
        if key not in after:
            yield Difference(plan.name, "removed", _called(plan, old.columns, cells), old=_said(old.columns, cells))
    for key, cells in after.items():
        if key not in before:
            yield Difference(plan.name, "added", _called(plan, new.columns, cells), new=_said(new.columns, cells))
            continue
        item, clause = _called(plan, new.columns, cells), _clause(new.columns, cells)
        was = {column.header: plain(cell) for column, cell in zip(old.columns, before[key], strict=True)}
        now = {column.header: plain(cell) for column, cell in zip(new.columns, cells, strict=True)}
        for header in dict.fromkeys([*now, *was]):
            if was.get(header, "") != now.get(header, ""):
                yield Difference(plan.name, "changed", item, header, was.get(header, ""), now.get(header, ""), clause)
    shared = [key for key in before if key in after]
    if shared != [key for key in after if key in before] and plan.same:
        order = [_called(plan, new.columns, after[key]) for key in after]
        yield Difference(plan.name, "moved", "", new=", ".join(order))


def _keyed(plan: SheetPlan, found: Rows) -> dict[tuple[str, ...], Cells]:
    """Rows by what makes them the same; several rows of one entry by their number among them."""
    keys = [field.key for field in plan.fields]
    rows: dict[tuple[str, ...], Cells] = {}
    for cells in found.rows:
        at = plan.same if plan.same else (keys[0],) if plan.shape is not Shape.PAIRS else ("", "key")
        name = tuple(plain(cells[_index(found.columns, key)]) for key in at)
        number = 0
        while (*name, str(number)) in rows:
            number += 1
        rows[(*name, str(number))] = cells
    return rows


def _index(columns: Sequence[Column], key: str) -> int:
    return next(i for i, column in enumerate(columns) if column.field.key == key and not column.rank)


def _called(plan: SheetPlan, columns: Sequence[Column], cells: Cells) -> str:
    keys = {column.field.key: plain(cell) for column, cell in zip(columns, cells, strict=True) if not column.rank}
    name = next((keys[key] for key in NAMED if keys.get(key)), "")
    first = plain(cells[0])
    return f"{first} {name}" if name and name != first else first


def _clause(columns: Sequence[Column], cells: Cells) -> str:
    found = (plain(cell) for column, cell in zip(columns, cells, strict=True) if column.field.key == "clause")
    return next(found, "")


def _said(columns: Sequence[Column], cells: Cells) -> str:
    """The filled cells of an entry after its name."""
    said = [f"{column.header} {plain(cell)}" for column, cell in zip(columns, cells, strict=True) if plain(cell)]
    return ", ".join(said[1:])
