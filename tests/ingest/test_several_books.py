"""A roster in several workbooks: what goes on in the second is as if it stood in the first."""

import csv
import json
import shutil

import openpyxl
import pytest

from hrbook.core.fault import Fault
from hrbook.ingest.roster import load_roster
from tests.collect.behaviours import fill
from tests.conftest import hrbook
from tests.ingest.conftest import HEAD, HIRED, person

ORDERS = ("職員番号", "発令日", "部", "課", "職名", "異動区分")


@pytest.fixture(scope="module")
def parted(city, tmp_path_factory):
    """The small city with every second person's rows, on every sheet, moved to a second workbook whose columns of the
    history stand the other way round; and its run."""
    folder = tmp_path_factory.mktemp("parted")
    (folder / "input").mkdir()
    shutil.copy(city / "input" / "settings.xlsx", folder / "input")
    whole = openpyxl.load_workbook(city / "input" / "roster.xlsx")
    first, second = openpyxl.Workbook(), openpyxl.Workbook()
    for book in (first, second):
        book.remove(book.worksheets[0])
    ids = [row[0] for row in whole["職員名簿"].iter_rows(min_row=2, values_only=True)]
    moved = set(ids[::2])
    for sheet in whole.worksheets:
        here, there = first.create_sheet(sheet.title), second.create_sheet(sheet.title)
        for number, row in enumerate(sheet.iter_rows(values_only=True)):
            if number == 0:
                here.append(row)
                there.append(row[::-1] if sheet.title == "異動履歴" else row)
            elif row[0] in moved:
                there.append(row[::-1] if sheet.title == "異動履歴" else row)
            else:
                here.append(row)
        if there.max_row == 1:
            second.remove(there)
    first.save(folder / "input" / "roster.xlsx")
    second.save(folder / "続き.xlsx")
    done = hrbook("build", "--more", "続き.xlsx", "--out", "output", cwd=folder)
    assert done.code == 0, done.err
    return folder, moved


def verdicts(run):
    with (run / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            (r["staff_id"], r["rule_id"]): (r["department"], r["status"], r["degree"], r["values"]) for r in csv.DictReader(file)
        }


def test_everybody_is_judged_as_from_one_workbook(parted, run):
    folder, moved = parted
    assert moved and verdicts(folder / "output" / "2026") == verdicts(run)


