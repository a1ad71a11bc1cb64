"""The auditors' book: facts that somebody who checks the run reads in it."""

from dataclasses import replace

import pytest

from hrbook.core.changes import compare
from hrbook.core.factors import Cause
from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.core.reading import SettingValue
from hrbook.core.rotation_policy import Level, Requirement
from hrbook.excel.writer import render
from hrbook.sheets import audit
from hrbook.sheets.audit import desk, exceptions, judgements, lots, readings, sample
from hrbook.sheets.audit.desk import reading_ids
from hrbook.sheets.book import DataSheet, Formula, Sheet
from hrbook.styles import load_styles
from tests.core.test_changes import Both
from tests.sheets.builders import LABELS, RUN, at, employee, reading_of, reason, table, texts, unbracketed, value_of
from tests.sheets.known import known_words
from tests.sheets.whole import april, lost_row, staff, whole_view

NAMES = [
    "表紙・署名", "母集団", "判定", "理由登録", "読み方の登録簿", "読み方", "読み方の格子", "読み方で変わる人", "条項",
    "条文の対応", "条文一覧", "データ品質", "指摘一覧", "標本", "標本の経歴", "前年比較", "実行記録",
]  # fmt: skip
OLD = reading_of(year=2025, as_of=april(2025))
USED = {"labels/audit.toml": ("package", "e" * 64), "policy/tachikawa-3.toml": ("folder", "f" * 64)}


def book_of(**given):
    return audit.book(whole_view(**given), "監査.xlsx", USED)


def named(book, name):
    return next(s for s in book.sheets if s.name == name)


@pytest.fixture(scope="module")
def view():
    aside, finding = lost_row()
    return whole_view(aside=[aside], findings=[finding])


@pytest.fixture(scope="module")
def book(view):
    return audit.book(view, "監査.xlsx", USED)


def test_sheets_stand_in_order(book):
    assert [s.name for s in book.sheets] == NAMES


def test_the_first_sheet_lays_both_sides_of_every_check_open(book):
    said = texts(book.sheets[0])
    assert "名簿の行 10" in said
    assert "判定した人 8 ＋ 採用予定・退職済 1 ＋ 作成できなかった行 1" in said
    assert "● 一致" in said
    assert "▲ 不一致" not in said


def test_a_check_that_fails_is_seen(view):
    run = replace(view.assessment, roster=replace(view.assessment.roster, rows_read=12))
    sheet = audit.book(replace(view, assessment=run), "x", USED).sheets[0]
    assert "▲ 不一致" in texts(sheet)
    assert any(c.look.endswith("alarm") and c.value == 2 for c in sheet.cells)
    assert "一致していません" in value_of(at(sheet, 3, 0))


def test_headline_formulas_count_the_sheet_that_stands_there(view, book):
    """The formula is re-computed over the rows of the sheet: rule in column C, status in column F."""
    rows = named(book, "判定").rows
    formulas = [c.value for c in book.sheets[0].cells if isinstance(c.value, Formula) and c.value.text.startswith("COUNTIFS")]
    assert len(formulas) == 3 * len(RotationStatus) + len(TrainingStatus) - len(judgements.PLAIN)
    for formula in formulas:
        rule, status, *window = formula.text.split('"')[1::2]
        hits = [r for r in rows if (r[2] == rule or (rule.endswith("*") and r[2].startswith(rule[:-1]))) and r[5] == status]
        hits = [r for r in hits if not window or r[judgements.WINDOW] == window[0]]
        assert len(hits) == formula.value
        assert f"$2:$C${len(rows) + 1}" in formula.text


def test_every_row_of_the_roster_has_an_outcome(view, book):
    rows = table(named(book, "母集団"))
    assert len(rows) == view.assessment.roster.rows_read
    outcomes = [r["扱いコード"] for r in rows]
    assert (outcomes.count("judged"), outcomes.count("not_yet_hired"), outcomes.count("set_aside")) == (8, 1, 1)
    lost = rows[-1]
    assert (lost["セル"], lost["指摘コード"]) == ("職員名簿!A40", "HR102")


