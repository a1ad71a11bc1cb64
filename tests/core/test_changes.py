"""Why a verdict changed: situations of one person, each with the one cause that a colleague would name."""

from dataclasses import replace
from datetime import date

import pytest

from hrbook.core.changes import Proof, Unreadable, compare
from hrbook.core.factors import ALL, Cause, organisation_of, rows_differ
from hrbook.core.roster import Employment, OrgRow
from hrbook.core.source import Basis
from hrbook.core.training_policy import Target, Window
from tests.sheets.builders import (
    POLICY,
    assessment_of,
    completion,
    employee,
    leave,
    order,
    post,
    reading_of,
    reason,
    ref,
)

ROTATION = "rotation.three-in-ten"
APRIL = {year: date(year, 4, 1) for year in range(2010, 2028)}
OLD = {"year": 2025, "as_of": APRIL[2025]}


class Both:
    """The inputs of two runs in memory: what hrbook.ingest.worlds reads from files."""

    def __init__(self, old, new):
        self.old, self.new = old, new

    @property
    def policies(self):
        return self.old.reading.policy, self.new.reading.policy

    def reading(self, taken):
        def side(cause):
            return (self.new if cause in taken else self.old).reading

        policy = replace(side(Cause.POLICY).policy, training=side(Cause.CATALOGUE).policy.training)
        when, settings = side(Cause.TIME), side(Cause.SETTING)
        return replace(settings, policy=policy, year=when.year, as_of=when.as_of)

    def roster(self, new, taken):
        return (self.new if new else self.old).roster


class Apart(Both):
    """Inputs of which no mixture can be read: the settings of each run name courses that only its own policy has."""

    def reading(self, taken):
        if taken not in (frozenset(), ALL):
            raise Unreadable
        return super().reading(taken)


class Strangers(Both):
    """Under the new policy the old roster's row cannot be read: nobody is in it."""

    def roster(self, new, taken):
        found = super().roster(new, taken)
        return found if new or Cause.POLICY not in taken else replace(found, employees=())


def changes(before, after, *, old=None, new=None, units=((), ()), inputs=Both):
    """The changes between two lists of people, judged a year apart under these readings."""
    one = assessment_of(before, old or reading_of(**OLD), units[0])
    other = assessment_of(after, new or reading_of(), units[1])
    return compare(one, other, inputs(one, other))


def cause_of(found, rule=ROTATION):
    (change,) = [c for c in found.changes if c.rule_id == rule]
    before, after = (None if v is None else v.status for v in (change.before, change.after))
    return before, after, change.cause


def hired_2019(*moves, **more):
    first = (APRIL[2019], "市民課")
    return employee("1", first, *moves, hired=APRIL[2019], department=moves[-1][1] if moves else "市民課", **more)


def test_time_alone():
    young = employee("1", hired=APRIL[2021])
    found = changes([young], [young], old=reading_of(year=2024, as_of=APRIL[2024]), new=reading_of(**OLD))
    assert cause_of(found) == ("on_track", "needs_plan", Cause.TIME)


def test_a_move():
    after = hired_2019((date(2025, 7, 1), "課税課"), (APRIL[2026], "財政課"))
    assert cause_of(changes([hired_2019()], [after])) == ("needs_plan", "met", Cause.MOVED)


def test_a_move_that_was_known_before_is_still_a_move():
    """An order dated ahead (a notice) counts for nothing in the old run, so time is not what changed the verdict."""
    moves = ((APRIL[2021], "課税課"), (APRIL[2026], "財政課"))
    before = replace(hired_2019(*moves), post=post("課税課"))
    assert cause_of(changes([before], [hired_2019(*moves)])) == ("on_track", "met", Cause.MOVED)


def test_a_course_that_was_taken():
    chief = {"title": "係長", "hired": APRIL[2010], "rank_start": APRIL[2025]}
    before = employee("1", (APRIL[2010], "市民課"), **chief)
    after = replace(before, completions=(completion("TS-K04", date(2025, 6, 1)),))
    assert cause_of(changes([before], [after]), "training.TS-K04") == ("in_target", "completed", Cause.TRAINING)


def test_a_completion_that_reached_the_register_late_corrects_the_data():
    chief = {"title": "係長", "hired": APRIL[2010], "rank_start": APRIL[2023]}
    before = employee("1", (APRIL[2010], "市民課"), **chief)
    after = replace(before, completions=(completion("TS-K04", date(2023, 6, 1)),))
    assert cause_of(changes([before], [after]), "training.TS-K04") == ("overdue", "completed", Cause.CORRECTED)


