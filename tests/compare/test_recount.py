"""The independent recount (benchmarks/recount.py): standard library only, the ledger's inputs only, every verdict."""

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from hrbook import batch
from hrbook.core.assess import assess
from hrbook.ingest.roster import load_roster
from hrbook.ledger import pieces
from tests.engine.adapter import policy_of, reading_of, register_start, tables, write_tables
from tests.oracle.generate import generate

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "recount.py"
SEEDS = (0, 1, 3, 5, 7, 9, 13, 15, 21, 35)  # every kind of guide: units, moves, several things at once, job families


def recounted(folder):
    """Run as an auditor does, with a Python that sees no package at all."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(folder)], capture_output=True, text=True, encoding="utf-8"
    )


def figures(done):
    """How many agree, differ, and were not recounted."""
    return [int(word) for word in done.stdout.splitlines()[0].split() if word.isdigit()]


def beyond(seed, folder):
    """How many the script must leave to others: everybody under a guide of several things at once, else those whose window
    leave without readable dates lengthens."""
    _, world = generate(seed, 1)
    with (folder / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["rule_id"] == "rotation.three-in-ten"]
    if world["reading"].get("also"):
        return len(rows)
    left = sum(json.loads(row["values"])["reason"] == "leave_unreadable" for row in rows)
    assert left <= 1
    return left


def nasty(seed, size, folder):
    """The ledger of generated people whose careers and data are damaged in every way."""
    people, world = generate(seed, size)
    (folder / "roster.xlsx").write_bytes(write_tables(tuple(tables(people, world)), "test", "test"))
    policy = policy_of(world)
    roster, findings = load_roster(folder / "roster.xlsx", policy)
    reading = replace(reading_of(world, policy), register_start=register_start(world))
    assessment = assess(roster, reading, findings)
    (folder / "ledger.csv").write_bytes(b"".join(pieces(assessment.people, reading)))
    columns = batch.columns_of(roster)
    (folder / "manifest.json").write_text(json.dumps({"columns": columns}), encoding="utf-8")
    return len(assessment.people)


def test_a_finished_run_recounts(run):
    done = recounted(run)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "58 rotation verdicts agree, 0 differ, 0 not recounted" in done.stdout


@pytest.mark.parametrize("seed", SEEDS)
def test_damaged_careers_recount(seed, tmp_path):
    size = nasty(seed, 60, tmp_path)
    done = recounted(tmp_path)
    left = beyond(seed, tmp_path)
    assert figures(done) == [size - left, 0, left], done.stdout[:800] + done.stderr[-800:]


@pytest.mark.proof
@pytest.mark.parametrize("seed", SEEDS)
def test_two_thousand_damaged_careers_recount(seed, tmp_path):
    size = nasty(seed, 250, tmp_path)
    left = beyond(seed, tmp_path)
    assert figures(recounted(tmp_path)) == [size - left, 0, left]


def test_a_wrong_verdict_is_named(run, tmp_path):
    """A ledger that says otherwise than its inputs."""
    text = (run / "ledger.csv").read_text(encoding="utf-8-sig")
    line = next(line for line in text.splitlines() if line.startswith("90005,") and "rotation" in line)
    wrong = text.replace(line, line.replace(",not_reached,", ",met,"))
    (tmp_path / "ledger.csv").write_text(wrong, encoding="utf-8-sig")
    (tmp_path / "manifest.json").write_bytes((run / "manifest.json").read_bytes())
    done = recounted(tmp_path)
    assert (done.returncode, "90005: ledger met, recounted not_reached" in done.stdout) == (1, True)
