"""Careers that tell something unusual: how they read as stays, and what the guide makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from hrbook.core.assess import assess
from hrbook.core.assessment import Assessed
from hrbook.core.outlook import outlook_of
from hrbook.core.rank_history import statements_of
from hrbook.core.roster import UNREADABLE, Employee, Nature, Order, OrgRow, Post, Roster
from hrbook.core.rotation_policy import Counted, Level, Requirement, StayRule
from hrbook.core.spell_types import Gap
from tests.sheets.builders import POLICY, assessment_of, employee, leave, order, post, reading_of, reason, ref

HIRED = date(2018, 4, 1)


def unit(code: str, name: str, start: date | None = None, end: date | None = None, **more: object) -> OrgRow:
    given: dict[str, object] = {"parents": (), "category": "", "place": "", **more}
    return OrgRow(code, post(name), start, end, ref=ref(int(code) + 1, "組織"), **given)  # type: ignore[arg-type]


def judged(person: Employee, units: Sequence[OrgRow] = (), **rotation: object) -> Assessed:
    (found,) = assessment_of([person], reading_of(rotation=rotation), units).people
    return found


def codes(person: Employee) -> list[str]:
    return [finding.code for finding in assessment_of([person]).findings]


def left(on: date) -> Order:
    """An order that says only that the person leaves."""
    return replace(order(on, "市民課", row=8, nature=Nature.LEAVING), post=Post(), title="", rank=None)


def test_somebody_who_left_and_came_back() -> None:
    orders = (order(HIRED, "市民課", hire=True), left(date(2020, 3, 31)), order(date(2022, 4, 1), "財政課", row=9))
    found = judged(employee("1", orders=orders, hired=HIRED, department="財政課"))
    assert [(s.start, s.end, s.name) for s in found.spells] == [
        (HIRED, date(2020, 3, 31), "市民課"),
        (date(2022, 4, 1), date(2026, 4, 1), "財政課"),
    ]
    assert [(cell.ref.row, cell.field) for cell in found.spells[0].evidence] == [
        (2, "on"), (2, "department"), (8, "on"), (8, "kind"),
    ]  # fmt: skip
    assert found.rotation.result.reason == "gap_in_history"
    assert found.rotation.result.gaps == (Gap(date(2020, 4, 1), date(2022, 3, 31)),)


def test_an_order_that_leaves_somebody_who_was_nowhere_ends_nothing() -> None:
    orders = (left(date(2018, 4, 1)), order(date(2019, 4, 1), "財政課", row=9))
    found = judged(employee("1", orders=orders, hired=HIRED, department="財政課"))
    assert [(s.start, s.name) for s in found.spells] == [(date(2019, 4, 1), "財政課")]


def test_somebody_without_a_post_on_the_roster_is_where_the_last_order_says() -> None:
    person = replace(employee("1", (HIRED, "財政課"), hired=HIRED), post=Post())
    assert [(s.name, s.present) for s in judged(person).spells] == [("財政課", True)]
    known = judged(replace(person, post=post("財政課")))
    assert judged(person).stay_years == known.stay_years == 9
    assert judged(person).rotation.result == known.rotation.result


def test_of_two_titles_of_one_day_the_one_that_changed_something_counts() -> None:
    """Where the roster's own title is none of them: the other one only says again what was so before."""
    days = (HIRED, date(2020, 4, 1), date(2020, 4, 1))
    orders = tuple(
        order(day, "市民課", title=title, row=row)
        for row, (day, title) in enumerate(zip(days, ("係長", "係長", "主任"), strict=True), 3)
    )
    person = employee("1", title="課長", hired=HIRED, orders=orders)
    places = {rank.id: place for place, rank in enumerate(POLICY.ranks)}
    assert [said.rank for said in statements_of(person, places, date(2026, 4, 1))] == ["kakaricho", "shunin"]


@pytest.mark.parametrize("days", [31, 32])
def test_a_blank_of_more_than_a_month_may_hide_a_unit(days: int) -> None:
    first, second = date(2024, 4, 1), date.fromordinal(date(2024, 4, 1).toordinal() + days)
    orders = (order(HIRED, "市民課", hire=True), left(date(2024, 3, 31)), order(second, "財政課", row=9))
    found = judged(employee("1", orders=orders, hired=HIRED, department="財政課"))
    assert [gap.days for gap in found.rotation.result.gaps] == ([] if days == 31 else [32])
    assert (found.rotation.result.reason == "gap_in_history") is (days == 32), first
    noted = codes(employee("1", orders=orders, hired=HIRED, department="財政課"))
    assert ("HR402" in noted) is (days == 32)


