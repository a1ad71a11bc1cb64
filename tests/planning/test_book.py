"""The plan's book and lists, made in this process from a small organisation by hand."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from hrbook.core.calendar import first_day
from hrbook.core.forecast import forecast
from hrbook.core.nomination import Urgency, asking
from hrbook.core.plan_policy import Band, PlanSettings, Promotion, Session
from hrbook.core.source import Basis
from hrbook.core.training_plan import training_plan
from hrbook.core.training_policy import Target
from hrbook.excel.writer import render
from hrbook.planning.assign import assign
from hrbook.planning.lists import lists
from hrbook.sheets.book import DataSheet, Sheet
from hrbook.sheets.plan import book
from hrbook.sheets.plan.desk import Desk
from hrbook.styles import load_styles
from tests.sheets.builders import LABELS, POLICY, employee, leave, order, reading_of, table, texts, unbracketed
from tests.sheets.known import known_words
from tests.sheets.whole import staff, whole_view

EVERYBODY = ("TC-K02", "TC-K03")


def policy():
    """Two courses for everybody: one with two seats on a day of its own, one whose only day is over."""
    changed = [
        replace(c, targets=(Target(),), timing=Basis.SET_BY_CITY, mandatory=c.code == "TC-K03") if c.code in EVERYBODY else c
        for c in POLICY.training.courses
    ]
    return replace(POLICY, training=replace(POLICY.training, courses=tuple(changed)))


PLAN = PlanSettings(
    sessions=(
        Session("TC-K02", 1, date(2026, 6, 10), date(2026, 6, 11), 2, "会議室"),
        Session("TC-K03", 1, date(2026, 4, 1), date(2026, 4, 1), 9),
    ),
    away_most=1,
)


def planned(labels=LABELS, people=None, plan=PLAN, **given):
    reading = reading_of(policy=policy(), plan=plan, as_of=date(2026, 4, 2), **given)
    view = whole_view(people, reading, labels)
    units = {p.employee.staff_id: d.key for d in view.departments for p in d.people}
    asked = asking(view.assessment, units)
    made = training_plan(view.assessment, forecast(view.assessment, 5), asked, assign(asked.problem))
    return view, made


@pytest.fixture(scope="module")
def made():
    return planned()


def of(plan, code):
    return next(c for c in plan.courses if c.course.code == code)


def test_seats_are_given_within_the_limit_of_departments(made):
    _, plan = made
    course = of(plan, "TC-K02")
    assert course.wanted == len(plan.people) == 8
    assert course.nominated == 2
    assert len({r.unit for _, people in course.sessions for r in people}) == 2  # one away from a department at most
    assert {plan.urgency(e.request) for e in course.left} == {Urgency.OPEN}


def test_people_wait_where_the_seats_of_a_year_are_too_few(made):
    course = of(made[1], "TC-K02")
    assert course.seats == 2
    assert course.waiting[0] == 6
    assert course.demand.total.expected == sum(c.expected for c in course.demand.counts)


def test_a_course_whose_days_are_over_has_nobody(made):
    view, plan = made
    course = of(plan, "TC-K03")
    assert course.past and course.nominated == 0 and course.wanted == 8
    assert "今年度の回は終わっている" in {Desk(view, plan).why(e) for e in course.left}


def test_every_sheet_is_written_and_no_word_stands_in_code():
    view, plan = planned(LABELS.marked())
    made_book = book(view, plan, "x.xlsx")
    known = known_words(view.assessment.people) | {p.name for p in staff()} | {p.name for p in POLICY.training.providers}
    known |= {"会議室"}
    for sheet in made_book.sheets:
        left = [] if isinstance(sheet, DataSheet) else [t for t in unbracketed(sheet, known) if not t.isascii()]
        assert left == [], sheet.name
    assert render(book(*planned(), "x.xlsx"), load_styles()).startswith(b"PK")


def test_the_first_sheet_says_what_was_given_and_what_lacks(made):
    sheet = book(*made, "x.xlsx").sheets[0]
    assert isinstance(sheet, Sheet)
    said = " ".join(texts(sheet, 1))
    given, left = (sum(n) for n in ([c.nominated for c in made[1].courses], [len(c.left) for c in made[1].courses]))
    assert f"{given}件を推薦し、{left}件は席がありません" in said


def test_lists_are_in_the_order_of_departments(made):
    found = {name: data for _, name, data in lists(Desk(*made), "out")}
    rows = found["out/TC-K02_目標設定.csv"].decode("utf-8-sig").splitlines()
    assert len(rows) == 3 and all("2026-06-10,2026-06-11,会議室" in row for row in rows[1:])


def test_a_name_never_becomes_a_formula():
    people = [employee("1", name="=1+1", kana="@x")]
    found = {name: data.decode("utf-8-sig") for _, name, data in lists(Desk(*planned(people=people)), "out")}
    assert "'=1+1,'@x" in found["out/TC-K02_目標設定.csv"]


def test_assumptions_are_shown_with_their_source(made):
    rows = table(next(s for s in book(*made, "x.xlsx").sheets if s.name == "データ_前提"))
    assert {r["出どころ"] for r in rows} == {"名簿の履歴"}
    share = Band(Fraction(0), Fraction(1, 10), Fraction(1, 5))
    plan = replace(PLAN, promotions=(Promotion("shuji", 3, 9, share), Promotion("bucho", 1, None, share)), hires=Band(1, 2, 3))
    rows = table(next(s for s in book(*planned(plan=plan), "x.xlsx").sheets if s.name == "データ_前提"))
    assert [r["値"] for r in rows if r["出どころ"] == "市の設定"][:3] == [0, 0.1, 0.2]
    assert any(r["職層年数まで"] == 9 for r in rows)


def test_careers_that_tell_little_are_carried_along():
    """Nobody was hired lately, so that there is nobody for newcomers to be like; a rank that cannot be told; a start of the
    rank that no order shows; somebody on leave; an appointment that cannot be told."""
    ups = [order(first_day(2018), "課税課", hire=True), replace(order(first_day(2023), "課税課", title="主任"), promotion=True)]
    all_rise = tuple(Promotion(r, 1, None, Band(Fraction(0), Fraction(1), Fraction(1))) for r in ("shuji", "shunin"))
    people = [
        employee("1", hired=first_day(2018), title="主任", rank_start=first_day(2023), orders=ups),
        employee("2", hired=first_day(2015), title="特命官"),
        employee("3", hired=first_day(2012), title="主任", rank_start=first_day(2020), orders=ups[:1]),
        employee("4", hired=first_day(2014), leaves=(leave(date(2026, 1, 1), date(2026, 5, 1)),)),
        employee("5", hired=first_day(2015), employment=None),
    ]
    _, plan = planned(people=people, plan=replace(PLAN, promotions=all_rise, hires=Band(2, 2, 2)))
    assert plan.forecast.staff[1] == Band(5, 5, 5)
    assert plan.forecast.rises["shunin"][0] == Band(0, 2, 2)
    course = of(plan, "TC-K02")
    asked = [e.request.staff_id for e in course.left] + [r.staff_id for _, people in course.sessions for r in people]
    assert sorted(asked) == ["1", "2", "3"]  # the fourth is deferred, of the fifth it cannot be told
