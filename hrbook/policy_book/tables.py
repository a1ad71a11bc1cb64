"""The policy's raw tables as rows of cells, sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrbook.policy_book.dictionary import Field, Shape, SheetPlan
from hrbook.policy_book.spelling import Cell, Spelling, inside

Raw = Mapping[str, Any]
MATRIX = "matrix"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is written: the field, and for the matrix of marks the rank that it is for."""

    field: Field
    header: str
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A sheet's columns and rows of cells."""

    plan: SheetPlan
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def rows_of(plan: SheetPlan, raw: Raw, say: Spelling) -> Rows:
    """The rows of one sheet. Sheets of values have one row a field: its header and its value."""
    if plan.shape is Shape.VALUES:
        pairs = tuple((field.header, say.say(field.kind, inside(raw, field.path))) for field in plan.fields)
        return Rows(plan, (), pairs)
    columns = tuple(columns_of(plan, raw))
    return Rows(plan, columns, tuple(_rows(plan, columns, raw, say)))


def columns_of(plan: SheetPlan, raw: Raw) -> Iterator[Column]:
    """The columns of a sheet; those of the matrix have the ranks' names, low to high."""
    for field in plan.fields:
        if field.kind != MATRIX:
            yield Column(field, field.header)
            continue
        for rank in entries(raw, ("ranks",)):
            if isinstance(rank, Mapping) and isinstance(rank.get("id"), str):
                yield Column(field, str(rank.get("name") or rank["id"]), rank["id"])


def entries(raw: Raw, path: Sequence[str]) -> list[Any]:
    """The entries of a list of the file; none where it is no list."""
    found = inside(raw, path)
    return found if isinstance(found, list) else []


def cells_of(columns: Sequence[Column], entry: Any, say: Spelling) -> tuple[Cell, ...]:
    """The cells of one entry of a list."""
    return tuple(
        say.say("text", inside(entry, (*c.field.path, c.rank))) if c.rank else say.say(c.field.kind, inside(entry, c.field.path))
        for c in columns
    )


def _rows(plan: SheetPlan, columns: Sequence[Column], raw: Raw, say: Spelling) -> Iterator[tuple[Cell, ...]]:
    if plan.shape is Shape.MAP:
        table = inside(raw, plan.path)
        for key, entry in table.items() if isinstance(table, Mapping) else ():
            yield (key, *cells_of(columns[1:], entry, say))
        return
    for entry in entries(raw, plan.path):
        if plan.shape is Shape.LIST:
            yield cells_of(columns, entry, say)
        elif plan.shape is Shape.PART:
            cells = cells_of(columns, entry, say)
            if any(cell is not None for cell in cells[1:]):
                yield cells
        else:
            parent = say.say(columns[0].field.kind, inside(entry, (plan.parent,)))
            children = inside(entry, (plan.child,))
            if plan.shape is Shape.PAIRS:
                for key, value in children.items() if isinstance(children, Mapping) else ():
                    yield (parent, say.say(columns[1].field.kind, key), say.say("text", value))
            else:
                for child in children if isinstance(children, list) else ():
                    yield (parent, *cells_of(columns[1:], child, say))
