"""The organisation's book: facts that the personnel department reads in it."""

from dataclasses import replace

import pytest

from hrbook.core.career import TierPath
from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.core.roster import Employment
from hrbook.excel.writer import render
from hrbook.sheets import organisation
from hrbook.sheets.book import DataSheet, Link, Sheet
from hrbook.sheets.organisation import departments, digital, flow
from hrbook.sheets.organisation.desk import heat, share
from hrbook.styles import load_styles
from tests.sheets.builders import LABELS, at, completion, employee, reading_of, table, texts, unbracketed, value_of
from tests.sheets.known import known_words
from tests.sheets.whole import april, lost_row, staff, whole_view

NAMES = [
    "全庁の状況", "部署別一覧", "研修需要", "能力需要", "ローテーション状況", "異動の見通し", "異動の流れ", "デジタル人材",
    "デジタル人材の配置", "採用の内訳", "面談シート", "作成できなかった行", "データ_部署別", "データ_研修需要",
    "データ_異動の見通し", "データ_成長", "データ_グラフ",
]  # fmt: skip


def book_of(**given):
    return organisation.book(whole_view(**given), "全庁集計.xlsx")


def named(book, name):
    return next(s for s in book.sheets if s.name == name)


def column(sheet, row, text):
    return next(c.col for c in sheet.cells if c.row == row and value_of(c) == text)


@pytest.fixture(scope="module")
def view():
    return whole_view()


@pytest.fixture(scope="module")
def book():
    return book_of()


def test_sheets_stand_in_order(book):
    assert [s.name for s in book.sheets] == NAMES


def test_every_list_sheet_says_its_finding_in_the_second_line(book):
    for sheet in book.sheets[1:10]:
        if isinstance(sheet, Sheet) and sheet.name != "面談シート":
            assert at(sheet, 1, 0).look == "finding"
            assert value_of(at(sheet, 1, 0)).endswith("。")


def test_the_first_sheet_counts_people_and_courses(view, book):
    sheet = book.sheets[0]
    due = sum(j.result.status is TrainingStatus.IN_TARGET for p in view.assessment.people for j in p.trainings.values())
    said = " ".join(texts(sheet))
    assert "職員8人のうち" in said
    assert f"今年度対象が{due}件" in said


def test_charts_draw_the_figures_sheet_and_tell_their_numbers(book):
    figures = named(book, "データ_グラフ")
    for chart in book.sheets[0].charts:
        for series in chart.series:
            name, row, col, last, _ = series.values
            assert name == figures.name
            values = [figures.rows[r - 1][col] for r in range(row, last + 1)]
            labels = [figures.rows[r - 1][series.categories[2]] for r in range(row, last + 1)]
            assert all(f"{label} {value:,}" in chart.alt for label, value in zip(labels, values, strict=True))


def test_the_standing_slices_are_everybody_inside_the_guide(view, book):
    inside = sum(p.rotation.result.status is not RotationStatus.NOT_APPLICABLE for p in view.assessment.people)
    rows = [r for r in table(named(book, "データ_グラフ")) if r["グラフ"] == "配置の目安（対象の人）"]
    assert sum(r["値（単位欄の単位）"] for r in rows) == inside


def test_totals_of_the_departments_equal_the_sum(book):
    sheet = named(book, "部署別一覧")
    total = next(c.row for c in sheet.cells if value_of(c) == "計")
    rows = range(departments.BODY, total)
    assert len(rows) == 3
    last = max(c.col for c in sheet.cells if c.row == total) - 1
    for col in range(2, last + 1):
        assert value_of(at(sheet, total, col)) == sum(value_of(at(sheet, row, col)) for row in rows)


def test_the_unknown_rank_has_a_column_only_where_somebody_has_it(book):
    assert "不明" in texts(named(book, "部署別一覧"), departments.HEAD + 1)
    people = [p for p in staff() if p.rank is not None]
    assert "不明" not in texts(named(book_of(people=people), "部署別一覧"), departments.HEAD + 1)


