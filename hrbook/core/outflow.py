"""The moves that the guide implies for the coming springs: who has to go on from where they are, and by when.

A guide, not a plan of placements: it says when the last chances come, and what the usual length of a stay would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hrbook.core.assessment import Assessed
from hrbook.core.calendar import FIRST_MONTH, fiscal_year
from hrbook.core.reading import Reading

SPRINGS = 5


@dataclass(frozen=True, slots=True)
class Leaving:
    """The moves that one person needs, by the fiscal year whose 1 April they come on: the next one if stays are as long as
    usual, and at the latest; `later` are the latest springs of the moves after that, from a department not yet known."""

    usual: int
    latest: int
    later: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outflow:
    """People of one department who have to go on, by spring; a spring beyond the last counts for neither."""

    people: int
    usual: Mapping[int, int]
    latest: Mapping[int, int]


def leaving_of(person: Assessed, reading: Reading) -> Leaving | None:
    """The moves of somebody whose guide is still within reach and not reached; None for everybody else (spec 5,
    `last_chance`)."""
    result = person.rotation.result
    if result.last_chance is None:
        return None
    latest = fiscal_year(result.last_chance)
    missing = max((count.missing for count in result.counts), default=1)
    present = person.spells[-1] if person.spells and person.spells[-1].present else None
    usual = latest
    if present is not None and present.start is not None:
        usual = _first_spring(present.start) + reading.rotation.usual_stay_years
    usual = min(max(usual, reading.year + 1), latest)
    return Leaving(usual, latest, tuple(range(latest + 1, latest + missing)))


def springs_of(reading: Reading) -> tuple[int, ...]:
    """The fiscal years of the next five 1 Aprils."""
    return tuple(range(reading.year + 1, reading.year + 1 + SPRINGS))


def outflow_of(people: Iterable[Assessed], reading: Reading) -> Outflow:
    """The moves out of one department."""
    found = [leaving for person in people if (leaving := leaving_of(person, reading)) is not None]
    springs = springs_of(reading)
    usual, latest = (Counter(moves) for moves in ([f.usual for f in found], [f.latest for f in found]))
    return Outflow(len(found), {s: usual[s] for s in springs}, {s: latest[s] for s in springs})


def later_moves(people: Iterable[Assessed], reading: Reading) -> Mapping[int, int]:
    """Second and further moves by their latest spring, over everybody: where from cannot be known yet."""
    counts = Counter(s for p in people if (leaving := leaving_of(p, reading)) is not None for s in leaving.later)
    return {spring: counts[spring] for spring in springs_of(reading)}


def _first_spring(start: date) -> int:
    """The fiscal year of the first 1 April on or after a day: the years of a stay are counted from there."""
    return fiscal_year(start) + ((start.month, start.day) != (FIRST_MONTH, 1))
