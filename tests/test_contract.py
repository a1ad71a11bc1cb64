"""What is promised to the outside: files, columns, exit codes, one complete run or none."""

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import time
from fractions import Fraction

import openpyxl
import pytest

from tests.conftest import hrbook

COLUMNS = (
    "staff_id",
    "department",
    "rule_id",
    "edition",
    "status",
    "degree",
    "citation",
    "citation_status",
    "inputs",
    "values",
    "reading",
    "as_of",
)
SHEETS = ["表紙", "職員一覧", "能力ウエイト", "研修計画", "ローテーション", "面談シート", "凡例・根拠"]


def ledger(run):
    text = (run / "ledger.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def digests(folder):
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}


def changed(city, tmp_path, edit, name="roster.xlsx"):
    """A copy of the city's inputs after `edit(workbook)`."""
    folder = tmp_path / "input"
    shutil.copytree(city / "input", folder)
    book = openpyxl.load_workbook(folder / name)
    edit(book)
    book.save(folder / name)
    return folder / "roster.xlsx"


def column(sheet, heading):
    return next(c.column for c in sheet[1] if c.value == heading)


def rows_of(run, staff_id):
    return {row["rule_id"]: row for row in ledger(run) if row["staff_id"] == staff_id}


# what a run consists of ---------------------------------------------------------------------------------------


def test_files(run):
    names = {p.name for p in run.iterdir()}
    assert names == {"部署別", "全庁集計.xlsx", "監査.xlsx", "実施計画.xlsx", "ledger.csv", "manifest.json", "inputs"}
    for path in (run / "部署別").iterdir():
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
        assert [s for s in book.sheetnames if s in SHEETS] == SHEETS, path.name
        assert {"データ_職員", "データ_配属", "データ_研修", "データ_集計", "データ_定義"} <= set(book.sheetnames), path.name


def test_inputs_are_private(run):
    kept = list((run / "inputs").iterdir())
    assert [p.suffix for p in sorted(kept, key=lambda p: p.suffix)] == [".toml", ".xlsx", ".xlsx"]
    for path in kept:
        assert path.stat().st_mode & 0o077 == 0
        assert path.stem == hashlib.sha256(path.read_bytes()).hexdigest()


