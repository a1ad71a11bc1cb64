"""Which references of a formula move when a block of rows is repeated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from hrbook.forms.pieces import Block, put_together
from hrbook.forms.references import Where, areas, formula, shifted

BLOCK = Block("票", 4, 6)
NAMES = {"差込_氏名": "'票'!$B$4"}


def moved(text: str, where: Where = Where.OUTSIDE, home: str = "票", copies: int = 3, copy: int = 0) -> tuple[str, list[str]]:
    """The formula after the block stands `copies` times; inside the block as copy number `copy` has it."""
    from hrbook.forms.pieces import Repeat, joined

    doubts: list[str] = []
    pieces = joined(formula(text, home, BLOCK, where, NAMES, doubts.append))
    empty = [lambda _: ""] * copies
    if where is Where.INSIDE:
        return put_together((Repeat(pieces, "\n"),), BLOCK, empty[0], empty).split("\n")[copy], doubts
    return put_together(pieces, BLOCK, empty[0], empty), doubts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A1+B3", "A1+B3"),  # above
        ("A7*$A$8", "A13*$A$14"),  # below: two copies more, six rows
        ("SUM(C4:C6)", "SUM(C4:C12)"),  # the whole block
        ("SUM(C$1:C$9)", "SUM(C$1:C$15)"),
        ("SUM(C1:C3)", "SUM(C1:C3)"),
        ("C:C", "C:C"),
        ("SUM(4:6)", "SUM(4:12)"),
        ("SUM(C6:C4)", "SUM(C12:C4)"),  # written upside down
        ('"A7 " & A7', '"A7 " & A13'),
        ("LOG10(A7)", "LOG10(A13)"),
        ("A7_name+B7.x+ABCD7", "A7_name+B7.x+ABCD7"),  # names, not cells
        ("集計!A7+'票'!A7", "集計!A7+'票'!A13"),
        ("'[他.xlsx]票'!A7", "'[他.xlsx]票'!A7"),
        ("表[[#This Row],[A7]]+A7", "表[[#This Row],[A7]]+A13"),
        ("IF(A7>=1E5,TRUE,#REF!)", "IF(A13>=1E5,TRUE,#REF!)"),
    ],
)
def test_outside_the_block(text, expected):
    assert moved(text) == (expected, [])


@pytest.mark.parametrize("text", ["C5", "SUM(C4:C5)", "SUM(C5:C9)", "差込_氏名"])
def test_a_reference_to_a_part_of_the_block_stays_and_is_told(text):
    found, doubts = moved(text)
    assert found in ("C5", "SUM(C4:C5)", "SUM(C5:C15)", "'票'!$B$4")
    assert len(doubts) == 1


@pytest.mark.parametrize(
    ("text", "first", "third"),
    [
        ("C4*2", "C4*2", "C10*2"),
        ("$C$5", "$C$5", "$C$11"),  # its own block, however it is written
        ("C$2+C4", "C$2+C4", "C$2+C10"),
        ("SUM(C$3:C4)", "SUM(C$3:C4)", "SUM(C$3:C10)"),  # a running sum
        ("C4/C$8", "C4/C$14", "C10/C$14"),
        ("SUM(C4:C6)", "SUM(C4:C6)", "SUM(C10:C12)"),
        ("差込_氏名&A1", "'票'!$B$4&A1", "'票'!$B$10&A1"),
        ("集計!C4", "集計!C4", "集計!C4"),
    ],
)
def test_inside_the_block(text, first, third):
    assert moved(text, Where.INSIDE, copy=0) == (first, [])
    assert moved(text, Where.INSIDE, copy=2) == (third, [])


def test_another_sheet_names_the_block_in_full():
    assert moved("SUM('票'!C4:C6)+C9", home="集計") == ("SUM('票'!C4:C12)+C9", [])


def test_a_rule_over_one_row_follows_each_person():
    assert moved("$C$4>C2", Where.RULE) == ("$C4>C$2", [])
    assert moved("$C$4>C2", Where.TALL_RULE)[1] == ["$C$4", "C2"]


def test_areas_of_a_rule():
    def said(text):
        pieces, where = areas(text, BLOCK)
        return put_together(pieces, BLOCK, lambda _: "", [lambda _: ""] * 3), where

    assert said("C4:C6") == ("C4:C12", Where.TALL_RULE)
    assert said("E5 E8") == ("E5 E8 E11 E14", Where.RULE)
    assert said("A1:B2 A8") == ("A1:B2 A14", Where.OUTSIDE)


cells = st.builds(
    lambda c, dc, r, dr: f"{'$' if dc else ''}{c}{'$' if dr else ''}{r}",
    st.sampled_from(["C", "D", "Z", "AA"]),
    st.booleans(),
    st.integers(5, 90),
    st.booleans(),
)
terms = st.one_of(cells, st.builds("{}:{}".format, cells, cells), st.just('"C5"'), st.just("LOG10(D7)"), st.just("集計!C9"))


@given(st.lists(terms, min_size=1, max_size=5), st.integers(-4, 9), st.integers(-2, 6))
def test_shared_formulas_are_written_out_as_openpyxl_does(found, rows, columns):
    text = "+".join(f"SUM({term})" for term in found)
    start, end = "K20", f"{'GHIJKLMNOPQRSTUVWXYZ'[columns + 4]}{20 + rows}"
    assert shifted(text, rows, columns) == Translator(f"={text}", start).translate_formula(end)[1:]
