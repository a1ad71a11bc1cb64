"""The standing of newcomers and their trainers: what is judged in core/ojt.py and read by sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hrbook.core.roster import MaybeDate
from hrbook.core.source import RowRef


class OjtStatus(StrEnum):
    """How a newcomer stands: at least one pair meets all that is asked; none of the pairs does; there is no pair; whether
    the person is new cannot be told."""

    PAIRED = "paired"
    LOOK = "look"
    NONE = "none"
    UNDETERMINED = "undetermined"


class Condition(StrEnum):
    """What may be asked of a trainer."""

    PRESENT = "present"
    DEPARTMENT = "department"
    RANK = "rank"
    SERVICE = "service"
    COURSE = "course"
    ROLE = "role"
    LOAD = "load"


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of one pair. `met` None: it cannot be told. `found` is what the trainer has there, as text."""

    condition: Condition
    met: bool | None
    found: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair that holds on the as-of date. `place` is the trainer's bureau and department, `inside` whether that is the
    newcomer's, `checks` every condition that is asked (and the trainer's absence)."""

    newcomer: str
    trainer: str
    place: tuple[str, str]
    inside: bool
    start: MaybeDate
    end: MaybeDate
    checks: tuple[Check, ...]
    ref: RowRef

    @property
    def fits(self) -> bool:
        """Whether nothing speaks against the pair."""
        return all(check.met for check in self.checks)

    @property
    def gone(self) -> bool:
        """Whether the trainer is not in service, so that nothing more can be said of them."""
        return any(check.condition is Condition.PRESENT and check.found == "gone" for check in self.checks)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is trained. `new`: a newcomer by the setting, or possibly one (else only paired). `ahead` is when a pair
    begins that does not hold yet, `ended` when the last one ended; `unread`: a row of pairs has a day that cannot be read."""

    status: OjtStatus
    new: bool
    pairs: tuple[Pair, ...]
    ahead: date | None
    ended: date | None
    unread: bool


@dataclass(frozen=True, slots=True)
class Ojt:
    """One person's part: as a newcomer, and the pairs in which the person is the trainer, one a newcomer."""

    newcomer: Newcomer | None
    trains: tuple[Pair, ...]
