"""What may be typed into a column: kinds of the data dictionaries -> shapes, choices and words of blank forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrbook.core.policy import Policy
from hrbook.resources import load_toml
from hrbook.sheets.blank.plan import FormField, FormSheet
from hrbook.words import Labels

SPECIAL = {("columns", "sheet"): "roster_sheet", ("titles", "rank"): "title_rank"}
YEARS, SCORES, COUNTS = (1950, 2200), (1, 5), (0, 999)


class Columns:
    """Makes columns of forms for one policy in one language."""

    def __init__(self, policy: Policy, labels: Labels) -> None:
        self._labels = labels
        vocabulary, settings = load_toml("vocabulary.toml"), load_toml("settings.toml")
        first = {name: tuple(words[0] for words in vocabulary[name].values()) for name in ("employment", "presence", "outcome")}
        yes = settings["choices"]["yes"]
        undecided = settings["choices"]["words"]["undecided"]
        roster = load_toml("roster.toml")["sheet"]
        items = tuple(str(item["name" if labels.language == "ja" else "key"]) for item in settings["setting"])
        self._choices: dict[str, tuple[tuple[str, ...], bool]] = {
            "employment": (first["employment"], True),
            "presence": (first["presence"], True),
            "outcome": (first["outcome"], True),
            "leave": (tuple(vocabulary["leave"]["kinds"]), False),
            "order_kind": (tuple(dict.fromkeys(vocabulary["orders"]["primary"])), False),
            "title": (tuple(entry.title for entry in policy.titles), False),
            "tier": (tuple(tier.name for tier in policy.digital.tiers), False),
            "learning": (tuple(kind.name for kind in policy.learning.kinds), True),
            "themes": (tuple(theme.name for theme in policy.learning.themes), False),
            "ability": (tuple(ability.name for ability in policy.competency.abilities), False),
            "rule": ((policy.rotation.rule_id,) if policy.rotation.rule_id else (), False),
            "rank": (tuple(rank.name for rank in policy.ranks), True),
            "title_rank": ((*(rank.name for rank in policy.ranks), undecided), True),
            "ranks": (tuple(rank.name for rank in policy.ranks), False),
            "yes": ((yes["yes"], yes["no"]), True),
            "form": (tuple(settings["forms"].values()), True),
            "setting": (items, True),
            "roster_sheet": (tuple(sheet["name"] for sheet in roster), True),
        }
        self._numbers = {"year": YEARS, "score": SCORES, "integer": COUNTS}

    def sheet(self, entry: Mapping[str, Any], **more: Any) -> FormSheet:
        """The form of one sheet of a dictionary; `more` are rows and checks."""
        fields = tuple(self.field(field, entry) for field in entry["field"])
        return FormSheet(entry["name"], self._why(entry), bool(entry.get("required", False)), fields, **more)

    def field(self, entry: Mapping[str, Any], sheet: Mapping[str, Any]) -> FormField:
        """The column of one field."""
        kind = SPECIAL.get((sheet["id"], entry["id"]), str(entry["kind"]))
        choices, strict = self._choices.get(kind, ((), False))
        groups = [group for group in sheet.get("one_of", ()) if entry["id"] in group]
        names = {field["id"]: str(field["header"]) for field in sheet["field"]}
        how = self._labels(f"blank.kind.{entry['kind']}")
        if groups:
            listed = self._labels("list.separator").join(names[name] for name in groups[0])
            how += self._labels("blank.note.one_of", names=listed)
        return FormField(
            header=str(entry["header"]),
            required=bool(entry.get("required", False)),
            shape=kind if kind in ("date", "any") else "number" if kind in self._numbers else "choice" if choices else "text",
            how=how,
            why=self._why(entry),
            example=str(entry["example"]),
            accepts=tuple(entry.get("accept", ())),
            choices=choices,
            strict=strict,
            bounds=self._numbers.get(kind, COUNTS),
        )

    def _why(self, entry: Mapping[str, Any]) -> str:
        """A city's own dictionary may have Japanese only."""
        return str((entry.get(f"why_{self._labels.language}") or entry["why"]) if self._labels.language != "ja" else entry["why"])