def test_two_orders_of_one_day_that_lead_to_two_places_are_noted() -> None:
    same_day = date(2022, 4, 1)
    person = employee("1", (HIRED, "市民課"), (same_day, "課税課"), (same_day, "財政課"), hired=HIRED, department="財政課")
    assert judged(person).spells[-1].name == "財政課", "the one that agrees with the roster holds"
    assert "HR405" in codes(person)
    twice = employee("1", (HIRED, "市民課"), (same_day, "財政課"), (same_day, "財政課"), hired=HIRED, department="財政課")
    assert "HR405" not in codes(twice)


def until(end: date, then: Order) -> list[tuple[date | None, date, str]]:
    """The stays of somebody whose first order says when it ends, and whom another order follows."""
    first = replace(order(HIRED, "市民課", hire=True), end=end)
    found = judged(employee("1", orders=(first, then), hired=HIRED, department=then.post.department))
    return [(s.start, s.end, s.name) for s in found.spells]


def test_an_order_that_says_when_it_ends() -> None:
    end, now = date(2020, 3, 31), date(2026, 4, 1)
    again = order(date(2020, 4, 1), "市民課", row=9)
    assert until(end, again) == [(HIRED, now, "市民課")], "the next order goes on the day after"
    later = order(date(2020, 4, 2), "市民課", row=9)
    assert until(end, later) == [(HIRED, end, "市民課"), (date(2020, 4, 2), now, "市民課")], "a day lies between them"
    elsewhere = order(date(2020, 3, 1), "財政課", row=9)
    assert until(end, elsewhere) == [(HIRED, date(2020, 2, 29), "市民課"), (date(2020, 3, 1), now, "財政課")]


@pytest.mark.parametrize(("end", "noted"), [(date(2020, 3, 31), False), (date(2020, 4, 1), True)])
def test_an_end_that_the_next_order_overtakes_is_noted(end: date, noted: bool) -> None:
    first = replace(order(HIRED, "市民課", hire=True), end=end)
    person = employee("1", orders=(first, order(date(2020, 4, 1), "財政課", row=9)), hired=HIRED, department="財政課")
    assert ("HR403" in codes(person)) is noted


def test_an_order_before_the_hire_counts_from_the_hire() -> None:
    def stays(end: date | None) -> list[date | None]:
        early = replace(order(date(2018, 3, 1), "市民課"), end=end)
        person = employee("1", orders=(early, order(date(2020, 4, 1), "財政課", row=9)), hired=HIRED, department="財政課")
        assert "HR404" in codes(person)
        return [spell.start for spell in judged(person).spells]

    assert stays(None) == [HIRED, date(2020, 4, 1)]
    assert stays(HIRED) == [HIRED, date(2020, 4, 1)], "a day in service"
    assert stays(date(2018, 3, 31)) == [date(2020, 4, 1)], "over before the hire"


def test_everybody_is_told_once_as_they_are_judged() -> None:
    told: list[int] = []
    people = (employee("1"), employee("2", left=date(2020, 3, 31)), employee("3"))
    assess(Roster("roster.xlsx", "b" * 64, people, (), (), 3), reading_of(), progress=told.append)
    assert told == [1, 1, 1]


def test_a_start_of_the_rank_that_is_the_day_of_a_step_down_starts_no_rank() -> None:
    """The roster's start of a rank lower than the one before: since then the rank is held, but it began once before."""
    orders = (order(date(2005, 4, 1), "市民課", hire=True), order(date(2015, 4, 1), "市民課", title="課長", row=3))
    person = employee("1", title="係長", hired=date(2005, 4, 1), rank_start=date(2020, 4, 1), orders=orders)
    found = judged(person)
    assert (found.post_managerial, found.rank_year) == (True, None)
    assert "HR454" in codes(person)
    assert "HR454" not in codes(replace(person, title="部長", rank="bucho"))


# what is counted ---------------------------------------------------------------------------------------------

KINDS = {"requirements": (Requirement(Level.CATEGORY, 2),)}
UNITS = (unit("1", "市民課", category="窓口"), unit("2", "年金課", category="窓口"), unit("3", "財政課", category="内部"))


