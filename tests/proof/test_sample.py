"""The live formulas of the audit book's sample, wiped of their values and computed anew by LibreOffice.

On people that random generators made nasty, so that every branch of the rule is met; everybody is in the sample."""

import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from hrbook.core.assess import assess
from hrbook.excel.writer import render
from hrbook.ingest.roster import load_roster
from hrbook.sheets import audit
from hrbook.sheets.audit import sample
from hrbook.sheets.view import RunFacts, View, departments_of
from hrbook.styles import load_styles
from hrbook.words import load_labels
from tests.engine.adapter import policy_of, reading_of, tables, write_tables
from tests.oracle.generate import generate

pytestmark = pytest.mark.proof
SEEDS = (0, 3, 13, 21, 35)  # departments and sections, job families, least stays, mid-career hires apart, leave
OTHERWISE = (5, 7, 9, 11)  # moves, several things at once, categories
SHEETS = ("標本", "標本の経歴")


@pytest.fixture(scope="module")
def recomputed(tmp_path_factory, soffice):
    """Path of the book with our values and of the same book with LibreOffice's, for each seed."""
    folder = tmp_path_factory.mktemp("sample")
    (folder / "wiped").mkdir()
    for seed in SEEDS:
        (folder / f"{seed}.xlsx").write_bytes(sampled(seed, folder))
        wipe(folder / f"{seed}.xlsx", folder / "wiped" / f"{seed}.xlsx")
    soffice([folder / "wiped" / f"{seed}.xlsx" for seed in SEEDS], "xlsx:Calc MS Excel 2007 XML", folder / "out")
    return folder


def sampled(seed, folder):
    """The audit book's sample of generated people, all of them, as a workbook of its own."""
    people, world = generate(seed, 60)
    (folder / "roster.xlsx").write_bytes(write_tables(tuple(tables(people, world)), "t", "t"))
    policy = policy_of(world)
    roster, findings = load_roster(folder / "roster.xlsx", policy)
    assessment = assess(roster, reading_of(world, policy), findings)
    run = RunFacts("ab" * 32, "0", "roster.xlsx", "0" * 64, roster.sheet_rows, "", "", "x", "0" * 64)
    view = View(assessment, departments_of(assessment), load_labels("ja"), run)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sample, "draw", lambda people, run_id: list(people))
        book = audit.book(view, "x.xlsx", {})
    return render(replace(book, sheets=tuple(s for s in book.sheets if s.name in SHEETS)), load_styles())


def wipe(book, target):
    """The book without the value of any formula."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if "/worksheets/" in part.filename:
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            new.writestr(part, data)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_formula_gives_our_value(seed, recomputed):
    formulas = openpyxl.load_workbook(recomputed / f"{seed}.xlsx")
    ours = openpyxl.load_workbook(recomputed / f"{seed}.xlsx", data_only=True)
    theirs = openpyxl.load_workbook(recomputed / "out" / f"{seed}.xlsx", data_only=True)
    seen = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    one, other = (book[sheet.title][cell.coordinate].value for book in (ours, theirs))
                    assert one == other, (sheet.title, cell.coordinate, cell.value)
                    seen += 1
    assert seen > 1_000
    agreeing = [c.value for row in theirs["標本"].iter_rows(min_col=25, max_col=25) for c in row]
    assert "一致" in agreeing and "不一致" not in agreeing


@pytest.mark.parametrize("seed", OTHERWISE)
def test_a_guide_that_counts_otherwise_claims_no_recomputation(seed, tmp_path):
    """The inputs stand there, without a formula and without a word of agreement."""
    (tmp_path / "book.xlsx").write_bytes(sampled(seed, tmp_path))
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    cells = [cell for row in book["標本"].iter_rows() for cell in row if cell.value is not None]
    assert book.sheetnames == ["標本"] and len(cells) > 60 * 10
    claims = [c for c in cells if c.row > 3 and (c.data_type == "f" or c.value in ("一致", "不一致"))]
    assert not claims
