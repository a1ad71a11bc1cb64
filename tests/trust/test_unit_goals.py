"""Goals on the roster's sheet that name somebody: left out where the readers are others, told once, no book withheld."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hrbook import batch
from hrbook.findings import load_catalogue
from hrbook.options import Options
from tests.trust.smallest import smallest, write_roster

GOALS, NOTE = "所属目標", "人の名前などがあるため、載せていません"
HERE, THERE = "山本健さんの窓口の改善を広げる", "藤原彩さんの手引を使う"  # the first is of 市民課, the second of another bureau
ROWS = (
    (2026, None, None, HERE),
    (2026, "市民生活部", None, "残業を減らす"),
    (2026, "市民生活部", "市民課", HERE),
    (2026, "市民生活部", "市民課", THERE),
    (2025, "市民生活部", "課税課", THERE),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[batch.Outcome, Path]:
    folder = tmp_path_factory.mktemp("goals")
    tables = tuple(replace(t, rows=ROWS) if t.name == GOALS else t for t in smallest(1))
    roster = write_roster(folder / "roster.xlsx", tables)
    outcome = batch.build(Options(roster, out=folder / "out", jobs=1, clock_year=2026))
    return outcome, outcome.folder


def goals_of(folder: Path, name: str) -> set[str]:
    (path,) = (folder / "部署別").glob(f"*{name}.xlsx")
    values = {cell.value for row in load_workbook(path)["面談シート"].iter_rows() for cell in row}
    return {v.replace("\n", "") for v in values if isinstance(v, str) and "の目標：" in v}


def test_no_book_is_withheld_and_every_goal_stands_where_its_people_do(built):
    outcome, folder = built
    assert outcome.withheld == ()
    (said,) = goals_of(folder, "市民課")
    assert HERE in said and THERE not in said and said.count(NOTE) == 1
    assert goals_of(folder, "課税課") == {"市民生活部の目標：残業を減らす"}, "an earlier year's goal is in no form"
    (said,) = goals_of(folder, "子ども政策課")
    assert said.startswith("全庁の目標：") and NOTE in said and "山本" not in said


def test_each_goal_that_is_left_out_is_told_once_with_its_cell(built):
    outcome, folder = built
    told = [f for f in outcome.findings if f.code == "HR511"]
    assert [(f.sheet, f.cell, f.facts["count"]) for f in told] == [(GOALS, "D2", 1), (GOALS, "D5", 1)]
    message = load_catalogue("ja").message(told[0])
    assert HERE in message and "1つのブック" in message
    assert outcome.totals["findings"] == len(outcome.findings)
    listed = load_workbook(folder / "監査.xlsx")
    cells = {cell.value for sheet in listed if sheet.title.startswith("指摘") for row in sheet.iter_rows() for cell in row}
    assert "HR511" in cells
