"""Forms of an earlier edition come back after the form has changed: they are read by the places that they were printed with."""

import io
from pathlib import Path

import openpyxl
import pytest

from hrbook.collect.forms import read_sheet
from hrbook.collect.grid import grid_of
from hrbook.collect.issued import Issued, read_issued
from hrbook.collect.sealed import read_lists
from hrbook.collect.values import Reader
from hrbook.core.fault import Fault
from hrbook.core.learning_policy import LearningPolicy
from hrbook.guard.manifest import sha256
from hrbook.guard.record import Record
from hrbook.ingest.workbook import parse_workbook
from hrbook.sheets.form_editions import LAYOUTS, NOW
from hrbook.sheets.form_fields import load_fields
from hrbook.words import load_labels
from tests.collect.behaviours import FORM_SHEET

BEFORE = Path(__file__).parent / "editions" / "2.xlsx"  # as the version before issued it, without the other sheets


def test_a_form_of_the_edition_before_is_read_by_its_own_places():
    book = read_issued(BEFORE, BEFORE.name, sha256(BEFORE.read_bytes()), read_lists(()))
    issued = Issued((Record.__new__(Record),), (book,), {one.id: one for one in book.forms})
    workbook = openpyxl.load_workbook(BEFORE)
    sheet, meant = workbook[FORM_SHEET], {}
    for number, one in enumerate(book.forms):
        top = number * one.layout.rows
        for field, (row, col, _) in one.layout.fields.items():
            meant[one.staff_id, field] = f"{one.staff_id}の{field}"
            sheet.cell(top + row + 1, col + 1).value = meant[one.staff_id, field]
    assert len(book.forms) > 0
    buffer = io.BytesIO()
    workbook.save(buffer)
    (found,) = parse_workbook(buffer.getvalue(), "back.xlsx").sheets
    grid = grid_of(found)
    read = read_sheet(grid, issued)
    assert [one.form.staff_id for one in read.forms] == [one.staff_id for one in book.forms]
    assert {(one.form.staff_id, key[0]): grid[places[0]] for one in read.forms for key, places in one.cells.items()} == meant
    assert [(one.changes, one.strays) for one in read.forms] == [((), ())] * len(book.forms)


def test_what_an_earlier_edition_does_not_have_is_not_looked_for():
    before, now = LAYOUTS["2"], LAYOUTS[NOW]
    assert set(before.fields) < set(now.fields)
    assert not before.scores
    assert all(row < one.rows for one in (before, now) for row in one.filled_rows)


def test_an_edition_that_is_not_known_is_refused_by_name(tmp_path):
    workbook = openpyxl.load_workbook(BEFORE)
    workbook.custom_doc_props["hrbook-form-edition"].value = "99"
    path = tmp_path / "later.xlsx"
    workbook.save(path)
    with pytest.raises(Fault) as caught:
        read_issued(path, path.name, sha256(path.read_bytes()), read_lists(()))
    assert (caught.value.key, caught.value.facts["found"]) == ("issued_edition", "99")


@pytest.mark.parametrize(
    ("written", "value", "problem"),
    [(3, "3", ""), ("４", "4", ""), ("5点", "5", ""), (6, "6", "not_in_list"), (2.5, "2.5", "not_in_list")],
)
def test_a_score_is_one_to_five(written, value, problem):
    reader = Reader(load_fields(), load_labels("ja"), 2026, LearningPolicy())
    found = reader.read("own_score", [written], False)
    assert (found.value, found.problem) == (value, problem)