def test_a_unit_that_lost_its_category_when_it_was_reorganised() -> None:
    """The stay counts as what it began as; of what the unit is now nobody can say whether a later stay is new."""
    cut = date(2022, 4, 1)
    units = (
        unit("1", "市民課", end=date(2022, 3, 31), category="窓口"),
        unit("2", "暮らし課", cut, parents=("1",)),
        unit("3", "年金課", category="窓口"),
    )
    person = employee("1", (HIRED, "市民課"), (date(2024, 4, 1), "年金課"), hired=HIRED, department="年金課")
    (count,) = judged(person, units, **KINDS).rotation.result.counts
    assert count.units == ("窓口", "窓口")


def category_count(second: date, *, seconded: bool = False) -> int:
    """Eight months at one counter, then eight at another from `second` on, where a stay counts from a year on."""
    nature = Nature.SECONDMENT if seconded else Nature.PRIMARY
    orders = (
        order(date(2024, 4, 1), "市民課", hire=True),
        left(date(2024, 11, 30)),
        order(second, "年金課", row=9, nature=nature),
        order(date(2025, 8, 1), "財政課", row=10),
    )
    person = employee("1", orders=orders, hired=date(2024, 4, 1), department="財政課")
    return judged(person, UNITS, min_stay_months=12, **KINDS).rotation.result.count


def test_stays_of_one_category_that_follow_one_another_are_one_stay() -> None:
    assert category_count(date(2024, 12, 1)) == 1
    assert category_count(date(2024, 12, 2)) == 0, "a day lies between them"
    assert category_count(date(2024, 12, 1), seconded=True) == 0


def test_moves_are_counted_where_the_guide_asks_for_moves() -> None:
    moves = (Requirement(Level.DEPARTMENT, 2, Counted.MOVES),)
    there_and_back = ((HIRED, "市民課"), (date(2020, 4, 1), "財政課"), (date(2023, 4, 1), "市民課"))
    found = judged(employee("1", *there_and_back, hired=HIRED), requirements=moves).rotation.result
    assert (found.count, found.counts[0].units, found.status) == (2, ("財政課", "市民課"), "met")


# the guide and what stands in its way --------------------------------------------------------------------------


def test_a_reason_whose_dates_cannot_be_read() -> None:
    person = employee("1", hired=date(2022, 4, 1))
    assert judged(replace(person, reasons=(reason(),))).rotation.status == "excused"
    unsure = judged(replace(person, reasons=(replace(reason(), expires=UNREADABLE),))).rotation.result
    assert (unsure.status, unsure.reason) == ("undetermined", "reason_unreadable")
    over = judged(replace(person, reasons=(replace(reason(), expires=date(2026, 3, 31)),))).rotation
    assert over.status == judged(person).rotation.status == "needs_plan"
    today = judged(replace(person, reasons=(replace(reason(), expires=date(2026, 4, 1)),))).rotation
    assert today.status == "excused", "the last day counts"


def test_a_reason_counts_from_the_day_on_which_it_is_registered() -> None:
    person = employee("1", hired=date(2022, 4, 1))
    assert judged(replace(person, reasons=(reason(registered=date(2026, 4, 1)),))).rotation.status == "excused"
    assert judged(replace(person, reasons=(reason(registered=date(2026, 4, 2)),))).rotation.status == "needs_plan"


def test_leave_lengthens_the_window_by_whole_years() -> None:
    def window(*leaves: tuple[date, date | None]) -> tuple[int, int]:
        person = replace(employee("1", hired=HIRED), leaves=tuple(leave(*one) for one in leaves))
        found = judged(person, leave_extends_window=True).rotation.result
        return found.leave_years, found.window_years

    assert window() == (0, 10)
    assert window((date(2020, 4, 1), date(2021, 3, 31))) == (1, 11)
    assert window((date(2020, 4, 1), date(2021, 3, 30))) == (0, 10), "a day short of a year"
    assert window((date(2020, 4, 1), date(2022, 3, 31))) == (2, 12)
    assert window((date(2025, 4, 2), None)) == (1, 11), "it goes on: counted to the as-of date"
    assert window((date(2017, 4, 2), HIRED)) == (0, 10), "what lies before the hire adds nothing"
    assert window((date(2017, 4, 2), HIRED), (date(2020, 4, 1), date(2021, 3, 30))) == (1, 11), "but for its day"
    assert window((date(2020, 4, 1), date(2021, 3, 30)), (date(2026, 4, 1), None)) == (1, 11), "the as-of date counts"


