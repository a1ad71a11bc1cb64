"""Two generated years of one city: every change has one cause, and the causes add up to all changes."""

import csv
import io
import json
from collections import Counter

import openpyxl
import pytest

from hrbook import judging
from hrbook.core.factors import Cause
from hrbook.ledger import pieces
from hrbook.options import Options
from tests.conftest import hrbook


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    """The same city on 1 April 2025, with a finished run of one department (its inputs are those of all)."""
    folder = tmp_path_factory.mktemp("earlier")
    assert hrbook("sample", "--staff", 60, "--year", 2025, "--out", folder / "input", cwd=folder).code == 0
    roster = folder / "input" / "roster.xlsx"
    done = hrbook("build", roster, "--out", folder / "output", "--department", "市民課", cwd=folder)
    assert done.code == 0, done.err
    (run,) = (path for path in (folder / "output").iterdir() if path.is_dir())
    return folder, run


def statuses(roster):
    people = judging.load(Options(roster, clock_year=2026)).assessment.people
    return {(p.employee.staff_id, j.rule.id): str(j.status) for p in people for j in p.judgements()}


def test_causes_add_up_to_all_changes(earlier, run, city, tmp_path):
    folder, old = earlier
    done = hrbook("diff", old, run, "--out", tmp_path / "変化.xlsx", "--format", "json", cwd=tmp_path)
    assert done.code == 0, done.err
    said = json.loads(done.out)
    before, after = statuses(folder / "input" / "roster.xlsx"), statuses(city / "input" / "roster.xlsx")
    wanted = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    changed = [c for c in said["changes"] if c["kind"] == "status"]
    assert {(c["staff_id"], c["rule_id"]) for c in changed} == wanted
    assert len(changed) == len(wanted) == sum(said["causes"].values()) == said["changed"]
    assert Counter(c["cause"] for c in changed) == {k: n for k, n in said["causes"].items() if n}
    for change in changed:
        key = (change["staff_id"], change["rule_id"])
        assert (change["before"], change["after"]) == (before.get(key), after.get(key))
        assert (change["cause"] == Cause.MIXED) == (len(change["parts"]) > 1)
    assert {"time", "training", "rank", "joined", "left"} <= {c["cause"] for c in changed}
    assert said["causes"]["mixed"] <= said["in_both_runs"] * 0.05
    book = openpyxl.load_workbook(tmp_path / "変化.xlsx")
    assert book.sheetnames == ["前年比較", "変化一覧"]
    assert book["変化一覧"].max_row == len(said["changes"]) + 1


def test_a_run_takes_the_year_before_as_an_input(earlier, city, tmp_path):
    _, old = earlier
    roster = city / "input" / "roster.xlsx"
    done = hrbook("build", roster, "--previous", old, "--out", tmp_path, "--department", "市民課", cwd=tmp_path)
    assert done.code == 0, done.err
    (new,) = (path for path in tmp_path.iterdir() if path.is_dir())
    record = json.loads((new / "manifest.json").read_text(encoding="utf-8"))
    before = json.loads((old / "manifest.json").read_text(encoding="utf-8"))
    assert record["inputs"]["previous"]["run_id"] == before["run_id"]
    kept = {path.stem for path in (new / "inputs").iterdir()}
    assert {record["inputs"]["previous"]["sha256"], before["inputs"]["roster"]["sha256"]} <= kept
    assert hrbook("verify", new, cwd=tmp_path).code == 0


def test_a_ledger_that_no_longer_fits_is_not_compared(earlier, run, tmp_path):
    """A changed ledger, or another version's: the comparison says so instead of inventing causes."""
    import shutil

    _, old = earlier
    copy = shutil.copytree(old, tmp_path / "old")
    text = (copy / "ledger.csv").read_bytes()
    (copy / "ledger.csv").write_bytes(text.replace(b",in_target,", b",completed,", 1))
    done = hrbook("diff", copy, run, "--out", tmp_path / "x.xlsx", cwd=tmp_path)
    assert (done.code, (tmp_path / "x.xlsx").exists()) == (3, False)
    assert "ledger.csv" in done.err and len(done.err.strip().splitlines()) == 1


def test_rows_in_another_order_give_the_same_verdicts(city, tmp_path):
    """Every sheet of the roster with its rows turned round: the ledger without its inputs stays the same."""
    turned = tmp_path / "roster.xlsx"
    book = openpyxl.load_workbook(city / "input" / "roster.xlsx")
    for sheet in book.worksheets[1:]:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)][::-1]
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value
    book.save(turned)
    one, other = (
        [
            {name: text for name, text in row.items() if name != "inputs"}
            for row in csv.DictReader(
                io.StringIO(b"".join(pieces(run.assessment.people, run.reading)).decode("utf-8-sig"), newline="")
            )
        ]
        for run in (
            judging.load(Options(path, settings=city / "input" / "settings.xlsx", clock_year=2026))
            for path in (city / "input" / "roster.xlsx", turned)
        )
    )
    assert one == other
