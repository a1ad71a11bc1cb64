"""Every kind of manager's behaviour on many books: `python -m tests.collect.campaign --books 60`.

A city is invented and issued; in each turn every book is sent back with another behaviour, until every book has had every
one. Prints what went wrong; the exit code is 1 where anything did."""

from __future__ import annotations

import argparse
import sys
import tempfile
import warnings
from pathlib import Path

from hrbook import batch, judging
from hrbook.collect.run import Options, collect
from tests.collect.behaviours import BEHAVIOURS, FORM_SHEET, made, slim
from tests.collect.judge import faults
from tests.conftest import hrbook


def main() -> int:
    """Runs the campaign in a temporary folder."""
    import openpyxl

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=60)
    parser.add_argument("--staff", type=int, default=500)
    parser.add_argument("--turns", type=int, default=len(BEHAVIOURS))
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hrbook("sample", "--staff", given.staff, "--out", folder / "input", cwd=folder)
        roster = folder / "input" / "roster.xlsx"
        outcome = batch.build(judging.Options(roster, out=folder / "output", clock_year=2026))
        paths = sorted((outcome.folder / "部署別").iterdir(), key=lambda p: (p.stat().st_size, p.name))
        paths = [p for p in paths if FORM_SHEET in openpyxl.load_workbook(p, read_only=True).sheetnames][: given.books]
        kinds, wrong, files, entries, asked = list(BEHAVIOURS), [], 0, 0, 0
        for turn in range(given.turns):
            truths = {}
            place = folder / f"turn{turn}"
            place.mkdir()
            for number, path in enumerate(paths):
                kind = kinds[(number + turn) % len(kinds)]
                called, data, truth = made(path, kind, slim(path))
                called = called if called not in truths else f"{number}_{called}"
                (place / called).write_bytes(data)
                truths[called] = (kind, truth)
            found = collect(Options(place, (outcome.folder,), roster, out=folder / f"out{turn}"), lambda *_: None)
            wrong += faults(found, truths)
            files, entries = files + len(truths), entries + len(found.entries)
            asked += sum(1 for d in found.differences if d.verdict.value == "ask")
            print(f"turn {turn + 1}: {files} files, {entries} values accepted, {asked} asked, {len(wrong)} wrong", flush=True)
        for line in wrong:
            print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
