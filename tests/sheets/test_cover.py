"""The cover: what the head of a department reads first, and that its numbers are those of the judgements."""

from dataclasses import replace
from datetime import date

from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.core.returned import Entry, Group, Origin
from hrbook.core.roster import Score
from hrbook.sheets import department
from hrbook.sheets.book import DataSheet
from hrbook.sheets.department import cover, data_summary
from hrbook.sheets.department.attention import Topic, chosen, points_of
from hrbook.sheets.department.cover_first import MOST
from hrbook.sheets.tally import tally
from tests.sheets.builders import (
    LABELS,
    POLICY,
    completion,
    employee,
    reading_of,
    reason,
    ref,
    texts,
    unbracketed,
    value_of,
    view_of,
)
from tests.sheets.known import known_words


def april(year):
    return date(year, 4, 1)


def sheet_of(*people, **given):
    view = view_of(*people, **given)
    (sheet,) = cover.sheets(view)
    return view, sheet


HEAD = employee("01", (april(2000), "市民課"), name="課長　花子", title="課長", hired=april(2000), rank_start=april(2024))
YOUNG = employee("11", name="新人　一郎", hired=april(2026))
PLAN = employee("12", name="計画　二郎", hired=april(2022))  # worked example B
LATE = employee("13", (april(2017), "課税課"), (april(2021), "市民課"), name="終盤　三郎", hired=april(2017))  # C
OVER = employee("14", (april(2016), "課税課"), (april(2021), "市民課"), name="過年　四郎", title="主任", hired=april(2016))


def figures(sheet):
    """Label, number and note of the six figures."""
    row = next(c.row for c in sheet.cells if c.look == "kpi_label")
    columns = sorted(c.col for c in sheet.cells if c.row == row)
    at = {(c.row, c.col): value_of(c) for c in sheet.cells}
    return {at[row, col]: (at[row + 1, col], at[row + 2, col]) for col in columns}


def lines(sheet):
    """Topic, name, situation and sheet of every line of the list."""
    start = next(c.row for c in sheet.cells if c.value == LABELS("cover.first.column_kind"))
    rows = sorted({c.row for c in sheet.cells if c.row > start and "chip" in c.look})
    return [texts(sheet, row) for row in rows]


def test_the_title_says_who_and_when():
    _, sheet = sheet_of(HEAD, PLAN)
    said = " ".join(texts(sheet))
    for words in ("令和8年度　人材育成ブック", "市民課", "職員 2 人", "課長 課長　花子", "基準日 令和8年4月1日", POLICY.title):
        assert words in said


def test_a_department_without_a_head_names_none():
    _, sheet = sheet_of(PLAN)
    assert "市民生活部　市民課　　職員 1 人" in texts(sheet)


def test_the_six_figures_are_those_of_the_judgements():
    view, sheet = sheet_of(HEAD, YOUNG, PLAN, LATE, OVER)
    counted = tally(view.people)
    found = figures(sheet)
    assert len(found) == 6
    assert found["職員数"] == ("5 人", "一般職 4／監督職 0／管理職 1")
    assert found["今年度対象の研修"][0] == f"{counted.training[TrainingStatus.IN_TARGET]} 件"
    assert found["時期経過・未受講"][0] == f"{counted.training[TrainingStatus.OVERDUE]} 件"
    assert found["配置の目安　到達・順調"] == ("1 人", "対象 4 人のうち")
    assert found["配置の目安　ご確認を"] == ("3 人", "要計画1・届かない1・未到達1")
    assert counted.training[TrainingStatus.OVERDUE] and counted.training[TrainingStatus.IN_TARGET]


def test_a_share_of_all_but_one_is_never_shown_as_all():
    people = [employee(f"{n:03}", hired=april(2020), completions=(completion("TS-K01", date(2020, 6, 1)),)) for n in range(299)]
    view = view_of(*people, employee("999", hired=april(2020)))
    counted = tally(view.people)
    assert counted.training[TrainingStatus.OVERDUE]
    assert counted.done_share is not None and counted.done_share < 100


def test_no_share_where_nothing_was_due():
    _, sheet = sheet_of(employee("1", hired=None))
    assert figures(sheet)["受講率（時期が過ぎた分）"] == ("－ ", "まだ時期が来ていません")


