"""The closed loop around single files: once more, late, decided, moved, marked, and into the next build."""

import csv
import io
import json
import shutil
import zipfile
from contextlib import closing

import openpyxl
import pytest

from hrbook.core.fault import Fault
from hrbook.core.receipts import DepartmentState, FileState
from hrbook.core.reconcile import Verdict
from hrbook.sheets import form
from tests.collect.behaviours import FORM_SHEET, fill, made, place, slim, tops
from tests.conftest import hrbook


def sent(path, folder, name="book.xlsx", edit=None):
    """The issued book filled in, edited and put into the folder; its truth."""
    book = openpyxl.load_workbook(io.BytesIO(slim(path)))
    truth = fill(book)
    if edit is not None:
        edit(book)
    folder.mkdir(exist_ok=True)
    book.save(folder / name)
    return truth


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def small(issued_books):
    """A book with at least two forms."""
    return next(p for p in issued_books if len(tops(openpyxl.load_workbook(p))) >= 2)


def unclear(book):
    _, top = next(iter(tops(book).items()))
    book[FORM_SHEET].cell(*place(top, "move")).value = "できれば本庁"


def test_the_same_folder_twice_changes_nothing(small, collected, tmp_path):
    sent(small, tmp_path / "in", edit=unclear)
    one = collected(tmp_path / "in", remind=True)
    before = contents(tmp_path / "collected")
    two = collected(tmp_path / "in", remind=True)
    assert not one.unchanged
    assert two.unchanged
    assert contents(tmp_path / "collected") == before


def test_late_files_join_whatever_came_before(issued_books, collected, tmp_path):
    """Two folders one after the other give what one folder gives."""
    first, second = issued_books[1], issued_books[2]
    sent(first, tmp_path / "one", "a.xlsx")
    sent(second, tmp_path / "two", "b.xlsx")
    shutil.copytree(tmp_path / "one", tmp_path / "both")
    shutil.copy(tmp_path / "two" / "b.xlsx", tmp_path / "both" / "b.xlsx")
    collected(tmp_path / "one")
    late = collected(tmp_path / "two")
    together = collected(tmp_path / "both", out=tmp_path / "other")
    assert late.entries == together.entries
    assert {r.name for r in late.receipts} == {"a.xlsx", "b.xlsx"}
    assert (tmp_path / "collected" / "2026" / "returned.xlsx").read_bytes() == (
        tmp_path / "other" / "2026" / "returned.xlsx"
    ).read_bytes()


