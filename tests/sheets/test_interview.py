"""The interview form: one sheet of paper a person, two sides, only yellow cells open, no word of health."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from hrbook.core.goals import UnitGoal
from hrbook.core.returned import Entry, Group, Origin
from hrbook.core.roster import Outcome, Score
from hrbook.sheets import form, organisation
from hrbook.sheets.book import DateCheck, ListCheck
from hrbook.sheets.department import interview
from hrbook.sheets.department.places import Places
from hrbook.sheets.paper import capacity, shortened
from hrbook.sheets.view import DepartmentView, View, departments_of
from hrbook.styles import load_styles
from hrbook.textfit import units
from tests.sheets.builders import (
    AS_OF,
    LABELS,
    POLICY,
    RUN,
    assessment_of,
    at,
    completion,
    employee,
    leave,
    order,
    post,
    reading_of,
    ref,
    texts,
    unbracketed,
    value_of,
    view_of,
    wish,
)


def april(year):
    return date(year, 4, 1)


def forms(*people, **given):
    view = view_of(*people, **given)
    (sheet,) = interview.sheets(view)
    return view, sheet


def form_texts(sheet, number=0):
    top = number * form.ROWS
    return [t for row in range(top, top + form.ROWS) for t in texts(sheet, row)]


def test_a_beginning_too_short_to_say_anything_is_left_out():
    """A form that cuts "鷲塚　凪沙さんと話しました" behind the name would name somebody and say nothing."""

    def line(shown):
        return "前回" + "　".join(shown)

    parts = [(lambda text: f"異動：{text}", "希望する"), (lambda text: f"理由：{text}", "鷲塚　凪沙さんと\n話しました")]
    whole = "前回異動：希望する　理由：鷲塚　凪沙さんと 話しました"
    assert shortened(parts, line, 53, "…") == whole
    assert shortened(parts, line, 52, "…") == whole[:-1] + "…"
    for room in range(18, 53):
        text = shortened(parts, line, room, "…")
        assert units(text) <= room + 2 and (text == whole[:9] + "…" or text.index("…") >= whole.index("さんと") + 3)


def test_everybody_but_the_head_has_a_form_where_the_links_lead():
    head = employee("1", title="課長", name="架空　長")
    view, sheet = forms(head, employee("2", name="架空　二"), employee("3", name="架空　三"))
    places = Places(view)
    assert places.interview(view.department.head) is None
    for number, person in enumerate(view.forms):
        link = places.interview(person)
        assert (link.sheet, link.cell) == (sheet.name, f"A{number * form.ROWS + 1}")
        row, col = form.STAFF_ID
        assert at(sheet, number * form.ROWS + row, col).value == person.employee.staff_id
    assert "架空　長" not in texts(sheet)


def test_a_book_with_nobody_but_its_head_has_no_form():
    assert interview.sheets(view_of(employee("1", title="課長"))) == ()


@pytest.mark.parametrize("settings", [{}, {"approvals": {"interview": ("本人", "面談者", "所属長", "人事課")}}])
def test_every_form_is_one_sheet_of_paper_with_two_full_sides(settings):
    people = [
        employee("1"),
        employee("2", (april(2005), "課税課"), (april(2020), "市民課"), hired=april(2005), title="係長", wishes=(wish(),)),
        employee("3", title="参事", hired=None),
        employee("4", hired=None),
        employee("5", title="", hired=april(2026)),
    ]
    _, sheet = forms(*people, reading=reading_of(**settings))
    room = capacity(sheet.columns, sheet.page)
    starts = [number * form.ROWS + side for number in range(len(people)) for side in (0, form.BACK)]
    for first, end in pairwise([*starts, len(people) * form.ROWS]):
        assert 0.9 * room < sum(sheet.heights[row] for row in range(first, end)) <= room
        assert max(sheet.heights[row] for row in range(first, end)) <= 409, "more than Excel takes"
    assert sheet.page.row_breaks == tuple(starts[1:])
    assert not sheet.page.landscape


def test_only_what_is_to_be_filled_in_is_open():
    _, sheet = forms(employee("1", title="主任"))
    styles = load_styles()
    opened = {(c.row, c.col) for c in sheet.every_cell() if styles.look(c.look).unlocked}
    courses = {place for place in opened if form.COURSES <= place[0] < form.COURSES + form.COURSE_ROWS}
    feelings = {place for place in opened if place[0] == form.FEELING}
    scores = {place for place in opened if place[0] in form.SCORE_ROWS.values()}
    fields = {(row, col) for row, col, _ in form.FIELDS.values()}
    assert sheet.protected
    assert opened == courses | feelings | scores | fields
    assert {col for _, col in courses} == {form.COURSE_ANSWER}
    assert len(feelings) == sum("shunin" in a.marks for a in POLICY.competency.abilities)
    assert {(row, col) for row in form.SCORE_ROWS.values() for _, col in feelings} == scores


def test_marks_of_this_rank_and_what_is_new_at_the_next():
    _, sheet = forms(employee("1", title="主任"))
    symbol = {m.id: m.symbols[0] for m in POLICY.competency.marks} | {None: None}
    for place, ability in enumerate(POLICY.competency.abilities):
        assert at(sheet, form.NOW, form.ABILITY_COLUMN + place).value == symbol[ability.marks.get("shunin")]
    new = [a.short for p, a in enumerate(POLICY.competency.abilities) if at(sheet, form.NEXT, form.ABILITY_COLUMN + p).value]
    assert new == ["危機管理", "組織運営", "政策立案", "折衝交渉"]


def test_the_top_rank_has_no_next_one():
    _, sheet = forms(employee("1", title="部長"), employee("2", title="部長"))
    assert at(sheet, form.NEXT, 0).value == LABELS("interview.rank_last")
    assert all(at(sheet, form.NEXT, form.ABILITY_COLUMN + p).value is None for p in range(10))


def test_behaviours_of_the_rank_are_in_our_words():
    _, sheet = forms(employee("1", title="係長"))
    said = "".join(form_texts(sheet))
    for behaviour in POLICY.competency.behaviours:
        assert (behaviour.gist in said) == (behaviour.rank == "kakaricho")


def test_courses_due_come_first_then_late_ones_then_later_ones():
    view, sheet = forms(employee("1", hired=april(2021)))
    chips = [at(sheet, row, 0).value for row in range(form.COURSES, form.COURSES + form.COURSE_ROWS) if _has(sheet, row)]
    codes = [at(sheet, row, form.COURSE_CODE).value for row in range(form.COURSES, form.COURSES + len(chips))]
    order_of = {LABELS(f"status.training.{s}"): n for n, s in enumerate(("in_target", "overdue", "deferred", "upcoming"))}
    assert chips
    assert [order_of[c.split(" ", 1)[1]] for c in chips] == sorted(order_of[c.split(" ", 1)[1]] for c in chips)
    judged = view.forms[0].trainings
    assert all(judged[code].status in ("in_target", "overdue", "deferred", "upcoming") for code in codes)


def _has(sheet, row):
    try:
        return bool(at(sheet, row, 0).value)
    except KeyError:
        return False


def test_more_courses_than_rows_point_at_the_training_plan():
    courses = [replace(c, targets=(replace(c.targets[0], ranks=(), service_year=None),)) for c in POLICY.training.courses]
    every = [replace(c, timing=POLICY.training.courses[0].timing, targets=(type(c.targets[0])(),)) for c in courses]
    policy = replace(POLICY, training=replace(POLICY.training, courses=tuple(every)))
    view, sheet = forms(employee("1"), reading=reading_of(policy=policy))
    due = [j for j in view.forms[0].trainings.values() if j.status in ("in_target", "overdue", "deferred", "upcoming")]
    assert len(due) > form.COURSE_ROWS
    assert at(sheet, form.COURSES_MORE, 0).value == LABELS("interview.more_courses", count=len(due) - form.COURSE_ROWS)


def test_a_person_without_courses_is_told_so():
    done = [completion(c.code, date(2024, 5, 1)) for c in POLICY.training.courses]
    _, sheet = forms(employee("1", completions=tuple(done)))
    assert at(sheet, form.COURSE_HEAD, 0).value == LABELS("interview.no_course")
    assert not any(_has(sheet, row) for row in range(form.COURSES, form.COURSES + form.COURSE_ROWS))


def test_no_two_places_of_a_form_lie_on_one_another():
    taken = [(row, col + n) for row, col, cols in form.FIELDS.values() for n in range(cols)]
    taken += [(row, form.COURSE_ANSWER + n) for row in range(form.COURSES, form.COURSES + form.COURSE_ROWS) for n in (0, 1)]
    taken += [form.STAFF_ID, form.FORM_ID]
    assert len(set(taken)) == len(taken)
    assert all(row < form.ROWS and col < form.COLUMNS for row, col in taken)
    _, sheet = forms(employee("1", title="主任", wishes=(wish(),)), employee("2"))
    covered = [(c.row, c.col + n) for c in sheet.every_cell() for n in range(c.cols)]
    assert len(set(covered)) == len(covered), "cells of the form overlap"


def test_health_stays_out():
    """Neither what is to be considered nor the kind of leave nor the age is on the form."""
    person = employee("1", leaves=(leave(date(2025, 10, 1)),), wishes=(wish(),), birth=date(1987, 5, 1), hired=april(2015))
    _, sheet = forms(person)
    said = "".join(form_texts(sheet))
    assert "通院" not in said
    assert "病気休職" not in said
    assert "38" not in said
    assert "財政課" in said


def test_the_latest_declaration_is_shown():
    _, sheet = forms(employee("1", wishes=(wish(2023, where="課税課"), wish(2025, where="人事課"), wish(2027, where="先の話"))))
    said = at(sheet, form.DECLARED, 0).value
    assert "令和7年度" in said
    assert "人事課" in said
    assert "先の話" not in said


def test_a_long_declaration_is_cut():
    _, sheet = forms(employee("1", wishes=(wish(reason="長い理由" * 80),)))
    assert at(sheet, form.DECLARED, 0).value.endswith("…")


def test_career_verdict_and_last_chance():
    _, sheet = forms(employee("1", (april(2022), "市民課"), hired=april(2022)))
    assert at(sheet, form.STRIP, 0).value == "1 市民課"
    assert at(sheet, form.STRIP, 10).value == "△ 要計画"
    assert "令和12年4月1日" in at(sheet, form.REASON, 0).value


def test_posts_after_the_window_and_announced_ones_are_text():
    moves = ((april(2010), "課税課"), (april(2022), "市民課"))
    _, sheet = forms(employee("1", *moves, hired=april(2010), orders=(order(date(2026, 10, 1), "人事課"),)))
    said = at(sheet, form.LATER, 0).value
    assert "市民課" in said
    assert "R8.10.1 人事課" in said


def test_a_person_outside_the_guide_has_a_grey_strip():
    _, sheet = forms(employee("1", title="係長", hired=april(2020)))
    assert at(sheet, form.STRIP, 0).look.startswith("barg1")


def test_dates_are_limited_to_the_year_and_lists_offered():
    _, sheet = forms(employee("1"))
    talked = next(c for c in sheet.checks if isinstance(c, DateCheck) and c.row == form.FIELDS["talked_on"][0] and c.col == 0)
    assert (talked.first, talked.last) == (date(2026, 4, 1), date(2027, 3, 31))
    answers = next(c for c in sheet.checks if isinstance(c, ListCheck) and c.row == form.COURSES)
    assert answers.items == ("受ける", "調整が必要", "受けない", "受講済み")


def test_seal_boxes_deadline_and_place_come_from_the_settings():
    settings = {"deadline": date(2026, 6, 30), "submit_to": "人事課", "retention": "3年"}
    _, sheet = forms(employee("1"), reading=reading_of(approvals={"interview": ("本人", "所属長")}, **settings))
    assert [at(sheet, form.LABELS, col).value for col in (10, 11)] == ["本人", "所属長"]
    footer = at(sheet, form.FOOTER, 0).value
    assert all(word in footer for word in ("令和8年6月30日", "人事課", "3年"))
    _, plain = forms(employee("1"))
    assert at(plain, form.FOOTER, 0).value == ""


def test_the_form_number_is_the_same_in_every_copy_of_a_run_and_differs_by_person():
    _, one = forms(employee("1"), employee("2"))
    _, again = forms(employee("1"), employee("2"), employee("3"))
    row, col = form.FORM_ID
    assert at(one, row, col).value == at(again, row, col).value
    assert at(one, row, col).value != at(one, form.ROWS + row, col).value
    assert form.form_id(RUN.run_id, "1") in at(one, row, col).value


def test_an_unknown_rank_leaves_the_abilities_out():
    _, sheet = forms(employee("1", title="参事"))
    assert at(sheet, form.ABILITIES, 0).value == LABELS("interview.rank_unknown")
    assert value_of(at(sheet, form.VALUES, 4)) == "参事"


def test_every_look_is_known_and_every_word_comes_from_the_labels():
    people = (
        employee("1", title="主任", wishes=(wish(),)),
        employee("2", title="参事", hired=None),
        employee(
            "3",
            (april(2010), "課税課"),
            (april(2022), "市民課"),
            hired=april(2010),
            completions=(completion("TS-K02", AS_OF, Outcome.EXEMPT),),
        ),
    )
    _, sheet = forms(*people, labels=LABELS.marked())
    styles = load_styles()
    for cell in sheet.every_cell():
        styles.look(cell.look)
    competency, training = POLICY.competency, POLICY.training
    known = {"架空　太郎", "カクウ　タロウ", "参事", "主任", "主事", "市民課", "課税課", "市民生活部市民課"}
    known |= {a.short or a.name for a in competency.abilities} | {word for c in training.courses for word in (c.code, c.name)}
    known |= {a.gist for a in POLICY.attitudes}
    known |= {s.name for s in POLICY.career.stages} | {t.name for t in POLICY.digital.tiers}
    known |= {c.value for c in sheet.every_cell() if c.col == form.KEY_COLUMN}
    assert unbracketed(sheet, known) == []


@pytest.mark.parametrize(("years", "line"), [(8, 7), (10, 9), (15, None)])
def test_the_guides_line_stands_at_the_end_of_the_window(years, line):
    """A window longer than the strip has no line on the form; the rotation sheet shows it whole."""
    _, sheet = forms(employee("1"), reading=reading_of(rotation={"window_years": years}))
    looks = [at(sheet, form.STRIP, col).look for col in range(min(years, form.YEARS_MAX))]
    assert [n for n, look in enumerate(looks) if "guide_line" in look] == ([] if line is None else [line])


# the back ----------------------------------------------------------------------------------------------------------


def unit_goal(text, department="市民課", bureau="市民生活部", year=2026):
    return UnitGoal(year, bureau, department, text, ref(sheet="所属目標"))


def came_back(field, value, year=2025):
    origin = Origin("a.xlsx", "面談シート", "A1", "0", "", "市民生活部/市民課")
    return Entry("1", year, Group.GOAL, field, "", "", value, origin, False)


def back_of(*people, goals=(), **given):
    view = replace(view_of(*people, **given), unit_goals=tuple(goals))
    (sheet,) = interview.sheets(view)
    return sheet


def test_the_departments_goals_stand_above_the_persons_own():
    goals = (
        unit_goal("待ち時間を短くする"),
        unit_goal("手順書をそろえる"),
        unit_goal("部の目標", ""),
        unit_goal("去年の", year=2025),
    )
    said = at(back_of(employee("1"), goals=goals), form.UNIT_GOAL, 0).value
    assert said == "市民課の目標：（1）待ち時間を短くする　（2）手順書をそろえる"
    assert at(back_of(employee("1"), goals=goals[2:]), form.UNIT_GOAL, 0).value == "市民生活部の目標：部の目標"
    assert at(back_of(employee("1")), form.UNIT_GOAL, 0).value == LABELS("interview.goal.no_unit")


def test_the_head_of_a_department_is_shown_the_goals_of_the_bureau():
    people = (employee("1", title="部長", department=""), employee("2", title="課長"))
    sheet = back_of(*people, department="", goals=(unit_goal("課の目標"), unit_goal("部の目標", "")))
    assert at(sheet, form.STAFF_ID[0], form.STAFF_ID[1]).value == "2"
    assert at(sheet, form.UNIT_GOAL, 0).value == "市民生活部の目標：部の目標"


def goals_shown(department, assessment, goals):
    """Staff number -> what the form says of the unit's goals."""
    (sheet,) = interview.sheets(DepartmentView(department, (), assessment.reading, LABELS, RUN, goals))
    people = len(department.people) + len(department.guests) - (department.head is not None)
    tops = [form.ROWS * number for number in range(people)]
    return {at(sheet, top + form.STAFF_ID[0], form.STAFF_ID[1]).value: at(sheet, top + form.UNIT_GOAL, 0).value for top in tops}