def test_evidence_names_the_workbook_and_the_record_its_columns(parted):
    folder, moved = parted
    record = json.loads((folder / "output" / "2026" / "manifest.json").read_text(encoding="utf-8"))
    assert record["inputs"]["more_1"]["file"] == "続き.xlsx"
    one, other = (record["columns"][f"[{file}]異動履歴"] for file in ("roster.xlsx", "続き.xlsx"))
    assert one["staff_id"] == "A" and other["staff_id"] != "A"
    with (folder / "output" / "2026" / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            files = {cell["file"] for cell in json.loads(row["inputs"]) if cell["sheet"] == "異動履歴"}
            assert files <= {"続き.xlsx" if row["staff_id"] in moved else "roster.xlsx"}


def test_the_run_can_be_made_again(parted):
    folder, _ = parted
    done = hrbook("verify", "output/2026", cwd=folder)
    assert done.code == 0, done.out + done.err


def test_the_books_name_every_input(parted):

    folder, _ = parted
    run = folder / "output" / "2026"
    record = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    for book, sheet in ((run / "監査.xlsx", "実行記録"), (next((run / "部署別").iterdir()), "凡例・根拠")):
        rows = [[str(v) for v in row if v is not None] for row in openpyxl.load_workbook(book)[sheet].iter_rows(values_only=True)]
        (row,) = (row for row in rows if "続き.xlsx" in row)
        assert row[0] == "名簿の続き" and record["inputs"]["more_1"]["sha256"][:16] in row[-1]


def collected(folder, *words):
    """Every text of the results of a `collect` of the largest department's book, filled in for everybody."""
    book = max((folder / "output" / "2026" / "部署別").iterdir(), key=lambda path: path.stat().st_size)
    (folder / "back").mkdir(exist_ok=True)
    written = openpyxl.load_workbook(book)
    fill(written)
    written.save(folder / "back" / book.name)
    done = hrbook("collect", "back", "--issued", "output/2026", "--out", "collected", *words, cwd=folder)
    assert done.code in (0, 1), done.err
    result = openpyxl.load_workbook(folder / "collected" / "2026" / "回収結果.xlsx")
    return {str(cell) for sheet in result for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None}


def test_collect_knows_people_of_the_second_workbook(parted, write):
    folder, _ = parted
    assert "今日の名簿にいない人" not in collected(folder)
    gone = write({"職員名簿": [HEAD, person("999999")]}, "gone.xlsx")
    assert "今日の名簿にいない人" in collected(folder, "--more", gone)


def test_collect_where_todays_roster_is_one_workbook_again(parted, city, tmp_path):
    folder, _ = parted
    shutil.copy(city / "input" / "roster.xlsx", tmp_path)  # what comes back is put beside the roster
    assert "今日の名簿にいない人" not in collected(folder, "--roster", str(tmp_path / "roster.xlsx"))


def test_a_workbook_without_the_usual_names_is_read_by_its_headings(write, policy):
    roster = write({"職員名簿": [HEAD, person("001")]})
    more = write({"Sheet1": [ORDERS, ("001", HIRED, "総務部", "人事課", "主事", "採用")], "表紙": [["x"]]}, "more.xlsx")
    got, findings = load_roster(roster, policy, more=[more])
    assert [(o.post.department, o.ref.source.file) for o in got.employees[0].orders] == [("人事課", "more.xlsx")]
    assert [(f.code, f.file, f.sheet) for f in findings] == [("HR105", "more.xlsx", "表紙")]


def test_people_go_on_in_the_second_workbook(write, policy):
    roster, more = (
        write({"職員名簿": [HEAD, person("001")]}),
        write({"職員名簿": [HEAD, person("002")], "メモ": [["x"]]}, "b.xlsx"),
    )
    got, findings = load_roster(roster, policy, more=[more])
    assert [(e.staff_id, e.ref.source.file) for e in got.employees] == [("001", roster.name), ("002", "b.xlsx")]
    assert got.rows_read == 2 and {f.sheet for f in findings if f.code == "HR105"} == {"メモ"}


def test_somebody_who_stands_in_both_is_set_aside(write, policy):
    roster = write({"職員名簿": [HEAD, person("001"), person("002"), person("003")]})
    more = write({"職員名簿": [HEAD, person("003", 氏名="別の　者"), person("004"), person("005")]}, "b.xlsx")
    got, _ = load_roster(roster, policy, more=[more])
    assert [e.staff_id for e in got.employees] == ["001", "002", "004", "005"]
    assert {(row.staff_id, row.ref.source.file) for row in got.set_aside} == {("003", roster.name), ("003", "b.xlsx")}


@pytest.mark.parametrize(
    ("sheets", "name", "key"),
    [
        ({"職員名簿": [HEAD, person("001"), person("002")], "メモ": [["x"]]}, "b.xlsx", "books_alike"),
        ({"職員名簿": [HEAD, person("009")]}, "again/roster.xlsx", "book_twice"),
        ({"表": [["x"]]}, "b.xlsx", "sheet_missing"),
    ],
)
def test_what_is_no_continuation_is_refused(sheets, name, key, write, policy, tmp_path):
    roster = write({"職員名簿": [HEAD, person("001"), person("002")]})
    (tmp_path / "again").mkdir()
    with pytest.raises(Fault) as caught:
        load_roster(roster, policy, more=[write(sheets, name)])
    assert caught.value.key == key


def test_one_workbook_given_twice_is_refused(write, policy, tmp_path):
    roster = write({"職員名簿": [HEAD, person("001")]})
    copy = shutil.copy(roster, tmp_path / "copy.xlsx")
    with pytest.raises(Fault) as caught:
        load_roster(roster, policy, more=[copy])
    assert (caught.value.key, caught.value.facts["file"], caught.value.facts["other"]) == ("book_twice", "copy.xlsx", roster.name)
