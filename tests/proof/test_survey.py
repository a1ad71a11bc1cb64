"""A survey's workbooks, seen by programs that are not ours: one form filled in, one book of results, one of its departments."""

import shutil

import pytest

from tests.conftest import hrbook

pytestmark = pytest.mark.proof


def test_a_form_and_the_results_are_valid(city, validate, tmp_path):
    """Lint, Open XML SDK, and LibreOffice's own result of every formula, on one book of each kind."""
    assert hrbook("survey", "make", city / "input" / "roster.xlsx", cwd=tmp_path).code == 0
    assert hrbook("survey", "sample", "back", cwd=tmp_path).code == 0
    done = hrbook("survey", "read", "back", "--close", cwd=tmp_path)
    assert done.code == 0, done.err
    year, books = tmp_path / "survey" / "2026", tmp_path / "books"
    books.mkdir()
    largest = max((year / "結果" / "部署別").glob("*.xlsx"), key=lambda path: path.stat().st_size)
    filled = min((tmp_path / "back").glob("*.xlsx"))
    (results,) = (year / "結果").glob("*.xlsx")
    for number, path in enumerate((filled, results, largest)):
        shutil.copy(path, books / f"{number}.xlsx")
    run = validate(books)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "3 workbooks, all valid" in run.stdout
