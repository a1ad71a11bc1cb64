"""Every book of a finished run, seen by programs that are not ours."""

import re
import shutil
import subprocess

import openpyxl
import pytest

from tests.conftest import hrbook

pytestmark = pytest.mark.proof


def test_every_book_is_valid(run, validate):
    """Lint, Open XML SDK, and LibreOffice's own result of every formula."""
    done = validate(run)
    assert done.returncode == 0, done.stdout
    assert re.search(r"\d+ workbooks, all valid", done.stdout)


def test_one_page_a_form(run, soffice, tmp_path):
    """The interview form of everybody prints on one A4 page, the cover on one; no page is empty."""
    path = max((run / "部署別").iterdir(), key=lambda p: p.stat().st_size)
    shutil.copy(path, tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    forms = book["面談シート"].row_breaks.count + 1
    soffice([tmp_path / "book.xlsx"], "pdf", tmp_path)
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "book.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = text.split("\f")[:-1]
    assert sum("［面談シート］" in page for page in pages) == forms
    assert sum("［表紙］" in page for page in pages) == 1
    assert all(len(page.split()) > 12 for page in pages)


def test_roster_through_libreoffice_and_back(run, city, soffice, tmp_path):
    """A roster that LibreOffice saved gives the same verdicts."""
    soffice([city / "input" / "roster.xlsx"], "xlsx:Calc MS Excel 2007 XML", tmp_path)
    shutil.copy(city / "input" / "settings.xlsx", tmp_path / "settings.xlsx")
    done = hrbook("build", tmp_path / "roster.xlsx", "--out", tmp_path / "out", cwd=tmp_path)
    assert done.code == 0, done.err

    def verdicts(folder):
        import csv

        with (folder / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
            return [{k: v for k, v in row.items() if k != "inputs"} for row in csv.DictReader(file)]

    assert verdicts(tmp_path / "out" / "2026") == verdicts(run)


def test_no_book_holds_a_neighbour(city, leakscan, tmp_path):
    """Every person gets a name that occurs once; no department book holds the name of anybody outside its audience."""
    shutil.copytree(city / "input", tmp_path / "input")
    book = openpyxl.load_workbook(tmp_path / "input" / "roster.xlsx")
    sheet = book["職員名簿"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    canary, home = {}, {}
    for row in range(2, sheet.max_row + 1):
        number = str(sheet.cell(row, heads["職員番号"]).value)
        canary[number] = f"カナリア{row:04d}鳥"
        sheet.cell(row, heads["氏名"]).value = canary[number]
        sheet.cell(row, heads["フリガナ"]).value = canary[number]
        home[number] = (sheet.cell(row, heads["部"]).value, sheet.cell(row, heads["課"]).value or "")
    book.save(tmp_path / "input" / "roster.xlsx")
    done = hrbook("build", tmp_path / "input" / "roster.xlsx", "--out", tmp_path / "out", cwd=tmp_path)
    assert done.code == 0, done.err
    found = 0
    for path in sorted((tmp_path / "out" / "2026" / "部署別").iterdir()):
        bureau, _, department = path.stem.partition("_")
        own = department == "部付"
        inside = {n for n, (b, d) in home.items() if b == bureau and (d == ("" if own else department))}
        guests = {n for n, (b, _) in home.items() if own and b == bureau}  # heads of its departments may stand here
        outside = [canary[n] for n in home if n not in inside and n not in guests]
        assert leakscan(path.read_bytes(), outside) == [], path.name
        found += len(inside)
    assert found >= 50
