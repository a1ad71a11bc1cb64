"""What managers do to their books: every intended entry comes back or is asked, none goes to the wrong person."""

import pytest

from hrbook.core.reconcile import Verdict
from tests.collect.behaviours import BEHAVIOURS, Truth, made, slim
from tests.collect.judge import faults

ROUNDS = 5


def test_there_are_enough_kinds():
    assert len(BEHAVIOURS) >= 30


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_nothing_is_lost_and_nothing_goes_to_the_wrong_person(turn, issued_books, collected, tmp_path):
    """Every kind once, each in a book of its own, all files of a turn in one folder. `python -m tests.collect.campaign` tries
    every kind on every book."""
    truths = {}
    for path, name in zip(issued_books, list(BEHAVIOURS)[turn::ROUNDS], strict=False):
        called, data, truth = made(path, name, slim(path))
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / called).write_bytes(data)
        truths[called] = (name, truth)
    assert len(truths) == len(list(BEHAVIOURS)[turn::ROUNDS]), "more kinds a turn than books"
    assert faults(collected(tmp_path / "in"), truths) == []


def test_the_judge_sees_what_is_lost_or_misplaced(issued_books, collected, tmp_path):
    """The judge of these tests is no yes-man: entries that nobody meant, and missing ones, are told."""
    called, data, truth = made(issued_books[1], "as_meant")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / called).write_bytes(data)
    outcome = collected(tmp_path / "in")
    assert faults(outcome, {called: ("x", truth)}) == []
    key = next(iter(truth.sure))
    assert faults(outcome, {called: ("x", truth.without(key))})
    assert faults(outcome, {called: ("x", truth.said(key, "anything else"))})
    assert faults(outcome, {called: ("x", truth.also("never written"))})
    assert faults(outcome, {called: ("x", Truth(refused=Verdict.ASK))})