def test_leave_that_cannot_be_read_leaves_the_verdict_open_where_it_matters() -> None:
    unclear = replace(leave(date(2019, 4, 1)), end=UNREADABLE)
    spring = replace(employee("1", hired=HIRED), leaves=(unclear,))
    found = judged(spring, leave_extends_window=True).rotation.result
    assert (found.status, found.reason) == ("undetermined", "leave_unreadable")
    fresh = replace(employee("1", hired=date(2026, 4, 1)), leaves=(replace(leave(date(2026, 4, 1)), end=UNREADABLE),))
    assert judged(fresh, leave_extends_window=True).rotation.status == "on_track", "a day of service: no year can be added"


@pytest.mark.parametrize(("hired", "status"), [(date(2025, 4, 2), "undetermined"), (date(2025, 4, 3), "needs_plan")])
def test_no_more_years_of_leave_are_supposed_than_there_were_of_service(hired: date, status: str) -> None:
    """A window of seven years; an eighth would be time enough. A whole year of leave needs a year of service: 365 days."""
    unclear = replace(leave(hired), end=UNREADABLE)
    found = judged(replace(employee("1", hired=hired), leaves=(unclear,)), leave_extends_window=True, window_years=7)
    assert found.rotation.status == status


@pytest.mark.parametrize(("years", "status"), [(0, "on_track"), (1, "on_track"), (2, "needs_plan")])
def test_time_enough_is_the_usual_stay_for_every_unit_that_is_missing(years: int, status: str) -> None:
    """Two units missing, three Aprils left."""
    assert judged(employee("1", hired=date(2020, 4, 1)), usual_stay_years=years).rotation.status == status


def test_nobody_can_say_whether_the_guide_is_for_somebody_of_unknown_rank() -> None:
    found = judged(replace(employee("1", hired=HIRED), title="謎の職", rank=None)).rotation.result
    assert (found.status, found.reason) == ("undetermined", "rank_unknown")
    found = judged(employee("1", hired=HIRED, employment=None)).rotation.result
    assert (found.status, found.reason) == ("undetermined", "employment_unknown")


# stays -----------------------------------------------------------------------------------------------------------


def stay(person: Employee, **rule: object) -> tuple[str, str]:
    rules = (StayRule("s", "三年をめどに異動", **rule),)  # type: ignore[arg-type]
    policy = replace(POLICY, rotation=replace(POLICY.rotation, stays=rules))
    (found,) = assessment_of([person], reading_of(policy=policy)).people
    assert found.stay is not None
    return found.stay.status, found.stay.result.reason


def test_a_stay_against_the_rule_on_stays() -> None:
    def since(year: int) -> Employee:
        return employee("1", hired=date(year, 4, 1))

    assert stay(since(2025), minimum_years=2) == ("settling", "stay_settling")
    assert stay(since(2024), minimum_years=2, target_years=3) == ("within", "stay_within")
    assert stay(since(2023), target_years=3, maximum_years=5) == ("due", "stay_due")
    assert stay(since(2021), target_years=3, maximum_years=5) == ("long", "stay_long")
    assert stay(since(2021)) == ("within", "stay_within")


def test_a_registered_reason_excuses_a_long_stay() -> None:
    said = replace(reason(), rule=POLICY.rotation.stay_rule_id)
    long = employee("1", hired=date(2018, 4, 1))
    assert stay(replace(long, reasons=(said,)), maximum_years=5)[0] == "excused"
    unsure = replace(said, expires=UNREADABLE)
    assert stay(replace(long, reasons=(unsure,)), maximum_years=5) == ("undetermined", "reason_unreadable")
    short = employee("1", hired=date(2024, 4, 1), reasons=(unsure,))
    assert stay(short, maximum_years=5) == ("within", "stay_within"), "nothing to excuse"


# next spring -----------------------------------------------------------------------------------------------------


def test_somebody_who_is_gone_by_next_spring_has_no_outlook() -> None:
    assessment = assessment_of([employee("1", left=date(2027, 3, 31)), employee("2")])
    gone, stays = (outlook_of(assessment, person) for person in assessment.people)
    assert (gone.year, gone.unchanged, gone.moved) == (2027, {}, None)
    assert stays.unchanged["rotation.three-in-ten"] == "needs_plan" and stays.moved == "on_track"