def test_a_bureaus_book_shows_everybody_the_goals_of_their_own_department():
    people = (
        employee("1", title="部長", department=""),
        employee("2", title="課長"),
        employee("3"),
        employee("4", department="課税課"),
        employee("5", department="納税課"),
        employee("6", department=""),
    )
    assessment = assessment_of(people)
    (whole,) = departments_of(assessment, by_bureau=True)
    goals = (unit_goal("市民課の"), unit_goal("課税課の", "課税課"), unit_goal("部の", ""), unit_goal("市の", "", ""))
    bureau = "市民生活部の目標：部の"
    assert goals_shown(whole, assessment, goals) == {
        "2": bureau,  # the head of a department works towards what the bureau wants, as in the bureau's own book
        "3": "市民課の目標：市民課の",
        "4": "課税課の目標：課税課の",
        "5": bureau,
        "6": bureau,
    }


def test_heads_with_a_form_in_the_organisations_book_are_shown_the_goals_of_the_next_level():
    elsewhere = replace(employee("2", title="課長"), post=post("危機管理課", "市長公室"))
    people = (employee("1", title="部長", department=""), elsewhere)
    goals = (unit_goal("部の", ""), unit_goal("公室の", "", "市長公室"), unit_goal("市の", "", ""))
    assessment = assessment_of(people)
    assessment = replace(assessment, roster=replace(assessment.roster, unit_goals=goals))
    book = organisation.book(View(assessment, departments_of(assessment), LABELS, RUN), "x.xlsx")
    (sheet,) = (one for one in book.sheets if one.name == LABELS("sheet.interview.name"))
    assert [at(sheet, top + form.UNIT_GOAL, 0).value for top in (0, form.ROWS)] == ["全庁の目標：市の", "市長公室の目標：公室の"]