def test_excused_and_undetermined_careers_stand_in_the_figures():
    excused = employee("1", hired=april(2022), reasons=(reason(),))
    unknown = employee("2", hired=None)
    _, sheet = sheet_of(PLAN, excused, unknown)
    assert figures(sheet)["配置の目安　到達・順調"][1] == "対象3人（理由あり1・判定不能1）"


def test_charts_draw_the_numbers_of_the_data_sheet():
    view, sheet = sheet_of(HEAD, YOUNG, PLAN, LATE, OVER)
    (data,) = data_summary.sheets(view)
    kinds = {chart.kind: chart for chart in sheet.charts}
    assert sorted(kinds) == ["bar", "doughnut", "stacked_bar"]

    def drawn(series):
        name, row, col, last_row, last_col = series.values
        assert name == data.name and col == last_col
        return [(data.rows[r - 1][series.categories[2]], data.rows[r - 1][col]) for r in range(row, last_row + 1)]

    assert drawn(kinds["bar"].series[0]) == [("部長", 0), ("課長", 1), ("係長", 0), ("主任", 1), ("主事", 3)]
    ring = drawn(kinds["doughnut"].series[0])
    assert [value for _, value in ring] == [0, 1, 1, 1, 1, 0, 0]
    assert [name for name, _ in ring] == [LABELS(f"status.rotation.{s.value}") for s in RotationStatus][: len(ring)]
    assert len(kinds["doughnut"].series[0].point_colours) == len(ring)
    counted = tally(view.people)
    for series, status in zip(kinds["stacked_bar"].series, data_summary.PLANNED, strict=True):
        assert sum(value for _, value in drawn(series)) == counted.training[status]


def test_alternative_texts_say_the_numbers_in_words():
    _, sheet = sheet_of(HEAD, YOUNG, PLAN)
    alt = {chart.kind: chart.alt for chart in sheet.charts}
    assert "課長1人" in alt["bar"] and "主事2人" in alt["bar"]
    assert "対象2人" in alt["doughnut"] and "順調1人、要計画1人" in alt["doughnut"]
    assert "今年度" in alt["stacked_bar"] and "未到達0人" not in alt["doughnut"]


def test_a_department_outside_the_guide_says_so_instead_of_an_empty_ring():
    _, sheet = sheet_of(HEAD)
    assert [chart.kind for chart in sheet.charts].count("doughnut") == 0
    assert LABELS("cover.chart.no_rotation") in texts(sheet)


def test_people_of_unknown_rank_have_a_bar_of_their_own():
    view, sheet = sheet_of(PLAN, employee("2", title="謎の職"))
    series = sheet.charts[0].series[0]
    assert series.values[3] - series.values[1] + 1 == len(POLICY.ranks) + 1
    assert "職層不明1人" in sheet.charts[0].alt
    assert "職層不明 1" in figures(sheet)["職員数"][1]
    assert tally(view.people).ranks[None] == 1


def test_the_most_urgent_comes_first():
    course = next(c for c in POLICY.training.courses if c.code == "TS-K01")
    courses = tuple(replace(c, mandatory=True) if c is course else c for c in POLICY.training.courses)
    policy = replace(POLICY, training=replace(POLICY.training, courses=courses))
    taken = {"completions": (completion("TS-K01", date(2018, 6, 1)),)}
    view = view_of(YOUNG, PLAN, replace(LATE, **taken), replace(OVER, **taken), reading=replace(reading_of(), policy=policy))
    points = points_of(view)
    assert [p.topic for p in points] == sorted(p.topic for p in points)
    assert points[0].topic is Topic.MANDATORY
    assert {p.person.employee.staff_id for p in points if p.topic is Topic.MANDATORY} == {"11", "12"}
    order = [p.topic for p in points if p.topic.rotation]
    assert order == [Topic.OUT_OF_REACH, Topic.NEEDS_PLAN, Topic.NOT_REACHED]


def test_who_has_less_time_to_move_comes_first():
    sooner = employee("20", hired=april(2020))
    view = view_of(PLAN, sooner)
    ids = [p.person.employee.staff_id for p in points_of(view) if p.topic is Topic.NEEDS_PLAN]
    assert ids == ["20", "12"]


