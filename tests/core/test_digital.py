"""Digital talent of a group: who leads, who could, who is about to leave, who is counted apart."""

from dataclasses import replace
from datetime import date

import pytest

from hrbook.core.career import TierPath
from hrbook.core.digital import talent_of
from hrbook.core.roster import Completion, Employment, Nature, OrgRow, Outcome, Post
from tests.sheets.builders import assessment_of, completion, employee, order, reading_of, ref

PATH = TierPath("leader", ("TC-K04", "市のデジタル講座"), ("shunin",), service_years=5, stay_years=2)
LONG_AGO = date(2015, 4, 1)
OWN_COURSE = Completion("市のデジタル講座", None, date(2024, 6, 1), Outcome.COMPLETED, ref(sheet="研修履歴"))
BOTH = (completion("TC-K04", date(2023, 6, 1)), OWN_COURSE)


def reading(*paths, outside=(Employment.FIXED_TERM,)):
    return reading_of(tier_paths=paths or (PATH,), outside_experts=outside)


def talent(*people, **given):
    said = given.get("reading") or reading()
    return talent_of(assessment_of(people, said).people, said)


def ids(pairs):
    return [(tier, person.employee.staff_id) for tier, person in pairs]


def test_tiers_above_the_default_lead_in_the_policys_order():
    found = talent(employee("1", tier="leader"), employee("2", tier="senmon"), employee("3"))
    assert (ids(found.own), found.staying) == ([("senmon", "2"), ("leader", "1")], 2)


def test_experts_from_outside_are_counted_apart():
    people = employee("1", tier="senmon", employment=Employment.FIXED_TERM), employee("2", tier="senmon")
    found = talent(*people)
    assert (ids(found.own), ids(found.outside)) == ([("senmon", "2")], [("senmon", "1")])
    nobody = reading(PATH, outside=())
    assert len(talent(*people, reading=nobody).own) == 2


def test_who_meets_everything_is_ready_and_who_lacks_a_course_is_coming():
    ready = employee("1", title="主任", hired=LONG_AGO, completions=BOTH)
    coming = employee("2", title="主任", hired=LONG_AGO, completions=BOTH[:1])
    found = talent(ready, coming)
    assert (ids(found.ready), ids(found.coming)) == ([("leader", "1")], [("leader", "2")])


@pytest.mark.parametrize(
    "change", [{"title": "主事"}, {"hired": date(2023, 4, 1)}, {"tier": "leader"}, {"employment": Employment.FIXED_TERM}]
)
def test_one_missing_condition_is_enough(change):
    who = employee("1", **{"title": "主任", "hired": LONG_AGO, "completions": BOTH, **change})
    found = talent(who)
    assert not found.ready and not found.coming


def test_a_short_stay_is_no_stay():
    moved = employee("1", (LONG_AGO, "課税課"), (date(2026, 4, 1), "市民課"), title="主任", hired=LONG_AGO, completions=BOTH)
    assert not talent(moved).ready


def test_without_a_path_nobody_is_ready():
    who = employee("1", title="主任", hired=LONG_AGO, completions=BOTH)
    assert not talent(who, reading=reading_of()).ready


def test_a_course_that_was_not_finished_does_not_count():
    lost = replace(OWN_COURSE, outcome=Outcome.NOT_COMPLETED)
    found = talent(employee("1", title="主任", hired=LONG_AGO, completions=(BOTH[0], lost)))
    assert (found.ready, len(found.coming)) == ((), 1)


@pytest.mark.parametrize(
    ("coming", "leaves"),
    [
        (order(date(2026, 10, 1), "課税課"), True),
        (order(date(2026, 10, 1), "市民課", title="主任"), False),
        (order(date(2026, 10, 1), "課税課", nature=Nature.SECOND_POST), False),
        (order(date(2026, 10, 1), "県", nature=Nature.SECONDMENT), True),
    ],
)
def test_an_order_that_is_out_takes_the_leader_away(coming, leaves):
    found = talent(employee("1", tier="leader", orders=(order(LONG_AGO, "市民課", hire=True), coming), hired=LONG_AGO))
    assert (len(found.own), len(found.leaving), found.staying) == (1, int(leaves), int(not leaves))


CODES = (OrgRow("1202", Post("総務部", "課税課", "", "1202"), None, None, (), "", "", ref(sheet="組織")),)


@pytest.mark.parametrize(
    ("place", "leaves"),
    [
        (Post("", "市民課", "", ""), False),  # promoted where they are; the bureau is left blank
        (Post("", "課税課", "", ""), True),
        (Post("福祉部", "", "", ""), True),  # to another bureau, no department yet
        (Post("", "", "", "1202"), True),  # the code alone
        (Post("", "", "", "9999"), False),  # a code that nobody knows says nothing
    ],
)
def test_an_order_that_names_only_a_part_of_the_place(place, leaves):
    coming = replace(order(date(2026, 10, 1), "市民課"), post=place)
    who = employee("1", tier="leader", orders=(order(LONG_AGO, "市民課", hire=True), coming), hired=LONG_AGO)
    said = reading()
    assert len(talent_of(assessment_of([who], said, CODES).people, said).leaving) == int(leaves)


def test_somebody_on_two_ways_stands_once_under_the_first_tier():
    both = reading(PATH, replace(PATH, tier="senmon", courses=()))
    found = talent(employee("1", title="主任", hired=LONG_AGO, completions=BOTH), reading=both)
    assert (ids(found.ready), found.coming) == ([("senmon", "1")], ())
    harder = reading(PATH, replace(PATH, tier="senmon", courses=("市の別の講座",)))
    found = talent(employee("1", title="主任", hired=LONG_AGO, completions=BOTH), reading=harder)
    assert (ids(found.ready), found.coming) == ([("leader", "1")], ())


@pytest.mark.parametrize(("on", "outcome", "ready"), [
    (date(2024, 6, 1), Outcome.EXEMPT, True),
    (date(2026, 9, 1), Outcome.COMPLETED, False),  # after the as-of date
])  # fmt: skip
def test_an_exemption_counts_and_what_lies_ahead_does_not(on, outcome, ready):
    own = replace(OWN_COURSE, on=on, outcome=outcome)
    found = talent(employee("1", title="主任", hired=LONG_AGO, completions=(BOTH[0], own)))
    assert bool(found.ready) is ready
