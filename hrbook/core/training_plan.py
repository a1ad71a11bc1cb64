"""The training plan as a whole: what will be wanted in the coming years, and who goes where in this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrbook.core.assessment import Assessed, Assessment
from hrbook.core.forecast import Demand, Forecast
from hrbook.core.nomination import Asking, Urgency, seats_of, sessions_of
from hrbook.core.plan_policy import Session
from hrbook.core.seating import Answer, LeftOut, Request, left_out
from hrbook.core.training_policy import Course


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """One course: its demand, the sessions with the people nominated for each in the order of their requests, who is left
    out, and how many wait at the end of each year if the expected case comes (None: no seats are set)."""

    demand: Demand
    sessions: tuple[tuple[Session, tuple[Request, ...]], ...]
    left: tuple[LeftOut, ...]
    seats: int | None
    waiting: tuple[int, ...] | None
    past: bool  # all sessions of the year were held before the as-of date

    @property
    def course(self) -> Course:
        return self.demand.course

    @property
    def nominated(self) -> int:
        return sum(len(people) for _, people in self.sessions)

    @property
    def wanted(self) -> int:
        """Requests of the year: due now or past the time."""
        return self.nominated + len(self.left)


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """Courses by provider and category, in the policy's order; `people` by staff number."""

    assessment: Assessment
    forecast: Forecast
    asking: Asking
    answer: Answer
    courses: tuple[CoursePlan, ...]
    people: Mapping[str, Assessed]

    def urgency(self, request: Request) -> Urgency:
        return self.asking.urgency[request]


def training_plan(assessment: Assessment, told: Forecast, asked: Asking, answer: Answer) -> TrainingPlan:
    """Put demand and nominations together, course by course."""
    policy, plan = assessment.reading.policy, assessment.reading.plan
    providers = {p.id: place for place, p in enumerate(policy.training.providers)}
    categories = {c.id: place for place, c in enumerate(policy.training.categories)}
    seated: dict[Session, list[Request]] = {}
    for request in asked.problem.requests:
        if request in answer:
            seated.setdefault(answer[request], []).append(request)
    out: dict[str, list[LeftOut]] = {}
    for entry in left_out(asked.problem, answer):
        out.setdefault(entry.request.course, []).append(entry)
    found = []
    for demand in told.demand:
        course = demand.course
        seats = seats_of(course, plan)
        sessions = tuple((s, tuple(seated.get(s, ()))) for s in sessions_of(course, plan))
        waiting = None if seats is None else _waiting(demand, seats)
        found.append(CoursePlan(demand, sessions, tuple(out.get(course.code, ())), seats, waiting, course.code in asked.past))
    found.sort(key=lambda c: (providers[c.course.provider], categories[c.course.category], c.course.order, c.course.code))
    people = {p.employee.staff_id: p for p in assessment.people}
    return TrainingPlan(assessment, told, asked, answer, tuple(found), people)


def _waiting(demand: Demand, seats: int) -> tuple[int, ...]:
    """People still waiting at the end of each year where each year has so many seats: those past the time wait already."""
    waiting, found = demand.overdue, []
    for count in demand.counts:
        waiting = max(0, waiting + count.expected - seats)
        found.append(waiting)
    return tuple(found)
