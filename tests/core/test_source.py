"""Addresses of cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from hrbook.core.source import Evidence, RowRef, SheetSource, column_letters


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")])
def test_column_letters(index, letters):
    assert column_letters(index) == letters


@given(st.integers(0, 16_383))
def test_column_letters_are_those_of_excel(index):
    assert column_letters(index) == get_column_letter(index + 1)


SHEET = SheetSource("roster.xlsx", "0" * 64, "異動履歴", {"on": 1, "title": 27, "remark": 40}, {})
ROW = RowRef(SHEET, 12, ("00001", "R8.4.1"))


def test_a_field_has_the_address_of_its_column():
    assert ROW.address("on") == "B12"
    assert ROW.address("title") == "AB12"


def test_a_field_that_the_sheet_lacks_has_the_row_alone():
    assert ROW.address("birth") == "12"
    assert ROW.raw_of("birth") is None


def test_a_row_that_is_shorter_than_the_sheet_is_blank_there():
    assert ROW.raw_of("remark") is None


def test_evidence_says_what_stood_there_and_what_was_understood():
    cell = Evidence(ROW, "on", "2026-04-01").cell()
    assert (cell.file, cell.sheet, cell.cell, cell.raw, cell.value) == ("roster.xlsx", "異動履歴", "B12", "R8.4.1", "2026-04-01")
