"""The fields of the interview form as whoever reads them back knows them: templates/returned.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrbook.core.returned import Group
from hrbook.resources import load_toml

FILE = "returned.toml"
FEELING, ANSWER, REMARK = "feeling", "answer", "remark"


@dataclass(frozen=True, slots=True)
class FormField:
    """`kind` is choice, date or text; `years` how many fiscal years a date may lie in; `spelt` choice -> other spellings."""

    id: str
    group: Group
    kind: str
    choices: int
    years: int
    needed: bool
    hr_only: bool
    spelt: Mapping[str, tuple[str, ...]]


def load_fields() -> dict[str, FormField]:
    """All fields by id, in the order of the form."""
    return {
        entry["id"]: FormField(
            id=entry["id"],
            group=Group(entry["group"]),
            kind=entry["kind"],
            choices=entry.get("choices", 0),
            years=entry.get("years", 1),
            needed=entry.get("needed", False),
            hr_only=entry.get("hr_only", False),
            spelt={number: tuple(words) for number, words in entry.get("spelt", {}).items()},
        )
        for entry in load_toml(FILE)["field"]
    }