def test_what_was_set_and_reached_before_is_carried_over():
    told = (
        came_back("plan_1", "目標ア"),
        came_back("mid_1", "途中"),
        came_back("check_1", "できた"),
        came_back("plan_2", "目標イ"),
    )
    told += (came_back("mid_2", "半ばまで"), came_back("plan_1", "昔の", 2023), came_back("plan_1", "今年の", 2026))
    sheet = back_of(employee("1", returned=told))
    assert at(sheet, form.BEFORE, 0).value == "令和7年度の目標1　目標：目標ア　できたこと：できた"
    assert at(sheet, form.BEFORE + 1, 0).value == "令和7年度の目標2　目標：目標イ　できたこと：半ばまで"
    long = back_of(employee("1", returned=(came_back("plan_1", "長い目標" * 80),)))
    assert at(long, form.BEFORE, 0).value.endswith("…")
    assert long.heights[form.BEFORE + 1] < 5, "a goal that was not set leaves no room"


def test_the_scores_of_the_year_before_stand_above_those_to_be_given():
    scores = (Score(2025, "専門能力", 3, None, ref()), Score(2024, "専門能力", 5, 5, ref()), Score(2026, "専門能力", 1, 1, ref()))
    sheet = back_of(employee("1", scores=scores))
    col = form.ABILITY_COLUMN + [a.name for a in POLICY.competency.abilities].index("専門能力")
    assert at(sheet, form.SCORED, col).value == at(sheet, form.ABILITIES, col).value
    assert at(sheet, form.MARKS, col).value == "◎ 33%"
    assert at(sheet, form.SCORES_BEFORE, col).value == "3/－"
    assert "R7" in at(sheet, form.SCORES_BEFORE, 0).value


def test_the_staff_image_and_the_three_attitudes_stand_with_their_clauses():
    sheet = back_of(employee("1"))
    names = texts(sheet, form.ATTITUDES)
    assert names == [f"{a.name}（{POLICY.place(a.clause)}）" for a in POLICY.attitudes]
    assert texts(sheet, form.ATTITUDE_GISTS) == [a.gist for a in POLICY.attitudes]
    assert len(names) == 4


def test_a_policy_without_attitudes_has_no_part_on_them():
    policy = replace(POLICY, attitudes=())
    sheet = back_of(employee("1"), reading=reading_of(policy=policy))
    parts = [value_of(at(sheet, row, 0)) for row in form.HEADINGS if _has(sheet, row)]
    assert [text[0] for text in parts] == list("１２３４５６")
    places = {(c.row, c.col) for c in sheet.every_cell()}
    assert form.FIELDS["attitude_words"][:2] not in places
    room = capacity(sheet.columns, sheet.page)
    assert 0.9 * room < sum(sheet.heights[row] for row in range(form.BACK, form.ROWS)) <= room
