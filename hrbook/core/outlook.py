"""What would come next: the verdicts if nothing happened until the next fiscal year, and if the person moved then.

Judged by the same rules on a supposed roster; nothing of it enters a book of the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hrbook.core.assess import Judge, outside_population
from hrbook.core.assessment import Assessed, Assessment
from hrbook.core.calendar import first_day
from hrbook.core.judgement import RotationStatus
from hrbook.core.roster import Nature, Order, Post

ELSEWHERE = Post(bureau="?", department="?")  # a unit that no organisation has


@dataclass(frozen=True, slots=True)
class Outlook:
    """Statuses by rule on 1 April of the next fiscal year `year` if nothing changes (empty: the person is gone by then), and
    the standing to the rotation guide if the person moves to a unit of their first time on that day."""

    year: int
    unchanged: Mapping[str, str]
    moved: RotationStatus | None


def outlook_of(assessment: Assessment, person: Assessed) -> Outlook:
    """The outlook of one person of the run."""
    year = assessment.reading.year + 1
    day = first_day(year)
    employee = person.employee
    if outside_population(employee, day) is not None:
        return Outlook(year, {}, None)
    judge = Judge(assessment.roster, replace(assessment.reading, year=year, as_of=day))
    unchanged, _ = judge.person(employee)
    order = Order(day, ELSEWHERE, employee.title, employee.rank, "", Nature.PRIMARY, False, False, None, "", employee.ref)
    kept = tuple(o for o in employee.orders if o.on != day)
    moved, _ = judge.person(replace(employee, post=ELSEWHERE, orders=(*kept, order)))
    return Outlook(year, {j.rule.id: str(j.status) for j in unchanged.judgements()}, moved.rotation.result.status)
