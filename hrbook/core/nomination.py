"""From judgements to the question of seating: who should go to which course this year, in which order, and when they cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hrbook.core.assessment import Assessed, Assessment
from hrbook.core.calendar import fiscal_year, last_day
from hrbook.core.judgement import TrainingStatus
from hrbook.core.leave import covers
from hrbook.core.plan_policy import PlanSettings, Session
from hrbook.core.results import TrainingResult
from hrbook.core.seating import Problem, Request, Unit, ordered
from hrbook.core.training_policy import Course


class Urgency(StrEnum):
    """Why somebody should go, the most pressing first."""

    LAST_YEAR = "last_year"  # the time of the course ends with this year
    OVERDUE = "overdue"
    THIS_YEAR = "this_year"  # it goes on next year
    OPEN = "open"  # it has no end


URGENCIES = tuple(Urgency)


@dataclass(frozen=True, slots=True)
class Asking:
    """The question of one year: `urgency` of every request; `past` are courses all of whose sessions were held before the
    as-of date, so that nobody can be given one."""

    problem: Problem
    urgency: Mapping[Request, Urgency]
    past: frozenset[str]


def asking(assessment: Assessment, units: Mapping[str, Unit]) -> Asking:
    """Everybody who is due this year or past the time. `units` says whose department's limit a person counts against.

    A course whose sessions the city did not set has one without a day, with the seats of its setting. First go people for
    mandatory courses, then by urgency, then whose time came first, then the longest in service, then by staff number."""
    reading = assessment.reading
    plan, year, as_of = reading.plan, reading.year, reading.as_of
    urgency: dict[Request, Urgency] = {}
    sessions: list[Session] = []
    past: set[str] = set()
    for course in reading.policy.training.courses:
        held = sessions_of(course, plan)
        ahead = tuple(s for s in held if s.first is None or s.first >= as_of)
        if not ahead:
            past.add(course.code)
        sessions.extend(ahead)
        for person in assessment.people:
            why = _urgency(person.trainings[course.code].result, year)
            if why is not None:
                request = _request(person, course, why, units[person.employee.staff_id], ahead, year, as_of)
                urgency[request] = why
    sizes: dict[Unit, int] = {}
    for person in assessment.people:
        unit = units[person.employee.staff_id]
        sizes[unit] = sizes.get(unit, 0) + 1
    limits = {unit: most for unit, people in sorted(sizes.items()) if (most := plan.away_limit(people)) is not None}
    return Asking(Problem(ordered(urgency), tuple(sessions), limits), urgency, frozenset(past))


def sessions_of(course: Course, plan: PlanSettings) -> tuple[Session, ...]:
    """The sessions of a course that the city set for the year, else one without a day."""
    return tuple(s for s in plan.sessions if s.course == course.code) or (Session(course.code, 1, None, None, course.seats),)


def seats_of(course: Course, plan: PlanSettings) -> int | None:
    """Seats of a year; None: as many as are wanted."""
    seats = [s.seats for s in sessions_of(course, plan)]
    return None if None in seats else sum(n for n in seats if n is not None)


def _urgency(result: TrainingResult, year: int) -> Urgency | None:
    if result.status is TrainingStatus.OVERDUE:
        return Urgency.OVERDUE
    if result.status is not TrainingStatus.IN_TARGET:
        return None
    if result.window_end is None:
        return Urgency.OPEN
    return Urgency.LAST_YEAR if result.window_end <= year else Urgency.THIS_YEAR


def _request(
    person: Assessed, course: Course, why: Urgency, unit: Unit, sessions: tuple[Session, ...], year: int, as_of: date
) -> Request:
    since = person.trainings[course.code].result.target_fy
    staff_id = person.employee.staff_id
    order = (int(not course.mandatory), URGENCIES.index(why), since or year, -(person.service_year or 0), staff_id, course.code)
    away = tuple(s for s in sessions if _away(person, s, as_of))
    return Request(staff_id, course.code, unit, order, away)


def _away(person: Assessed, session: Session, as_of: date) -> bool:
    """On leave (open-ended where the end is blank or cannot be read) or gone on a day of the session; for a session without
    a day, on leave both now and when the year ends."""
    employee = person.employee
    absences = [leave for leave in employee.leaves if leave.absent]
    if person.on_leave and not any(covers(leave, as_of) is not False for leave in absences):
        return True  # the roster says so, without a row that would say until when
    if not session.days:
        return person.on_leave and any(covers(leave, last_day(fiscal_year(as_of))) is not False for leave in absences)
    if isinstance(employee.left, date) and employee.left < session.days[-1]:
        return True
    return any(covers(leave, day) is not False for leave in absences for day in session.days)
