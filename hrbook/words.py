"""Every word that a person reads, by id and language, from templates/labels/*.toml; and the spelling of years and dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hrbook.core.calendar import first_day, last_day
from hrbook.core.source import Scalar
from hrbook.resources import load_toml, names

LANGUAGES = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Era:
    """A Japanese era: years count from 1 in the year of `first`."""

    name: str
    letter: str
    first: date


class Labels:
    """Words of one language. Call it with an id and facts: `labels("sheet.cover.title", year=...)`."""

    def __init__(self, language: str, words: Mapping[str, str], eras: tuple[Era, ...]) -> None:
        self.language = language
        self._words = words
        self._eras = eras

    def __call__(self, key: str, /, **facts: Scalar) -> str:
        """The words of `key` with {name} places filled in. Raises KeyError for an unknown id: a fault of ours."""
        text = self._words[key]
        return text.format(**facts) if facts else text

    def around(self, key: str, text: str) -> str:
        """The words of `key` around a text."""
        return self(key, text=text)

    def fault(self, key: str, facts: Mapping[str, Any]) -> str:
        """What a fault says, in one paragraph; a fact that nobody knows is left empty."""
        return self(f"fault.{key}", **{name: "" if value is None else value for name, value in facts.items()})

    def __contains__(self, key: str) -> bool:
        return key in self._words

    def keys(self) -> list[str]:
        """All ids, sorted."""
        return sorted(self._words)

    def marked(self, left: str = "[", right: str = "]") -> Labels:
        """The same words each in brackets, for the test that no word stands in code."""
        return Labels(self.language, {key: f"{left}{text}{right}" for key, text in self._words.items()}, self._eras)

    def _era(self, day: date) -> tuple[Era, int]:
        era = next(e for e in reversed(self._eras) if e.first <= day)
        return era, day.year - era.first.year + 1

    def _era_year(self, year: int) -> tuple[Era, int]:
        """The era that names a fiscal year: that of its last day, unless the era had not begun in the year's first months."""
        era, number = self._era(last_day(year))
        return (era, number - 1) if number > 1 else self._era(first_day(year))

    def fiscal_year(self, year: int) -> str:
        """FY2026 in full, such as the seventh year after the first of its era."""
        era, number = self._era_year(year)
        count = self("date.first_year") if number == 1 else str(number)
        return self("date.fiscal_year", era=era.name, number=count, year=year)

    def share(self, part: int, whole: int) -> str:
        """A part of a whole in percent; of nothing there is no share."""
        return f"{part / whole:.0%}" if whole else "-"

    def short_year(self, year: int) -> str:
        """FY2026 as R8."""
        era, number = self._era_year(year)
        return self("date.short_year", letter=era.letter, number=number, year=year)

    def day(self, day: date | None) -> str:
        """A date in full, in the wording of the language; the empty string for None."""
        if day is None:
            return ""
        era, number = self._era(day)
        count = self("date.first_year") if number == 1 else str(number)
        return self("date.day", era=era.name, number=count, year=day.year, month=day.month, day=day.day, iso=day.isoformat())

    def short_day(self, day: date | None) -> str:
        """A date as R8.4.1; the empty string for None."""
        if day is None:
            return ""
        era, number = self._era(day)
        return self("date.short_day", letter=era.letter, number=number, month=day.month, day=day.day, iso=day.isoformat())


def load_labels(language: str = "ja") -> Labels:
    """The words of `language` ("ja" or "en"), all files of templates/labels joined. Later files may not repeat an id."""
    words: dict[str, str] = {}
    for name in names("labels", ".toml"):
        for key, text in _flatten(load_toml(f"labels/{name}"), language):
            if key in words:
                raise KeyError(f"{key} stands twice in templates/labels")
            words[key] = text
    return Labels(language, words, load_eras())


def load_eras() -> tuple[Era, ...]:
    """The eras of templates/vocabulary.toml, in order of time."""
    entries = load_toml("vocabulary.toml")["eras"]
    return tuple(sorted((Era(e["name"], e["letter"], e["first"]) for e in entries), key=lambda e: e.first))


def _flatten(table: Mapping[str, Any], language: str, prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        path = f"{prefix}{key}"
        if isinstance(value, dict) and set(value) == set(LANGUAGES) and isinstance(value[language], str):
            found.append((path, value[language]))
        elif isinstance(value, dict):
            found.extend(_flatten(value, language, f"{path}."))
        else:
            raise KeyError(f"{path} in templates/labels needs both languages")
    return found
