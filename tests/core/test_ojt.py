"""Newcomers and their trainers: situations that HR can follow. Each test says what the city asks; the policy asks nothing."""

from dataclasses import replace
from datetime import date

import pytest

from hrbook.core.learning_policy import OjtReading
from hrbook.core.ojt_types import Condition, OjtStatus
from hrbook.core.roster import UNREADABLE, Employment, Outcome, Presence, Trainer
from tests.sheets.builders import assessment_of, completion, employee, leave, reading_of, ref

NEW = date(2026, 4, 1)
FIRST_YEAR = OjtReading(newcomer_years=1)


def by(trainer, start=None, end=None):
    """A row of the sheet of pairs."""
    return Trainer(trainer, start, end, ref(5, "OJT担当"))


def newcomer(staff_id="2", *trainers, hired=NEW, **more):
    return employee(staff_id, name="架空　新", hired=hired, trainers=trainers, **more)


def senior(staff_id="1", **more):
    return employee(staff_id, **{"name": "架空　先", "title": "主任", "hired": date(2016, 4, 1), **more})


def told(*people, asked=FIRST_YEAR):
    """Staff number -> part in OJT."""
    found = assessment_of(people, reading_of(ojt=asked))
    return {p.employee.staff_id: p.ojt for p in found.people}


def failed(pair):
    """Conditions that are not met, and those that cannot be told."""
    return {c.condition: c.met for c in pair.checks if c.met is not True}


def test_a_newcomer_without_a_trainer_is_found_and_nobody_else():
    found = told(senior(), newcomer(), newcomer("3", hired=date(2025, 4, 1)))
    assert found["2"].newcomer.status is OjtStatus.NONE
    assert (found["1"], found["3"]) == (None, None)


def test_a_pair_that_nothing_is_asked_of_is_fine_and_both_know_it():
    found = told(senior(), newcomer("2", by("1")))
    assert found["2"].newcomer.status is OjtStatus.PAIRED
    assert [pair.newcomer for pair in found["1"].trains] == ["2"]
    assert found["1"].newcomer is None


@pytest.mark.parametrize(
    ("years", "hired", "new"),
    [
        (1, date(2026, 4, 1), True),
        (1, date(2025, 10, 1), False),  # the fiscal year of the hire is the first year, whatever the month
        (2, date(2025, 4, 1), True),
        (2, date(2024, 4, 1), False),
        (None, date(2026, 4, 1), False),
    ],
)
def test_who_is_new_is_a_setting(years, hired, new):
    found = told(newcomer(hired=hired), asked=OjtReading(newcomer_years=years))
    assert (found["2"] is not None) is new


def test_other_kinds_of_appointment_are_new_only_where_the_setting_says_so():
    fixed = newcomer(employment=Employment.FIXED_TERM)
    assert told(fixed)["2"] is None
    both = OjtReading(newcomer_years=1, newcomer_employment=(Employment.REGULAR, Employment.FIXED_TERM))
    assert told(fixed, asked=both)["2"].newcomer.new


def test_without_a_day_of_hire_it_is_left_open_unless_the_history_tells():
    assert told(newcomer(hired=None))["2"].newcomer.status is OjtStatus.UNDETERMINED
    known = newcomer(hired=None, completions=(completion("TC-K01", date(2019, 6, 1)),))
    assert told(known)["2"] is None


def test_pairs_hold_between_their_days():
    over = told(senior(), newcomer("2", by("1", end=date(2026, 3, 31))))["2"].newcomer
    ahead = told(senior(), newcomer("2", by("1", start=date(2026, 7, 1))))["2"].newcomer
    assert (over.status, over.ended) == (OjtStatus.NONE, date(2026, 3, 31))
    assert (ahead.status, ahead.ahead) == (OjtStatus.NONE, date(2026, 7, 1))
    last_day = told(senior(), newcomer("2", by("1", date(2026, 4, 1), date(2026, 4, 1))))["2"].newcomer
    assert last_day.status is OjtStatus.PAIRED


def test_a_day_that_cannot_be_read_holds_nothing_and_is_told():
    found = told(senior(), newcomer("2", by("1", start=UNREADABLE)))["2"].newcomer
    assert (found.status, found.unread) == (OjtStatus.NONE, True)


