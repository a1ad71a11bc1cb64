"""The guard finds a planted number, name, reading and address in every channel, and nothing in books as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hrbook.guard.found import Kind, Leak
from hrbook.guard.leak import Guard, opened
from hrbook.guard.people import everybody
from hrbook.guard.public import public_texts
from tests.trust.channels import CHANNELS, FURTHER, planted
from tests.trust.stand import OUTSIDER as OUTSIDER_PERSON
from tests.trust.stand import Stand

OUTSIDER = {Kind.NUMBER: "77123", Kind.NAME: "鷲塚凪沙", Kind.READING: "ワシヅカナギサ", Kind.MAIL: "w.nagisa@city.example.jp"}


def test_there_are_thirty_four() -> None:
    assert len(CHANNELS) == 34


@pytest.mark.parametrize("channel", [*CHANNELS, *FURTHER])
def test_planted(stand: Stand, channel: str) -> None:
    for kind, text in OUTSIDER.items():
        book = planted(stand.book, {**CHANNELS, **FURTHER}[channel], text)
        found = {leak.kind for leak in stand.leaks(book) if leak.staff_id == "77123"}
        assert kind in found, (channel, kind)


def test_a_book_as_it_is(stand: Stand) -> None:
    assert stand.leaks(stand.book) == ()


def test_a_number_that_is_the_year_of_the_book(stand: Stand) -> None:
    """Staff numbers may run from 2001 on: every book says its fiscal year, and that is nobody's number."""
    loaded = stand.loaded
    year = replace(OUTSIDER_PERSON, staff_id="2026", number="2026")
    public = public_texts(loaded.assessment, loaded.departments, loaded.labels, loaded.facts)
    guard = Guard((*everybody(loaded.assessment.roster), year), public)
    assert str(loaded.reading.year) == "2026"
    assert guard.check(opened(stand.book), stand.readers) == ()


def test_own_people_may_stand_anywhere(stand: Stand) -> None:
    """What is found is found because it is of somebody outside: the same texts of the book's own people are let go."""
    member = stand.readers[0]
    for text in (member.staff_id, member.name):
        for channel in ("cell", "defined name", "rich runs", "core property"):
            assert stand.leaks(planted(stand.book, CHANNELS[channel], text)) == (), (channel, text)


def test_a_leak_says_where(stand: Stand) -> None:
    book = planted(stand.book, CHANNELS["cell"], "鷲塚　凪沙")
    assert stand.leaks(book) == (Leak("xl/worksheets/sheet2.xml", Kind.NAME, "77123"),)
