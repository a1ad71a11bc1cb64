"""The pictures script: what it shows, and what it says where a program is missing."""

import openpyxl
import pytest

from benchmarks import pictures
from benchmarks.timing import Failed


def entry(path, rows):
    return {"path": path, "rows": rows}


def test_small_middle_large_and_the_whole():
    files = [entry(f"部署別/{size}.xlsx", size) for size in (9, 3, 70, 12, 5)]
    files += [entry("全庁集計.xlsx", 99), entry("監査.xlsx", 99), entry("ledger.csv", 900), entry("inputs/0a.xlsx", 0)]
    assert pictures.chosen(files) == ["部署別/3.xlsx", "部署別/9.xlsx", "部署別/70.xlsx", "全庁集計.xlsx", "監査.xlsx"]
    assert pictures.chosen(files[:1]) == ["部署別/9.xlsx"]
    assert pictures.chosen(files[:2]) == ["部署別/3.xlsx", "部署別/9.xlsx"]


def test_missing_programs_are_named(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit) as stopped:
        pictures.main([])
    assert stopped.value.code == 1
    said = capsys.readouterr().err
    assert "soffice (LibreOffice)" in said and "pdftoppm (poppler-utils)" in said


def test_a_missing_roster_is_named(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(pictures, "missing", list)
    with pytest.raises(SystemExit):
        pictures.main(["--roster", str(tmp_path / "none.xlsx")])
    assert "none.xlsx is not there" in capsys.readouterr().err


@pytest.mark.proof
def test_pages_are_drawn(tmp_path):
    book = openpyxl.Workbook()
    for row in range(1, 300):
        book.active.cell(row, 1, row)
    book.save(tmp_path / "長い表.xlsx")
    drawn = pictures.draw([tmp_path / "長い表.xlsx"], tmp_path / "out", pages=2)
    assert len(drawn) == 2 and all(path.read_bytes().startswith(b"\x89PNG") for path in drawn)
    with pytest.raises(Failed, match="no-book"):
        pictures.draw([tmp_path / "no-book.xlsx"], tmp_path / "out")
