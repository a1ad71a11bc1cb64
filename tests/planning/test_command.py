"""`hrbook plan` as HR meets it: one call on the shared small city."""

import csv
import io
import json
import re
from collections import Counter

import openpyxl
import pytest

from hrbook.excel.plain import write_tables
from hrbook.sample.tables import Table
from tests.conftest import hrbook

SHEETS = [
    "研修需要",
    "回ごとの推薦",
    "席のない人",
    "見込みの前提",
    "データ_需要",
    "データ_推薦",
    "データ_席なし",
    "データ_不在",
    "データ_前提",
]


@pytest.fixture(scope="module")
def made(city, tmp_path_factory):
    out = tmp_path_factory.mktemp("plan")
    done = hrbook("plan", city / "input" / "roster.xlsx", "--out", out, cwd=out)
    assert done.code == 0, done.err
    return out / "2026", done


@pytest.fixture(scope="module")
def tables(made):
    book = openpyxl.load_workbook(made[0] / "研修計画.xlsx")
    assert book.sheetnames == SHEETS
    found = {}
    for name in SHEETS[4:]:
        head, *rows = book[name].iter_rows(values_only=True)
        found[name] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def lists_of(folder):
    for path in sorted((folder / "推薦名簿").glob("*.csv")):
        yield path, list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def test_five_years_of_every_course_as_a_range(made, tables):
    rows = tables["データ_需要"]
    assert {r["年度"] for r in rows} == {2026, 2027, 2028, 2029, 2030}
    assert all(r["低め（人）"] <= r["見込み（人）"] <= r["高め（人）"] for r in rows)
    assert all(r["低め（人）"] == r["高め（人）"] for r in rows if r["年度"] == 2026)
    assert any(r["低め（人）"] < r["高め（人）"] for r in rows)


def test_the_first_year_is_what_the_run_judges(city, tables, run):
    ledger = csv.DictReader(io.StringIO((run / "ledger.csv").read_bytes().decode("utf-8-sig")))
    due = Counter(r["rule_id"].removeprefix("training.") for r in ledger if r["status"] == "in_target")
    assert {r["研修コード"]: r["見込み（人）"] for r in tables["データ_需要"] if r["年度"] == 2026 and r["見込み（人）"]} == due


def test_everybody_due_or_late_is_nominated_or_left_out_once(tables, run):
    ledger = csv.DictReader(io.StringIO((run / "ledger.csv").read_bytes().decode("utf-8-sig")))
    wanted = {(r["rule_id"].removeprefix("training."), r["staff_id"]) for r in ledger if r["status"] in ("in_target", "overdue")}
    seated = [(r["研修コード"], r["職員番号"]) for r in tables["データ_推薦"]]
    left = [(r["研修コード"], r["職員番号"]) for r in tables["データ_席なし"]]
    assert sorted(seated + left) == sorted(wanted)
    assert all(r["席がない理由"] for r in tables["データ_席なし"])


def test_no_department_has_more_away_than_its_limit(tables):
    assert tables["データ_不在"]
    assert all(r["研修で不在（人）"] <= r["上限（人）"] for r in tables["データ_不在"])


def test_the_lists_hold_the_nominations_and_nobody_else(made, tables):
    folder, _ = made
    listed = [(row["研修コード"], row["職員番号"]) for _, rows in lists_of(folder) for row in rows]
    assert sorted(listed) == sorted((r["研修コード"], r["職員番号"]) for r in tables["データ_推薦"])
    for path, rows in lists_of(folder):
        sheet = openpyxl.load_workbook(path.with_suffix(".xlsx")).active
        shown = [row[7] for row in sheet.iter_rows(min_row=7, values_only=True)]
        assert shown == [row["職員番号"] for row in rows], path
        assert all(re.fullmatch(r"2026-\d\d-\d\d|2027-0[1-3]-\d\d|", row["開始日"]) for row in rows)


def test_the_same_input_gives_the_same_plan(city, made):
    folder, _ = made
    before = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    named = {f["path"] for f in json.loads(before.pop((folder / "manifest.json").relative_to(folder)))["files"]}
    assert named == {path.as_posix() for path in before}
    done = hrbook("plan", city / "input" / "roster.xlsx", "--out", folder.parent, cwd=folder.parent)
    assert done.code == 0
    assert "そのままにしました" in done.err
    assert sorted(p.name for p in folder.parent.iterdir()) == ["2026"]


def settings(folder, sheet, columns, *rows):
    path = folder / "settings.xlsx"
    path.write_bytes(write_tables((Table(sheet, "", columns, rows),), "test", "test"))
    return path


@pytest.mark.parametrize(
    ("sheet", "columns", "row", "cell", "said"),
    [
        ("昇任見込み", ("職層", "低め（%）", "見込み（%）", "高め（%）"), ("主事", 30, 20, 10), "D2", "小さい順"),
        ("基準", ("項目", "値"), ("plan.hires", "3、2、1"), "B2", "3、2、1"),
    ],
)
def test_a_setting_that_cannot_be_is_told_with_its_cell(city, tmp_path, sheet, columns, row, cell, said):
    path = settings(tmp_path, sheet, columns, row)
    done = hrbook("plan", city / "input" / "roster.xlsx", "--settings", path, "--year", 2026, cwd=tmp_path)
    assert done.code == 3
    assert sheet in done.err and cell in done.err and said in done.err
    assert not (tmp_path / "plan").exists()
