"""The rotation sheet: facts that a head of department reads on it."""

from datetime import date
from itertools import pairwise

import pytest

from hrbook.core.roster import Employment, Nature, OrgRow, Post
from hrbook.core.rotation_policy import Level, Requirement
from hrbook.sheets import paper
from hrbook.sheets.department import rotation
from hrbook.sheets.department.places import ROTATION_ROW
from hrbook.styles import load_styles
from hrbook.textfit import units
from tests.sheets.builders import (
    LABELS,
    at,
    employee,
    leave,
    order,
    reading_of,
    reason,
    ref,
    texts,
    unbracketed,
    value_of,
    view_of,
)

FIRST = rotation.FIRST_YEAR
PIPS, CHANCE, CHIP, REASON = 14, 15, 16, 17


def april(year):
    return date(year, 4, 1)


def sheet_of(*people, **given):
    (sheet,) = rotation.sheets(view_of(*people, **given))
    return sheet


def bar(sheet, year, row=ROTATION_ROW):
    """Look and text of a year of service (1 = the first)."""
    cell = at(sheet, row, FIRST + year - 1)
    return cell.look.split()[0], cell.value


def test_each_year_of_service_has_the_colour_of_its_unit():
    """Worked example D: three units in ten years."""
    moves = ((april(2017), "課税課"), (april(2021), "市民課"), (april(2026), "人事課"))
    person = employee("1", *moves, hired=april(2017), department="人事課")
    sheet = sheet_of(person, department="人事課")
    assert [bar(sheet, year)[0] for year in range(1, 11)] == ["bar1"] * 4 + ["bar2"] * 5 + ["bar3"]
    assert [bar(sheet, year)[1] for year in (1, 2, 5, 6)] == ["1 課税課", None, "2 市民課", None]
    assert at(sheet, ROTATION_ROW, PIPS).value == "●●●"
    assert at(sheet, ROTATION_ROW, CHIP).value == "● 到達"
    assert at(sheet, ROTATION_ROW, CHANCE).value is None


def test_a_name_too_long_for_one_year_keeps_two_letters():
    person = employee("1", (april(2025), "子育て推進課"), (april(2026), "市民課"), hired=april(2025))
    assert bar(sheet_of(person), 1) == ("bar1", "1 子育")


def test_the_guide_is_one_line_and_the_present_another():
    person = employee("1", hired=april(2022))
    sheet = sheet_of(person)
    looks = [at(sheet, ROTATION_ROW, FIRST + n).look for n in range(10)]
    assert [n for n, look in enumerate(looks) if "guide_line" in look] == [9]
    assert [n for n, look in enumerate(looks) if "now_line" in look] == [4]
    assert "guide_line" in at(sheet, ROTATION_ROW - 1, FIRST + 9).look


def test_needs_plan_says_what_is_left_and_until_when():
    """Worked example B."""
    sheet = sheet_of(employee("1", hired=april(2022)))
    assert at(sheet, ROTATION_ROW, PIPS).value == "●○○"
    assert at(sheet, ROTATION_ROW, CHANCE).value == "R12.4.1まで"
    assert value_of(at(sheet, ROTATION_ROW, REASON)).startswith("残り5年・あと2つ")
    assert bar(sheet, 6) == ("bar_empty", "あと2つ")


def test_after_the_window_posts_stand_as_text():
    person = employee("1", (april(2010), "課税課"), (april(2022), "人事課"), (april(2024), "市民課"), hired=april(2010))
    sheet = sheet_of(person)
    assert at(sheet, ROTATION_ROW, FIRST + 10).value == "人事課 → 市民課"
    assert "期間後（R6）に到達" in value_of(at(sheet, ROTATION_ROW, REASON))


def test_a_person_outside_the_guide_is_grey():
    sheet = sheet_of(employee("1", title="係長", hired=april(2015)))
    assert bar(sheet, 1)[0] == "barg1"
    assert at(sheet, ROTATION_ROW, CHIP).value == "－ 対象外"
    assert texts(sheet, 1) == [LABELS("rotation.finding.nobody")]


def test_a_secondment_is_marked():
    away = order(april(2024), "東京都", nature=Nature.SECONDMENT)
    back = order(april(2025), "市民課")
    person = employee("1", (april(2022), "市民課"), hired=april(2022), orders=(away, back))
    sheet = sheet_of(person)
    assert bar(sheet, 3) == ("bar_secondment", "2派東")
    assert bar(sheet, 4) == ("bar1", "市民課")