def test_a_course_without_enough_seats_shows_the_difference():
    policy = reading_of().policy
    courses = tuple(replace(c, seats=0) if c.code == "TC-K01" else c for c in policy.training.courses)
    reading = reading_of(policy=replace(policy, training=replace(policy.training, courses=courses)))
    people = [employee("1", hired=april(2026)), employee("2", hired=april(2026))]
    sheet = named(book_of(people=people, reading=reading), "研修需要")
    row = next(c.row for c in sheet.cells if value_of(c) == "TC-K01")
    assert value_of(at(sheet, row, 3)) == 2
    difference = next(c for c in sheet.cells if c.row == row and "difference" in c.look)
    assert (difference.value, "alarm" in difference.look) == (-2, True)
    assert "定員が足りない研修が1" in value_of(at(sheet, 1, 0))


def test_inferred_timings_are_marked(book):
    sheet = named(book, "研修需要")
    row = next(c.row for c in sheet.cells if value_of(c) == "TC-K01")
    assert (value_of(at(sheet, row, 2)), at(sheet, row, 2).look) == ("推定", "tag_inferred")


def test_the_rotation_matrix_counts_the_judgements(view, book):
    sheet = named(book, "ローテーション状況")
    head = next(c.row for c in sheet.cells if value_of(c) == "● 到達")
    total = max(c.row for c in sheet.cells if value_of(c) == "計")
    met = sum(p.rotation.result.status is RotationStatus.MET for p in view.assessment.people)
    assert value_of(at(sheet, total, column(sheet, head, "● 到達"))) == met == 1


def test_moves_within_a_bureau_stand_on_the_diagonal(book):
    sheet = named(book, "異動の流れ")
    col = column(sheet, flow.HEAD + 1, "市民生活部")
    row = next(c.row for c in sheet.cells if c.col == 0 and value_of(c) == "市民生活部")
    assert value_of(at(sheet, row, col)) == 2


def test_a_department_without_digital_talent_says_so():
    people = [
        employee("1", department="財政課", tier="leader"),
        employee("2", department="課税課"),
        employee("3", department="市民課", tier="leader"),
        employee("4", department="市民課", tier="senmon"),
    ]
    sheet = named(book_of(people=people), "デジタル人材")
    names = [c for c in sheet.cells if c.row >= digital.BODY and c.col == 1]
    said = {value_of(c): value_of(at(sheet, c.row, 8)) for c in names if value_of(c)}
    leads = {"課税課": "－ いない", "市民課": "● いる", "財政課": "▲ 1人だけ（異動で空く）"}
    assert {name: said[name] for name in leads} == leads
    assert "異動すると空く部署は1です" in value_of(at(sheet, 1, 0))


def test_experts_from_outside_are_counted_apart_and_candidates_named_for_the_personnel_department():
    path = TierPath("leader", ("TC-K04",), service_years=5)
    reading = reading_of(tier_paths=(path,), outside_experts=(Employment.FIXED_TERM,))
    people = [
        employee("1", department="財政課", tier="senmon", employment=Employment.FIXED_TERM, name="外部　一"),
        employee("2", department="財政課", completions=(completion("TC-K04", april(2024)),), name="候補　二"),
        employee("3", department="市民課", tier="leader", name="中心　三"),
    ]
    book = book_of(people=people, reading=reading)
    counts, who = named(book, "デジタル人材"), named(book, "デジタル人材の配置")
    rows = {value_of(c): c.row for c in counts.cells if c.row >= digital.BODY and c.col == 1 and value_of(c)}
    assert [value_of(at(counts, rows["財政課"], col)) for col in range(2, 9)] == [2, 0, 0, 1, 1, 1, "－ いない"]
    rows = {value_of(c): c.row for c in who.cells if c.row >= digital.BODY and c.col == 1 and value_of(c)}
    assert [value_of(at(who, rows["財政課"], col)) for col in (3, 5, 7)] == [None, "候補　二", "外部　一"]
    assert [value_of(at(who, rows["市民課"], col)) for col in (3, 4)] == ["中心　三", "▲ 1人で空く"]
    assert "いない部署は1で、うち1の部署には候補がいます" in value_of(at(who, 1, 0))


