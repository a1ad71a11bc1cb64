"""Scores and goals over the years: a person's own course in the department's book, never a place among people; groups, never
people, in the organisation's book."""

import re
from dataclasses import replace
from datetime import date

import pytest

from hrbook.core.returned import Entry, Group, Origin
from hrbook.core.roster import Score
from hrbook.sheets import organisation
from hrbook.sheets.department import growth_course
from hrbook.styles import load_styles
from tests.sheets.builders import LABELS, at, employee, ref, texts, unbracketed, value_of, view_of
from tests.sheets.whole import whole_view

MEANS = re.compile(r"\d\.\d（[+-]\d")
NAMES = ("職務遂行能力", "課題発見能力", "専門能力")  # what a clerk's rank weighs


def scores(*given, year=2025):
    """The three scores of a clerk (own, manager), ability by ability."""
    return tuple(
        Score(year, ability, own, manager, ref(sheet="評価")) for ability, (own, manager) in zip(NAMES, given, strict=False)
    )


def clerk(staff_id, *given, earlier=(), **more):
    name = more.pop("name", f"架空　{staff_id}")
    return employee(staff_id, name=name, scores=(*scores(*earlier, year=2024), *scores(*given)), **more)


def course(*people):
    view = view_of(*people)
    return growth_course.sheets(view)[0]


def entry(field, value, year=2025):
    return Entry(
        "1", year, Group.GOAL, field, "", "", value, Origin("a.xlsx", "面談シート", "A1", "0", "", "市民生活部/市民課"), False
    )


def org(*people):
    sheets = organisation.book(whole_view(people), "x.xlsx").sheets
    return next((sheet for sheet in sheets if sheet.name == LABELS("sheet.org_ability_gaps.name")), None)


def test_a_persons_course_stands_by_ability_and_year():
    sheet = course(clerk("1", (3, 2), (2, 4), (5, 3), earlier=((2, 2),)))
    body, first = growth_course.BODY, len(growth_course.WIDTHS)
    assert [at(sheet, growth_course.HEAD, first + col).value for col in (0, 2)] == ["R6", "R7"]
    assert [at(sheet, body + n, 3).value for n in range(3)] == list(NAMES)
    assert [at(sheet, body, first + col).value for col in range(4)] == [2, 2, 3, 2]
    assert [at(sheet, body + n, first + 4).value for n in range(3)] == [1, -2, 2]
    assert at(sheet, body, first + 5).value == 1.0, "a third of the weight, three steps to the end"
    assert at(sheet, body + 3, 3).value == LABELS("growth_course.mean")
    assert value_of(at(sheet, 1, 0)) == LABELS("growth_course.finding", people=1, scored=1, far=1, steps=2)


def test_nobody_is_ranked():
    """Whatever the scores, people stand where the staff list has them, and no number says a place."""
    given = [((5, 5),) * 3, ((1, 1),) * 3, ((3, 4),) * 3, ()]
    orders = set()
    for turn in range(4):
        people = [clerk(str(n), *given[(n + turn) % 4]) for n in range(4)]
        view = view_of(*people)
        (sheet,) = growth_course.sheets(view)
        listed = [c.value for c in sheet.cells if c.col == 0 and c.row >= growth_course.BODY and c.look.startswith("staff_id")]
        assert listed == [p.employee.staff_id for p in view.forms]
        orders.add(tuple(listed))
        assert sheet.autofilter is None
        assert not any("順位" in text or text.endswith("位") for text in texts(sheet))
        heads = [at(sheet, growth_course.HEAD, col).value for col in range(len(growth_course.WIDTHS))]
        assert heads == [LABELS(f"growth_course.{key}") for key in ("staff_id", "name", "rank", "ability", "weight")]
    assert len(orders) == 1


def test_somebody_without_scores_has_a_row_and_a_book_without_any_no_sheet():
    sheet = course(clerk("1", (3, 3)), clerk("2"))
    assert LABELS("growth_course.none") in texts(sheet)
    assert growth_course.sheets(view_of(clerk("1"))) == ()


def test_the_head_and_their_own_scores_are_not_in_the_book():
    head = employee("9", title="課長", name="架空　長", scores=scores((5, 5)))
    sheet = course(head, clerk("1", (3, 3)))
    assert "架空　長" not in texts(sheet)


def test_goals_of_earlier_years_stand_by_person_the_latest_first():
    told = (
        entry("plan_1", "目標ア"),
        entry("check_1", "できた"),
        entry("plan_1", "前の目標", 2024),
        entry("plan_2", "今年の", 2026),
    )
    view = view_of(employee("1", returned=told), employee("2"))
    (sheet,) = growth_course.sheets(view)
    rows = [texts(sheet, row) for row in range(growth_course.BODY - 1, growth_course.BODY + 1)]
    assert rows == [["1", "架空　太郎", "R7　1", "目標ア", "できた"], ["R6　1", "前の目標"]]
    assert value_of(at(sheet, 1, 0)) == LABELS("growth_course.goals_finding", people=1, of=2, years=2)


def test_every_look_is_known_and_every_word_comes_from_the_labels():
    view = view_of(
        clerk("1", (3, 2), (5, 2), earlier=((2, 2),), returned=(entry("plan_1", "あ"),)), clerk("2"), labels=LABELS.marked()
    )
    known = {"架空　1", "架空　2", "主事", "あ", "K", *NAMES}
    for sheet in growth_course.sheets(view):
        for cell in sheet.cells:
            load_styles().look(cell.look)
        assert unbracketed(sheet, known) == []


# the organisation's book -------------------------------------------------------------------------------------------


def test_groups_are_shown_and_no_person_is_named():
    people = [clerk(f"{n}", (2, 3), (3, 3), (4, 3), name=f"架空　氏{n}") for n in range(7)]
    sheet = org(*people)
    told = texts(sheet)
    assert any("3.0（-1.0）" in text for text in told)
    assert not any(person.name in text for person in people for text in told)


@pytest.mark.parametrize("count", [1, 4])
def test_a_small_group_is_not_shown(count):
    people = [clerk(f"{n}", (2, 3)) for n in range(count)]
    sheet = org(*people)
    assert not any(MEANS.search(text) for text in texts(sheet))
    assert value_of(at(sheet, 1, 0)) == LABELS("org.ability_gaps.finding_none", year="令和7年度")


def test_a_small_department_is_hidden_with_the_one_beside_it():
    people = [clerk(f"a{n}", (2, 3)) for n in range(8)] + [clerk(f"b{n}", (4, 3), department="課税課") for n in range(2)]
    sheet = org(*people)
    rows = {value_of(at(sheet, c.row, 1)): texts(sheet, c.row) for c in sheet.cells if c.col == 1 and c.row > 4 and c.value}
    for department in ("市民課", "課税課"):
        assert not any(MEANS.search(text) for text in rows[department])
    assert MEANS.search("".join(texts(sheet, 4))), "the whole is shown"


def test_scores_at_the_end_of_the_scale_are_told_only_roughly():
    sheet = org(*[clerk(f"{n}", (5, 5)) for n in range(9)])
    told = "".join(texts(sheet))
    assert LABELS("org.ability_gaps.high", mean="4.5") in told
    assert "5.0" not in "".join(text for row in range(1, 12) for text in texts(sheet, row))


def test_without_scores_there_is_no_sheet():
    assert org(clerk("1")) is None
    assert org(employee("1", scores=(replace(scores((3, None))[0]),), hired=date(2020, 4, 1))) is None
