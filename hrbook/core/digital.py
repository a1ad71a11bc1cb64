"""Digital talent of a group of people (policy chapter 7): who leads, who could, what a transfer would leave uncovered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hrbook.core.assessment import Assessed
from hrbook.core.career import TierPath
from hrbook.core.fold import fold
from hrbook.core.judgement import Assigned, TrainingStatus
from hrbook.core.reading import Reading
from hrbook.core.roster import Nature, Outcome

DONE = (Outcome.COMPLETED, Outcome.LECTURER)


@dataclass(frozen=True, slots=True)
class Talent:
    """The people of one group. `own`: above the default tier, by tier in the policy's order; `outside`: experts from outside
    among them, counted apart and in neither of the others; `ready`: in the default tier, and all that the city asks for a
    tier holds; `coming`: only courses are missing. `leaving`: those of `own` whom an order already takes elsewhere."""

    own: tuple[tuple[str, Assessed], ...]
    outside: tuple[tuple[str, Assessed], ...]
    ready: tuple[tuple[str, Assessed], ...]
    coming: tuple[tuple[str, Assessed], ...]
    leaving: tuple[Assessed, ...]

    @property
    def staying(self) -> int:
        """People above the default tier who are not about to leave."""
        return len(self.own) - len(self.leaving)


def talent_of(people: Iterable[Assessed], reading: Reading) -> Talent:
    """The digital talent of `people`, in their order within each tier. Without a path nobody is ready for a tier."""
    digital = reading.policy.digital
    order = {tier: place for place, tier in enumerate(digital.above)}
    own: list[tuple[str, Assessed]] = []
    outside: list[tuple[str, Assessed]] = []
    ready: list[tuple[str, Assessed]] = []
    coming: list[tuple[str, Assessed]] = []
    paths = [path for path in reading.tier_paths if path.tier in order]
    for person in people:
        tier = tier_id(person)
        if tier in order and tier is not None:
            (outside if person.employee.employment in reading.outside_experts else own).append((tier, person))
        elif tier is not None and person.employee.employment not in reading.outside_experts:
            for path in paths:
                if fits(path, person):
                    (coming if missing_courses(path, person) else ready).append((path.tier, person))
    for found in (own, outside, ready, coming):
        found.sort(key=lambda pair: order[pair[0]])  # stable: then the order of the people
    leaving = tuple(person for _, person in own if _ordered_away(person))
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


def missing_courses(path: TierPath, person: Assessed) -> tuple[str, ...]:
    """The courses of the path that the person has not finished, as far as the register says."""
    return tuple(course for course in path.courses if not finished(course, person))


def finished(course: str, person: Assessed) -> bool:
    """Whether a course was finished: one of the catalogue by its judgement, any other by its name in the register."""
    judged = person.trainings.get(course)
    if judged is not None:
        return judged.result.status is TrainingStatus.COMPLETED
    name = fold(course)
    return any(fold(row.course) == name and row.outcome in DONE for row in person.employee.completions)


def _ordered_away(person: Assessed) -> bool:
    """Whether an order of a later day moves somebody out of the department, or out of service."""
    here = person.employee.post
    for order in person.future_orders:
        if order.nature in (Nature.LEAVING, Nature.SECONDMENT):
            return True
        there = order.post
        if (
            order.nature is Nature.PRIMARY
            and there.department
            and (there.bureau, there.department) != (here.bureau, here.department)
        ):
            return True
    return False
