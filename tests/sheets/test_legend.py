"""The legend: why the book says what it says, on at most three pages without a heading alone."""

from dataclasses import replace
from itertools import pairwise

import pytest

from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.core.reading import SettingValue
from hrbook.core.source import Basis, Cell
from hrbook.sheets.department import legend
from hrbook.sheets.marks import load_marks
from hrbook.sheets.paper import capacity, kept_together
from hrbook.sheets.setting_words import setting_words
from hrbook.styles import load_styles
from hrbook.words import load_labels
from tests.sheets.builders import LABELS, POLICY, RUN, employee, reading_of, texts, unbracketed, view_of

VALUES = (
    SettingValue("rotation.window_years", "8", "10", True, Cell("settings.xlsx", "基準", "C6", 8, "8")),
    SettingValue("rotation.minimum", "3", "3", False, None),
    SettingValue("step_down.age", "60", "60", True, Cell("settings.xlsx", "基準", "C13", 60, "60")),
)


def sheet_of(**given):
    (sheet,) = legend.sheets(view_of(employee("1"), reading=reading_of(**given)))
    return sheet


def test_every_status_is_explained():
    said = texts(sheet_of())
    marks = load_marks(LABELS)
    for status in RotationStatus:
        assert marks.rotation[status].text in said
        assert LABELS(f"legend.rotation.{status.value}") in said
    for status in TrainingStatus:
        assert marks.training[status].text in said
        assert LABELS(f"legend.training.{status.value}") in said


def test_rules_name_their_place_in_the_policy():
    said = texts(sheet_of())
    for clause in (POLICY.rotation.clause, POLICY.competency.clause, POLICY.training.clause, POLICY.digital.clause):
        assert POLICY.place(clause) in said


def test_the_reading_of_the_guide_is_said_to_be_the_citys_only_where_it_is():
    def bases(**given):
        sheet = sheet_of(**given)
        row = next(c.row for c in sheet.cells if c.value == LABELS("legend.rule.units"))
        return texts(sheet, row)[-1]

    assert bases(values=VALUES) == "市の設定"
    assert bases() == "推定"


def test_points_are_those_of_the_reading():
    said = "\n".join(texts(sheet_of(points={"especially": 5, "required": 2})))
    assert "◎5点" in said
    assert "〇2点" in said


def test_every_setting_stands_with_value_default_and_cell():
    said = texts(sheet_of(values=VALUES))
    for word in ("8", "10", "基準!C6", "基準!C13", LABELS("legend.default")):
        assert word in said
    assert "rotation.window_years" not in said
    assert "市の設定2項目" in said[2]


def test_a_value_unlike_its_default_is_bold():
    sheet = sheet_of(values=VALUES)
    looks = {c.value: c.look for c in sheet.cells if c.value in ("8", "60")}
    assert "bold" in looks["8"]
    assert "bold" not in looks["60"]


def test_without_settings_the_reading_is_said_in_words():
    said = "\n".join(texts(sheet_of()))
    assert "入庁から10年の間に課を3つ以上" in said


def test_every_doubt_of_the_policy_is_listed():
    said = texts(sheet_of())
    for doubt in POLICY.doubts:
        assert doubt.text in said
        assert doubt.read_as in said


def test_courses_without_a_stated_timing_are_listed_by_basis():
    said = "\n".join(texts(sheet_of()))
    for course in POLICY.training.courses:
        listed = LABELS("legend.course", name=course.name, code=course.code) in said
        assert listed == (course.timing is not Basis.STATED)


def test_sources_carry_their_fingerprint():
    said = "\n".join(texts(sheet_of()))
    for digest in (RUN.roster_sha256, RUN.settings_sha256, RUN.policy_sha256, RUN.run_id):
        assert digest[:16] in said
        assert digest not in said
    assert RUN.version in said


@pytest.mark.parametrize("values", [(), VALUES, VALUES * 8])
def test_at_most_three_pages_and_no_heading_alone(values):
    sheet = sheet_of(values=values)
    assert len(sheet.page.row_breaks) <= 2
    for start in sheet.page.row_breaks:
        above = [c.look for c in sheet.cells if c.row == start - 1]
        assert not any(look.startswith(("h2", "th")) for look in above)
    edges = [3, *sheet.page.row_breaks, max(sheet.heights) + 1]
    room = capacity(sheet.columns, sheet.page) - legend.TOP
    assert all(sum(sheet.heights[r] for r in range(a, b)) <= room for a, b in pairwise(edges))


def test_rows_that_stay_together_move_together():
    rows = [(10.0, False)] * 3 + [(10.0, True), (10.0, True), (10.0, False)]
    assert kept_together(rows, 45.0) == (3,)
    assert kept_together([(10.0, True)] * 9, 45.0) == (4, 8), "a chain longer than a page is broken where it must"


def test_every_look_is_known_and_every_word_comes_from_the_labels():
    reading = reading_of(values=VALUES, policy=replace(POLICY, doubts=()))
    (sheet,) = legend.sheets(view_of(employee("1"), labels=LABELS.marked(), reading=reading))
    styles = load_styles()
    for cell in sheet.cells:
        styles.look(cell.look)
    names = {"ローテーションの期間", "経験する部署の数", "役職定年の年齢"}
    places = {clause.place for clause in POLICY.clauses.values()}
    assert unbracketed(sheet, names | places | {RUN.settings_file}) == []


def test_every_setting_has_its_words_in_both_languages():
    for language in ("ja", "en"):
        words = setting_words(load_labels(language))
        assert {v for pair in words.values() for v in pair if not v.strip()} == set()
        assert len({name for name, _ in words.values()}) == len(words)
    assert all(text.isascii() for pair in setting_words(load_labels("en")).values() for text in pair)