def test_a_return_keeps_the_colour_of_its_kin_and_has_no_number():
    person = employee("1", (april(2019), "市民課"), (april(2022), "課税課"), (april(2024), "市民課"), hired=april(2019))
    sheet = sheet_of(person)
    assert bar(sheet, 6) == ("bar1", "市民課")


def test_a_rename_opens_no_bar():
    """Worked example F: the new name stands behind the old one."""
    rows = (
        OrgRow("A1", Post("市民生活部", "子育て推進課"), april(2010), date(2022, 3, 31), (), "", "", ref()),
        OrgRow("A2", Post("市民生活部", "子ども政策課"), april(2022), None, ("A1",), "", "", ref()),
        OrgRow("B1", Post("市民生活部", "市民課"), april(2010), None, (), "", "", ref()),
    )
    moves = ((april(2019), "子育て推進課"), (april(2022), "子ども政策課"), (april(2024), "市民課"))
    person = employee("1", *moves, hired=april(2019))
    sheet = sheet_of(person, organisation=rows)
    assert [bar(sheet, year)[0] for year in range(1, 9)] == ["bar1"] * 5 + ["bar2"] * 3
    assert bar(sheet, 1)[1] == "1 子育て推進課→子ども政策課"


def test_a_unit_left_within_the_year_stays_in_sight():
    person = employee("1", (april(2022), "課税課"), (date(2022, 10, 1), "人事課"), (april(2023), "市民課"), hired=april(2022))
    sheet = sheet_of(person)
    assert bar(sheet, 1) == ("bar2", "1→2人")
    assert at(sheet, ROTATION_ROW, PIPS).value == "●●●"


def test_an_unknown_beginning_is_shown_and_its_months_are_named():
    person = employee("1", (april(2024), "市民課"), hired=april(2020))
    sheet = sheet_of(person)
    assert bar(sheet, 1) == ("bar_unknown", "？")
    assert at(sheet, ROTATION_ROW, CHIP).value == "？ 判定不能"
    assert "R2.4.1〜R6.3.31" in value_of(at(sheet, ROTATION_ROW, REASON))


def test_a_reason_on_record_says_what_it_stands_in_for():
    sheet = sheet_of(employee("1", hired=april(2022), reasons=(reason(),)))
    text = value_of(at(sheet, ROTATION_ROW, REASON))
    assert at(sheet, ROTATION_ROW, CHIP).value == "◇ 理由あり"
    assert "大規模な計画の担当を続けるため" in text
    assert "登録がなければ要計画" in text


def test_the_reading_on_which_it_turns_is_named():
    person = employee("1", hired=april(2022))
    turned = dict(view_of(person).people[0].rotation.result.turns_on)
    assert turned["window_years=11"] == "on_track"
    assert value_of(at(sheet_of(person), ROTATION_ROW, REASON)).endswith("\n※11年→順調")