def test_judgements_are_those_that_an_auditor_looks_at(view, book):
    rows = table(named(book, "判定"))
    rotation = [r for r in rows if r["規則コード"] == view.policy.rotation.rule_id]
    assert len(rotation) == len(view.assessment.people)
    kept = {s.value for s in TrainingStatus} - {s.value for s in judgements.PLAIN}
    courses = [r for r in rows if r["規則コード"].startswith("training.")]
    assert {r["判定コード"] for r in courses} <= kept
    made = [j for p in view.assessment.people for j in p.trainings.values() if j.result.status not in judgements.PLAIN]
    assert len(courses) == len(made)
    others = [r for r in rows if r not in rotation and r not in courses]
    assert {r["判定コード"] for r in others} == {"undetermined"}
    assert {r["職員番号"] for r in others} == {"07"}


def test_a_judgement_carries_clause_values_cells_and_reading(view, book):
    row = next(r for r in table(named(book, "判定")) if r["職員番号"] == "02" and r["規則コード"].startswith("rotation"))
    assert (row["判定"], row["程度"], row["条項"], row["条項の根拠"]) == ("要計画", "目安", "第4章第3節1", "明記")
    assert "入庁5年目・期間内の課1（目安3）・残り5回" in row["値と理由"]
    assert "最後の機会 2030-04-01" in row["値と理由"]
    assert row["入力セルと書かれている値"].startswith("職員名簿!E3=")
    assert row["期間コード"] == "running"
    assert row["読み方番号"] == reading_ids(view.reading).rotation


def test_reading_ids_change_with_the_reading():
    one = reading_ids(reading_of())
    other = reading_ids(reading_of(rotation={"window_years": 9}))
    assert (one.rotation == other.rotation, one.points == other.points) == (False, True)


def test_more_than_a_million_rows_go_to_numbered_sheets(view, monkeypatch):
    whole = len(named(audit.book(view, "x", USED), "判定").rows)
    monkeypatch.setattr(desk, "ROWS", 10)
    book = audit.book(view, "x", USED)
    parts = [s for s in book.sheets if s.name.startswith("判定")]
    assert [p.name for p in parts[:2]] == ["判定", "判定2"]
    assert [len(p.rows) for p in parts[:-1]] == [10] * (len(parts) - 1)
    assert sum(len(p.rows) for p in parts) == whole
    formula = next(c.value for c in book.sheets[0].cells if isinstance(c.value, Formula))
    assert formula.text.count("COUNTIFS") == len(parts)


def test_reasons_show_whether_they_hold_and_what_they_do(book):
    sheet = named(book, "理由登録")
    row = texts(sheet, exceptions.HEAD + 1)
    assert {"06", "理由　六", "● 有効", "◇ 理由あり"} <= set(row)
    late = employee("1", reasons=(reason(registered=april(2027)),))
    assert "－ 効力なし" in texts(named(book_of(people=[late]), "理由登録"))


def test_an_empty_register_says_so():
    assert "ありません。" in texts(named(book_of(people=[employee("1")]), "理由登録"))


def test_readings_tell_how_many_verdicts_turn_and_whose(view, book):
    results = [p.rotation.result for p in view.assessment.people if p.rotation.result.turns]
    rows = table(named(book, "読み方で変わる人"))
    assert len(rows) == sum(len(r.turns_on) + len(r.turns_together) for r in results)
    sheet = named(book, "読み方")
    counted = [c.value for c in sheet.cells if c.col == 1 and isinstance(c.value, int)]
    assert sum(counted[1:]) == len(rows)
    assert any(text.startswith("期間を") for text in texts(sheet))


def test_the_grid_has_a_row_for_everybody_inside_the_guide(view, book):
    rows = {r["職員番号"]: r for r in table(named(book, "読み方の格子"))}
    inside = [p for p in view.assessment.people if p.rotation.result.readings_tried]
    assert sorted(rows) == sorted(p.employee.staff_id for p in inside)
    for person in inside:
        row, result = rows[person.employee.staff_id], person.rotation.result
        assert (row["試した読み方（通り）"], row["判定が同じ（通り）"]) == (144, result.readings_same)
        firm = row["判定が変わる、いちばん近い読み方"] == "読み方によらず同じ"
        assert firm == bool(row["読み方によらず同じ（1・0）"]) == (result.readings_same == 144)