def test_a_decision_is_applied_and_stays(small, collected, tmp_path):
    sent(small, tmp_path / "in", edit=unclear)
    outcome = collected(tmp_path / "in")
    (asked,) = [d for d in outcome.differences if d.verdict is Verdict.ASK]
    results = tmp_path / "collected" / "2026" / "回収結果.xlsx"
    book = openpyxl.load_workbook(results)
    sheet = book["判断一覧"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    assert sheet.cell(5, heads["番号"]).value == asked.id
    sheet.cell(5, heads["判断"]).value = "採用"
    sheet.cell(5, heads["直した値"]).value = "希望する"
    book.save(results)
    with pytest.raises(Fault) as stopped:  # filled in, but not handed over: it must not be replaced unread
        collected(tmp_path / "in")
    assert stopped.value.key == "results_edited"
    decided = collected(tmp_path / "in", decisions=results)
    (entry,) = [e for e in decided.entries if e.field == "move" and e.staff_id == asked.staff_id]
    assert (entry.value, entry.decided) == ("希望する", True)
    assert not [d for d in decided.differences if d.verdict is Verdict.ASK]
    again = collected(tmp_path / "in")
    assert again.unchanged
    assert entry in again.entries


def test_a_decision_that_is_no_word_of_the_list_stops(small, collected, tmp_path):
    sent(small, tmp_path / "in", edit=unclear)
    collected(tmp_path / "in")
    results = tmp_path / "collected" / "2026" / "回収結果.xlsx"
    book = openpyxl.load_workbook(results)
    heads = {cell.value: cell.column for cell in book["判断一覧"][4]}
    book["判断一覧"].cell(5, heads["判断"]).value = "たぶん"
    book.save(tmp_path / "list.xlsx")
    with pytest.raises(Fault) as stopped:
        collected(tmp_path / "in", decisions=tmp_path / "list.xlsx")
    assert stopped.value.key == "decisions_word"
    assert stopped.value.facts["found"] == "たぶん"


def test_a_person_who_moved_keeps_what_both_managers_wrote(run, city, issued_books, collected, tmp_path):
    """The form went along to the new department, whose manager wrote on it, too: both entries stay, each with its sender."""
    old, new = [p for p in issued_books if len(tops(openpyxl.load_workbook(p))) >= 2][:2]
    staff_id, top = next(iter(tops(openpyxl.load_workbook(old)).items()))
    target = openpyxl.load_workbook(new).custom_doc_props["hrbook-department"].value

    def carry(book):
        """The moved person's form as a sheet of the new department's book, with another opinion."""
        source = openpyxl.load_workbook(old)[FORM_SHEET]
        sheet = book.create_sheet("異動者")
        for row in range(form.ROWS):
            for col in range(1, 14):
                sheet.cell(row + 1, col).value = source.cell(top + row, col).value
        sheet.cell(*place(1, "opinion")).value = "新しい所属長の意見"

    sent(old, tmp_path / "in", "old.xlsx")
    sent(new, tmp_path / "in", "new.xlsx", carry)
    stay = collected(tmp_path / "in", out=tmp_path / "stay")
    opinions = [e for e in stay.entries if (e.staff_id, e.field) == (staff_id, "opinion")]
    assert len(opinions) == 1, "who has not moved is not written on by others"
    assert [d.reason for d in stay.differences if d.verdict is Verdict.ASK] == ["other_sender"]
    moved = tmp_path / "moved"
    shutil.copytree(city / "input", moved)
    book = openpyxl.load_workbook(moved / "roster.xlsx")
    sheet = book["職員名簿"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(r for r in range(2, sheet.max_row + 1) if str(sheet.cell(r, heads["職員番号"]).value) == staff_id)
    bureau, _, department = target.partition("/")
    sheet.cell(row, heads["部"]).value, sheet.cell(row, heads["課"]).value = bureau, department or None
    sheet.cell(row, heads["所属コード"]).value = None
    book.save(moved / "roster.xlsx")
    outcome = collected(tmp_path / "in", roster=moved / "roster.xlsx")
    opinions = {e.origin.sender: e.value for e in outcome.entries if (e.staff_id, e.field) == (staff_id, "opinion")}
    assert opinions == {stay.entries[0].origin.sender: f"{staff_id}への意見", target: "新しい所属長の意見"} or len(opinions) == 2
    assert opinions[target] == "新しい所属長の意見"


def test_a_correction_that_the_roster_has_already_needs_no_decision(city, small, collected, tmp_path):
    """Issued, returned and today's roster: the third value decides."""
    staff_id, top = next(iter(tops(openpyxl.load_workbook(small)).items()))

    def rename(book):
        book[FORM_SHEET].cell(top + 3, 1).value = "改姓　花子"

    sent(small, tmp_path / "in", edit=rename)
    (asked,) = [d for d in collected(tmp_path / "in", out=tmp_path / "a").differences if d.seen.kind == "correction"]
    assert (asked.verdict, asked.seen.returned, asked.today) == (Verdict.ASK, "改姓　花子", asked.seen.issued)
    shutil.copytree(city / "input", tmp_path / "input")
    book = openpyxl.load_workbook(tmp_path / "input" / "roster.xlsx")
    sheet = book["職員名簿"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(r for r in range(2, sheet.max_row + 1) if str(sheet.cell(r, heads["職員番号"]).value) == staff_id)
    sheet.cell(row, heads["氏名"]).value = "改姓　花子"
    book.save(tmp_path / "input" / "roster.xlsx")
    outcome = collected(tmp_path / "in", roster=tmp_path / "input" / "roster.xlsx", out=tmp_path / "b")
    (known,) = [d for d in outcome.differences if d.seen.kind == "correction"]
    assert (known.verdict, known.reason, known.today) == (Verdict.ACCEPT, "already", "改姓　花子")


def test_repetitions_are_refused_by_name(small, collected, tmp_path):
    sent(small, tmp_path / "in", "a.xlsx")
    shutil.copy(tmp_path / "in" / "a.xlsx", tmp_path / "in" / "コピー ～ a.xlsx")
    with zipfile.ZipFile(tmp_path / "in" / "z.zip", "w") as archive:
        archive.write(tmp_path / "in" / "a.xlsx", "again.xlsx")
    (tmp_path / "in" / "~$a.xlsx").write_bytes(b"lock")
    states = {r.name: r.state for r in collected(tmp_path / "in").receipts}
    assert states == {
        "a.xlsx": FileState.TAKEN,
        "z.zip/again.xlsx": FileState.DUPLICATE,
        "コピー ～ a.xlsx": FileState.DUPLICATE,
    }


def test_two_copies_that_differ_are_asked_and_a_newer_whole_one_counts(small, collected, tmp_path):
    staff_id, top = next(iter(tops(openpyxl.load_workbook(small)).items()))

    def goal(text, when):
        def edit(book):
            book[FORM_SHEET].cell(*place(top, "plan_1")).value = text
            book.properties.modified = when

        return edit

    sent(small, tmp_path / "in", "a.xlsx", goal("目標ア", None))
    sent(small, tmp_path / "in", "b.xlsx", goal("目標イ", None))
    asked = [d for d in collected(tmp_path / "in").differences if d.verdict is Verdict.ASK]
    assert {(d.staff_id, d.seen.field, d.seen.returned, d.reason) for d in asked} == {
        (staff_id, "plan_1", "目標ア", "conflict"),
        (staff_id, "plan_1", "目標イ", "conflict"),
    }


def test_statuses_reminders_and_marked_copies(issued_books, collected, tmp_path):
    """A department that has sent all, one with a question, one with a damaged file; the others have not answered."""
    clear, open_, broken = issued_books[1:4]
    sent(clear, tmp_path / "in", "a.xlsx")
    sent(open_, tmp_path / "in", "b.xlsx", unclear)
    _, data, _ = made(broken, "cut_off", slim(broken))
    (tmp_path / "in" / f"{broken.stem}.xlsx").write_bytes(data)
    outcome = collected(tmp_path / "in", remind=True)
    states = {d.title: d.state for d in outcome.departments}
    assert states.pop(clear.stem) is DepartmentState.RETURNED
    assert states.pop(open_.stem) is DepartmentState.RETURNED
    assert states.pop(broken.stem) is DepartmentState.REFUSED
    assert set(states.values()) == {DepartmentState.MISSING}
    folder = tmp_path / "collected" / "2026"
    texts = {p.stem: p.read_text(encoding="utf-8-sig") for p in (folder / "督促").iterdir()}
    assert set(texts) == {p.stem for p in issued_books} - {clear.stem}
    assert "できれば本庁" in texts[open_.stem]
    assert "壊れている" in texts[broken.stem]
    (copy,) = (folder / "差戻し").iterdir()
    book = openpyxl.load_workbook(copy)
    assert book.sheetnames[0] == "確認のお願い"
    asked = next(d for d in outcome.differences if d.verdict is Verdict.ASK)
    cell = book[FORM_SHEET][asked.seen.origin.cell]
    assert cell.comment.text.startswith("【hrbook 確認】")
    assert cell.fill.fgColor.rgb == "FFFADBC9"
    assert len(book[FORM_SHEET].merged_cells.ranges) == len(openpyxl.load_workbook(open_)[FORM_SHEET].merged_cells.ranges)
    top = tops_of(book)
    book[FORM_SHEET].cell(*place(top, "move")).value = "希望する"  # the sender mends it and sends the marked copy back
    book.save(tmp_path / "in" / "直しました.xlsx")
    again = collected(tmp_path / "in")
    assert not [d for d in again.differences if d.verdict is Verdict.ASK]
    assert [e.value for e in again.entries if (e.staff_id, e.field) == (asked.staff_id, "move")] == ["希望する"]


def tops_of(book):
    return next(iter(tops(book).values()))


def test_the_next_build_shows_what_came_back(run, city, small, tmp_path):
    """From the command line, as HR does it: collect, build, ledger, department book, organisation book, verify."""
    shutil.copytree(city / "input", tmp_path / "input")
    shutil.copytree(run, tmp_path / "output" / "2026")
    roster = (tmp_path / "input" / "roster.xlsx").read_bytes()
    truth = sent(small, tmp_path / "back", "どこかの課.xlsx")
    done = hrbook("collect", "back", "--issued", "output/2026", cwd=tmp_path)
    assert done.code == 0, done.err
    assert (tmp_path / "input" / "roster.xlsx").read_bytes() == roster
    done = hrbook("build", cwd=tmp_path)
    assert done.code == 0, done.err
    with (tmp_path / "output" / "2026" / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        every = list(csv.DictReader(file))
    rows = [row for row in every if row["rule_id"].startswith("returned.")]
    told = {(r["staff_id"], r["rule_id"]): (json.loads(r["inputs"])[0], json.loads(r["values"])) for r in rows}
    assert len(told) == len(rows) == len(truth.sure)
    for (staff_id, field, item), value in truth.sure.items():
        cell, origin = told[staff_id, ".".join(part for part in ("returned.2026", field, item) if part)]
        assert (cell["value"], cell["file"], cell["sheet"]) == (value, "どこかの課.xlsx", FORM_SHEET)
        assert cell["cell"] and origin["sha256"] and origin["saved"] and origin["sender"]
    staff_id = next(iter(truth.sure))[0]
    book = openpyxl.load_workbook(tmp_path / "output" / "2026" / "部署別" / small.name)
    own = "\n".join(str(c.value) for row in book["前回の面談"].iter_rows() for c in row if c.value is not None)
    assert f"{staff_id}の目標1" in own and truth.sure[staff_id, "theme_1", ""] in own
    with closing(openpyxl.load_workbook(tmp_path / "output" / "2026" / "全庁集計.xlsx", read_only=True)) as whole:
        asked = [str(row[0].value) for row in whole["自己啓発・学びの希望"].iter_rows(max_col=1)]
    count = sum(field == "theme_1" for _, field, _ in truth.sure)
    assert any("令和8年度の自己申告・面談シート" in text and f"{count}人" in text for text in asked)
    assert f"{staff_id}への意見" not in own, "what was written for HR stays out"
    forms = "\n".join(str(c.value) for row in book[FORM_SHEET].iter_rows() for c in row if c.value is not None)
    assert f"{staff_id}の思い" in forms
    weighed = [row for row in every if row["rule_id"] == "competency.weights" and row["staff_id"] == staff_id]
    cells = json.loads(weighed[0]["inputs"])[1:]
    given = {value for (who, field, _), value in truth.sure.items() if (who, field) == (staff_id, "manager_score")}
    assert {(cell["file"], cell["sheet"]) for cell in cells} == {("returned-2026.xlsx", "評価")}
    assert {str(cell["value"]) for cell in cells} == {cell["raw"] for cell in cells} == given
    assert "R8" in [c.value for row in book["能力の歩み"].iter_rows() for c in row], "scores of the forms join the course"
    whole = openpyxl.load_workbook(tmp_path / "output" / "2026" / "全庁集計.xlsx")
    assert "面談の回収" in whole.sheetnames
    done = hrbook("verify", "output/2026", cwd=tmp_path)
    assert done.code == 0, done.err
    done = hrbook("collect", "back", "--issued", "output/2026", cwd=tmp_path)  # books of the run before it
    assert done.code == 0, done.err


def test_a_book_filled_in_where_it_was_issued(run, small, collected, tmp_path):
    """People fill in the run's own folder on a shared disk: it is read all the same, and said."""
    shutil.copytree(run, tmp_path / "output" / "2026")
    path = tmp_path / "output" / "2026" / "部署別" / small.name
    truth = sent(path, path.parent, path.name)
    outcome = collected(path.parent, issued=(tmp_path / "output" / "2026",))
    got = {(e.staff_id, e.field, e.item): e.value for e in outcome.entries}
    assert got == truth.sure
    assert [d.title for d in outcome.departments if not d.intact] == [small.stem]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nowhere", "--issued", "output"), 2, "nowhere"),
        ((".", "--issued", "nowhere"), 2, "manifest.json"),
        ((".",), 2, "--issued"),
    ],
)
def test_wrong_use(words, code, said, city, run, tmp_path):
    shutil.copytree(run, tmp_path / "output")
    done = hrbook("collect", *words, "--roster", city / "input" / "roster.xlsx", cwd=tmp_path)
    assert done.code in (code, 3)
    assert said in done.err
    assert not (tmp_path / "collected").exists()