def test_a_row_is_as_tall_as_what_it_says():
    """Two lines of a reason and one on readings need more than the height that fills the page."""
    talkative = employee("1", hired=april(2022), reasons=(reason(),))
    sheet = sheet_of(talkative, *[employee(str(number), hired=april(2026)) for number in range(2, 21)])
    said = value_of(at(sheet, ROTATION_ROW, REASON))
    room = paper.room_for(paper.pixels(rotation.REASON), rotation.SAID)
    lines = sum(-(-units(line) // room) for line in said.split("\n"))
    height, *others = (sheet.heights[ROTATION_ROW + row] for row in range(20))
    assert lines == 4 and height >= lines * 11.5 > max(others)


def test_a_window_before_the_policy_is_for_reference():
    person = employee("1", (april(2005), "市民課"), hired=april(2005), title="主任")
    sheet = sheet_of(person, reading=reading_of(policy_effective_from=april(2020)))
    assert value_of(at(sheet, ROTATION_ROW, REASON)).startswith("参考：")


def test_an_announced_order_is_shown_and_counts_for_nothing():
    """Worked example E."""
    moves = ((april(2016), "課税課"), (april(2020), "市民課"))
    person = employee("1", *moves, hired=april(2016), orders=(order(april(2027), "人事課"),))
    sheet = sheet_of(person)
    assert "内示 R9.4.1 人事課" in at(sheet, ROTATION_ROW, FIRST + 10).value
    assert at(sheet, ROTATION_ROW, CHIP).value == "▼ 未到達"


def test_the_finding_counts_everybody_inside_and_names_at_most_three():
    people = [employee(str(n), name=f"架空　{n}", hired=april(2022)) for n in range(1, 6)]
    people.append(employee("9", name="対象外", employment=Employment.FISCAL_YEAR))
    (said,) = texts(sheet_of(*people), 1)
    assert "目安の対象5人のうち、要計画5人" in said
    assert said.count("さん") == 3
    assert "ほか2人" in said


def test_out_of_reach_is_named_before_needs_plan():
    late = employee("2", (april(2017), "課税課"), (april(2021), "市民課"), name="架空　遅", hired=april(2017))
    (said,) = texts(sheet_of(employee("1", name="架空　早", hired=april(2022)), late), 1)
    assert said.index("架空　遅") < said.index("架空　早")


def test_the_reading_stands_under_the_table_with_the_caveat():
    sheet = sheet_of(employee("1"), reading=reading_of(rotation={"window_years": 8, "min_stay_months": 6}))
    everything = "\n".join(texts(sheet))
    assert "入庁から8年の間に課を3つ以上" in everything
    assert "6か月以上の配属だけ数える" in everything
    assert "人事配置や異動の決まりではない" in everything
    assert "guide_line" in at(sheet, ROTATION_ROW, FIRST + 7).look


def test_an_extended_window_has_its_own_line():
    away = employee("1", hired=april(2020), leaves=(leave(april(2021), date(2023, 3, 31)),))
    sheet = sheet_of(away, employee("2"), reading=reading_of(rotation={"leave_extends_window": True}))
    by_service = {at(sheet, r, 2).value: r for r in (ROTATION_ROW, ROTATION_ROW + 1)}
    assert "guide_line" in at(sheet, by_service[7], FIRST + 11).look
    assert "guide_line" in at(sheet, by_service[5], FIRST + 9).look


@pytest.mark.parametrize("count", [1, 13, 40, 90])
def test_pages_end_between_people_and_the_legend_is_never_alone(count):
    view = view_of(*(employee(f"{n:03}", name=f"架空　{n}") for n in range(count)))
    (sheet,) = rotation.sheets(view)
    last = ROTATION_ROW + count
    assert all(ROTATION_ROW < start < last for start in sheet.page.row_breaks)
    starts = [ROTATION_ROW, *sheet.page.row_breaks, last]
    on_pages = [after - before for before, after in pairwise(starts)]
    assert max(on_pages) - min(on_pages) <= 4  # the legend takes the room of three or four people


def test_every_look_is_known_and_every_word_comes_from_the_labels():
    people = (
        employee("1", title="係長", hired=april(2015)),
        employee("2", (april(2024), "市民課"), hired=april(2020)),
        employee("3", hired=april(2022), reasons=(reason(),)),
        employee("4", hired=None),
    )
    (sheet,) = rotation.sheets(view_of(*people, labels=LABELS.marked()))
    styles = load_styles()
    for cell in sheet.cells:
        styles.look(cell.look)
    known = {"架空　太郎", "主事", "係長", "市民課"}
    assert unbracketed(sheet, known) == []


def test_two_requirements_stand_side_by_side():
    asked = (Requirement(Level.DEPARTMENT, 3), Requirement(Level.BUREAU, 2))
    person = employee("1", (april(2022), "課税課"), (april(2024), "市民課"), hired=april(2022))
    sheet = sheet_of(person, reading=reading_of(rotation={"requirements": asked}))
    assert sorted(at(sheet, ROTATION_ROW, PIPS).value.split()) == ["●○", "●●○"]
    assert "課1つ" in value_of(at(sheet, ROTATION_ROW, REASON))
    assert "部1つ" in value_of(at(sheet, ROTATION_ROW, REASON))
    assert "課を3つ以上・部を2つ以上" in at(sheet, ROTATION_ROW - 2, FIRST).value


def test_many_units_stand_as_a_number():
    sheet = sheet_of(employee("1"), reading=reading_of(rotation={"requirements": (Requirement(Level.DEPARTMENT, 7),)}))
    assert at(sheet, ROTATION_ROW, PIPS).value == "1／7"


def test_notes_wrap_inside_the_printed_area():
    wordy = reading_of(rotation={"excluded_job_families": tuple(f"専門職{n}" for n in range(40))})
    short, long = sheet_of(employee("1")), sheet_of(employee("1"), reading=wordy)
    for sheet in (short, long):
        assert sheet.page.area == (0, 0, max(c.row for c in sheet.cells), len(sheet.columns) - 1)
    assert sum(long.heights.values()) > sum(short.heights.values())