def test_somebody_who_is_no_longer_new_but_has_a_trainer_is_shown_as_such():
    found = told(senior(), newcomer("2", by("1"), hired=date(2023, 4, 1)))["2"].newcomer
    assert (found.status, found.new) == (OjtStatus.PAIRED, False)


@pytest.mark.parametrize(
    ("asked", "trainer", "expected"),
    [
        ({"same_department": True}, senior(department="人事課"), {Condition.DEPARTMENT: False}),
        ({"same_department": True}, senior(), {}),
        ({"trainer_ranks": ("kakaricho",)}, senior(), {Condition.RANK: False}),
        ({"trainer_ranks": ("shunin", "kakaricho")}, senior(), {}),
        ({"trainer_ranks": ("shunin",)}, senior(title="不明な職"), {Condition.RANK: None}),
        ({"trainer_service_year": 12}, senior(), {Condition.SERVICE: False}),  # 2016 is the eleventh year before 2026
        ({"trainer_service_year": 11}, senior(), {}),
        ({"trainer_service_year": 5}, senior(hired=None), {Condition.SERVICE: None}),
        ({"trainer_course": "TC-S01"}, senior(), {Condition.COURSE: False}),
        ({"trainer_course": "TC-S01"}, senior(completions=(completion("TC-S01", date(2020, 6, 1)),)), {}),
        ({"trainer_course": "TC-S01"}, senior(completions=(completion("TC-S01", NEW, Outcome.EXEMPT),)), {}),
        (
            {"trainer_course": "TC-S01"},
            senior(completions=(replace(completion("TC-S01", NEW), on=UNREADABLE),)),
            {Condition.COURSE: None},
        ),
        ({"trainer_course": "NEVER-HELD"}, senior(), {Condition.COURSE: None}),
        ({"trainer_role": "ＯＪＴトレーナー"}, senior(roles=("OJTトレーナー",)), {}),
        ({"trainer_role": "OJTトレーナー"}, senior(), {Condition.ROLE: False}),
    ],
)
def test_each_condition_is_judged_for_itself(asked, trainer, expected):
    found = told(trainer, newcomer("2", by("1")), asked=replace(FIRST_YEAR, **asked))["2"].newcomer
    (pair,) = found.pairs
    assert failed(pair) == expected
    assert found.status is (OjtStatus.LOOK if expected else OjtStatus.PAIRED)


def test_a_trainer_on_leave_or_gone_needs_a_look():
    away = told(senior(leaves=(leave(date(2026, 2, 1)),)), newcomer("2", by("1")))["2"].newcomer
    gone = told(senior(left=date(2026, 3, 31), presence=Presence.GONE), newcomer("2", by("1")))["2"].newcomer
    assert [(p.checks[0].condition, p.checks[0].found) for n in (away, gone) for p in n.pairs] == [
        (Condition.PRESENT, "leave"),
        (Condition.PRESENT, "gone"),
    ]
    assert {away.status, gone.status} == {OjtStatus.LOOK}


def test_too_many_newcomers_of_one_trainer_are_seen_at_each_of_them():
    crowd = [newcomer(str(n), by("1")) for n in (2, 3, 4)]
    found = told(senior(), *crowd, asked=replace(FIRST_YEAR, newcomers_most=2))
    assert [found[str(n)].newcomer.status for n in (2, 3, 4)] == [OjtStatus.LOOK] * 3
    assert found["2"].newcomer.pairs[0].checks[-1].found == "3"


def test_two_rows_of_one_pair_are_one_newcomer():
    twice = newcomer("2", by("1", date(2026, 4, 1)), by("1", end=date(2027, 3, 31)))
    found = told(senior(), twice, newcomer("3", by("1")), asked=replace(FIRST_YEAR, newcomers_most=2))
    assert [pair.newcomer for pair in found["1"].trains] == ["2", "3"]
    assert found["2"].newcomer.status is OjtStatus.PAIRED
    assert len(found["2"].newcomer.pairs) == 2, "HR is shown both rows"


def test_one_fitting_trainer_of_two_is_enough():
    asked = replace(FIRST_YEAR, trainer_ranks=("shunin",))
    found = told(senior(), senior("9", title="課長"), newcomer("2", by("1"), by("9")), asked=asked)["2"].newcomer
    assert (found.status, [pair.fits for pair in found.pairs]) == (OjtStatus.PAIRED, [True, False])