def test_ledger_is_people_times_rules(run):
    data = (run / "ledger.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = ledger(run)
    assert tuple(rows[0]) == COLUMNS
    rules = {row["rule_id"] for row in rows}
    people = {row["staff_id"] for row in rows}
    assert {"rotation.three-in-ten", "competency.weights", "career.stage", "digital.tier"} <= rules
    assert len([r for r in rules if r.startswith("training.")]) == 38
    assert len(rows) == len(rules) * len(people) == len({(r["staff_id"], r["rule_id"]) for r in rows})
    totals = json.loads((run / "manifest.json").read_text())["control_totals"]
    assert totals["judgements"] == len(rows)
    assert totals["people"] == len(people)
    assert totals["rows_read"] == totals["people"] + totals["not_judged"] + totals["set_aside"]


def test_ledger_values(run):
    for row in ledger(run):
        values = json.loads(row["values"])
        cells = json.loads(row["inputs"])
        assert all(set(cell) == {"file", "sheet", "cell", "raw", "value"} for cell in cells)
        assert row["as_of"] == "2026-04-01" and row["citation"] and row["citation_status"]
        if row["rule_id"] == "rotation.three-in-ten":
            assert {"service_year", "count", "remaining", "last_chance"} <= set(values)
            assert (values["last_chance"] is not None) == (row["status"] in ("on_track", "needs_plan"))
        elif row["rule_id"].startswith("training."):
            assert {"target_fy", "completed_on"} <= set(values)
            assert (values["completed_on"] is not None) == (row["status"] == "completed")
        elif row["rule_id"] == "competency.weights" and row["status"] == "assigned":
            assert sum(Fraction(share) for share in values["weights"].values()) == 1


def test_ledger_cells_hold_what_they_say(run, city):
    """Every cell that the ledger names holds the raw value that it gives."""
    book = openpyxl.load_workbook(city / "input" / "roster.xlsx", data_only=True)
    seen = 0
    for row in ledger(run)[::7]:
        for cell in json.loads(row["inputs"]):
            if not cell["cell"].isdigit():
                there = book[cell["sheet"]][cell["cell"]].value
                there = there.date().isoformat() if hasattr(there, "date") else there
                assert there == cell["raw"], cell
                seen += 1
    assert seen > 500


def test_manifest_names_every_file(run):
    record = json.loads((run / "manifest.json").read_text())
    there = digests(run)
    there.pop("manifest.json")
    assert {f["path"]: f["sha256"] for f in record["files"]} == there
    assert record["inputs"]["roster"]["sha256"] and record["inputs"]["policy"]["sha256"]
    assert "labels/common.toml" in record["templates"]


def test_books_hold_their_own_people_only(run):
    """Numbers of a department's list: each person in exactly one book's list, and nobody else's form or row anywhere."""
    listed = {}
    for path in sorted((run / "部署別").iterdir()):
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
        sheet = book["データ_職員"]
        head, *rows = list(sheet.iter_rows(values_only=True))
        place = next(i for i, h in enumerate(head) if h and h.startswith("職員番号"))
        listed[path.name] = {str(r[place]) for r in rows}
    everybody = [n for numbers in listed.values() for n in numbers]
    assert len(everybody) == len(set(everybody))
    assert set(everybody) == {row["staff_id"] for row in ledger(run)}


def test_two_runs_are_byte_identical(run, city, tmp_path):
    done = hrbook(
        "build",
        city / "input" / "roster.xlsx",
        "--out",
        tmp_path,
        "--jobs",
        2,
        cwd=tmp_path,
        env={"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"},
    )
    assert done.code == 0, done.err
    assert digests(tmp_path / "2026") == digests(run)
    before = (tmp_path / "2026" / "manifest.json").stat().st_mtime_ns
    again = hrbook("build", city / "input" / "roster.xlsx", "--out", tmp_path, cwd=tmp_path)
    assert again.code == 0
    assert (tmp_path / "2026" / "manifest.json").stat().st_mtime_ns == before
    assert not (tmp_path / "history").exists()


def test_another_run_keeps_the_one_before(city, tmp_path):
    roster = city / "input" / "roster.xlsx"
    assert hrbook("build", roster, "--out", tmp_path, cwd=tmp_path).code == 0
    first = digests(tmp_path / "2026")
    assert hrbook("build", roster, "--out", tmp_path, "--as-of", "2026-10-01", cwd=tmp_path).code == 0
    assert digests(tmp_path / "history" / "2026-1") == first
    assert {row["as_of"] for row in ledger(tmp_path / "2026")} == {"2026-10-01"}


def test_one_department_leaves_the_whole_run_alone(run, city, tmp_path):
    shutil.copytree(run, tmp_path / "2026")
    name = sorted((run / "部署別").iterdir())[0].stem.split("_")[1]
    done = hrbook("build", city / "input" / "roster.xlsx", "--out", tmp_path, "--department", name, cwd=tmp_path)
    assert done.code == 0, done.err
    assert digests(tmp_path / "2026") == digests(run)
    assert list((tmp_path / "2026-部分" / "部署別").iterdir())


def test_by_bureau(city, tmp_path):
    done = hrbook("build", city / "input" / "roster.xlsx", "--out", tmp_path, "--by", "部", cwd=tmp_path)
    assert done.code == 0, done.err
    names = [p.stem for p in (tmp_path / "2026" / "部署別").iterdir()]
    assert names and not any("_" in name for name in names)


def test_dry_run_writes_nothing(city, tmp_path):
    done = hrbook("build", city / "input" / "roster.xlsx", "--out", tmp_path / "out", "--dry-run", cwd=tmp_path)
    assert done.code == 0
    assert not (tmp_path / "out").exists()
    assert "部署別" in done.err


# the worked examples, in the shipped sample -------------------------------------------------------------------

EXAMPLES = {
    "90001": ("rotation.three-in-ten", "on_track", {"service_year": 1, "count": 1, "remaining": 9, "last_chance": "2034-04-01"}),
    "90002": (
        "rotation.three-in-ten",
        "needs_plan",
        {"service_year": 5, "count": 1, "remaining": 5, "last_chance": "2030-04-01"},
    ),
    "90003": ("rotation.three-in-ten", "out_of_reach", {"service_year": 10, "count": 2, "remaining": 0}),
    "90004": ("rotation.three-in-ten", "met", {"service_year": 10, "count": 3}),
    "90005": ("rotation.three-in-ten", "not_reached", {"service_year": 11}),
    "90006": (
        "rotation.three-in-ten",
        "needs_plan",
        {"service_year": 8, "count": 2, "remaining": 2, "last_chance": "2028-04-01"},
    ),
    "90007": ("training.TS-K04", "in_target", {"target_fy": 2026}),
    "90008": ("training.TS-K05", "overdue", {"target_fy": 2024}),
    "90009": ("training.TS-K05", "in_target", {"target_fy": 2026}),
    "90011": ("training.TS-K05", "lapsed", {}),
}


@pytest.mark.parametrize("staff_id", sorted(EXAMPLES))
def test_worked_examples_in_the_sample(run, staff_id):
    rule, status, values = EXAMPLES[staff_id]
    row = rows_of(run, staff_id)[rule]
    found = json.loads(row["values"])
    assert (row["status"], {k: found[k] for k in values}) == (status, values)


# bad input ----------------------------------------------------------------------------------------------------


def refused(done, out, *facts):
    """Exit 3, one paragraph with the facts, no traceback, nothing written."""
    assert done.code == 3, (done.code, done.err)
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) == 1
    for fact in facts:
        assert fact in done.err
    assert not (out / "2026").exists()
    assert not list(out.glob(".stage*"))