def test_heads_without_a_next_level_have_their_form_here(book):
    sheet = named(book, "面談シート")
    assert "部長　八" in texts(sheet)
    assert "課長　一" not in texts(sheet)
    assert {c.link.sheet for c in sheet.cells if c.link} == {"全庁の状況"}
    assert sheet.protected


def test_no_form_sheet_without_such_heads():
    assert "面談シート" not in [s.name for s in book_of(people=[employee("1")]).sheets]


def test_a_row_set_aside_stands_with_its_cell_and_remedy():
    aside, finding = lost_row()
    book = book_of(aside=[aside], findings=[finding])
    sheet = named(book, "作成できなかった行")
    said = texts(sheet)
    assert {"99", "所属なし　十", "HR102", "職員名簿!L40"} <= set(said)
    assert "採用予定" in said
    assert "名簿の 1 行" in texts(book.sheets[0])


def test_links_lead_to_sheets_and_cells_of_the_book(book):
    names = {s.name for s in book.sheets}
    links = [c.link for s in book.sheets if isinstance(s, Sheet) for c in s.cells if c.link]
    assert links
    assert all(isinstance(link, Link) and link.sheet in names for link in links)


def test_machine_readable_counts_add_up(view, book):
    rows = table(named(book, "データ_部署別"))
    ranks = sum(r["値（単位欄の単位）"] for r in rows if r["区分コード"] == "rank")
    assert ranks == sum(r["値（単位欄の単位）"] for r in rows if r["項目コード"] == "all") == 8
    courses = table(named(book, "データ_研修需要"))
    assert sum(r["人数（人）"] for r in courses) == 8 * len(view.policy.training.courses)


def test_an_organisation_of_nobody_still_has_a_book():
    book = book_of(people=[])
    assert render(book, load_styles())[:2] == b"PK"
    assert "職員0人" in " ".join(texts(book.sheets[0]))


def test_the_book_renders_the_same_twice(book):
    assert render(book, load_styles()) == render(book_of(), load_styles())


def test_no_word_stands_in_code():
    view = whole_view(labels=LABELS.marked())
    book = organisation.book(view, "x.xlsx")
    known = known_words(view.assessment.people) | {"市民生活部", "課税課", "財政課", view.policy.city, "予定　九"}
    known |= {p.name for p in view.policy.training.providers} | {t.name for t in view.policy.digital.tiers}
    known |= {c.code for c in view.policy.training.courses} | {f"職員名簿!E{n}" for n in range(2, 20)}
    for sheet in book.sheets:
        if not isinstance(sheet, DataSheet) and sheet.name != "[面談シート]":
            assert unbracketed(sheet, known) == [], sheet.name


@pytest.mark.parametrize(
    ("value", "top", "look"), [(0, 9, "heat0"), (1, 8, "heat1"), (4, 8, "heat2"), (5, 8, "heat3"), (8, 8, "heat4")]
)
def test_heat_has_four_steps(value, top, look):
    assert heat(value, top) == look


def test_few_people_are_not_shaded():
    assert heat(3, 4, few=5).split()[0] == "heat0"


def test_a_share_of_nothing_is_blank():
    assert (share(1, 0), share(1, 3)) == (None, 0.333)


def test_hires_stand_by_year_route_and_kind():
    people = [
        employee("1", hired=april(2024), hire_route="大卒"),
        employee("2", hired=april(2024), hire_route="経験者採用", job_family="保健師"),
        employee("3", hired=april(2025), hire_route="大卒"),
    ]
    rotation = {"midcareer_routes": ("経験者",)}
    sheet = named(book_of(people=people, reading=reading_of(rotation=rotation)), "採用の内訳")
    row = next(c.row for c in sheet.cells if c.col == 0 and value_of(c) == "令和6年度")
    assert [value_of(at(sheet, row, col)) for col in range(1, 11)] == [2, 1, 1, 1, 0.5, 1, 0.5, 2, 0, None]
    assert "経験者の採用は33%" in value_of(at(sheet, 1, 0))
    unset = named(book_of(people=people), "採用の内訳")
    assert value_of(at(unset, row, 4)) is None and "設定なし" in value_of(at(unset, 1, 0))
