"""The training plan and the list of takers: marks with years, counts, what is left out, how wide it may get."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from hrbook.core.judgement import TrainingStatus
from hrbook.core.roster import Employment, Outcome
from hrbook.core.source import Basis
from hrbook.core.training_policy import Target, Window
from hrbook.sheets.department import takers, training
from hrbook.sheets.department.places import TRAINING_ROW
from hrbook.sheets.department.training_blocks import WIDEST, blocks_of, ordered_courses
from hrbook.sheets.paper import capacity
from hrbook.sheets.tally import tally
from tests.sheets.builders import (
    LABELS,
    POLICY,
    at,
    completion,
    employee,
    leave,
    outside,
    reading_of,
    texts,
    unbracketed,
    value_of,
    view_of,
)
from tests.sheets.known import known_words

LEFT = len(training.LEFT)


def april(year):
    return date(year, 4, 1)


def policy_with(**changes):
    """The policy with fields of some courses replaced, by code (with _ for -)."""
    given = {code.replace("_", "-"): fields for code, fields in changes.items()}
    courses = tuple(replace(c, **given.get(c.code, {})) for c in POLICY.training.courses)
    return replace(POLICY, training=replace(POLICY.training, courses=courses))


def plan_of(*people, policy=None, **given):
    if policy is not None:
        given["reading"] = reading_of(policy=policy)
    view = view_of(*people, **given)
    return view, training.sheets(view)


def heads_of(sheet):
    """Column of every course's short name, with the row of its heads: (name, row) -> column."""
    return {c.value: (c.row, c.col) for c in sheet.cells if "th2_vertical" in c.look}


def cell_of(sheets, course, number=0):
    """Text and look of a course for the person on row `number` of its block."""
    for sheet in sheets:
        heads = heads_of(sheet)
        if course in heads:
            row, col = heads[course]
            cell = at(sheet, row + 2 + number, col)
            return value_of(cell), cell.look, cell.note
    raise KeyError(course)


def test_every_status_has_its_mark_and_year():
    people = [
        employee("1", hired=april(2024), completions=(completion("TS-K01", date(2024, 6, 1)),)),
        employee("2", hired=april(2024)),
        employee("3", hired=april(2026)),
    ]
    _, sheets = plan_of(*people)
    assert [cell_of(sheets, "新任研修", n)[0] for n in range(3)] == ["済 R6", "遅 R6", "今 R8"]
    assert [cell_of(sheets, "中堅職員", n)[0] for n in range(3)] == ["予 R11", "予 R11", "予 R13"]
    assert cell_of(sheets, "目標設定")[0] == "未設定"
    assert cell_of(sheets, "新任研修", 1)[1].startswith("chip_overdue")


def test_exempt_deferred_lapsed_and_unclear_have_their_mark():
    people = [
        employee(
            "1",
            title="係長",
            hired=april(2010),
            rank_start=april(2020),
            completions=(completion("TS-T04", date(2020, 6, 1), Outcome.EXEMPT),),
        ),
        employee("2", hired=april(2020), leaves=(leave(april(2026)),)),
        employee("3", hired=None),
    ]
    _, sheets = plan_of(*people)
    assert cell_of(sheets, "コーチング", 0)[0] == "免"
    assert cell_of(sheets, "問題解決", 0)[0] == "経"
    assert cell_of(sheets, "問題解決", 1)[0] == "猶"
    assert cell_of(sheets, "問題解決", 2)[0] == "？"


def test_a_completion_as_lecturer_is_marked():
    policy = policy_with(TS_K01={"lecturer_counts": True})
    person = employee("1", hired=april(2024), completions=(completion("TS-K01", date(2025, 6, 1), Outcome.LECTURER),))
    _, sheets = plan_of(person, policy=policy)
    assert cell_of(sheets, "新任研修")[0] == "講 R7"


def test_a_missing_prerequisite_is_a_note():
    policy = policy_with(TS_K02={"prerequisites": ("TS-K01",)})
    _, sheets = plan_of(employee("1", hired=april(2022)), policy=policy)
    text, _, note = cell_of(sheets, "問題解決")
    assert text == "今 R8" and "新任研修" in note


def test_counts_are_those_of_the_judgements():
    view, sheets = plan_of(*(employee(str(n), hired=april(2021 + n)) for n in range(6)))
    counted = tally(view.people)
    seen = {TrainingStatus.IN_TARGET: 0, TrainingStatus.OVERDUE: 0}
    for sheet in sheets:
        for label, status in (("total_due", TrainingStatus.IN_TARGET), ("total_late", TrainingStatus.OVERDUE)):
            rows = [c.row for c in sheet.cells if c.value == LABELS(f"training.{label}")]
            for row in rows:
                seen[status] += sum(c.value for c in sheet.cells if c.row == row and c.col >= LEFT and c.value)
    assert seen == {status: counted.training[status] for status in seen}
    assert all(seen.values())