@pytest.mark.parametrize(
    "content", [b"", b"x", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"<html></html>"]
)
def test_not_a_workbook(tmp_path, content):
    (tmp_path / "roster.xlsx").write_bytes(content)
    refused(hrbook("build", tmp_path / "roster.xlsx", "--out", tmp_path / "out", cwd=tmp_path), tmp_path / "out", "roster.xlsx")


def test_no_such_file_and_a_folder(tmp_path):
    refused(hrbook("build", tmp_path / "none.xlsx", "--out", tmp_path / "out", cwd=tmp_path), tmp_path / "out", "none.xlsx")
    refused(hrbook("build", tmp_path, "--out", tmp_path / "out", cwd=tmp_path), tmp_path / "out", tmp_path.name)


def test_required_column_missing(city, tmp_path):
    def edit(book):
        sheet = book["職員名簿"]
        sheet.cell(1, column(sheet, "採用年月日")).value = "なまえのない列"

    roster = changed(city, tmp_path, edit)
    refused(hrbook("build", roster, "--out", tmp_path / "out", cwd=tmp_path), tmp_path / "out", "職員名簿", "採用年月日")


def test_header_twice(city, tmp_path):
    def edit(book):
        sheet = book["職員名簿"]
        sheet.cell(1, column(sheet, "フリガナ")).value = "氏名"

    roster = changed(city, tmp_path, edit)
    refused(hrbook("build", roster, "--out", tmp_path / "out", cwd=tmp_path), tmp_path / "out", "職員名簿", "氏名")


def test_required_sheet_missing(city, tmp_path):
    roster = changed(city, tmp_path, lambda book: book.remove(book["職員名簿"]))
    refused(hrbook("build", roster, "--out", tmp_path / "out", cwd=tmp_path), tmp_path / "out", "職員名簿")


