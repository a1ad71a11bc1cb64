# ruff: noqa: E501  cells side by side, as they stand
"""A policy for a city that nobody has heard of, written in the workbook alone, runs without a change of code."""

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from hrbook import resources
from hrbook.cli import main
from hrbook.excel.plain import write_tables
from hrbook.ingest.policy import read_policy
from hrbook.sample import build_city
from tests.policy.books import Edited, exported

TITLES = {
    "見習": ["主事"],
    "書記": ["主任", "主査"],
    "主幹": ["係長"],
    "室長": ["課長"],
    "局長": ["部長"],
    "参与": [],
    "総監": [],
}
GROUPS = ("一般職", "一般職", "監督職", "管理職", "管理職", "管理職", "管理職")


def seven_ranks(edit: Edited) -> None:
    """Seven ranks, other abilities without any mark, a category rule, stays, courses by year, rank and nomination."""
    for item, value in (
        ("方針の符号", "mihon"), ("市の名前", "見本市"), ("方針の名前", "見本市人材育成ビジョン"), ("版", "初版"),
        ("施行日", "2025-04-01"), ("文書", "見本市の文書"), ("照合日", "2026-04-01"), ("研修の条項", "三章"),
        ("役職定年の職層", "室長、局長、参与、総監"), ("役職定年の年齢", 60), ("役職定年の条項", "二章"), ("役職定年の確かさ", "市の決定"),
    ):  # fmt: skip
        edit.item("方針", item, value)
    edit.rows("条項", ["符号", "場所", "内容（言い換え）"], [["2", "二章", "職層"], ["3", "三章", "研修"], ["4", "四章", "異動"]])
    names = list(TITLES)
    ranks = [[f"r{n}", name, group, "二章"] for n, (name, group) in enumerate(zip(names, GROUPS, strict=True), start=1)]
    edit.rows("職層", ["符号", "職層", "区分", "条項"], ranks)  # type: ignore[arg-type]
    titles = [[title, rank, "二章", "明記"] for rank, found in TITLES.items() for title in found]
    edit.rows("職名", ["職名", "職層", "条項", "確かさ"], titles)  # type: ignore[arg-type]
    abilities = [
        ["serve", "寄り添う力", "市民の話を聴く", "二章", "明記"],
        ["make", "つくる力", "新しい仕事をつくる", "二章", "明記"],
    ]
    edit.rows("能力", ["符号", "能力", "内容（言い換え）", "条項", "確かさ"], abilities)  # type: ignore[arg-type]
    for item, value in (
        ("規則の符号", "rotation.four-fields"), ("目安の条項", "四章"), ("目安の確かさ", "明記"), ("目安（言い換え）", "12年で分野を四つ"),
        ("期間（年）", 12), ("対象の職層", "見習、書記"), ("在籍年数の規則", "rotation.length"),
    ):  # fmt: skip
        edit.item("ローテーション", item, value)
    edit.rows("経験の数", ["単位", "いくつ以上", "まとめ方"], [["分類", 2, "現場＝窓口・税、福祉／支え＝内部"]])
    edit.rows(
        "在籍年数",
        ["符号", "名前", "上限（年）", "職層", "条項", "確かさ"],
        [["top", "室長まで", 4, "見習、書記、主幹", "四章", "明記"]],
    )
    edit.rows("実施機関", ["符号", "実施機関", "略称"], [["own", "見本市", "市"]])
    edit.rows("研修区分", ["符号", "区分"], [["all", "すべて"]])
    heads = ["研修コード", "研修", "図の表記", "実施機関", "区分", "順", "時期の確かさ", "条項"]
    courses = [[code, name, name, "見本市", "すべて", n, "明記", "三章"] for n, (code, name) in enumerate(
        [("M1", "一年目"), ("M2", "主幹研修"), ("M3", "選抜研修")], start=1)]  # fmt: skip
    edit.rows("研修", heads, courses)  # type: ignore[arg-type]
    edit.rows(
        "研修の対象", ["研修コード", "入庁年数から", "入庁年数まで"], [["M1", 1, 1], ["M2", None, None], ["M3", None, None]]
    )
    edit.put("研修の対象", 2, "職層", "主幹")
    edit.put("研修の対象", 2, "職層年数から", 1)
    edit.put("研修の対象", 2, "職層年数まで", 3)
    edit.put("研修の対象", 3, "指名のみ", "はい")


def three_ranks(edit: Edited) -> None:
    """Three ranks, grades instead of marks, presence in the names, moves instead of units, no courses at all."""
    for item, value in (("方針の符号", "chiisana"), ("市の名前", "小さな町"), ("方針の名前", "小さな町の方針"), ("版", "一版"), ("文書", "町の文書"), ("能力の条項", "一")):  # fmt: skip
        edit.item("方針", item, value)
    edit.rows("条項", ["符号", "場所", "内容（言い換え）"], [["1", "一", "すべて"]])
    edit.rows(
        "職層",
        ["符号", "職層", "区分", "条項"],
        [["a", "係員", "一般職", "一"], ["b", "係長", "監督職", "一"], ["c", "課長", "管理職", "一"]],
    )
    titles = [["主事", "係員"], ["主任", "係員"], ["主査", "係長"], ["係長", "係長"], ["課長", "課長"], ["部長", "課長"]]
    edit.rows("職名", ["職名", "職層", "条項", "確かさ"], [[*pair, "一", "明記"] for pair in titles])
    grades = [[f"g{n}", f"{n}級", f"{n}", n, "明記"] for n in (3, 2, 1)]
    edit.rows("印", ["符号", "意味", "印", "点", "確かさ"], grades)  # type: ignore[arg-type]
    sheet = edit.book["能力"]
    sheet.insert_cols(6, 3)
    for column, rank in enumerate(("係員", "係長", "課長"), start=6):
        sheet.cell(5, column).value = rank
    edit.rows("能力", ["符号", "能力", "内容（言い換え）", "係員", "係長", "課長", "条項", "確かさ"], [
        ["x", "聴く力", "話を聴く", 1, 2, 3, "一", "明記"], ["y", "決める力", "決める", None, 1, 3, "一", "明記"],
    ])  # fmt: skip
    edit.rows("能力の呼び名", ["能力", "職層", "その職層での呼び名"], [["決める力", "課長", "決断力"]])
    for item, value in (("規則の符号", "rotation.moves"), ("目安の条項", "一"), ("目安の確かさ", "明記"), ("対象の職層", "係員")):
        edit.item("ローテーション", item, value)
    edit.rows("経験の数", ["単位", "いくつ以上", "数えるもの"], [["課", 2, "異動の回数"]])


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("city") / "roster.xlsx"
    city = build_city(90, 3, data=resources.load_toml("sample.toml"))
    path.write_bytes(write_tables(city.roster, "t", "t"))
    return path


