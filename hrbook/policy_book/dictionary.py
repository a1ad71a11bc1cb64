"""The dictionary of the policy's workbook: templates/policy_book.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from hrbook.resources import load_toml

FILE = "policy_book.toml"


class Shape(StrEnum):
    """How a sheet's rows stand in the file (see the head of policy_book.toml)."""

    LIST = "list"
    MAP = "map"
    VALUES = "values"
    CHILD = "child"
    PART = "part"
    PAIRS = "pairs"


@dataclass(frozen=True, slots=True)
class Field:
    """One column, or one row of a sheet of values. `key` is its place in the entry (dotted: inside a table); "" is the
    entry's own key."""

    key: str
    header: str
    kind: str
    why: str
    width: float = 12
    required: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(self.key.split("."))


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet. `path` is the place of its list or table, `parent` the field that names the entry of a child, `same` the
    fields that make an entry the same one, `spare` the empty rows for additions."""

    id: str
    name: str
    shape: Shape
    why: str
    fields: tuple[Field, ...]
    path: tuple[str, ...] = ()
    child: str = ""
    parent: str = ""
    same: tuple[str, ...] = ()
    spare: int = 0
    cited: tuple[str, ...] = ()

    def field(self, key: str) -> Field:
        return next(entry for entry in self.fields if entry.key == key)


@dataclass(frozen=True, slots=True)
class BookPlan:
    """The whole book: its sheets in order, and the words around them."""

    title: str
    sheets: tuple[SheetPlan, ...]
    words: Mapping[str, str]
    intro: Mapping[str, Any]
    original: Mapping[str, str]

    def sheet(self, key: str) -> SheetPlan:
        return next(plan for plan in self.sheets if plan.id == key)

    def of_path(self, path: tuple[str, ...]) -> SheetPlan | None:
        """The sheet that lists the entries at a place of the file."""
        return next((plan for plan in self.sheets if plan.path == path and plan.shape in (Shape.LIST, Shape.MAP)), None)


@cache
def load_plan() -> BookPlan:
    """The dictionary as it stands in the templates."""
    data = load_toml(FILE)
    sheets = tuple(
        SheetPlan(
            id=entry["id"],
            name=entry["name"],
            shape=Shape(entry["as"]),
            why=entry["why"],
            fields=tuple(Field(**field) for field in entry["field"]),
            path=_path(entry.get("path", "")),
            child=entry.get("child", ""),
            parent=entry.get("parent", ""),
            same=tuple(entry.get("same", ())),
            spare=entry.get("spare", 0),
            cited=_path(entry.get("cited", "")),
        )
        for entry in data["sheet"]
    )
    return BookPlan(data["title"], sheets, data["words"], data["intro"], data["original"])


def _path(text: str) -> tuple[str, ...]:
    return tuple(text.split(".")) if text else ()