def test_bad_rows_are_set_aside_and_the_rest_is_built(city, tmp_path):
    def edit(book):
        sheet = book["職員名簿"]
        number = column(sheet, "職員番号")
        sheet.cell(5, number).value = None
        sheet.cell(7, number).value = sheet.cell(6, number).value
        for heading in ("部", "課", "所属コード"):
            sheet.cell(9, column(sheet, heading)).value = None

    roster = changed(city, tmp_path, edit)
    done = hrbook("build", roster, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.code == 1, done.err
    totals = json.loads((tmp_path / "out" / "2026" / "manifest.json").read_text())["control_totals"]
    assert totals["set_aside"] == 4
    assert totals["rows_read"] == totals["people"] + totals["not_judged"] + 4
    for cell in ("5", "6", "7", "9"):
        assert cell in done.err
    checked = hrbook("check", roster, "--format", "json", cwd=tmp_path)
    report = json.loads(checked.out)
    assert checked.code == 1 and report["set_aside"] == 4
    errors = [f for f in report["findings"] if f["severity"] == "error"]
    assert len(errors) == 4
    assert all(
        set(f) == {"code", "severity", "file", "sheet", "cell", "found", "understood", "message", "remedy"} for f in errors
    )


def test_bad_values_keep_their_person(city, tmp_path):
    """An unknown title and an unreadable date: the person stays, what needs them is undetermined."""

    def edit(book):
        sheet = book["職員名簿"]
        number = column(sheet, "職員番号")
        rows = {str(sheet.cell(r, number).value): r for r in range(2, sheet.max_row + 1)}
        sheet.cell(rows["90001"], column(sheet, "職名")).value = "謎の職"
        sheet.cell(rows["90002"], column(sheet, "採用年月日")).value = "桜の咲くころ"

    roster = changed(city, tmp_path, edit)
    done = hrbook("build", roster, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.code == 0, done.err
    run = tmp_path / "out" / "2026"
    first, second = rows_of(run, "90001"), rows_of(run, "90002")
    assert first["rotation.three-in-ten"]["status"] == "undetermined"
    assert first["competency.weights"]["status"] == "undetermined"
    assert first["training.TS-K01"]["status"] == "in_target"  # asks for the hire alone
    assert second["rotation.three-in-ten"]["status"] == "undetermined"
    assert second["competency.weights"]["status"] == "assigned"
    report = json.loads(hrbook("check", roster, "--format", "json", cwd=tmp_path).out)
    warned = {(f["sheet"], f["found"]) for f in report["findings"] if f["severity"] == "warning"}
    assert {("職員名簿", "謎の職"), ("職員名簿", "桜の咲くころ")} <= warned


def test_wrong_use(city, tmp_path):
    roster = city / "input" / "roster.xlsx"
    outside = hrbook("build", roster, "--year", 2026, "--as-of", "2027-04-01", "--out", tmp_path, cwd=tmp_path)
    assert outside.code == 2 and not (tmp_path / "2026").exists()
    unknown = hrbook("build", roster, "--department", "月面課", "--out", tmp_path, cwd=tmp_path)
    assert unknown.code == 2 and "月面課" in unknown.err and not list(tmp_path.glob("2026*"))
    assert hrbook("build", "--no-such-option", cwd=tmp_path).code == 2
    assert hrbook("explain", "00000", roster, cwd=tmp_path).code == 2


def test_roster_alone_is_enough(city, tmp_path):
    """Only the staff sheet must be there; without a history what needs it is undetermined, and nobody vanishes."""

    def edit(book):
        for name in book.sheetnames:
            if name != "職員名簿":
                book.remove(book[name])

    roster = changed(city, tmp_path, edit)
    done = hrbook("build", roster, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.code == 0, done.err
    rows = rows_of(tmp_path / "out" / "2026", "90004")
    assert rows["rotation.three-in-ten"]["status"] == "undetermined"


def test_shuffled_rows_give_the_same_verdicts(run, city, tmp_path):
    def edit(book):
        for name in ("職員名簿", "異動履歴", "研修履歴", "組織"):
            sheet = book[name]
            rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=2)]
            for r, values in enumerate(sorted(rows, key=lambda row: hashlib.md5(repr(row).encode()).hexdigest()), 2):
                for c, value in enumerate(values, 1):
                    sheet.cell(r, c).value = value

    roster = changed(city, tmp_path, edit)
    done = hrbook("build", roster, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.code == 0, done.err
    skipped = {"inputs"}
    before = [{k: v for k, v in row.items() if k not in skipped} for row in ledger(run)]
    after = [{k: v for k, v in row.items() if k not in skipped} for row in ledger(tmp_path / "out" / "2026")]
    assert after == before


# explain, languages, interruptions ----------------------------------------------------------------------------


def test_explain_tells_the_chain(city, tmp_path):
    done = hrbook("explain", "90006", city / "input" / "roster.xlsx", "--rule", "rotation.three-in-ten", cwd=tmp_path)
    assert done.code == 0, done.err
    for fact in ("要計画", "第4章第3節1", "子育て推進課", "財政課", "令和10年4月1日", "異動履歴!", "11年"):
        assert fact in done.out, fact
    for fact in ("入庁8年目です", "まだ経験していない課へ移ると「到達」", "採用年月日「2019-04-01」", "派遣先も1つと数える"):
        assert fact in done.out, fact
    english = hrbook("explain", "90006", city / "input" / "roster.xlsx", "--lang", "en", cwd=tmp_path)
    assert "needs a plan" in english.out


def test_explain_gives_one_page_to_hand_over(city, tmp_path):
    roster, page = city / "input" / "roster.xlsx", tmp_path / "説明.xlsx"
    done = hrbook("explain", "90006", roster, "--rule", "rotation.three-in-ten", "--xlsx", page, cwd=tmp_path)
    assert done.code == 0, done.err
    (sheet,) = openpyxl.load_workbook(page).worksheets
    said = "".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None)
    for fact in ("秋山", "要計画", "第4章第3節1", "子育て推進課", "人事配置の決まりや人の評価ではありません"):
        assert fact in said, fact
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.orientation) == (True, "portrait")
    again = hrbook("explain", "90006", roster, "--xlsx", page, cwd=tmp_path)
    assert again.code == 2 and "--force" in again.err