def test_the_persons_own_counts_cover_all_courses():
    view, sheets = plan_of(employee("1", hired=april(2024)))
    statuses = [j.result.status for j in view.people[0].trainings.values()]
    wanted = [statuses.count(TrainingStatus.IN_TARGET), statuses.count(TrainingStatus.OVERDUE)]
    for sheet in sheets:
        row = next(c.row for c in sheet.cells if c.value == view.people[0].employee.name)
        assert [at(sheet, row, 3).value, at(sheet, row, 4).value] == wanted


def test_courses_that_concern_nobody_are_left_out_and_named():
    _, sheets = plan_of(employee("1", hired=april(2024)))
    assert "課長新任" not in {name for sheet in sheets for name in heads_of(sheet)}
    note = next(t for t in texts(sheets[0]) if t.startswith("この部署に対象の人がいない研修"))
    assert "課長新任" in note and "新任係長" in note


def test_timings_that_are_not_stated_are_marked_at_the_head():
    policy = policy_with(TC_K02={"timing": Basis.SET_BY_CITY, "targets": (Target(service_year=Window(2, 2)),), "mandatory": True})
    _, sheets = plan_of(employee("1", hired=april(2024)), policy=policy)
    sheet = sheets[0]
    tags = {name: at(sheet, row + 1, col).value for name, (row, col) in heads_of(sheet).items()}
    assert tags["新任職員"] == "推定"
    assert tags["目標設定"] == "義務※"
    assert tags["協働研修"] == "未設定"
    assert not tags.get("問題解決")


@pytest.mark.parametrize("staff", [2, 30])
def test_no_block_is_wider_than_paper_allows(staff):
    titles = ("主事", "係長", "課長", "部長")
    people = [employee(f"{n:02}", hired=april(2026 - n % 12), title=titles[n % 4]) for n in range(staff)]
    _, sheets = plan_of(*people)
    for sheet in sheets:
        assert sum(int(width * 7 + 0.5) + 5 for width in sheet.columns) <= 1260


def test_a_small_department_is_one_page_and_a_big_one_has_a_sheet_a_provider():
    _, small = plan_of(employee("1"), employee("2"))
    assert len(small) == 1 and small[0].page.fit_height == 1
    assert len({row for row, _ in heads_of(small[0]).values()}) == 2
    _, big = plan_of(*(employee(f"{n:02}", hired=april(2020)) for n in range(40)))
    assert [sheet.name for sheet in big] == ["研修計画", "研修計画_研修所"]
    for sheet in big:
        assert sheet.page.repeat_rows == (0, TRAINING_ROW - 1)
        assert sheet.autofilter[2] == TRAINING_ROW + 39
        assert sheet.page.row_breaks


def test_blocks_hold_every_course_once_and_divide_at_providers():
    view = view_of(employee("1"))
    courses = ordered_courses(view)
    blocks = blocks_of(view, courses)
    assert [c for b in blocks for c in b.courses] == list(courses)
    assert [{c.provider for c in b.courses} for b in blocks] == [{"city"}, {"institute"}]
    assert max(len(b.courses) for b in blocks) <= WIDEST
    assert len(blocks_of(view, courses[:WIDEST])) == 1


def test_many_courses_of_one_provider_make_sheets_with_names_of_their_own():
    base = POLICY.training.courses[0]
    many = tuple(replace(base, code=f"X{n:02}", name=f"研修{n}", short="", order=n, targets=(Target(),)) for n in range(45))
    policy = replace(POLICY, training=replace(POLICY.training, courses=many))
    _, sheets = plan_of(*(employee(f"{n:02}") for n in range(9)), policy=policy)
    names = [sheet.name for sheet in sheets]
    assert len(names) == 3 == len({name.casefold() for name in names})
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    shown = [name for sheet in sheets for name in heads_of(sheet)]
    assert len(shown) == 45 == len(set(shown))


def test_a_policy_without_courses_has_no_such_sheets():
    policy = replace(POLICY, training=replace(POLICY.training, courses=()))
    view, sheets = plan_of(employee("1"), policy=policy)
    assert (sheets, takers.sheets(view)) == ((), ())