def test_no_topic_hides_another():
    many = [employee(f"5{n:02}", hired=april(2022)) for n in range(20)]
    points = points_of(view_of(*many, OVER))
    kept = chosen(points, 5)
    assert len(kept) == 5
    assert {p.topic for p in kept} >= {Topic.NEEDS_PLAN, Topic.NOT_REACHED, Topic.OVERDUE}
    assert [p.topic for p in kept] == sorted(p.topic for p in kept)


def test_what_does_not_fit_is_counted():
    many = [employee(f"5{n:02}", name=f"多数　{n}", hired=april(2022)) for n in range(20)]
    view, sheet = sheet_of(*many)
    shown = lines(sheet)
    assert len(shown) == MOST - 1
    rest = len(points_of(view)) - len(shown)
    assert any(text.startswith(f"ほか {rest} 件（") for text in texts(sheet))


def test_a_line_leads_to_the_person():
    _, sheet = sheet_of(HEAD, PLAN)
    line = next(line for line in lines(sheet) if line[0] == "要計画")
    assert line[1] == "計画　二郎"
    assert line[2] == "入庁5年目。10年のうちの部署は1（目安 3）、残り5年"
    assert line[3] == "面談で希望を確認（R12.4.1までに異動が目安）"
    cell = next(c for c in sheet.cells if c.value == "計画　二郎" and c.link)
    assert cell.link.sheet == LABELS("sheet.interview.name")


def test_the_heads_own_line_leads_to_the_sheet_since_the_form_stands_elsewhere():
    head = replace(HEAD, rank_start=april(2020))
    _, sheet = sheet_of(head)
    cell = next(c for c in sheet.cells if c.value == head.name and c.link)
    assert cell.link.sheet == LABELS("sheet.training.name")


def test_nothing_urgent_is_said_in_a_sentence():
    view, sheet = sheet_of(employee("1", hired=april(2026), completions=(completion("TS-K01", date(2026, 4, 1)),)))
    assert points_of(view) == ()
    assert LABELS("cover.first.none") in texts(sheet)


def test_the_cover_is_one_page():
    _, sheet = sheet_of(HEAD, YOUNG, PLAN, LATE, OVER)
    assert (sheet.page.fit_width, sheet.page.fit_height, sheet.page.landscape) == (1, 1, True)


def test_seal_boxes_are_those_of_the_settings():
    _, plain = sheet_of(PLAN)
    assert not [c for c in plain.cells if "seal" in c.look]
    _, sealed = sheet_of(PLAN, reading=reading_of(approvals={"cover": ("部長", "人事課")}))
    assert [c.value for c in sealed.cells if c.look == "seal_head"] == ["部長", "人事課"]
    assert len([c for c in sealed.cells if c.look == "seal_box"]) == 2


def test_the_contents_lead_to_every_sheet_that_is_for_reading():
    wrote = Entry(PLAN.staff_id, 2025, Group.GOAL, "plan_1", "", "", "書いた", Origin("f", "s", "A1", "0", "", ""), False)
    score = Score(2025, POLICY.competency.abilities[0].name, 3, 3, ref())
    busy = replace(PLAN, returned=(wrote,), scores=(score,))
    for person, least in ((PLAN, 8), (busy, 11)):
        view, sheet = sheet_of(person)
        made = {one.name for one in department.book(view, "x.xlsx").sheets if not isinstance(one, DataSheet)}
        led_to = {c.link.sheet for c in sheet.cells if c.link}
        assert led_to == made - {sheet.name}
        assert len(led_to) >= least


def test_every_word_is_a_label():
    labels = LABELS.marked()
    view, sheet = sheet_of(HEAD, YOUNG, PLAN, LATE, OVER, labels=labels)
    assert unbracketed(sheet, known_words(view.people)) == []
    for chart in sheet.charts:
        assert chart.alt.startswith("[") and all(series.name.startswith("[") for series in chart.series)


def test_all_statuses_of_the_guide_stand_beside_the_ring():
    _, sheet = sheet_of(PLAN)
    said = texts(sheet)
    assert all(LABELS(f"status.rotation.{status.value}") in said for status in RotationStatus)
