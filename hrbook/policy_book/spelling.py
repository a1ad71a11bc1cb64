"""How a value of the policy is spelt in a cell, and read back. What cannot be read stays the text that it is, so that the
door of the policy names the cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from hrbook.core.fold import fold
from hrbook.policy_book.dictionary import FILE, load_plan
from hrbook.resources import load_toml

Cell = str | int | float | bool | date | None
COMMA, SLASH, EQUALS = "\u3001", "\uff0f", "\uff1d"
PARTS = re.compile(r"[\u3001,\uff0c\n]")
GROUPS = re.compile(r"[\uff0f/\n]")
IDS = {
    "rank": ("ranks", "id"),
    "ability": ("competency.abilities", "id"),
    "provider": ("training.providers", "id"),
    "category": ("training.categories", "id"),
}
LISTS = {"ranks": "rank", "courses": "", "list": "", "employment": "appointment"}
Raw = Mapping[str, Any]


def inside(data: Any, path: Iterable[str]) -> Any:
    """The value at a place of nested tables; None where there is none."""
    for key in path:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


class Spelling:
    """Words for ids and ids for words, of one or several policies: those of the first one are written, all are read."""

    def __init__(self, *policies: Raw) -> None:
        self._words: dict[str, dict[str, str]] = {}
        self._ids: dict[str, dict[str, str]] = {}
        for kind, words in _fixed().items():
            self._learn(kind, words.items(), write=True)
        for number, raw in enumerate(policies):
            for kind, (path, key) in IDS.items():
                entries = [e for e in _entries(inside(raw, path.split("."))) if isinstance(e, Mapping)]
                self._learn(kind, ((e.get(key), e.get("name")) for e in entries), write=number == 0)
            clauses = inside(raw, ("clauses",))
            places = clauses.items() if isinstance(clauses, Mapping) else ()
            self._learn("clause", ((key, inside(entry, ("place",))) for key, entry in places), write=number == 0)

    def _learn(self, kind: str, pairs: Iterable[tuple[Any, Any]], *, write: bool) -> None:
        words, ids = self._words.setdefault(kind, {}), self._ids.setdefault(kind, {})
        for key, word in pairs:
            if not isinstance(key, str) or not isinstance(word, str) or not word:
                continue
            if ids.setdefault(fold(word), key) == key and write:
                words[key] = word
            ids.setdefault(fold(key), key)

    # value -> cell --------------------------------------------------------------------------------------------

    def say(self, kind: str, value: Any) -> Cell:
        """The cell of a raw value; None for what is not there. A value of a wrong type is shown as it is."""
        if value is None:
            return None
        if kind in LISTS:
            return self._said_list(LISTS[kind], value)
        if kind == "groups":
            return _said_groups(value)
        if kind == "yes" and isinstance(value, bool):
            return self._words["yes"]["yes" if value else "no"]
        if kind in self._words and isinstance(value, str):
            return self._words[kind].get(value, value)
        if isinstance(value, bool):
            return str(value).lower()
        return value if isinstance(value, str | int | float | date) else repr(value)

    def _said_list(self, kind: str, value: Any) -> Cell:
        if not isinstance(value, list):
            return str(value)
        parts = [str(self.say(kind or "text", part)) for part in value]
        return ("\n" if any(PARTS.search(part) for part in parts) else COMMA).join(parts)

    # cell -> value --------------------------------------------------------------------------------------------

    def read(self, kind: str, cell: Cell) -> Any:
        """The raw value of a cell; None for a blank one."""
        text = plain(cell)
        if not text:
            return None
        readers: dict[str, Callable[[], Any]] = {
            "integer": lambda: _integer(text),
            "date": lambda: _day(cell, text),
            "yes": lambda: {"yes": True, "no": False}.get(self._ids["yes"].get(fold(text), ""), text),
            "groups": lambda: _groups(text),
        }
        if kind in readers:
            return readers[kind]()
        if kind in LISTS:
            return [self._id(LISTS[kind], part.strip()) for part in _parts(text) if part.strip()]
        return self._id(kind, text)

    def _id(self, kind: str, text: str) -> str:
        return self._ids.get(kind, {}).get(fold(text), text)


def plain(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, days in ISO form, blanks around it gone."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _parts(text: str) -> list[str]:
    return text.split("\n") if "\n" in text else PARTS.split(text)


def _integer(text: str) -> int | str:
    folded = unicodedata.normalize("NFKC", text)
    return int(folded) if re.fullmatch(r"-?\d{1,9}", folded) else text


def _day(cell: Cell, text: str) -> date | str:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(unicodedata.normalize("NFKC", text).replace("/", "-"))
    except ValueError:
        return text


def _said_groups(value: Any) -> Cell:
    entries = [e for e in _entries(value) if isinstance(e, Mapping)]
    return SLASH.join(f"{e.get('name', '')}{EQUALS}{COMMA.join(map(str, _entries(e.get('members'))))}" for e in entries) or None


def _groups(text: str) -> list[dict[str, Any]] | str:
    found = []
    for part in GROUPS.split(text):
        name, sign, members = part.replace("=", EQUALS).partition(EQUALS)
        if not sign:
            return text
        found.append({"name": name.strip(), "members": [m.strip() for m in PARTS.split(members) if m.strip()]})
    return found


def _entries(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _fixed() -> dict[str, dict[str, str]]:
    """The words for what every policy has: those of the settings workbook where it has them."""
    own, settings = load_toml(FILE), load_toml("settings.toml")["choices"]
    reading = load_plan().sheet("reading")
    values = {field.path[-1]: field.header for field in reading.fields if field.path[:2] == ("rotation", "reading")}
    return {
        "basis": own["basis"],
        "group": own["group"],
        "counted": own["counted"],
        "level": {key: words[0] for key, words in settings["level"].items()},
        "midcareer": {key: words[0] for key, words in settings["midcareer"].items()},
        "yes": settings["yes"],
        "appointment": {key: words[0] for key, words in load_toml("vocabulary.toml")["employment"].items()},
        "reading": {**values, "requirements": load_plan().sheet("requirements").name},
    }


def choices(kind: str) -> tuple[str, ...]:
    """The words of a kind that every policy has; empty for the others."""
    return tuple(_fixed().get(kind, {}).values())
