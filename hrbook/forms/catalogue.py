"""The catalogue of fields that a form may name: templates/forms.toml."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrbook.core.fold import fold
from hrbook.resources import load_toml

FILE = "forms.toml"
_NUMBERED = re.compile(r"(.+)_([1-9][0-9]?)")
NEAR = 3


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `of` is run, department or person, `kind` text, integer or date. `many` above 1: it is numbered.
    `column` is the column of the sheet of staff data that holds it, empty where it comes from elsewhere."""

    id: str
    of: str
    kind: str
    many: int
    column: str
    names: Mapping[str, str]  # by language
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """What a defined name asks for: the block, or a field with its number from 0."""

    field: Field | None
    number: int = 0


class Catalogue:
    """All fields, and what defined names mean."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self.fields = tuple(
            Field(id_, e["of"], e["kind"], e.get("many", 1), e.get("from", "").removeprefix("staff."), e["name"], e["about"])
            for id_, e in entries["field"].items()
        )
        self._prefixes: Mapping[str, str] = entries["prefix"]
        self.block: Mapping[str, str] = entries["block"]
        self._block = {fold(name) for name in self.block.values()}
        self._by_name = {fold(name): f for f in self.fields for name in f.names.values()}

    def prefix(self, language: str) -> str:
        """What the names of cells to be filled begin with; every language's prefix is understood."""
        return self._prefixes[language]

    def asked(self, name: str) -> str | None:
        """The part of a defined name behind the prefix, without the tail that tells a second place; None for other names."""
        prefix = next((p for p in self._prefixes.values() if fold(name).startswith(fold(p))), None)
        return None if prefix is None else name[len(prefix) :].partition(".")[0]

    def meant(self, word: str) -> Named | None:
        """What the part behind the prefix means; None where the catalogue does not know it."""
        key = fold(word)
        if key in self._block:
            return Named(None)
        field = self._by_name.get(key)
        if field is not None:
            return Named(field) if field.many == 1 else None
        match = _NUMBERED.fullmatch(key)
        field = self._by_name.get(match[1]) if match else None
        if match is None or field is None or not 1 < field.many >= int(match[2]):
            return None
        return Named(field, int(match[2]) - 1)

    def looks_meant(self, name: str) -> bool:
        """Whether a name without prefix is that of a field: its author may have forgotten the prefix."""
        return self.meant(name.partition(".")[0]) is not None

    def near(self, word: str, language: str) -> list[str]:
        """Names of fields that are spelt like `word`, those of many with their first number."""
        known = [shown(field, language) for field in self.fields]
        return difflib.get_close_matches(word, known, NEAR, 0.4)


def shown(field: Field, language: str, number: int = 0) -> str:
    """A field's name behind the prefix."""
    return f"{field.names[language]}_{number + 1}" if field.many > 1 else field.names[language]


def load_catalogue() -> Catalogue:
    """The catalogue as it is in force."""
    return Catalogue(load_toml(FILE))
