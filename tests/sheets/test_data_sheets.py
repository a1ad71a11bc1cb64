"""Sheets for machines, against the state's rules for machine-readable administrative data (ids L1-01 .. L3-09)."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from hrbook import core
from hrbook.core.judgement import TrainingStatus
from hrbook.core.roster import Employment, Nature
from hrbook.excel.tables import KINDS
from hrbook.sheets.data import code_table, heading, sheet_name
from hrbook.sheets.department import data_definitions, data_spells, data_staff, data_summary, data_training
from tests.sheets.builders import (
    AS_OF,
    LABELS,
    YEAR,
    completion,
    employee,
    order,
    reading_of,
    table,
    unbracketed,
    view_of,
)

MODULES = (data_staff, data_spells, data_training, data_summary, data_definitions)


def april(year):
    return date(year, 4, 1)


def town(**given):
    """People of every kind: complete, without hire, of unknown rank, seconded, outside, with a future order."""
    away = order(april(2024), "東京都", nature=Nature.SECONDMENT)
    people = (
        employee("001", (april(2022), "市民課"), hired=april(2022), completions=(completion("TS-K01", date(2022, 6, 1)),)),
        employee("002", title="参事", hired=None, kana=""),
        employee("003", (april(2020), "課税課"), hired=april(2020), orders=(away, order(april(2025), "市民課"))),
        employee("004", employment=Employment.FISCAL_YEAR, title="係長"),
        employee("005", (april(2024), "市民課"), hired=april(2020), orders=(order(april(2027), "人事課"),)),
    )
    return view_of(*people, **given)


def sheet_of(module, **given):
    (sheet,) = module.sheets(town(**given))
    return sheet


@pytest.mark.parametrize("module", MODULES)
def test_headings_are_unique_and_stand_in_one_row(module):
    """L3-01 and its neighbours: one table, a heading row, every column named, no repeats."""
    sheet = sheet_of(module)
    heads = [c.heading for c in sheet.columns]
    assert all(heads)
    assert len(set(heads)) == len(heads)
    assert not any("\n" in head for head in heads)
    assert all(len(row) == len(heads) for row in sheet.rows)


@pytest.mark.parametrize("module", MODULES)
def test_values_are_of_their_kind_and_blank_is_not_zero(module):
    """Numbers are numbers, dates dates; what is unknown is blank, never an empty text, a dash or a zero."""
    sheet = sheet_of(module)
    for row in sheet.rows:
        for value, column in zip(row, sheet.columns, strict=True):
            assert value is None or isinstance(value, KINDS[column.kind]), (column.heading, value)
            assert value is None or not isinstance(value, bool)
            assert value not in ("", "－", "-", "―"), column.heading


@pytest.mark.parametrize("module", MODULES)
def test_every_code_is_in_its_table(module):
    view = town()
    (sheet,) = module.sheets(view)
    for place, field in enumerate(module.TABLE.fields):
        if field.codes:
            known = {code for code, _ in code_table(view, field.codes)}
            assert {str(row[place]) for row in sheet.rows if row[place] is not None} <= known, field.id


def test_definitions_cover_every_column_of_every_data_sheet_in_order():
    view = town()
    rows = table(data_definitions.sheets(view)[0])
    columns = [(r["シート"], r["列の見出し"]) for r in rows if r["行の種類"] == "列"]
    wanted = [(sheet.name, column.heading) for module in MODULES for sheet in module.sheets(view) for column in sheet.columns]
    assert columns == wanted
    assert all(r["定義"] for r in rows)
    assert {r["様式の版"] for r in rows} == {data_definitions.SCHEMA}


def test_definitions_list_every_code_with_its_meaning():
    view = town()
    rows = table(data_definitions.sheets(view)[0])
    for module in MODULES:
        for field in module.TABLE.fields:
            if not field.codes:
                continue
            head, name = heading(LABELS, module.TABLE, field), sheet_name(LABELS, module.TABLE)
            listed = [(r["符号"], r["符号の意味"]) for r in rows if (r["シート"], r["列の見出し"]) == (name, head) and r["符号"]]
            assert tuple(listed) == code_table(view, field.codes)


def test_an_unknown_code_table_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        code_table(town(), "moods")


def test_people_stand_once_with_year_number_and_verdict():
    rows = {r["職員番号"]: r for r in table(sheet_of(data_staff))}
    assert sorted(rows) == ["001", "002", "003", "004", "005"]
    one = rows["001"]
    assert (one["年度（西暦）"], one["基準日"], one["入庁年数（年目）"]) == (YEAR, AS_OF, 5)
    assert (one["配置の目安コード"], one["配置の目安"], one["期間内の部署数（部署）"]) == ("needs_plan", "要計画", 1)
    assert one["次の異動の時期"] == april(2030)
    assert (rows["002"]["入庁年数（年目）"], rows["002"]["職層コード"], rows["002"]["フリガナ"]) == (None, None, None)


def test_health_and_birth_stay_out_of_the_data():
    heads = {c.heading for module in MODULES for sheet in module.sheets(town()) for c in sheet.columns}
    assert not heads & {"生年月日", "年齢", "休業", "配慮事項"}


def test_spells_are_in_order_with_their_source():
    rows = [r for r in table(sheet_of(data_spells)) if r["職員番号"] == "003"]
    assert [(r["配属の順（番目）"], r["開始時の所属名"], r["派遣（1・0）"], r["現所属（1・0）"]) for r in rows] == [
        (1, "課税課", 0, 0),
        (2, "東京都", 1, 0),
        (3, "市民課", 0, 1),
    ]
    assert [r["目安で数えた順（番目）"] for r in rows] == [1, 2, 3]
    assert [r["開始時の入庁年数（年目）"] for r in rows] == [1, 5, 6]
    assert {r["出どころのシート"] for r in rows} == {"異動履歴"}


def test_a_future_order_is_no_spell():
    names = [r["終了時の所属名"] for r in table(sheet_of(data_spells)) if r["職員番号"] == "005"]
    assert "人事課" not in names


def test_courses_hold_every_pair_that_concerns_somebody():
    view = town()
    rows = table(data_training.sheets(view)[0])
    assert len({(r["職員番号"], r["研修コード"]) for r in rows}) == len(rows)
    judged = Counter(j.result.status for p in view.people for j in p.trainings.values())
    assert judged.pop(TrainingStatus.NOT_APPLICABLE) > 0
    assert Counter(TrainingStatus(r["判定コード"]) for r in rows) == judged
    done = next(r for r in rows if (r["職員番号"], r["研修コード"]) == ("001", "TS-K01"))
    assert (done["判定"], done["修了日"]) == ("受講済", date(2022, 6, 1))


def test_every_reason_of_a_course_has_words():
    """Each reason that the rules can give: the reader of the data sees words, not an id."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(core.__path__[0]).glob("*.py"))]
    texts = [text for text in texts if "TrainingStatus" in text]
    ids = {found for text in texts for found in re.findall(r'Status\.[A-Z_]+, "([a-z_]+)"', text)}
    assert len(ids) > 10
    assert [i for i in sorted(ids) if f"reason.training.{i}" not in LABELS] == []


def test_a_wide_table_is_printed_on_several_pages_with_the_number_on_each():
    sheet = sheet_of(data_staff)
    assert sheet.page.fit_width > 1
    assert sheet.page.repeat_cols == (2, 2)
    assert sheet_of(data_spells).page.fit_width == 1


def test_the_layout_does_not_depend_on_the_people():
    one = view_of(employee("1"), reading=reading_of())
    for module in MODULES:
        assert module.sheets(one)[0].columns == sheet_of(module).columns


@pytest.mark.parametrize("module", MODULES)
def test_every_heading_comes_from_the_labels(module):
    assert unbracketed(sheet_of(module, labels=LABELS.marked())) == []
