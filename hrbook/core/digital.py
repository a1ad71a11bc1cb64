"""Digital talent of a group of people (policy chapter 7): who leads, who could, what a transfer would leave uncovered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hrbook.core.assessment import Assessed
from hrbook.core.career import TierPath
from hrbook.core.fold import fold
from hrbook.core.judgement import FINISHED, Assigned
from hrbook.core.reading import Reading
from hrbook.core.roster import Outcome

DONE = (Outcome.COMPLETED, Outcome.LECTURER, Outcome.EXEMPT)


class Standing(StrEnum):
    """How a group stands: nobody leads, orders take away all who do, one person does (a transfer leaves nobody), or some."""

    NOBODY = "nobody"
    MOVING = "moving"
    ONE = "one"
    SOME = "some"

    @property
    def open(self) -> bool:
        """Whether one transfer, or orders that are out, leave nobody."""
        return self in (Standing.ONE, Standing.MOVING)


@dataclass(frozen=True, slots=True)
class Talent:
    """The people of one group. `own`: above the default tier, by tier in the policy's order; `outside`: experts from outside
    among them, counted apart and in neither of the others; `ready`: in the default tier, and all that the city asks for a
    tier holds; `coming`: only courses are missing. Each person stands once, under the first tier of the policy's order for which
    that is so. `leaving`: those of `own` whom an order already takes elsewhere."""

    own: tuple[tuple[str, Assessed], ...]
    outside: tuple[tuple[str, Assessed], ...]
    ready: tuple[tuple[str, Assessed], ...]
    coming: tuple[tuple[str, Assessed], ...]
    leaving: tuple[Assessed, ...]

    @property
    def staying(self) -> int:
        """People above the default tier who are not about to leave."""
        return len(self.own) - len(self.leaving)

    @property
    def standing(self) -> Standing:
        """Whether somebody leads."""
        if not self.own:
            return Standing.NOBODY
        if not self.staying:
            return Standing.MOVING
        return Standing.ONE if self.staying == 1 else Standing.SOME


def talent_of(people: Iterable[Assessed], reading: Reading) -> Talent:
    """The digital talent of `people`, in their order within each tier. Without a path nobody is ready for a tier."""
    digital = reading.policy.digital
    order = {tier: place for place, tier in enumerate(digital.above)}
    own: list[tuple[str, Assessed]] = []
    outside: list[tuple[str, Assessed]] = []
    ready: list[tuple[str, Assessed]] = []
    coming: list[tuple[str, Assessed]] = []
    paths = sorted((path for path in reading.tier_paths if path.tier in order), key=lambda path: order[path.tier])
    for person in people:
        tier = tier_id(person)
        if tier in order and tier is not None:
            (outside if person.employee.employment in reading.outside_experts else own).append((tier, person))
        elif tier is not None and person.employee.employment not in reading.outside_experts:
            open_ways = [path for path in paths if fits(path, person)]
            done = [path for path in open_ways if not missing_courses(path, person, reading.as_of)]
            for path in (done or open_ways)[:1]:
                (ready if done else coming).append((path.tier, person))
    for found in (own, outside, ready, coming):
        found.sort(key=lambda pair: order[pair[0]])  # stable: then the order of the people
    leaving = tuple(person for _, person in own if person.moves_away)
    return Talent(tuple(own), tuple(outside), tuple(ready), tuple(coming), leaving)


def tier_id(person: Assessed) -> str | None:
    """The tier of a person; None where it cannot be told."""
    tier = person.digital.result
    return tier.choice if tier.status is Assigned.ASSIGNED else None


def fits(path: TierPath, person: Assessed) -> bool:
    """Whether all that the path asks but its courses holds; what cannot be told does not."""
    return (
        (not path.ranks or person.employee.rank in path.ranks)
        and (person.service_year or 0) >= path.service_years
        and (person.stay_years or 0) >= path.stay_years
    )


def missing_courses(path: TierPath, person: Assessed, as_of: date) -> tuple[str, ...]:
    """The courses of the path that the person has not finished, as far as the register says."""
    return tuple(course for course in path.courses if not finished(course, person, as_of))


def finished(course: str, person: Assessed, as_of: date) -> bool:
    """Whether a course was finished, or the person is exempt: one of the catalogue by its judgement, any other by its name in
    the register, not later than `as_of`."""
    judged = person.trainings.get(course)
    if judged is not None:
        return judged.result.status in FINISHED
    name = fold(course)
    return any(
        fold(row.course) == name and row.outcome in DONE and not (isinstance(row.on, date) and row.on > as_of)
        for row in person.employee.completions
    )
