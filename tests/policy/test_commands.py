"""hrbook policy ...: what the commands say, write and answer with."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hrbook import resources
from hrbook.cli import main
from hrbook.core.coverage import normalised
from hrbook.excel.plain import write_tables
from hrbook.ingest.workbook import read_workbook
from hrbook.sample import build_city
from tests.policy.books import Edited, exported


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["policy", *map(str, arguments)])


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_show_tells_clause_status_and_source() -> None:
    done = run("show")
    assert done.exit_code == 0
    assert "・主査：係長　［第4章第3節2／推定、2026-11-22照合］" in done.stdout
    assert "・役職定年：60歳　［第4章第3節1／明記、2026-11-22照合、地方公務員法第28条の2］" in done.stdout
    assert "2031年度から65歳" in done.stdout and "トップマネジメントセミナー" in done.stdout
    english = run("show", "--lang", "en")
    assert "[Step-down]" in english.stdout


def test_show_coverage_has_a_line_for_every_sentence() -> None:
    done = run("show", "--coverage")
    lines = done.stdout.splitlines()
    assert len(lines) == 231
    assert lines[-1] == "条文の対応：230 文のうち、規則 116、シートで示す 45、記載のみ 68、範囲外 1。"
    assert any("→ シート 採用の内訳（全庁集計）" in line for line in lines)
    assert any("規則 rotation.three-in-ten、career.stage" in line for line in lines)
    assert "まだ" in run("show", "kobe-transfer", "--coverage").stdout or "ありません" in run("show", "kobe-transfer").stdout


def test_check_lists_the_known_contradictions_and_how_they_are_read() -> None:
    done = run("check")
    assert done.exit_code == 0
    assert "HR612 competency.abilities[4].marks.bucho（既知）" in done.stdout and "読み方：印は表" in done.stdout
    assert "知られている食い違いと、その読み方（16 件）" in done.stdout
    body = json.loads(run("check", "--format", "json").stdout)
    assert body["policy"] == "tachikawa-3.toml"
    assert {(f["code"], f["severity"]) for f in body["findings"]} == {("HR612", "note")}


def test_check_text_names_what_is_missing_on_either_side(here: Path) -> None:
    (here / "text.txt").write_text("知らない文。もう一つ。", encoding="utf-8")
    done = run("check", "--text", "text.txt")
    assert done.exit_code == 1
    assert "295 行のうち 0 行が text.txt の文と一致" in done.stdout
    assert "・はじめ の後の「知らない文。」に、対応の行がありません。" in done.stdout
    assert "・第4章第3節1 第6文「形成期：約10年で三つ以上の部署」に当たる文が、text.txt にありません。" in done.stdout
    body = json.loads(run("check", "--text", "text.txt", "--format", "json").stdout)
    assert len(body["map"]["missing"]) == 295 and [u["text"] for u in body["map"]["unmapped"]] == ["知らない文。", "もう一つ。"]
    assert normalised("もう 一つ") == "もう一つ"


@pytest.mark.parametrize("arguments", [("check", "--text", "nowhere.txt"), ("check", "nowhere"), ("import", "nowhere.xlsx")])
def test_what_is_not_there_is_one_paragraph(here: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.exit_code == 3
    assert "nowhere" in done.stderr and "Traceback" not in done.stderr


def test_export_and_import_in_a_folder(here: Path) -> None:
    assert run("export").exit_code == 0
    assert run("export").exit_code == 2  # never over a file that is there
    assert run("export", "--force").exit_code == 0
    done = run("import", "tachikawa-3.xlsx", "--out", "own.toml")
    assert done.exit_code == 0, done.output
    assert (here / "own.toml").read_bytes() == resources.read_bytes("policy/tachikawa-3.toml")
    assert run("import", "tachikawa-3.xlsx", "--out", "own.toml").exit_code == 2
    assert run("import", "own.toml").exit_code == 2
    assert run("export", "--blank", "--out", "blank.xlsx").exit_code == 0
    wrong = run("import", "blank.xlsx")
    assert wrong.exit_code == 3 and "方針!B" in wrong.stderr and not (here / "blank.toml").exists()


def test_diff_names_entry_column_and_clause(here: Path) -> None:
    edit = Edited(exported())
    edit.put("能力", 1, "課長", "◎")
    edit.item("ローテーション", "期間（年）", 12)
    edit.book["職名"].delete_rows(11)
    edit.save(here / "next.xlsx")
    done = run("diff", "tachikawa-3", "next.xlsx")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "【職名】", "− 主査：職層 係長, 条項 第4章第3節2, 確かさ 推定",
        "【能力】", "・policy_decision 政策決定能力 の 課長：〇 → ◎　［第4章第2節【参考】］",
        "【ローテーション】", "・期間（年）：10 → 12",
    ]  # fmt: skip
    same = run("diff", "tachikawa-3", "tachikawa")
    assert (same.exit_code, same.stdout) == (0, "")


def test_impact_names_who_would_be_judged_differently(here: Path) -> None:
    city = build_city(60, 5, data=resources.load_toml("sample.toml"))
    (here / "roster.xlsx").write_bytes(write_tables(city.roster, "t", "t"))
    edit = Edited(exported())
    edit.put("経験の数", 1, "いくつ以上", 2)
    edit.put("能力", 1, "課長", "◎")
    edit.save(here / "next.xlsx")
    arguments = ("impact", "tachikawa-3", "next.xlsx", "roster.xlsx", "--year", "2026")
    done = run(*arguments, "--report", "impact.xlsx")
    assert done.exit_code == 1, done.output
    assert "・ジョブローテーション：" in done.stdout and "→ 到達" in done.stdout
    assert "・能力のウエイト：設定 → 同じ判定で、中身が変わる" in done.stdout
    sheets = {sheet.name: sheet.rows for sheet in read_workbook(here / "impact.xlsx").sheets}
    changes = sheets["変わる判定"]
    assert changes[0][:4] == ("職員番号", "氏名", "所属", "規則")
    assert {row[3] for row in changes[1:]} == {"rotation.three-in-ten", "competency.weights"}
    assert run(*arguments, "--report", "impact.xlsx").exit_code == 2
    same = run("impact", "tachikawa-3", "tachikawa-3", "roster.xlsx", "--year", "2026")
    assert same.exit_code == 0 and "どれも変わりません" in same.stdout
