"""Demand of the coming years: hand-worked people under the first city's policy and settings of its own."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from hrbook.core.forecast import forecast
from hrbook.core.nomination import Urgency, asking
from hrbook.core.plan_policy import Band, PlanSettings, Promotion, Session
from hrbook.core.promotions import hires_band, hires_of, risen_of
from hrbook.core.roster import Presence
from hrbook.core.seating import Bar, left_out
from hrbook.core.source import Basis
from hrbook.core.standing import standing_of
from hrbook.core.training_policy import Target, Window
from hrbook.planning.assign import assign
from tests.sheets.builders import AS_OF, POLICY, YEAR, assessment_of, completion, employee, leave, order, reading_of

NOBODY = Band(Fraction(0), Fraction(0), Fraction(0))
STILL = PlanSettings(promotions=tuple(Promotion(r, 1, None, NOBODY) for r in POLICY.rank_ids[:-1]), hires=Band(0, 0, 0))
HALF = Band(Fraction(0), Fraction(1, 2), Fraction(1))


def april(year):
    return date(year, 4, 1)


def demand(people, code, plan=STILL, years=5, **given):
    told = forecast(assessment_of(people, reading_of(plan=plan, **given)), years)
    found = next(d for d in told.demand if d.course.code == code)
    return [(c.low, c.expected, c.high) for c in found.counts]


def with_course(code, **given):
    """The policy with one course changed, timing set by the city."""
    courses = tuple(replace(c, timing=Basis.SET_BY_CITY, **given) if c.code == code else c for c in POLICY.training.courses)
    return replace(POLICY, training=replace(POLICY.training, courses=courses))


def test_a_window_ahead_is_demand_of_its_first_year():
    policy = with_course("TC-K05", targets=(Target(service_year=Window(5, 6)),))
    people = [employee("1", hired=april(2024)), employee("2", hired=april(2023)), employee("3", hired=april(2021))]
    assert demand(people, "TC-K05", policy=policy) == [(1, 1, 1), (1, 1, 1), (1, 1, 1), (0, 0, 0), (0, 0, 0)]


def test_whoever_took_a_course_is_no_demand_and_a_course_that_repeats_comes_back():
    policy = with_course("TC-K02", targets=(Target(),), repeat_years=2)
    people = [employee("1", completions=(completion("TC-K02", date(2025, 6, 1)),))]
    assert [n for _, n, _ in demand(people, "TC-K02", policy=policy)] == [0, 1, 0, 1, 0]


def test_regular_staff_retire_at_the_age_of_the_policy():
    """Born 1966-05-01: 60 in FY2026, 62 in FY2028, when the age is 63; 63 in FY2029, when it is 64; gone from FY2031 on."""
    policy = with_course("TC-K02", targets=(Target(),), repeat_years=1)
    people = [employee("1", birth=date(1963, 5, 1)), employee("2", birth=date(1990, 5, 1))]
    assert [n for _, n, _ in demand(people, "TC-K02", policy=policy)] == [2, 1, 1, 1, 1]  # 63 completed in FY2026, age 62
    later = [employee("1", birth=date(1965, 5, 1))]  # 62 in FY2027 (age 63), 63 in FY2028 (63): gone in FY2029
    assert [n for _, n, _ in demand(later, "TC-K02", policy=policy)] == [1, 1, 1, 0, 0]


def test_somebody_who_leaves_is_gone_after_the_day():
    policy = with_course("TC-K02", targets=(Target(),), repeat_years=1)
    assert [n for _, n, _ in demand([employee("1", left=date(2027, 3, 31))], "TC-K02", policy=policy)] == [1, 0, 0, 0, 0]


def test_promotions_are_demand_of_the_next_rank_as_a_range():
    """Four clerks; in the expected case half of those left rise each April: two, one, and half a person is one, owed."""
    plan = replace(STILL, promotions=(Promotion("shuji", 1, None, HALF), *STILL.promotions[1:]))
    people = [employee(str(n), hired=april(2022)) for n in range(4)]
    assert demand(people, "TC-K06", plan) == [(0, 0, 0), (0, 2, 4), (0, 1, 1), (0, 1, 1), (0, 0, 0)]


def test_nobody_rises_outside_the_rank_years_that_the_city_expects():
    plan = replace(STILL, promotions=(Promotion("shuji", 8, 9, Band(Fraction(1), Fraction(1), Fraction(1))),))
    people = [employee("1", hired=april(2022)), employee("2", hired=april(2010))]
    assert [n for _, n, _ in demand(people, "TC-K06", plan)] == [0, 0, 0, 1, 0]  # rank year 8 in FY2029; 17 and more never


def test_newcomers_are_like_those_hired_lately():
    plan = replace(STILL, hires=Band(1, 2, 3))
    people = [employee("1", hired=april(2026)), employee("2", hired=april(1999), title="課長")]
    assert demand(people, "TS-K01", plan) == [(1, 1, 1), *[(1, 2, 3)] * 4]


def test_what_the_history_shows_of_promotions_and_hires():
    def clerk(staff_id, up=None):
        moves = [order(april(2018), "市民課", hire=True)]
        moves += [] if up is None else [replace(order(april(up), "市民課", title="主任"), promotion=True)]
        title = "主事" if up is None else "主任"
        return employee(staff_id, hired=april(2018), title=title, rank_start=april(up or 2018), orders=moves)

    people = [clerk("1"), clerk("2", 2024), clerk("3", 2026), clerk("4")]
    standing = [standing_of(e, POLICY.rank_ids, POLICY.step_down, 60, YEAR, AS_OF) for e in people]
    first = risen_of(standing, POLICY.rank_ids, YEAR)[0]
    assert first.years == ((2022, 0, 4), (2023, 0, 4), (2024, 1, 4), (2025, 0, 3), (2026, 1, 3))
    assert (first.usual, first.risen, first.people) == (9, 2, 18)
    assert first.promotion().share == Band(Fraction(0), Fraction(1, 9), Fraction(1, 3))
    hired = hires_of(standing, 2020)
    assert hired == ((2016, 0), (2017, 0), (2018, 4), (2019, 0), (2020, 0))
    assert hires_band(hired) == Band(0, 1, 4)


def test_promotions_of_long_ago_and_ranks_that_cannot_be_told_are_not_counted():
    """Up in 2015, before the five years; up in 2023 out of a rank that no order names."""
    early = [order(april(2010), "市民課", hire=True), replace(order(april(2015), "市民課", title="主任"), promotion=True)]
    lost = [order(april(2020), "市民課", title="特命官"), replace(order(april(2023), "市民課", title="主任"), promotion=True)]
    people = [
        employee("1", hired=april(2010), title="主任", rank_start=april(2015), orders=early),
        employee("2", hired=april(2010), title="主任", rank_start=april(2023), orders=lost),
        employee("3", hired=april(2010), employment=None),
    ]
    standing = [standing_of(e, POLICY.rank_ids, POLICY.step_down, 60, YEAR, AS_OF) for e in people]
    first, second = risen_of(standing, POLICY.rank_ids, YEAR)[:2]
    assert (first.risen, first.people, first.usual) == (0, 0, None)
    assert [there for _, _, there in second.years] == [1, 1, 2, 2, 2]


def test_a_promotion_out_of_a_rank_whose_beginning_is_lost_counts_but_not_for_the_usual_year():
    moves = [order(april(2015), "市民課"), replace(order(april(2023), "市民課", title="主任"), promotion=True)]
    person = employee("1", hired=april(2010), title="主任", rank_start=april(2023), orders=moves)
    first = risen_of([standing_of(person, POLICY.rank_ids, POLICY.step_down, 60, YEAR, AS_OF)], POLICY.rank_ids, YEAR)[0]
    assert (first.risen, first.usual) == (1, None)


def test_newcomers_like_somebody_whose_birth_is_not_known():
    unknown = replace(completion("x", date(2026, 4, 1)), code=None)
    people = [employee("1", hired=april(2026), birth=None, completions=(unknown,))]
    assert demand(people, "TS-K01", replace(STILL, hires=Band(1, 1, 1))) == [(1, 1, 1)] * 5


def test_no_history_supposes_no_promotion():
    told = forecast(assessment_of([employee("1", hired=april(2026))]), 2)
    assert all(p.share.high == 0 for p in told.assumed.promotions)
    assert not told.assumed.promotions_set
    assert told.assumed.hires == Band(0, 0, 1)


@pytest.mark.parametrize("years", [1, 9])
def test_as_many_years_as_are_asked_for(years):
    assert len(demand([employee("1")], "TS-K01", years=years)) == years


# nominations -------------------------------------------------------------------------------------------------


def asked(people, plan=STILL, **given):
    assessment = assessment_of(people, reading_of(plan=plan, **given))
    return asking(
        assessment, {p.employee.staff_id: (p.employee.post.bureau, p.employee.post.department) for p in assessment.people}
    )


def test_who_goes_first():
    """The last year of the time, past the time, time next year too, no end; then whose time came first."""
    policy = with_course("TC-K05", targets=(Target(service_year=Window(4, 5)), Target(service_year=Window(9))))
    people = [
        employee("a", hired=april(2018)),  # year 9: no end
        employee("b", hired=april(2023)),  # year 4 of 4-5
        employee("c", hired=april(2022)),  # year 5 of 4-5
        employee("d", hired=april(2021)),  # year 6: past the time
        employee("e", hired=april(2020)),  # year 7: past the time, longer
    ]
    found = asked(people, policy=policy)
    mine = [r for r in found.problem.requests if r.course == "TC-K05"]
    assert [r.staff_id for r in mine] == ["c", "e", "d", "b", "a"]
    assert [found.urgency[r] for r in mine] == [
        Urgency.LAST_YEAR, Urgency.OVERDUE, Urgency.OVERDUE, Urgency.THIS_YEAR, Urgency.OPEN,
    ]  # fmt: skip


def test_nobody_is_sent_while_away_or_gone():
    june = Session("TS-K01", 1, date(2026, 6, 1), date(2026, 6, 2), 9)
    dec = Session("TS-K01", 2, date(2026, 12, 1), date(2026, 12, 1), 9)
    people = [
        employee("1", hired=april(2026), leaves=(leave(date(2026, 6, 2), date(2026, 6, 30)),)),
        employee("2", hired=april(2026), left=date(2026, 10, 1)),
        employee("3", hired=april(2026), leaves=(leave(date(2026, 5, 1)),)),
        employee("4", hired=april(2026)),
    ]
    problem = asked(people, replace(STILL, sessions=(june, dec))).problem
    problem = replace(problem, requests=tuple(r for r in problem.requests if r.course == "TS-K01"))
    answer = assign(problem)
    assert {r.staff_id: s.number for r, s in answer.items()} == {"1": 2, "2": 1, "4": 1}
    assert [(e.request.staff_id, e.reasons) for e in left_out(problem, answer)] == [("3", (Bar.AWAY,))]


def test_whoever_is_away_by_the_roster_alone_has_no_session():
    """Past the time, on leave by the roster's own column: no row says until when."""
    people = [employee("1", hired=april(2020), presence=Presence.LEAVE), employee("2", hired=april(2020))]
    problem = asked(people).problem
    mine = [r for r in problem.requests if r.course == "TS-K01"]
    assert {r.staff_id: len(problem.choices(r)) for r in mine} == {"1": 0, "2": 1}


def test_sessions_before_the_as_of_date_are_over():
    over = Session("TS-K01", 1, date(2026, 4, 1), date(2026, 4, 1), 9)
    found = asked([employee("1", hired=april(2026))], replace(STILL, sessions=(over,)), as_of=date(2026, 5, 1))
    assert found.past == {"TS-K01"}
    told = [e for e in left_out(found.problem, {}) if e.request.course == "TS-K01"]
    assert [e.bars for e in told] == [()]


def test_a_course_without_sessions_has_one_without_a_day():
    policy = with_course("TC-K02", targets=(Target(),), seats=1)
    people = [employee(str(n)) for n in range(3)]
    found = asked(people, policy=policy)
    problem = replace(found.problem, requests=tuple(r for r in found.problem.requests if r.course == "TC-K02"))
    assert sorted(r.staff_id for r in assign(problem)) == ["0"]
