"""The staff list: one row a person, dates that stay dates, links that meet their cells."""

from dataclasses import replace
from datetime import date

from hrbook.core.judgement import TrainingStatus
from hrbook.sheets.book import Formula
from hrbook.sheets.department import staff, training
from hrbook.sheets.department.places import FORM_ROWS, STAFF_ROW, Places
from hrbook.sheets.view import DepartmentView, departments_of
from tests.sheets.builders import (
    LABELS,
    RUN,
    assessment_of,
    at,
    employee,
    leave,
    order,
    post,
    texts,
    unbracketed,
    value_of,
    view_of,
)
from tests.sheets.known import known_words


def april(year):
    return date(year, 4, 1)


HEAD = employee("01", name="課長　花子", title="課長", hired=april(2000), rank_start=april(2024))
ONE = employee("11", name="髙橋　一郎", hired=april(2019))
TWO = replace(employee("12", name="渡邉　二郎", hired=april(2022)), post=post(section="窓口係"))


def sheet_of(*people, **given):
    view = view_of(*people, **given)
    (sheet,) = staff.sheets(view)
    return view, sheet


def column(sheet, name):
    heads = {c.value: c.col for c in sheet.cells if c.row == STAFF_ROW - 1}
    return heads[LABELS(f"staff.column.{name}")]


def values(sheet, name, count):
    col = column(sheet, name)
    return [value_of(at(sheet, STAFF_ROW + n, col)) for n in range(count)]


def test_high_ranks_first_then_long_service():
    _, sheet = sheet_of(TWO, HEAD, ONE)
    assert values(sheet, "name", 3) == ["課長　花子", "髙橋　一郎", "渡邉　二郎"]
    assert values(sheet, "service", 3) == [27, 8, 5]
    assert values(sheet, "section", 3) == ["－", "－", "窓口係"]


def test_dates_stay_dates():
    _, sheet = sheet_of(ONE, employee("13", hired=None))
    assert values(sheet, "hired", 2) == [date(2019, 4, 1), "不明"]
    assert "era_date" in at(sheet, STAFF_ROW, column(sheet, "hired")).look


def test_the_filter_covers_people_and_heads_and_leaves_the_totals_out():
    _, sheet = sheet_of(HEAD, ONE, TWO)
    assert sheet.autofilter == (STAFF_ROW - 1, 0, STAFF_ROW + 2, len(sheet.columns) - 1)
    assert sheet.freeze == (STAFF_ROW, 2)
    assert sheet.page.repeat_rows == (0, STAFF_ROW - 1)


def test_totals_are_live_and_agree_with_the_judgements():
    view, sheet = sheet_of(HEAD, ONE, TWO)
    due = at(sheet, STAFF_ROW + 3, column(sheet, "due")).value
    assert isinstance(due, Formula) and due.text.startswith("SUBTOTAL(109,")
    wanted = sum(j.result.status is TrainingStatus.IN_TARGET for p in view.people for j in p.trainings.values())
    assert due.value == wanted > 0
    letter = due.text[len("SUBTOTAL(109,")]
    assert "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) == column(sheet, "due")


def test_verdicts_are_chips_with_mark_and_word():
    _, sheet = sheet_of(HEAD, TWO)
    assert values(sheet, "rotation", 2) == ["－ 対象外", "△ 要計画"]
    assert at(sheet, STAFF_ROW + 1, column(sheet, "rotation")).look == "chip_needs_plan"


def test_remarks_say_leave_and_known_future_orders():
    away = employee("14", hired=april(2019), leaves=(leave(april(2025)),))
    going = employee("15", hired=april(2020), orders=(order(date(2026, 7, 1), "財政課", row=9),))
    _, sheet = sheet_of(away, going)
    assert values(sheet, "remark", 2) == ["休業中", "R8.7.1異動予定"]
    assert "うち休業中1人" in texts(sheet, 1)[0]


def test_the_heads_form_is_said_to_stand_elsewhere():
    _, sheet = sheet_of(HEAD, ONE, TWO)
    assert values(sheet, "form", 3) == ["上位へ", "開く", "開く"]
    links = [at(sheet, STAFF_ROW + n, column(sheet, "form")).link for n in range(3)]
    assert links[0] is None
    assert [link.cell for link in links[1:]] == ["A1", f"A{FORM_ROWS + 1}"]


def test_places_meet_the_names():
    view, sheet = sheet_of(HEAD, ONE, TWO)
    places = Places(view)
    plan = training.sheets(view)[0]
    for person in view.people:
        for link, where in ((places.staff(person), sheet), (places.training(person), plan)):
            assert link.sheet == where.name
            row, col = int(link.cell[1:]) - 1, "ABC".index(link.cell[0])
            assert value_of(at(where, row, col)) == person.employee.name


def test_few_people_get_air_and_many_fill_their_pages():
    _, few = sheet_of(ONE)
    _, many = sheet_of(*(employee(f"5{n:02}", hired=april(2020)) for n in range(90)))
    assert few.heights[STAFF_ROW] == staff.HIGH
    assert staff.LOW <= many.heights[STAFF_ROW] <= staff.HIGH
    breaks = many.page.row_breaks
    sizes = [b - a for a, b in zip((STAFF_ROW, *breaks), (*breaks, STAFF_ROW + 90), strict=True)]
    assert len(sizes) >= 3 and max(sizes) - min(sizes) <= 3


def test_the_book_of_a_whole_bureau_says_the_department_too():
    assessment = assessment_of([HEAD, TWO])
    (whole,) = departments_of(assessment, by_bureau=True)
    (sheet,) = staff.sheets(DepartmentView(whole, (), assessment.reading, LABELS, RUN))
    assert values(sheet, "place", 2) == ["市民課", "市民課　窓口係"]


def test_every_word_is_a_label():
    away = employee("14", hired=april(2019), leaves=(leave(april(2025)),))
    view, sheet = sheet_of(HEAD, ONE, TWO, away, employee("13", hired=None, title="謎の職"), labels=LABELS.marked())
    assert unbracketed(sheet, known_words(view.people)) == []