def test_fiscal_year_staff_stand_there_without_courses():
    regular, other = employee("1"), employee("2", employment=Employment.FISCAL_YEAR)
    view, sheets = plan_of(regular, other)
    row = [p.employee.staff_id for p in view.people].index("2")
    assert {cell_of(sheets, name, row)[0] for name in ("新任研修", "目標設定")} == {"－"}


# who takes what ----------------------------------------------------------------------------------------------


def takers_of(*people, **given):
    view = view_of(*people, **given)
    (sheet,) = takers.sheets(view)
    return view, sheet


def test_takers_are_listed_by_course():
    names = ["青木　一", "井上　二", "上田　三"]
    people = [employee(str(n), name=name, hired=april(2026)) for n, name in enumerate(names)]
    _, sheet = takers_of(*people, employee("9", name="江口　四", hired=april(2024)))
    row = next(c.row for c in sheet.cells if c.value == "新任研修")
    assert at(sheet, row, 6).value == 3 and at(sheet, row, 8).value == 1
    assert at(sheet, row, 7).value == "青木　一、井上　二、上田　三"
    assert at(sheet, row, 9).value == "江口　四"
    assert at(sheet, row, 2).value == "目安"


def test_a_name_is_never_divided_between_lines():
    names = [f"長谷川　愛{n}" for n in range(30)]
    _, sheet = takers_of(*(employee(f"{n:02}", name=name, hired=april(2026)) for n, name in enumerate(names)))
    row = next(c.row for c in sheet.cells if c.value == "新任研修")
    lines = at(sheet, row, 7).value.split("\n")
    assert len(lines) > 3
    assert "、".join(names) == "".join(lines)
    assert all(line.rstrip("、").split("、")[0] in names for line in lines)


def test_pages_of_takers_are_filled_alike_and_the_total_is_never_alone():
    """Of a list that is a little longer than a page, no page has only a row or two."""
    for count in (3, 12, 24, 36):
        _, sheet = takers_of(*(employee(f"{n:02}", hired=april(2026 - n)) for n in range(count)))
        last = max(cell.row for cell in sheet.cells)
        edges = [takers.HEAD + 1, *sheet.page.row_breaks, last + 1]
        rows = [stop - start for start, stop in pairwise(edges)]
        assert len(rows) == 1 or min(rows) > sum(rows) / len(rows) / 2
        above = sum(sheet.heights[row] for row in range(takers.HEAD + 1))
        for start, stop in pairwise(edges):
            assert above + sum(sheet.heights[row] for row in range(start, stop)) <= capacity(sheet.columns, sheet.page)


def test_a_row_of_takers_is_as_tall_as_its_names():
    names = [f"長谷川　愛{n}" for n in range(30)]
    _, sheet = takers_of(*(employee(f"{n:02}", name=name, hired=april(2026)) for n, name in enumerate(names)))
    row = next(c.row for c in sheet.cells if c.value == "新任研修")
    lines = at(sheet, row, 7).value.count("\n") + 1
    assert lines * 11 < sheet.heights[row] < lines * 13 + 6


def test_the_sheets_of_a_big_plan_are_equally_wide_up_to_their_last_course():
    _, sheets = plan_of(*(employee(f"{n:02}", hired=april(2020)) for n in range(40)))
    for sheet in sheets:
        assert max(c.col for c in sheet.cells if c.row == TRAINING_ROW) == len(sheet.columns) - 1
    assert abs(sum(sheets[0].columns) - sum(sheets[1].columns)) < 0.2


def test_very_many_takers_are_counted_at_the_end():
    _, sheet = takers_of(*(employee(f"{n:03}", hired=april(2026)) for n in range(takers.MOST + 5)))
    row = next(c.row for c in sheet.cells if c.value == "新任研修")
    assert at(sheet, row, 7).value.endswith("ほか5人")
    assert at(sheet, row, 6).value == takers.MOST + 5


@pytest.mark.parametrize("part", ["plan", "takers"])
def test_every_word_is_a_label(part):
    policy = policy_with(TS_K02={"prerequisites": ("TS-K01",)}, TS_K03={"mandatory": True})
    people = [
        employee("1", hired=april(2024), completions=(completion("TS-K01", date(2024, 6, 1)),)),
        employee("2", title="係長", hired=april(2010)),
        employee("3", hired=None, title="謎の職"),
    ]
    view = view_of(*people, labels=LABELS.marked(), reading=reading_of(policy=policy))
    for sheet in training.sheets(view) if part == "plan" else takers.sheets(view):
        name = view.people[0].employee.name
        found = unbracketed(sheet, known_words(view.people))
        assert [text for text in found if outside(text.replace(name, "")).strip()] == []
