"""OJT and learning on the sheets: what a department may see of a trainer from outside, what HR sees, what the form says."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from hrbook.core.learning_policy import OjtReading
from hrbook.core.roster import Presence, Qualification, Trainer
from hrbook.excel.writer import render
from hrbook.guard.found import Kind
from hrbook.guard.leak import opened
from hrbook.guard.public import guard_of
from hrbook.sheets import department, form, organisation
from hrbook.sheets.book import ListCheck
from hrbook.sheets.department import cover, interview, ojt
from hrbook.sheets.department.contents import held
from hrbook.sheets.form_editions import LAYOUTS
from hrbook.sheets.ojt_words import OjtWords
from hrbook.sheets.paper import capacity
from hrbook.sheets.view import DepartmentView, View, departments_of
from hrbook.styles import load_styles
from tests.core.test_learning import learnt
from tests.sheets.builders import (
    LABELS,
    POLICY,
    RUN,
    assessment_of,
    at,
    employee,
    reading_of,
    ref,
    texts,
    unbracketed,
    value_of,
    view_of,
    wish,
)
from tests.sheets.known import known_words

ASKED = OjtReading(newcomer_years=1, same_department=True, trainer_ranks=("shunin",), newcomers_most=2)
NEW = date(2026, 4, 1)
HEAD = employee("10001", name="海原　課長", title="課長", hired=date(1995, 4, 1))
INSIDE = employee("10002", name="山城　先輩", kana="ヤマシロ　センパイ", title="主任", hired=date(2014, 4, 1))
OUTSIDE = employee("77123", name="鷲塚　凪沙", kana="ワシヅカ　ナギサ", title="主事", hired=date(2019, 4, 1), department="人事課")


def new(staff_id, name, *trainers):
    rows = tuple(Trainer(t, NEW, date(2027, 3, 31), ref(4, "OJT担当")) for t in trainers)
    return employee(staff_id, name=name, hired=NEW, trainers=rows)


PEOPLE = (
    HEAD,
    INSIDE,
    OUTSIDE,
    new("20001", "若竹　一", "10002"),
    new("20002", "若竹　二", "77123"),
    new("20003", "若竹　三"),
    replace(new("30001", "外山　新", "10002"), post=OUTSIDE.post),
)


def said(sheet):
    return "\n".join(texts(sheet))


def department_sheet(*people, **given):
    (sheet,) = ojt.sheets(view_of(*people, reading=reading_of(ojt=ASKED), **given))
    return sheet


def row_of(sheet, staff_id):
    """The texts of the first row that stands for somebody."""
    row = min(c.row for c in sheet.cells if value_of(c) == staff_id)
    return [value_of(c) for c in sorted(sheet.cells, key=lambda c: c.col) if c.row == row]


def test_each_newcomer_stands_with_the_reason_those_without_a_trainer_first():
    sheet = department_sheet(*PEOPLE)
    assert row_of(sheet, "20001")[4:] == ["● 担当あり", "山城　先輩", "R8.4.1～R9.3.31", "設定の条件を満たしています"]
    assert row_of(sheet, "20003")[4] == "！ 担当なし"
    rows = {value_of(c): c.row for c in sheet.cells if c.col == 0}
    assert rows["20003"] < rows["20002"] < rows["20001"]
    assert "トレーナーの決まっていない人が1人、条件を確かめたい組のある人が1人" in said(sheet)


def test_of_a_trainer_from_outside_only_the_department_is_told():
    row = row_of(department_sheet(*PEOPLE), "20002")
    assert row[4:6] == ["△ 確かめる", "他の所属の職員（人事課）"]
    assert row[7] == "設定の条件について、人事担当に確かめてください"  # not which condition the outsider misses


RETIRED = employee(
    "88001",
    name="磯部　退",
    kana="イソベ　タイ",
    title="主任",
    hired=date(1990, 4, 1),
    left=date(2026, 3, 31),
    presence=Presence.GONE,
)
WITH_RETIRED = (*PEOPLE, new("20004", "若竹　四", "88001"))


def test_of_a_trainer_who_is_gone_the_department_is_told_just_that():
    sheet = department_sheet(*WITH_RETIRED, RETIRED)
    assert row_of(sheet, "20004")[4:6] == ["△ 確かめる", "この課にいない職員"]
    assert row_of(sheet, "20004")[7] == "トレーナーが在職していません"
    assert row_of(sheet, "20002")[7] == "設定の条件について、人事担当に確かめてください", "of who is there, still nothing"
    assert not {"88001", "77123"} & set(texts(sheet)) and "磯部" not in said(sheet) and "鷲塚" not in said(sheet)


def test_hr_is_told_who_is_gone_and_a_newcomer_of_theirs_is_not_trained_elsewhere():
    assessment = assessment_of((*WITH_RETIRED, RETIRED), reading_of(ojt=ASKED))
    book = organisation.book(View(assessment, departments_of(assessment), LABELS, RUN), "x.xlsx")
    listed = next(s for s in book.sheets if s.name == "OJT_新任者")
    row = row_of(listed, "20004")
    assert row[7:10] == ["88001", "磯部　退", "市民課"]
    assert row[11] == "トレーナーが在職していません"
    counts = next(s for s in book.sheets if s.name == "OJT")
    here = next(c.row for c in counts.cells if c.col == 1 and value_of(c) == "市民課")
    assert [value_of(at(counts, here, col)) for col in (2, 8)] == [4, 1]  # newcomers, and those trained by somebody elsewhere


def test_hr_sees_who_needs_a_look_first_like_the_department():
    assessment = assessment_of(PEOPLE, reading_of(ojt=ASKED))
    book = organisation.book(View(assessment, departments_of(assessment), LABELS, RUN), "x.xlsx")
    listed = next(s for s in book.sheets if s.name == "OJT_新任者")
    assert [texts(listed, row)[3] for row in range(4, 8)] == ["20003", "30001", "20002", "20001"]


def test_a_trainer_sees_the_own_newcomers_by_name_and_others_by_number():
    assert row_of(department_sheet(*PEOPLE), "10002")[-2:] == [2, "若竹　一、他の所属の新任者 1人"]


@pytest.fixture(scope="module")
def whole():
    assessment = assessment_of(PEOPLE, reading_of(ojt=ASKED))
    departments = departments_of(assessment)
    return assessment, departments


def test_the_finished_book_names_no_outsider_and_the_guard_would_see_one(whole):
    assessment, departments = whole
    guard = guard_of(assessment, departments, LABELS, RUN)
    here = next(d for d in departments if d.department == "市民課")
    readers = tuple(p.employee for p in here.people)
    book = department.book(DepartmentView(here, (), assessment.reading, LABELS, RUN), "x.xlsx")
    data = render(book, load_styles())
    assert guard.check(opened(data), readers) == ()
    sheet = next(s for s in book.sheets if s.name == "OJT・自己啓発")
    cells = tuple(c._replace(value="鷲塚　凪沙") if value_of(c) == "他の所属の職員（人事課）" else c for c in sheet.cells)
    leaky = replace(book, sheets=tuple(replace(s, cells=cells) if s is sheet else s for s in book.sheets))
    leaks = guard.check(opened(render(leaky, load_styles())), readers)
    assert {(leak.kind, leak.staff_id) for leak in leaks} == {(Kind.NAME, "77123")}


def test_the_organisation_book_has_counts_and_the_list_with_the_cell(whole):
    assessment, departments = whole
    book = organisation.book(View(assessment, departments, LABELS, RUN), "x.xlsx")
    counts = next(s for s in book.sheets if s.name == "OJT")
    listed = next(s for s in book.sheets if s.name == "OJT_新任者")
    assert "新任者4人のうち、トレーナーの決まっていない人は1人、条件を確かめたい組のある人は2人" in said(counts)
    row = row_of(listed, "20002")
    assert row[7:10] == ["77123", "鷲塚　凪沙", "人事課"]
    assert row[11] == "トレーナーの課が新任者と違います。トレーナーの職層が主事です（求める職層：主任）"
    assert row[12].startswith("OJT担当!")


def test_nobody_to_train_and_nothing_learnt_gives_no_sheet():
    assert ojt.sheets(view_of(INSIDE, reading=reading_of(ojt=ASKED))) == ()
    assert "OJT・自己啓発" not in said(cover.sheets(view_of(INSIDE, reading=reading_of(ojt=ASKED)))[0])


@pytest.mark.parametrize(
    "wishes",
    [
        (replace(wish(2027), themes=("law",)),),
        (replace(wish(2026), year=None, themes=("law",)),),
        (replace(wish(2024), themes=("law",)), replace(wish(2025), way="external")),  # the latest year says only how
    ],
)
def test_themes_that_the_sheet_would_not_show_make_no_empty_sheet(wishes):
    view = view_of(replace(INSIDE, wishes=wishes))
    assert ojt.sheets(view) == () and "ojt" not in held(view)
    shown = view_of(replace(INSIDE, wishes=(*wishes, replace(wish(2026), themes=("risk",)))))
    assert "危機管理・防災" in said(ojt.sheets(shown)[0])


def test_records_and_wishes_of_the_department_are_listed():
    person = replace(
        INSIDE,
        qualifications=(learnt("防災士", date(2024, 5, 1), paid=True), learnt("講座", None, None)),
        wishes=(replace(wish(2025), themes=("law",)),),
    )
    text = said(department_sheet(person))
    for word in ("資格取得", "防災士", "R6.5.1", "区分なし", "日付なし", "法律・条例"):
        assert word in text


def test_a_block_stays_on_one_page_or_shows_its_heads_again():
    few = [replace(INSIDE, qualifications=(learnt("防災士", date(2024, 5, 1)),) * 3)]
    many = [new(f"2{n:04}", f"若竹　{n}") for n in range(60)]
    sheet = department_sheet(*few, *many)
    heads = [cell.row for cell in sheet.cells if cell.value == "入庁"]
    assert len(sheet.page.row_breaks) >= 2
    inside = [start for start in sheet.page.row_breaks if at(sheet, start, 0).value == "職員番号"]
    assert set(inside) == set(heads[1:]) and len(inside) >= 1
    (records,) = (cell.row for cell in sheet.cells if str(cell.value).startswith("資格・自己啓発"))
    assert not any(records < start <= records + 4 for start in sheet.page.row_breaks)
    edges = [3, *sheet.page.row_breaks, max(sheet.heights) + 1]
    for start, stop in pairwise(edges):
        room = capacity(sheet.columns, sheet.page) - sum(sheet.heights[row] for row in range(3))
        assert sum(sheet.heights.get(row, 0) for row in range(start, stop)) <= room


def test_rows_draw_closer_where_that_saves_the_second_page():
    def sheet_of(count):
        person = replace(INSIDE, qualifications=(learnt("防災士", date(2024, 5, 1)),) * count)
        return department_sheet(person)

    sheets = [sheet_of(count) for count in range(1, 25)]
    pages = [len(sheet.page.row_breaks) + 1 for sheet in sheets]
    rows = [next(sheet.heights[cell.row] for cell in sheet.cells if cell.value == "防災士") for sheet in sheets]
    tight = [page for page, height in zip(pages, rows, strict=True) if height < 20.0]
    assert tight and set(tight) == {1}
    assert pages == sorted(pages) and rows[0] == rows[-1] == 20.0


def test_the_cover_asks_for_a_trainer():
    view = view_of(*PEOPLE, reading=reading_of(ojt=ASKED))
    text = said(cover.sheets(view)[0])
    assert "トレーナーを決める、または確かめる" in text and "OJTトレーナーが決まっていません" in text
    assert "鷲塚" not in text


def test_the_form_names_trainer_and_newcomers_and_what_was_learnt():
    learner = replace(PEOPLE[3], qualifications=tuple(learnt(f"資格その{n}", date(2020 + n, 5, 1)) for n in range(5)))
    view = view_of(HEAD, INSIDE, OUTSIDE, learner, PEOPLE[4], PEOPLE[5], reading=reading_of(ojt=ASKED))
    (sheet,) = interview.sheets(view)
    post = {}
    for number, person in enumerate(view.forms):
        top = number * form.ROWS
        cells = [at(sheet, top + form.POST, col) for col in (5, 6)] if person.ojt else []
        post[person.employee.staff_id] = [value_of(c) for c in cells]
    assert post == {
        "10002": ["OJT新任者", "若竹　一"],
        "20001": ["OJT担当", "山城　先輩"],
        "20002": ["OJT担当", "他の所属の職員（人事課）"],
        "20003": ["OJT担当", "担当なし"],
    }
    assert "資格・学び　資格その4（R6）、資格その3（R5）" in said(sheet) and "ほか" in said(sheet)


def test_the_words_of_a_book_are_made_once_a_sheet_not_once_a_person(monkeypatch):
    made = []
    real = OjtWords.__init__
    monkeypatch.setattr(OjtWords, "__init__", lambda *given: (made.append(given), real(*given))[1])
    view = view_of(*PEOPLE, reading=reading_of(ojt=ASKED))
    for sheets in (interview.sheets, cover.sheets):
        made.clear()
        sheets(view)
        assert len(made) == 1


def test_the_form_lets_choose_the_policys_themes_and_ways():
    (sheet,) = interview.sheets(view_of(HEAD, INSIDE))
    row, col, _cols = form.FIELDS["theme_1"]
    lists = {(c.row, c.col): c.items for c in sheet.checks if isinstance(c, ListCheck)}
    assert lists[row, col] == tuple(theme.name for theme in POLICY.learning.themes)
    assert lists[form.FIELDS["way"][0], form.FIELDS["way"][1]] == tuple(kind.name for kind in POLICY.learning.kinds)
    assert len(",".join(lists[row, col])) <= 255  # what Excel takes


def test_a_policy_without_themes_leaves_the_fields_open_for_any_text():
    plain = replace(POLICY, learning=replace(POLICY.learning, themes=(), kinds=()))
    (sheet,) = interview.sheets(view_of(HEAD, INSIDE, reading=reading_of(policy=plain)))
    row, col, _ = form.FIELDS["theme_1"]
    assert (row, col) not in {(c.row, c.col) for c in sheet.checks}
    assert at(sheet, row, col).look.startswith("input")


def test_forms_of_earlier_editions_have_their_own_words_over_the_whole_row():
    before = LAYOUTS["2"].fields
    assert before["own_words"] == (36, 0, form.COLUMNS)
    assert not {"theme_1", "theme_2", "way"} & set(before)
    assert LAYOUTS[department.FORM_EDITION].fields == form.FIELDS


def test_small_groups_are_hidden_in_the_organisation_book():
    people = [replace(employee(str(n), name=f"架空　{n}"), wishes=(replace(wish(2025), themes=("law",)),)) for n in range(10, 17)]
    people += [employee("90", name="架空　係長", title="係長", wishes=(replace(wish(2025), themes=("law", "risk")),))]
    assessment = assessment_of(people, reading_of())
    book = organisation.book(View(assessment, departments_of(assessment), LABELS, RUN), "x.xlsx")
    sheet = next(s for s in book.sheets if s.name == "自己啓発・学びの希望")
    row = next(c.row for c in sheet.cells if c.col == 0 and value_of(c) == "法律・条例")
    assert [value_of(at(sheet, row, col)) for col in (2, 3, 5)] == [8, "非表示", "非表示"]
    row = next(c.row for c in sheet.cells if c.col == 0 and value_of(c) == "危機管理・防災")
    assert [value_of(at(sheet, row, col)) for col in (2, 3, 5)] == ["非表示", 0, "非表示"]


def test_every_word_is_a_label(whole):
    person = replace(INSIDE, qualifications=(learnt("防災士", date(2024, 5, 1)),), wishes=(replace(wish(2025), themes=("law",)),))
    people = (HEAD, person, *PEOPLE[2:])
    view = view_of(*people, reading=reading_of(ojt=ASKED), labels=LABELS.marked())
    learning = {one.name for one in (*POLICY.learning.kinds, *POLICY.learning.themes)} | {"防災士"}
    (sheet,) = ojt.sheets(view)
    assert unbracketed(sheet, known_words(view.people) | learning) == []
    assessment = assessment_of(people, reading_of(ojt=ASKED))
    book = organisation.book(View(assessment, departments_of(assessment), LABELS.marked(), RUN), "x.xlsx")
    named = known_words(assessment.people) | learning
    for sheet in book.sheets:
        if "OJT" in sheet.name:
            assert [t for t in unbracketed(sheet, named) if "OJT担当!" not in t] == []


def test_what_is_dated_after_the_day_of_the_run_is_not_on_the_sheet():
    records = [
        Qualification(name, day, "", ref(), "online") for name, day in (("済んだ講座", NEW), ("先の講座", date(2026, 10, 1)))
    ]
    (sheet,) = ojt.sheets(view_of(HEAD, replace(INSIDE, qualifications=tuple(records))))
    assert "済んだ講座" in texts(sheet) and "先の講座" not in texts(sheet)
    ahead = view_of(HEAD, replace(INSIDE, qualifications=tuple(records[1:])))
    assert "ojt" not in held(ahead) and ojt.sheets(ahead) == ()
