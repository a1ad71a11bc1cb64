"""A career as spells: one person, one unit, from-to, with the rows that say so (spec 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hrbook.core.source import Evidence


@dataclass(frozen=True, slots=True)
class Spell:
    """A stay in one unit. `start` None is an unknown start; `end` is the last day, at the latest the as-of date.

    `start_unit` and `end_unit` are unit keys of the genealogy (they differ when the unit was reorganised meanwhile);
    `name` is the unit's name when the spell began, `name_now` when it ended. `ordinal` n is the n-th unit that counts
    to the guide, None where the spell adds nothing."""

    start: date | None
    end: date
    present: bool
    start_unit: str
    end_unit: str
    name: str
    name_now: str
    bureau: str
    secondment: bool
    evidence: tuple[Evidence, ...]
    ordinal: int | None = None
    end_known: bool = True  # False: the next spell's start is unknown, so this one's end is too


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without a spell, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1