def test_a_promotion():
    before = hired_2019()
    rose = order(APRIL[2026], "市民課", title="係長", row=9)
    after = replace(before, title="係長", rank="kakaricho", rank_start=APRIL[2026], orders=(*before.orders, rose))
    found = changes([before], [after])
    assert cause_of(found) == ("needs_plan", "not_applicable", Cause.RANK)
    assert cause_of(found, "training.TS-K04")[1:] == ("in_target", Cause.RANK)


def test_a_promotion_with_a_move_is_told_apart():
    """The same order does both: the rank takes the person out of the guide, the move would have met it."""
    before = hired_2019((APRIL[2022], "課税課"))
    rose = order(APRIL[2026], "財政課", title="係長", row=9)
    after = replace(
        before, title="係長", rank="kakaricho", rank_start=APRIL[2026], post=post("財政課"), orders=(*before.orders, rose)
    )
    assert cause_of(changes([before], [after])) == ("on_track", "not_applicable", Cause.RANK)


def test_a_reason_that_was_registered():
    excused = replace(hired_2019(), reasons=(reason(),))
    assert cause_of(changes([hired_2019()], [excused])) == ("needs_plan", "excused", Cause.RECORDED)


def test_a_correction_of_the_past():
    before = replace(hired_2019((APRIL[2022], "課税課"), (APRIL[2024], "財政課")))
    lost = replace(before, orders=(before.orders[0], before.orders[2]))
    assert cause_of(changes([lost], [before])) == ("on_track", "met", Cause.CORRECTED)
    unknown = replace(hired_2019(), title="謎の職", rank=None)
    assert cause_of(changes([unknown], [hired_2019()])) == ("undetermined", "needs_plan", Cause.CORRECTED)


def test_a_merger_changes_no_count():
    """Where somebody was counts as it was then: a merger afterwards takes nothing away, and nothing is said to change."""

    def row(code, name, start, end, parents, place):
        return OrgRow(code, post(name), start, end, parents, "", "", replace(ref(place, "組織")))

    before = (
        row("1", "市民課", APRIL[2010], None, (), 2),
        row("2", "課税課", APRIL[2010], None, (), 3),
        row("3", "財政課", APRIL[2010], None, (), 4),
    )
    after = (
        replace(before[0], end=date(2026, 3, 31)),
        replace(before[1], end=date(2026, 3, 31)),
        before[2],
        row("9", "窓口課", APRIL[2026], None, ("1", "2"), 5),
    )
    person = hired_2019((APRIL[2021], "課税課"), (APRIL[2023], "財政課"))
    new = replace(person, orders=person.orders, post=post("財政課"))
    found = changes([person], [new], units=(before, after))
    assert [c for c in found.changes if c.rule_id == ROTATION] == [], "what was counted stays counted"


def test_a_setting():
    person = employee("1", hired=APRIL[2026])
    same_day = {"year": 2026, "as_of": APRIL[2026]}
    found = changes([person], [person], old=reading_of(**same_day), new=reading_of(rotation={"usual_stay_years": 5}))
    assert cause_of(found) == ("on_track", "needs_plan", Cause.SETTING)


def test_the_course_catalogue_and_the_rest_of_the_policy():
    person = employee("1", hired=APRIL[2019])
    courses = list(POLICY.training.courses)
    place = next(n for n, c in enumerate(courses) if c.code == "TS-K04")
    courses[place] = replace(courses[place], timing=Basis.STATED, targets=(Target(ranks=("shuji",), service_year=Window(8, 8)),))
    gone = courses.pop()
    changed = replace(POLICY, training=replace(POLICY.training, courses=tuple(courses)))
    now = reading_of()
    found = changes([person], [person], old=now, new=reading_of(policy=changed))
    assert cause_of(found, "training.TS-K04")[1:] == ("in_target", Cause.CATALOGUE)
    assert cause_of(found, f"training.{gone.code}")[1:] == (None, Cause.CATALOGUE)
    down = replace(POLICY, step_down=replace(POLICY.step_down, ranks=("shunin", "kakaricho", "kacho", "bucho")))
    former = replace(employee("1", (APRIL[2010], "市民課"), hired=APRIL[2010]), orders=())
    former = replace(former, orders=(order(APRIL[2010], "市民課", title="主任", hire=True), order(APRIL[2020], "市民課", row=3)))
    found = changes([former], [former], old=now, new=reading_of(policy=down))
    assert cause_of(found)[1:] == ("not_applicable", Cause.POLICY)


