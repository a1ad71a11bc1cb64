"""The wording of findings: templates/findings.toml, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hrbook.core.finding import Finding, Severity
from hrbook.core.source import Scalar
from hrbook.resources import load_toml

FILE = "findings.toml"


class _Facts(dict[str, str]):
    """Facts that a finding does not carry are left out of its sentence."""

    def __missing__(self, name: str) -> str:
        return ""


class Catalogue:
    """Titles, messages and remedies by code. Raises KeyError for a code that the catalogue does not have."""

    def __init__(self, language: str, entries: Mapping[str, Any]) -> None:
        self.language = language
        self._entries = entries

    def codes(self) -> tuple[str, ...]:
        """All codes, sorted."""
        return tuple(sorted(self._entries))

    def severity(self, code: str) -> Severity:
        """The severity that findings of this code have."""
        return Severity(self._entries[code]["severity"])

    def title(self, code: str) -> str:
        """The kind of finding in a few words."""
        return str(self._entries[code]["title"][self.language])

    def message(self, finding: Finding) -> str:
        """What was found, in one sentence or two."""
        return self._filled("message", finding)

    def remedy(self, finding: Finding) -> str:
        """What to do about it."""
        return self._filled("remedy", finding)

    def _filled(self, part: str, finding: Finding) -> str:
        facts = _Facts({name: _said(value) for name, value in finding.facts.items()})
        facts.update(
            found=_said(finding.found),
            understood=_said(finding.understood),
            sheet=finding.sheet,
            cell=finding.cell,
            staff_id=finding.staff_id,
        )
        text: str = self._entries[finding.code][part][self.language]
        return text.format_map(facts)


def _said(value: Scalar) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def load_catalogue(language: str) -> Catalogue:
    """The catalogue in `language` ("ja" or "en")."""
    return Catalogue(language, load_toml(FILE))
