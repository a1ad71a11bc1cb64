"""Who is nominated for which session of a course: the question, what an answer must keep, and why somebody is left out.

A request is one person for one course. An answer gives requests a session so that no session has more people than seats,
nobody is in two sessions on one day, no department has more people away on a day than its limit, and nobody sits in a
session on whose days they are away for another cause. Finding the best answer is the business of hrbook.planning."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from hrbook.core.plan_policy import Session

Unit = tuple[str, str]  # bureau and department


class Bar(StrEnum):
    """Why a person who is left out could not have a session."""

    NO_SEAT = "no_seat"
    DEPARTMENT = "department"  # the department's limit is reached on a day of it
    SAME_DAY = "same_day"  # the person is nominated for another course on a day of it
    AWAY = "away"  # on leave, or no longer there, on a day of it


@dataclass(frozen=True, slots=True)
class Request:
    """One person for one course. `order` says who goes first: the smaller, the earlier; no two requests have the same."""

    staff_id: str
    course: str
    unit: Unit
    order: tuple[int | str, ...]
    away: tuple[Session, ...] = ()  # the sessions of the course that the person cannot go to


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything an answer depends on; `limits` are people of a unit that may be away on a day (no entry: any number)."""

    requests: tuple[Request, ...]
    sessions: tuple[Session, ...]
    limits: Mapping[Unit, int]
    by_course: Mapping[str, tuple[Session, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_course: dict[str, list[Session]] = defaultdict(list)
        for session in sorted(self.sessions, key=_when):
            by_course[session.course].append(session)
        object.__setattr__(self, "by_course", {code: tuple(found) for code, found in by_course.items()})

    def choices(self, request: Request) -> tuple[Session, ...]:
        """The sessions that the person could go to, the earliest first."""
        return tuple(s for s in self.by_course.get(request.course, ()) if s not in request.away)

    def parts(self) -> tuple[Problem, ...]:
        """Smaller questions that have nothing to do with one another: courses that share no day. In the order of courses."""
        joined: dict[str, str] = {request.course: request.course for request in self.requests}

        def root(code: str) -> str:
            while joined[code] != code:
                code = joined[code]
            return code

        first_on: dict[date, str] = {}
        for session in sorted(self.sessions, key=_when):
            if session.course not in joined:
                continue
            for day in session.days:
                other = first_on.setdefault(day, session.course)
                one, two = sorted((root(other), root(session.course)))
                joined[two] = one
        groups: dict[str, set[str]] = defaultdict(set)
        for code in sorted(joined):
            groups[root(code)].add(code)
        return tuple(
            Problem(
                tuple(r for r in self.requests if r.course in codes),
                tuple(s for s in self.sessions if s.course in codes),
                self.limits,
            )
            for _, codes in sorted(groups.items())
        )


Answer = Mapping[Request, Session]  # requests that are not in it are left out


def _when(session: Session) -> tuple[str, bool, date, int]:
    return session.course, session.first is None, session.first or date.min, session.number


def broken(problem: Problem, answer: Answer) -> tuple[str, ...]:
    """What an answer does not keep, one text each, sorted; empty for a right one. Looks at every promise anew."""
    found: list[str] = []
    seated: Counter[Session] = Counter(answer.values())
    away: Counter[tuple[Unit, date]] = Counter()
    busy: Counter[tuple[str, date]] = Counter()
    asked = set(problem.requests)
    for request, session in answer.items():
        if request not in asked or session not in problem.choices(request):
            found.append(f"{request.staff_id} cannot be in {session.course}/{session.number}")
        for day in session.days:
            away[request.unit, day] += 1
            busy[request.staff_id, day] += 1
    found += [f"{s.course}/{s.number} has {n} people" for s, n in seated.items() if s.seats is not None and n > s.seats]
    found += [f"{'/'.join(u)} has {n} away on {d}" for (u, d), n in away.items() if u in problem.limits and n > problem.limits[u]]
    found += [f"{who} is in {n} sessions on {d}" for (who, d), n in busy.items() if n > 1]
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A request without a session: what stood against each session of the course."""

    request: Request
    bars: tuple[tuple[Session, tuple[Bar, ...]], ...]

    @property
    def reasons(self) -> tuple[Bar, ...]:
        """All bars, each once, in the order of `Bar`."""
        told = {bar for _, bars in self.bars for bar in bars}
        return tuple(bar for bar in Bar if bar in told)


def left_out(problem: Problem, answer: Answer) -> tuple[LeftOut, ...]:
    """Everybody without a session, in the order of the requests, with what bars each session under this answer."""
    seated: Counter[Session] = Counter(answer.values())
    away: Counter[tuple[Unit, date]] = Counter()
    busy: set[tuple[str, date]] = set()
    for request, session in answer.items():
        for day in session.days:
            away[request.unit, day] += 1
            busy.add((request.staff_id, day))
    found = []
    for request in problem.requests:
        if request in answer:
            continue
        bars = []
        for session in problem.by_course.get(request.course, ()):
            told = []
            if session.seats is not None and seated[session] >= session.seats:
                told.append(Bar.NO_SEAT)
            limit = problem.limits.get(request.unit)
            if limit is not None and any(away[request.unit, day] >= limit for day in session.days):
                told.append(Bar.DEPARTMENT)
            if any((request.staff_id, day) in busy for day in session.days):
                told.append(Bar.SAME_DAY)
            if session in request.away:
                told.append(Bar.AWAY)
            bars.append((session, tuple(told)))
        found.append(LeftOut(request, tuple(bars)))
    return tuple(found)


def ordered(requests: Iterable[Request]) -> tuple[Request, ...]:
    """The requests, whoever goes first at the front."""
    return tuple(sorted(requests, key=lambda r: (r.order, r.staff_id, r.course)))


def days_away(answer: Answer) -> Sequence[tuple[date, Unit, int]]:
    """How many of a unit are away for training on each day, sorted."""
    counts: Counter[tuple[date, Unit]] = Counter((day, r.unit) for r, s in answer.items() for day in s.days)
    return sorted((day, unit, number) for (day, unit), number in counts.items())