def built(write, roster: Path, folder: Path) -> tuple[list[dict[str, str]], Path]:
    edit = Edited(exported(""))
    write(edit)
    book = edit.save(folder / "own.xlsx")
    done = CliRunner().invoke(
        main, ["build", str(roster), "--year", "2026", "--policy", book, "--out", str(folder / "out"), "--jobs", "1"]
    )
    assert done.exit_code == 0, done.output
    run = folder / "out" / "2026"
    rows = list(csv.DictReader(io.StringIO((run / "ledger.csv").read_text(encoding="utf-8-sig"))))
    return rows, run


def test_seven_ranks_without_marks(roster: Path, tmp_path: Path) -> None:
    rows, run = built(seven_ranks, roster, tmp_path)
    by_rule: dict[str, Counter[str]] = {}
    for row in rows:
        by_rule.setdefault(row["rule_id"], Counter())[row["status"]] += 1
    assert set(by_rule) == {
        "competency.weights", "career.stage", "digital.tier", "rotation.four-fields", "rotation.length",
        "training.M1", "training.M2", "training.M3",
    }  # fmt: skip
    people = {sum(counts.values()) for counts in by_rule.values()}
    assert len(people) == 1
    for rule in ("competency.weights", "career.stage", "digital.tier"):
        assert set(by_rule[rule]) == {"not_applicable"}
    assert by_rule["rotation.four-fields"]["met"] and by_rule["rotation.four-fields"]["not_applicable"]
    assert by_rule["rotation.length"]["long"] and by_rule["rotation.length"]["within"]
    assert set(by_rule["training.M3"]) <= {"not_applicable", "completed"}  # nobody was nominated
    counted = [json.loads(r["values"]) for r in rows if r["rule_id"] == "rotation.four-fields" and r["status"] == "met"]
    assert all(set(v["counts"][0]["units"]) <= {"現場", "支え", "事業", "教育"} or v["count"] >= 2 for v in counted)
    assert {row["edition"] for row in rows} == {"初版"}
    names = {path.name for path in run.rglob("*.xlsx")}
    assert {"全庁集計.xlsx", "監査.xlsx"} <= names
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["inputs"]["policy"]["file"] == "own.xlsx"


def test_three_ranks_with_grades(roster: Path, tmp_path: Path) -> None:
    rows, _ = built(three_ranks, roster, tmp_path)
    weights = {
        json.dumps(json.loads(r["values"])["weights"], ensure_ascii=False)
        for r in rows
        if r["rule_id"] == "competency.weights" and r["status"] == "assigned"
    }
    assert weights == {'{"聴く力": "1"}', '{"決める力": "1/3", "聴く力": "2/3"}', '{"決断力": "1/2", "聴く力": "1/2"}'}
    moves = [json.loads(r["values"]) for r in rows if r["rule_id"] == "rotation.moves" and r["status"] == "met"]
    assert moves and all(v["counts"][0]["counted"] == "moves" and v["count"] >= 2 for v in moves)
    assert not [r for r in rows if r["rule_id"].startswith("training.")]


def test_the_written_policy_comes_back_as_a_file(tmp_path: Path) -> None:
    edit = Edited(exported(""))
    seven_ranks(edit)
    found = read_policy(edit.save(tmp_path / "own.xlsx"))
    assert found.book is not None
    (tmp_path / "own.toml").write_text(found.book.text(), encoding="utf-8")
    assert read_policy(str(tmp_path / "own.toml")).policy() == found.policy()
    assert found.book.text().startswith("# 新しい方針の用紙。")


@pytest.mark.parametrize("name", ["maibara-transfer", "mitaka-transfer", "kobe-transfer"])
def test_three_more_cities_build(name: str, roster: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main,
        [
            "build",
            str(roster),
            "--year",
            "2026",
            "--policy",
            name,
            "--out",
            str(tmp_path),
            "--jobs",
            "1",
            "--department",
            "市民課",
        ],
    )
    assert done.exit_code == 0, done.output
    policy = read_policy(name).policy()
    assert policy.scope and not policy.training.courses and not policy.competency.abilities and not policy.career.stages
    (path,) = tmp_path.rglob("*_市民課.xlsx")
    book = openpyxl.load_workbook(path)
    assert not {"能力ウエイト", "研修計画", "今年度の受講者"} & set(book.sheetnames)  # they would be empty
    formulas = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    led_to = {found[1] for text in formulas if (found := re.match(r"=HYPERLINK\(\"#'([^']+)'!", text))}
    assert led_to and led_to <= set(book.sheetnames)