def test_two_causes_that_only_act_together():
    """Time and a correction: neither gives the new verdict by itself, nor does taking one back give the old one."""
    before = employee("1", (APRIL[2016], "市民課"), hired=APRIL[2018], birth=date(1990, 1, 1))
    after = replace(before, hired=APRIL[2016])
    found = changes([before], [after])
    (change,) = [c for c in found.changes if c.rule_id == ROTATION]
    assert (change.before.status, change.after.status) == ("needs_plan", "not_reached")
    assert (change.cause, change.parts) == (Cause.MIXED, (Cause.TIME, Cause.CORRECTED))


def test_where_no_mixture_can_be_read_everything_that_differs_is_named():
    person = employee("1", hired=APRIL[2022])
    found = changes([person], [person], new=reading_of(rotation={"usual_stay_years": 5}), inputs=Apart)
    assert cause_of(found) == ("on_track", "needs_plan", Cause.MIXED)
    (change,) = [c for c in found.changes if c.rule_id == ROTATION]
    assert (change.proof, change.parts) == (Proof.TOGETHER, (Cause.TIME, Cause.SETTING))


def test_a_world_without_the_person_explains_nothing():
    """Under the new policy the old row cannot be read: that the policy is the cause shows only where it is taken back."""
    base = employee("1", (APRIL[2010], "市民課"), hired=APRIL[2010])
    former = replace(base, orders=(order(APRIL[2010], "市民課", title="主任", hire=True), order(APRIL[2020], "市民課", row=3)))
    down = replace(POLICY, step_down=replace(POLICY.step_down, ranks=("shunin", "kakaricho", "kacho", "bucho")))
    found = changes([former], [former], old=reading_of(), new=reading_of(policy=down), inputs=Strangers)
    (change,) = [c for c in found.changes if c.rule_id == ROTATION]
    assert (change.cause, change.proof) == (Cause.POLICY, Proof.REVERTED)


def test_a_hire_that_was_corrected_to_a_later_day():
    """On the old day the corrected person was not hired yet: that world is none; the correction alone is what changed."""
    before = employee("1", hired=APRIL[2024])
    after = replace(employee("1", hired=date(2025, 10, 1)), rank_start=APRIL[2024])
    found = changes([before], [after])
    assert cause_of(found, "training.TS-K01") == ("overdue", "in_target", Cause.CORRECTED)


def test_an_organisation_of_nothing_new_is_the_old_one_and_of_everything_the_new_one():
    def row(code, name, start, end=None):
        return OrgRow(code, post(name), start, end, (), "", "", replace(ref(int(code), "組織")))

    old = (row("2", "市民課", APRIL[2010]), row("3", "課税課", APRIL[2010]))
    new = (row("2", "市民課", APRIL[2011]), row("3", "課税課", APRIL[2010], date(2026, 3, 31)), row("4", "税務課", APRIL[2026]))
    since = APRIL[2025]
    assert organisation_of(old, new, frozenset(), since) == old
    assert organisation_of(old, new, ALL, since) == new
    ahead = organisation_of(old, new, frozenset({Cause.TIME, Cause.REORGANISED}), since)
    assert not rows_differ(ahead, (old[0], new[1], new[2])), "what happened since, on what was known of before"
    past = organisation_of(old, new, frozenset({Cause.TIME, Cause.CORRECTED}), since)
    assert not rows_differ(past, (new[0], old[1])), "what was corrected, and nothing that happened since"


def test_who_joined_and_who_left():
    new, gone = employee("1", hired=APRIL[2026]), employee("2", left=date(2026, 3, 31))
    stays = employee("3", hired=APRIL[2026], employment=Employment.FISCAL_YEAR)
    found = changes([gone, replace(stays, hired=APRIL[2022])], [new, gone, replace(stays, hired=APRIL[2022])])
    rules = 4 + len(POLICY.training.courses)
    assert found.by_cause() == {Cause.JOINED: rules, Cause.LEFT: rules}
    assert (found.joined, found.left, found.stayed) == (1, 1, 1)


@pytest.mark.parametrize("taken", [frozenset(), ALL])
def test_a_hybrid_of_nothing_is_the_old_person_and_of_everything_the_new_one(taken):
    from hrbook.core.factors import Pair

    old = hired_2019((APRIL[2021], "課税課"), (date(2025, 10, 1), "財政課"))
    new = replace(hired_2019((APRIL[2026], "財政課")), leaves=(leave(date(2025, 9, 1)),), birth=date(1990, 1, 1))
    hybrid = Pair(old, new, APRIL[2025]).hybrid(taken)
    wanted = new if taken else old
    assert (hybrid.orders, hybrid.leaves, hybrid.post, hybrid.birth) == (
        wanted.orders,
        wanted.leaves,
        wanted.post,
        wanted.birth,
    )
