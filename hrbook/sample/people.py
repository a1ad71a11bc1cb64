"""The people of the invented city as they are built up, before they become rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hrbook.sample.names import Name
from hrbook.sample.organisation import Section, Unit


class Kind(StrEnum):
    """What sort of seat somebody has; the first five stand for the ranks, high to low."""

    DIRECTOR = "director"
    MANAGER = "manager"
    SENIOR = "senior"
    CHIEF = "chief"
    CLERK = "clerk"
    VETERAN = "veteran"
    ANNUAL = "annual"


@dataclass(frozen=True, slots=True)
class Seat:
    """A post to fill: where, of which kind, with which title."""

    kind: Kind
    unit: Unit
    section: Section | None
    title: str


@dataclass(frozen=True, slots=True)
class Order:
    """One order. `code` is the unit code as written (blank in old orders), `primary` False for second posts."""

    day: date
    unit: Unit
    section: Section | None
    title: str
    kind: str
    remark: str = ""
    code: str = ""
    end: date | None = None
    primary: bool = True


@dataclass(frozen=True, slots=True)
class Absence:
    """Leave of one kind; `end` None is open."""

    kind: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the roster with all that belongs to it. `ranks` are (since, number of the rank), oldest first;
    `moves` the days on which the person came to another place, the hire first."""

    name: Name
    born: date
    hired: date
    route: str
    employment: str
    job: str
    title: str
    unit: Unit
    section: Section | None
    status: str
    ranks: tuple[tuple[date, int], ...] = ()
    moves: tuple[date, ...] = ()
    rank_start: date | None = None
    orders: tuple[Order, ...] = ()
    absences: tuple[Absence, ...] = ()
    role: str = ""
    tier: str = ""
    left: date | None = None
    example: str = ""
    summary: str = ""
    untaken: tuple[str, ...] = ()
    number: str = ""

    def rank_on(self, day: date) -> int | None:
        """The rank that held on `day`; None before the hire and for people without a rank."""
        found = None
        for since, rank in self.ranks:
            if since <= day:
                found = rank
        return found
