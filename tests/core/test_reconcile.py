"""What becomes of what returned books say: one small return at a time, with the verdict that a colleague would give."""

from __future__ import annotations

import pytest

from hrbook.core.reconcile import Choice, Decision, Kind, Person, Seen, Verdict, number_of, reconcile
from hrbook.core.returned import Origin

HERE, ELSEWHERE = "市民部/市民課", "財務部/課税課"
PEOPLE = {"1": Person("1", "架空　太郎", HERE)}
ACCEPT, REJECT, ASK = Verdict.ACCEPT, Verdict.REJECT, Verdict.ASK


def said(
    value: str,
    *,
    field: str = "plan_1",
    file: str = "a.xlsx",
    copy: str = "1",
    saved: str = "2026-05-01",
    sender: str = HERE,
    cell: str = "C5",
    staff_id: str = "1",
    kind: Kind = Kind.ENTRY,
    problem: str = "",
    computed: bool = False,
) -> Seen:
    """One cell of a returned book; `copy` tells two files of one name apart."""
    origin = Origin(file, "面談", cell, copy * 64, saved, sender)
    return Seen(kind, staff_id, field, "", "", value, value, "", problem, origin, computed=computed)


def verdicts(*seen: Seen, now: str | None = HERE, decisions: dict[str, Decision] | None = None) -> list[tuple[Verdict, str]]:
    today = {} if now is None else {"1": now}
    return [(one.verdict, one.reason) for one in reconcile(seen, PEOPLE, today, {}, decisions or {})]


def test_what_is_clear_is_accepted_and_what_is_not_is_asked() -> None:
    assert verdicts(said("窓口の改善")) == [(ACCEPT, "clear")]
    assert verdicts(said("13月1日", problem="no_date")) == [(ASK, "no_date")]


def test_somebody_whom_nobody_was_issued_a_form_for() -> None:
    assert verdicts(said("窓口の改善", staff_id="2")) == [(ASK, "unknown_person")]


def test_somebody_who_is_not_on_the_roster_any_more_or_has_moved() -> None:
    assert verdicts(said("窓口の改善"), now=None) == [(ASK, "not_on_roster")]
    assert verdicts(said("窓口の改善"), now=ELSEWHERE) == [(ACCEPT, "moved")]


def test_a_book_of_another_department_says_something_of_the_person() -> None:
    assert verdicts(said("窓口の改善", sender=ELSEWHERE)) == [(ASK, "other_sender")]
    assert verdicts(said("窓口の改善", sender=ELSEWHERE), now=ELSEWHERE) == [(ACCEPT, "moved")]


def test_one_file_saved_again() -> None:
    first, again = said("窓口"), said("窓口の改善", copy="2", saved="2026-05-02")
    assert verdicts(first, again) == [(REJECT, "replaced"), (ACCEPT, "clear")]


def test_two_copies_that_differ_are_asked() -> None:
    first, other = said("窓口"), said("税", copy="2", file="b.xlsx", saved="2026-05-02")
    assert verdicts(first, other) == [(ASK, "conflict"), (ASK, "conflict")]


def test_two_copies_that_say_the_same_are_taken_once() -> None:
    first, other = said("窓口"), said("窓口", copy="2", file="b.xlsx")
    assert verdicts(first, other) == [(ACCEPT, "clear"), (REJECT, "said_twice")]


def test_a_newer_copy_that_repeats_everything_replaces_the_older() -> None:
    older = (said("窓口"), said("研修", field="plan_2"))
    newer = tuple(said(one.value, field=one.field, copy="2", file="b.xlsx", saved="2026-05-02") for one in older)
    assert verdicts(*older, *newer) == [(REJECT, "replaced")] * 2 + [(ACCEPT, "clear")] * 2


def test_what_is_gone_from_a_newer_copy_is_asked() -> None:
    older = (said("窓口"), said("研修", field="plan_2"))
    newer = said("窓口", copy="2", file="b.xlsx", saved="2026-05-02")
    assert verdicts(*older, newer)[1] == (ASK, "gone_later")


def test_what_was_not_clear_and_is_gone_from_the_newer_copy_is_asked() -> None:
    older = (said("窓口"), said("13月1日", field="due_1", problem="no_date"))
    newer = said("窓口", copy="2", file="b.xlsx", saved="2026-05-02")
    assert verdicts(*older, newer)[1] == (ASK, "no_date")


def test_what_was_not_clear_and_is_clear_in_the_newer_copy_is_replaced() -> None:
    older = (said("13月1日", problem="no_date"), said("窓口", field="plan_2"))
    newer = (said("5月1日", copy="2", saved="2026-05-02"), said("窓口", field="plan_2", copy="2", saved="2026-05-02"))
    assert verdicts(*older, *newer) == [(REJECT, "replaced")] * 2 + [(ACCEPT, "clear")] * 2


def test_one_copy_that_says_two_things_in_one_place() -> None:
    assert verdicts(said("窓口"), said("税", cell="C6")) == [(ASK, "conflict")] * 2


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"kind": Kind.CORRECTION}, (ASK, "correction")),
        ({"kind": Kind.CORRECTION, "computed": True}, (REJECT, "computed")),
        ({"kind": Kind.STRAY}, (ASK, "stray")),
        ({"kind": Kind.STRAY, "problem": "no_place"}, (ASK, "no_place")),
    ],
)
def test_what_stands_where_nothing_is_to_be_filled_in(changed: dict, verdict: tuple[Verdict, str]) -> None:
    assert verdicts(said("市民課", **changed)) == [verdict]


def test_a_correction_that_the_roster_has_taken_over() -> None:
    one = said("財政課", kind=Kind.CORRECTION)
    (found,) = reconcile([one], PEOPLE, {"1": HERE}, {number_of(one): "財政課"}, {})
    assert (found.verdict, found.reason, found.today) == (ACCEPT, "already", "財政課")


@pytest.mark.parametrize(
    ("choice", "verdict"),
    [
        (Choice.TAKE, (ACCEPT, "decided")),
        (Choice.LEAVE, (REJECT, "decided_not")),
        (Choice.LATER, (ASK, "stray")),
    ],
)
def test_what_personnel_decided(choice: Choice, verdict: tuple[Verdict, str]) -> None:
    one = said("メモ", kind=Kind.STRAY)
    assert verdicts(one, decisions={number_of(one): Decision(choice)}) == [verdict]