def test_kill_leaves_the_old_run_or_the_new_one(run, city, tmp_path):
    """Killed anywhere, what is visible is one complete run; the next run cleans up and is byte-identical."""
    roster = city / "input" / "roster.xlsx"
    for delay in (0.3, 0.8, 1.1, 1.4, 1.8):
        process = subprocess.Popen(
            [sys.executable, "-m", "hrbook", "build", str(roster), "--out", str(tmp_path)],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(delay)
        process.kill()
        process.wait()
        if (tmp_path / "2026").exists():
            assert digests(tmp_path / "2026") == digests(run)
    assert hrbook("build", roster, "--out", tmp_path, cwd=tmp_path).code == 0
    assert digests(tmp_path / "2026") == digests(run)
    assert not list(tmp_path.glob(".stage*"))


def test_two_runs_at_once(city, tmp_path):
    roster = str(city / "input" / "roster.xlsx")
    words = [sys.executable, "-m", "hrbook", "build", roster, "--out", str(tmp_path)]
    both = [subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    errors = [p.communicate()[1] for p in both]
    codes = sorted(p.returncode for p in both)
    assert codes in ([0, 0], [0, 3]), errors
    assert (tmp_path / "2026" / "manifest.json").exists()
    assert not any("Traceback" in e for e in errors)


def test_full_disk(city, tmp_path):
    """A disk that refuses: one paragraph, nothing visible, nothing left."""
    import resource

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    process = subprocess.run(
        [sys.executable, "-m", "hrbook", "build", str(city / "input" / "roster.xlsx"), "--out", str(tmp_path / "out")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        preexec_fn=small,
        # `make coverage` would write its data to the same disk and say that it is full, too
        env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")},
    )
    assert process.returncode == 3, process.stderr
    assert "Traceback" not in process.stderr
    assert not (tmp_path / "out" / "2026").exists()
    assert not list((tmp_path / "out").glob(".stage*"))
