"""Seats: every answer keeps what it must, and seats as many as an exact matcher says can be."""

import random
import sys
from dataclasses import replace
from datetime import date

import pytest

from hrbook.core.fault import Fault
from hrbook.core.plan_policy import PlanSettings, Session
from hrbook.core.seating import Bar, Problem, Request, broken, days_away, left_out
from hrbook.planning.assign import assign
from tests.planning.problems import draw, first_come, most_seated

DAY, NEXT = date(2026, 6, 1), date(2026, 6, 2)
ONE, TWO = Session("A", 1, DAY, DAY, 1), Session("A", 2, NEXT, NEXT, 1)


def request(who, order, course="A", unit=("b", "d"), away=()):
    return Request(who, course, unit, (order,), tuple(away))


@pytest.mark.parametrize("block", range(10))
def test_as_many_are_seated_as_an_exact_matcher_can(block):
    for seed in range(block * 20, block * 20 + 20):
        problem = draw(seed, courses=1 + seed % 3)
        answer = assign(problem)
        assert broken(problem, answer) == ()
        assert len(answer) == most_seated(problem), seed


def test_when_everybody_can_be_seated_everybody_is():
    """Built backwards from an answer that exists: enough seats and days for one way to do it, hardly more."""
    for seed in range(30):
        r = random.Random(seed)
        sessions = [Session("A", n, date(2026, 6, n), date(2026, 6, n), 3) for n in range(1, 6)]
        people = [(f"{n:02}", sessions[n // 3], ("b", f"d{n % 4}")) for n in range(15)]
        asked = [
            replace(request(who, n, unit=unit), away=tuple(s for s in sessions if s is not own and r.random() < 0.7))
            for n, (who, own, unit) in enumerate(people)
        ]
        problem = Problem(tuple(asked), tuple(sessions), {("b", f"d{u}"): 1 for u in range(4)})
        assert len(assign(problem)) == 15, seed


@pytest.mark.parametrize("seed", range(12))
def test_whoever_goes_first_by_the_order_has_a_seat_first(seed):
    problem = draw(seed, people=40, courses=1, per_course=4, limits=False, long=False)
    requests = tuple(r for r in problem.requests)
    problem = Problem(requests, tuple(replace(s, seats=4) for s in problem.sessions), {})
    assert set(assign(problem)) == first_come(problem)


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_requests_and_sessions_never_matters(seed):
    problem = draw(seed, people=12, courses=3, per_course=3)
    turned = Problem(problem.requests[::-1], problem.sessions[::-1], dict(reversed(problem.limits.items())))
    assert assign(turned) == assign(problem) == assign(problem)


def test_courses_that_share_no_day_are_questions_of_their_own():
    other = Session("B", 1, date(2026, 7, 1), date(2026, 7, 1), 1)
    problem = Problem((request("1", 1), request("1", 1, "B")), (ONE, TWO, other), {})
    assert [p.by_course.keys() for p in problem.parts()] == [{"A"}, {"B"}]
    bridge = Session("C", 1, DAY, other.last, 9)
    joined = Problem((*problem.requests, request("2", 2, "C")), (*problem.sessions, bridge), {})
    assert [set(p.by_course) for p in joined.parts()] == [{"A", "B", "C"}]


def test_earlier_sessions_are_filled_first():
    assert assign(Problem((request("1", 1),), (TWO, ONE), {})) == {request("1", 1): ONE}


def test_why_somebody_is_left_out():
    """Two seats on two days: the third person finds both full, the fourth is on leave on one of them, the fifth's
    department already has somebody away, the sixth is in another course that day."""
    other = Session("B", 1, NEXT, NEXT, 5)
    roomy = replace(TWO, seats=3)
    asked = (
        request("1", 1, away=[roomy]),
        request("2", 2, unit=("b", "e"), away=[ONE]),
        request("3", 9, unit=("b", "f")),
        request("4", 9, unit=("b", "g"), away=[roomy]),
        request("5", 9, unit=("b", "e"), away=[ONE]),
        request("6", 0, "B", unit=("b", "h")),
        request("6", 9, unit=("b", "h"), away=[ONE]),
    )
    problem = Problem(asked, (ONE, replace(roomy, seats=2), other), {("b", "e"): 1})
    asked = tuple(replace(r, away=tuple(replace(roomy, seats=2) if s.number == 2 else s for s in r.away)) for r in asked)
    problem = Problem(asked, problem.sessions, problem.limits)
    answer = assign(problem)
    told = {(e.request.staff_id, e.request.course): e for e in left_out(problem, answer)}
    assert [(r.staff_id, s.course, s.number) for r, s in sorted(answer.items(), key=lambda p: p[0].staff_id)] == [
        ("1", "A", 1), ("2", "A", 2), ("3", "A", 2), ("6", "B", 1),
    ]  # fmt: skip
    assert told["4", "A"].reasons == (Bar.NO_SEAT, Bar.AWAY)
    assert told["5", "A"].bars[1][1] == (Bar.NO_SEAT, Bar.DEPARTMENT)
    assert told["6", "A"].bars[1][1] == (Bar.NO_SEAT, Bar.SAME_DAY)
    assert days_away(answer)[0] == (DAY, ("b", "d"), 1)


def test_a_wrong_answer_is_told():
    one, two = request("1", 1), request("2", 2)
    problem = Problem((one, two), (ONE, TWO), {("b", "d"): 1})
    assert broken(problem, {one: ONE, two: ONE}) == ("A/1 has 2 people", "b/d has 2 away on 2026-06-01")
    twice = Session("B", 1, DAY, DAY, 1)
    both = Problem((one, request("1", 1, "B")), (ONE, twice), {})
    assert broken(both, {one: ONE, request("1", 1, "B"): twice}) == ("1 is in 2 sessions on 2026-06-01",)
    assert broken(problem, {one: twice}) == ("1 cannot be in B/1",)


def test_without_the_solver_the_plan_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(Fault) as told:
        assign(Problem((request("1", 1),), (ONE,), {}))
    assert told.value.key == "solver_missing"


def test_the_limit_of_a_department():
    assert PlanSettings().away_limit(5) is None
    assert PlanSettings(away_most=2).away_limit(100) == 2
    assert PlanSettings(away_share=20).away_limit(3) == 1
    assert PlanSettings(away_share=20, away_most=3).away_limit(50) == 3
    assert PlanSettings(away_share=20, away_most=30).away_limit(50) == 10