def test_the_register_holds_every_open_question_and_room_to_sign(view, book):
    sheet = named(book, "読み方の登録簿")
    said = texts(sheet)
    assert said.count("□よい □変える") == sum(1 for c in sheet.cells if c.look == "td_center" and isinstance(c.value, int))
    assert {"作成（人事担当）", "確認", "決定（人事課長）"} <= set(said)
    assert all(doubt.read_as in said for doubt in view.policy.doubts)
    assert any(text.startswith("この登録簿の読み方番号") for text in said)


def test_the_register_counts_whose_verdict_hangs_on_a_question(view):
    values = [
        SettingValue("rotation.window_years", "10", "10", False, None),
        SettingValue("points.required", "1", "1", True, None),
    ]
    sheet = named(book_of(reading=reading_of(values)), "読み方の登録簿")
    turned = {
        p.employee.staff_id for p in view.assessment.people for n, _ in p.rotation.result.turns_on if n.startswith("window")
    }
    row = next(c.row for c in sheet.cells if c.value == "ローテーションの期間")
    assert turned and at(sheet, row, 7).value == len(turned)
    assert texts(sheet, row)[4:6] != [] and "－ 初めの値" in texts(sheet, row)
    row = next(c.row for c in sheet.cells if c.value == "〇の点数")
    assert at(sheet, row, 7).value is None and "● 市の設定" in texts(sheet, row)


@pytest.mark.parametrize(
    "name", ["min_stay_months=0", "secondment_counts=yes", "midcareer=exclude", "unit=bureau", "window_years=9+unit=bureau"]
)
def test_every_reading_of_the_grid_has_words(view, name):
    speaker = type("Desk", (), {"labels": LABELS})()
    assert "{" not in readings.other_reading(speaker, name)


def test_clauses_show_rules_doubts_and_what_is_not_judged(view, book):
    sheet = named(book, "条項")
    said = texts(sheet)
    assert [t for t in said if t in {c.place for c in view.policy.clauses.values()}] == [
        c.place for c in view.policy.clauses.values()
    ]
    assert {d.text for d in view.policy.doubts} <= set(said)
    place = next(c.row for c in sheet.cells if c.col == 0 and c.value == "第4章第3節1")
    assert "配置の目安" in value_of(at(sheet, place, 2))


def test_findings_stand_with_cell_and_remedy(book):
    (row,) = [r for r in table(named(book, "指摘一覧")) if r["指摘コード"] == "HR102"]
    assert (row["重さコード"], row["セル"], row["職員番号"]) == ("error", "L40", "99")
    assert row["対応"]
    assert "HR102" in texts(named(book, "データ品質"))


def test_the_sample_holds_every_status_and_is_the_same_for_the_same_run(view):
    people = view.assessment.people
    drawn = lots.draw(people, RUN.run_id)
    assert {p.rotation.result.status for p in drawn} == {p.rotation.result.status for p in people}
    assert drawn == lots.draw(list(reversed(people)), RUN.run_id)


def test_the_sample_has_the_size_asked_for():
    view = whole_view([employee(f"{n:03}", hired=april(2000 + n % 27)) for n in range(200)])
    drawn = lots.draw(view.assessment.people, RUN.run_id)
    assert len(drawn) == len({p.employee.staff_id for p in drawn}) == lots.SIZE
    assert len(lots.draw(view.assessment.people, "another run")) == lots.SIZE
    assert [p.employee.staff_id for p in drawn] != [p.employee.staff_id for p in lots.draw(view.assessment.people, "another run")]


def sample_rows(book):
    sheet = named(book, "標本")
    found = {}
    for cell in sheet.cells:
        if cell.row > sample.HEAD + 1:
            found.setdefault(cell.row, {})[cell.col] = cell.value
    return [cells for cells in found.values() if 21 in cells]


def test_formulas_of_the_sample_give_our_values(view, book):
    """What stands in each formula cell is our value; LibreOffice computes them anew in tests/proof/test_sample.py."""
    rows = sample_rows(book)
    assert len(rows) == len(lots.draw(view.assessment.people, RUN.run_id))
    for cells in rows:
        formulas = {col: cells[col].value for col in (13, 15, 16, 20) if isinstance(cells.get(col), Formula)}
        ours = {13: cells[21], 15: cells[22], 16: cells[23], 20: cells[0].partition(" ")[2]}
        assert formulas == {col: ours[col] for col in formulas}
        assert cells[24].value == "一致"


