"""Whom the guard looks for, and under which spellings."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hrbook.core.roster import Employee, Wish
from hrbook.core.source import RowRef, SheetSource
from hrbook.guard.people import person_of
from hrbook.guard.spelling import spaced
from tests.sheets.builders import employee


def row(*texts: str, **columns: int) -> RowRef:
    return RowRef(SheetSource("roster.xlsx", "", "s", columns, {}), 2, texts)


def wish(ref: RowRef) -> Wish:
    return Wish(2025, "", "", "", "", "", ref)


def mails(*texts: str, wishes: tuple[Wish, ...] = ()) -> tuple[str, ...]:
    one: Employee = replace(employee("10001"), ref=row(*texts), wishes=wishes)
    return person_of(one).mails


def test_addresses_are_taken_from_the_rows_of_a_person() -> None:
    assert mails("住所 a@x.example.jp", "b@x.example.jp") == ("a@x.example.jp", "b@x.example.jp")
    assert mails("ａ＠ｘ．ｅｘａｍｐｌｅ．ｊｐ") == ("a@x.example.jp",)  # as a Japanese keyboard writes it
    assert mails("no address", "") == ()


def test_an_address_in_a_wish_is_ones_own_unless_a_returned_form_says_it() -> None:
    assert mails(wishes=(wish(row("w@x.example.jp")),)) == ("w@x.example.jp",)
    assert mails(wishes=(wish(row("w@x.example.jp", "0" * 64, sha256=1)),)) == ()


def test_hiragana_is_read_as_katakana_and_nothing_else_is() -> None:
    for code in range(0x3040, 0x30A0):
        name = unicodedata.name(chr(code), "")
        if name.startswith("HIRAGANA LETTER"):
            assert spaced(chr(code)) == spaced(unicodedata.lookup(name.replace("HIRAGANA", "KATAKANA"))), name
        elif not name:
            assert spaced(chr(code)) == chr(code)


def test_only_the_signs_that_choose_a_variant_are_left_out() -> None:
    """U+FE00..FE0F and U+E0100..E01EF choose a form of the letter before them; their neighbours are signs of their own."""
    for first, last in ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF)):
        assert all(spaced(f"葛{chr(code)}") == "葛" for code in range(first, last + 1))
        assert spaced(f"葛{chr(first - 1)}") != "葛" and spaced(f"葛{chr(last + 1)}") != "葛"
