"""Questions of seating drawn at random, and an exact matcher that knows nothing of the solver: it tries every answer."""

import random
from datetime import date, timedelta

from hrbook.core.plan_policy import Session
from hrbook.core.seating import Problem, Request

MONDAY = date(2026, 6, 1)


def draw(seed, people=6, courses=2, per_course=2, days=3, units=2, limits=True, long=True):
    """A question: everybody asks for one or two courses; sessions share days, last up to two, and seats are few."""
    r = random.Random(seed)
    sessions, requests = [], []
    for c in range(courses):
        for number in range(1, r.randint(1, per_course) + 1):
            first = MONDAY + timedelta(days=r.randrange(days))
            last = first + timedelta(days=r.randrange(2)) if long else first
            day = (None, None) if r.random() < 0.1 else (first, last)
            sessions.append(Session(f"C{c}", number, *day, r.choice([None, 1, 1, 2, 3])))
    for p in range(people):
        unit = ("b", f"d{r.randrange(units)}")
        for c in r.sample(range(courses), r.randint(1, min(2, courses))):
            own = [s for s in sessions if s.course == f"C{c}"]
            away = tuple(s for s in own if r.random() < 0.15)
            requests.append(Request(f"{p:03}", f"C{c}", unit, (r.randrange(3), f"{p:03}", f"C{c}"), away))
    held = {("b", f"d{u}"): r.randint(1, 2) for u in range(units)} if limits else {}
    return Problem(tuple(requests), tuple(sessions), held)


def most_seated(problem):
    """The greatest number of requests that any answer can seat, by trying them all."""
    requests, best = list(problem.requests), 0
    seats, busy, away = {}, set(), {}

    def fits(request, session):
        limit = problem.limits.get(request.unit, 10**9)
        return (
            (session.seats is None or seats.get(session, 0) < session.seats)
            and all((request.staff_id, day) not in busy for day in session.days)
            and all(away.get((request.unit, day), 0) < limit for day in session.days)
        )

    def go(at, seated):
        nonlocal best
        if seated + len(requests) - at <= best:
            return
        if at == len(requests):
            best = seated
            return
        request = requests[at]
        for session in problem.sessions:
            if session.course == request.course and session not in request.away and fits(request, session):
                seats[session] = seats.get(session, 0) + 1
                for day in session.days:
                    busy.add((request.staff_id, day))
                    away[request.unit, day] = away.get((request.unit, day), 0) + 1
                go(at + 1, seated + 1)
                seats[session] -= 1
                for day in session.days:
                    busy.discard((request.staff_id, day))
                    away[request.unit, day] -= 1
        go(at + 1, seated)

    go(0, 0)
    return best


def first_come(problem):
    """For one course without limits: going by the order, whoever can still be seated together with all before them.
    Paths are sought that move others to other sessions (Kuhn's method)."""
    held = {}  # session -> people in it

    def place(request, tried):
        for session in problem.choices(request):
            if session in tried:
                continue
            tried.add(session)
            inside = held.setdefault(session, [])
            if session.seats is None or len(inside) < session.seats:
                inside.append(request)
                return True
            for number, other in enumerate(inside):
                if place(other, tried):
                    inside[number] = request
                    return True
        return False

    return {r for r in sorted(problem.requests, key=lambda r: r.order) if place(r, set())}