def test_every_stay_of_the_sample_stands_with_its_cells(view, book):
    sheet = named(book, "標本の経歴")
    drawn = lots.draw(view.assessment.people, RUN.run_id)
    stays = [c for c in sheet.cells if c.col == 1 and isinstance(c.value, int)]
    assert len(stays) == sum(len(p.spells) for p in drawn)
    assert all("!" in value_of(at(sheet, c.row, 7)) for c in stays)


def test_careers_are_left_out_where_the_guide_counts_several_things():
    two = (Requirement(Level.BUREAU, 2), Requirement(Level.DEPARTMENT, 3))
    book = book_of(reading=reading_of(rotation={"requirements": two}))
    assert "標本の経歴" not in [s.name for s in book.sheets]
    assert not any(isinstance(c, Formula) for cells in sample_rows(book) for c in cells.values())


def test_every_sentence_of_the_policy_is_accounted_for(view, book):
    rows = table(named(book, "条文一覧"))
    assert len(rows) == len(view.policy.coverage.sentences) > 100
    totals = [c.value.value for c in named(book, "条文の対応").cells if c.look == "totals"]
    assert totals[-1] == sum(totals[:-1]) == len(rows)


def test_changes_stand_by_cause_with_formulas_that_count_the_list(view):
    """The same people a year earlier: what changed, as in tests/core/test_changes.py, on the two sheets."""
    earlier = whole_view(people=[replace(p, orders=p.orders[:1]) for p in staff()], reading=OLD)
    changes = compare(earlier.assessment, view.assessment, Both(earlier.assessment, view.assessment))
    book = audit.book(replace(view, changes=changes), "x", USED)
    rows = table(named(book, "変化一覧"))
    assert len(rows) == len(changes.changes) > 20
    told = changes.by_cause()
    sheet = named(book, "前年比較")
    for cause in Cause:
        place = next(c.row for c in sheet.cells if c.value == LABELS(f"changes.cause.{cause.value}"))
        assert at(sheet, place, 5).value.value == at(sheet, place, 6).value == told[cause]
        hits = [r for r in rows if (r["原因コード"], r["種類"]) == (cause.value, "status")]
        assert len(hits) == told[cause]


def test_the_run_record_names_inputs_templates_and_no_clock(book):
    said = texts(named(book, "実行記録"))
    assert {RUN.run_id, RUN.roster_sha256, RUN.settings_sha256, RUN.policy_sha256, "e" * 64, "作業フォルダー"} <= set(said)
    assert not any(":" in text for text in said)


def test_addresses_are_text_and_links_stay_few(book):
    links = [c for s in book.sheets if isinstance(s, Sheet) for c in s.cells if c.link]
    assert len(links) < 30


def test_an_organisation_of_nobody_still_has_a_book():
    book = book_of(people=[])
    assert render(book, load_styles())[:2] == b"PK"
    assert table(named(book, "判定")) == []


def test_the_book_renders_the_same_twice(view, book):
    assert render(book, load_styles()) == render(audit.book(view, "監査.xlsx", USED), load_styles())


def test_no_word_stands_in_code():
    view = whole_view(labels=LABELS.marked())
    book = audit.book(view, "x.xlsx", USED)
    known = known_words(view.assessment.people) | {view.policy.city, view.policy.source, "大規模な計画の担当を続けるため"}
    known |= {c.gist for c in view.policy.clauses.values()} | {d.text for d in view.policy.doubts}
    known |= {d.read_as for d in view.policy.doubts} | set(USED) | {p.name for p in staff()}
    for sheet in book.sheets:
        if isinstance(sheet, DataSheet) or sheet.name in ("[標本]", "[標本の経歴]", "[データ品質]"):
            continue
        left = [
            t for t in unbracketed(sheet, known) if not t.isascii() and not t.startswith(("職員名簿!", "理由登録!", "人事課"))
        ]
        assert left == [], sheet.name
