"""The fields of the interview form as whoever reads them back knows them: templates/returned.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrbook.core.learning_policy import LearningChoice, LearningPolicy
from hrbook.core.returned import Group
from hrbook.resources import load_toml

FILE = "returned.toml"
FEELING, ANSWER, REMARK = "feeling", "answer", "remark"


@dataclass(frozen=True, slots=True)
class FormField:
    """`kind` is choice, date or text; `years` how many fiscal years a date may lie in; `spelt` choice -> other spellings;
    `listed`: the choices are not numbered words of our own but a list of the policy (its themes or kinds of learning)."""

    id: str
    group: Group
    kind: str
    choices: int
    years: int
    needed: bool
    hr_only: bool
    spelt: Mapping[str, tuple[str, ...]]
    listed: str = ""

    def of_policy(self, learning: LearningPolicy) -> tuple[LearningChoice, ...]:
        """The policy's list that the field chooses from; empty for other fields, and where the policy has none."""
        return {"themes": learning.themes, "kinds": learning.kinds}.get(self.listed, ())


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
            listed=entry.get("listed", ""),
        )
        for entry in load_toml(FILE)["field"]
    }
