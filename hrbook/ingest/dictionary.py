"""The data dictionaries of the inputs (templates/roster.toml, settings.toml): sheets, fields, accepted headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrbook.ingest.vocabulary import key
from hrbook.resources import load_toml

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[*\u203b\u2217]")
NUMBERED = re.compile("[\u30fc_.]?\\(?\\d{1,2}\\)?")


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its canonical heading, the accepted ones under their keys (the better first), and how it is read."""

    id: str
    header: str
    accepted: tuple[str, ...]
    kind: str
    required: bool
    example: str
    why: str


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet. `row` names the fields that every data row has; of each group in `one_of` a column must be there."""

    id: str
    name: str
    accepted: tuple[str, ...]
    required: bool
    row: tuple[str, ...]
    one_of: tuple[tuple[str, ...], ...]
    why: str
    fields: tuple[Field, ...]

    def field(self, field_id: str) -> Field:
        """The field with that id. Raises KeyError where there is none."""
        for field in self.fields:
            if field.id == field_id:
                return field
        raise KeyError(field_id)

    def holds(self, sheet_name: str) -> int | None:
        """0 where `sheet_name` is this sheet, n for its n-th continuation, None for another sheet."""
        name = key(sheet_name)
        for accepted in self.accepted:
            if name == accepted:
                return 0
            if name.startswith(accepted) and NUMBERED.fullmatch(name[len(accepted) :]):
                return int(re.sub(r"\D", "", name[len(accepted) :]))
        return None


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All sheets of one kind of input."""

    sheets: tuple[SheetSpec, ...]
    silent: frozenset[str] = frozenset()  # keys of sheets for people, which are passed over without a note

    def sheet(self, sheet_id: str) -> SheetSpec:
        """The sheet with that id. Raises KeyError where there is none."""
        for sheet in self.sheets:
            if sheet.id == sheet_id:
                return sheet
        raise KeyError(sheet_id)


def header_key(text: str) -> str:
    """The matching key of a heading."""
    return key(text)


def bare_header_key(text: str) -> str:
    """The same without brackets and marks such as an asterisk, for headings that carry a remark."""
    return BRACKETS.sub("", key(text))


def load_dictionary(name: str) -> Dictionary:
    """The dictionary templates/`name`, e.g. "roster.toml"."""
    data = load_toml(name)
    return Dictionary(tuple(_sheet(entry) for entry in data["sheet"]), frozenset(map(key, data.get("silent", ()))))


def _sheet(entry: Mapping[str, Any]) -> SheetSpec:
    names = (entry["name"], *entry.get("accept", ()))
    return SheetSpec(
        id=entry["id"],
        name=entry["name"],
        accepted=tuple(dict.fromkeys(key(name) for name in names)),
        required=entry.get("required", False),
        row=tuple(entry.get("row", ())),
        one_of=tuple(tuple(group) for group in entry.get("one_of", ())),
        why=entry["why"],
        fields=tuple(field_of(field) for field in entry["field"]),
    )


def field_of(entry: Mapping[str, Any]) -> Field:
    """A column as a dictionary describes it."""
    return Field(
        id=entry["id"],
        header=entry["header"],
        accepted=tuple(dict.fromkeys(header_key(text) for text in (entry["header"], *entry.get("accept", ())))),
        kind=entry["kind"],
        required=entry.get("required", False),
        example=entry["example"],
        why=entry["why"],
    )
