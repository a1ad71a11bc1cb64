"""The committee's book: measures, figures, duties. Nobody is named in it, and nothing is invented."""

from dataclasses import replace
from fractions import Fraction

import pytest

from hrbook.core.programme import Decided, Plan
from hrbook.core.survey import Figure, Release
from hrbook.excel.writer import render
from hrbook.ingest.policy import load_policy
from hrbook.sheets import programme
from hrbook.sheets.book import DataSheet, Sheet
from hrbook.sheets.programme import progress
from hrbook.sheets.programme.desk import Past, desk_of
from hrbook.styles import load_styles
from hrbook.words import load_labels
from tests.sheets.builders import LABELS, POLICY, at, reading_of, table, texts, unbracketed, value_of
from tests.sheets.whole import staff, whole_view

GOALS = (Fraction(1, 10), Fraction(1, 5), None, None, Fraction(1))
PLAN = Plan(
    2025,
    (Decided("M09", owner="人事課", indicator="rotation", goals=GOALS), Decided("P1", "市の取組", goals=(None, Fraction(3)))),
)
TALK = Release(2026, "", {}, {(): {"talk": Figure(9, Fraction(16, 5)), "talk_1": Figure(9, Fraction(3))}})


def desk(plan=PLAN, labels=LABELS, pasts=(), releases=(), **given):
    return desk_of(whole_view(reading=reading_of(programme=plan, **given), labels=labels), pasts, releases)


def sheets_of(**given):
    return {sheet.name: sheet for sheet in programme.book(desk(**given), "実施計画.xlsx").sheets}


def line(sheet, number):
    row = next(c.row for c in sheet.cells if c.col == 0 and value_of(c) == number)
    return [value_of(at(sheet, row, col)) for col in range(len(progress.WIDTHS))]


def test_sheets_stand_in_order():
    assert list(sheets_of()) == ["進み具合", "三者の役割", "指標", "データ_指標", "データ_取組"]


def test_a_measure_stands_with_its_clause_owner_figure_and_goal():
    sheet = sheets_of()["進み具合"]
    said = line(sheet, "M09")
    assert said[1:5] == ["いろいろな職場を経験してもらう", "第5章第3節1", "人事課", "配置の目安に順調な人の割合"]
    assert said[5:10] == [None, 0.5, 0.2, "● 到達", 1.0]
    assert said[10:] == [None, None]


def test_what_the_policy_leaves_open_is_unset_and_what_no_run_computes_is_left_open():
    sheet = sheets_of()["進み具合"]
    said = line(sheet, "M01")
    assert said[3] == said[7] == said[9] == "未設定" and said[4].startswith("この実行では計算できません") and said[6] is None
    row = next(c.row for c in sheet.cells if c.col == 0 and value_of(c) == "M01")
    assert {at(sheet, row, col).look for col in (progress.NOW, progress.STATUS, progress.REMARK)} == {
        "input_number",
        "input_center",
        "input",
    }
    assert line(sheet, "P1")[2] == "市の取組" and line(sheet, "P1")[7] == 3
    assert line(sheet, "M14")[6] == "数字なし"


def test_a_figure_below_its_goal_says_how_far_it_is():
    plan = Plan(2026, (Decided("M09", indicator="rotation", goals=(Fraction(9, 10),)),))
    assert line(sheets_of(plan=plan)["進み具合"], "M09")[8] == "あと 40.0ポイント"


def test_without_a_first_year_no_goal_is_shown():
    sheet = sheets_of(plan=replace(PLAN, first_year=None))["進み具合"]
    assert line(sheet, "M09")[7] == "未設定" and "今年度の目標は決まっていません" in value_of(at(sheet, 1, 0))
    assert "最初の年度が空欄のため" in texts(sheet)[-1]


def test_the_run_before_and_a_survey_are_shown_with_the_change():
    older = tuple(replace(f, value=Fraction(3, 10)) if f.id == "rotation" else f for f in desk().now.figures)
    given = {"pasts": (Past(2025, older),), "releases": (TALK,)}
    made = sheets_of(**given)
    assert line(made["進み具合"], "M09")[5] == 0.3 and line(made["進み具合"], "M14")[6] == 3.2
    assert "+20.0ポイント" in texts(made["指標"]) and "調査「コミュニケーション」の平均" in texts(made["指標"])
    assert "talk_1" not in " ".join(texts(made["指標"]))
    rows = table(made["データ_指標"])
    assert {row["年度（年）"] for row in rows} == {2025, 2026}
    assert next(r for r in rows if r["指標コード"] == "survey.talk")["値（割合は1が100%）"] == 3.2
    question = next(r for r in rows if r["指標コード"] == "survey.talk_1")["指標"]
    assert "talk_1" not in question and len(question) > len("調査「」の平均"), "a question stands in its own words"


def test_a_mean_near_the_end_of_the_scale_is_told_as_a_bound():
    high = Release(2026, "", {}, {(): {"talk": Figure(9, Fraction(9, 2), 1)}})
    plan = Plan(2026, (Decided("M14", indicator="survey.talk", goals=(Fraction(48, 10),)),))
    said = line(sheets_of(plan=plan, releases=(high,))["進み具合"], "M14")
    assert (said[6], said[8]) == ("4.5以上", None)


def test_every_figure_has_its_definition_and_every_duty_its_sheet():
    made = sheets_of()
    for figure in desk().now.figures:
        assert desk().name(figure.id) in texts(made["指標"]) and desk().about(figure.id) in texts(made["指標"])
    said = texts(made["三者の役割"])
    assert {duty.actor for duty in POLICY.programme.duties} <= set(said) and len({d.actor for d in POLICY.programme.duties}) == 3
    assert "面談シート（部署別）" in said
    assert not [text for text in said if "org_" in text or "survey_" in text]


def test_goals_stand_in_a_table_by_year():
    rows = [row for row in table(sheets_of()["データ_取組"]) if row["番号"] == "M09"]
    assert [(row["目標の年度（年）"], row["目標（割合は1が100%）"]) for row in rows] == [(2025, 0.1), (2026, 0.2), (2029, 1.0)]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_renders_and_names_nobody(language):
    made = programme.book(desk(labels=load_labels(language), releases=(TALK,)), "x.xlsx")
    assert render(made, load_styles()) == render(made, load_styles())
    said = " ".join(text for sheet in made.sheets if isinstance(sheet, Sheet) for text in texts(sheet))
    assert not [person.name for person in staff() if person.name in said]


def test_a_policy_without_a_plan_has_no_measures():
    assert desk(plan=Plan(), policy=replace(POLICY, programme=load_policy("mitaka-transfer")[0].programme)).items == ()


def test_no_word_stands_in_code():
    made = programme.book(desk(labels=LABELS.marked(), releases=(TALK,)), "x.xlsx")
    known = {clause.place for clause in POLICY.clauses.values()} | {"人事課", "市の取組", "P1"}
    known |= {text for m in POLICY.programme.measures for text in (m.id, m.name)}
    known |= {text for d in POLICY.programme.duties for text in (d.actor, d.gist, d.asks)}
    for sheet in made.sheets:
        if not isinstance(sheet, DataSheet):
            assert unbracketed(sheet, known) == [], sheet.name
