"""What the end of a run says of books that were held back: every kind of book, and no thousand lines."""

from pathlib import Path

import pytest

from hrbook.batch import Outcome
from hrbook.commands._report import tell_outcome
from hrbook.commands._shared import Talk
from hrbook.core.finding import Finding, Severity
from hrbook.words import load_labels

TOTALS = dict.fromkeys(
    ("rows_read", "set_aside", "not_judged", "people", "people_in_departments", "departments", "rules", "judgements", "findings"),
    0,
)


def said(capsys: pytest.CaptureFixture[str], books: int, leaks: int, *, verbose: bool = False) -> list[str]:
    found = tuple(
        Finding(
            "HR501", Severity.ERROR, f"部署別/{book:03}.xlsx", "xl/sheet1.xml", "", staff_id=f"9{leak:04}", facts={"book": "x"}
        )
        for book in range(books)
        for leak in range(leaks)
    )
    outcome = Outcome(Path("out/2026"), (), TOTALS, withheld=found)
    tell_outcome(Talk(load_labels("ja"), True, verbose), outcome, dry_run=False)
    return capsys.readouterr().err.splitlines()


def test_few_are_told_one_by_one(capsys):
    lines = said(capsys, 2, 3)
    assert [line for line in lines if "HR501" in line and "90002" in line] and len(lines) == 2 * 3 + 1


def test_of_many_leaks_the_first_are_told_and_the_rest_counted(capsys):
    lines = said(capsys, 2, 200)
    assert len(lines) == 2 * 4 + 1
    assert "197 件" in lines[3] and "部署別/000.xlsx" in lines[3]


def test_of_many_books_the_first_are_told_and_the_rest_counted(capsys):
    lines = said(capsys, 89, 200)
    assert len(lines) == 10 * 4 + 2
    assert "79 冊" in lines[-2] and "89 冊" in lines[-1]


def test_verbose_tells_every_one(capsys):
    assert len(said(capsys, 12, 5, verbose=True)) == 12 * 5 + 1
