"""Every kind of manager's behaviour on many books: `python -m tests.collect.campaign --books 60`.

A city is invented and issued; in each turn every book is sent back with another behaviour, until every book has had every
one. Prints what went wrong; the exit code is 1 where anything did. With --folder the city is kept, so that a long campaign
can be run in slices: --first 0 --turns 10, --first 10 --turns 10 ..."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import warnings
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import cache
from pathlib import Path

from hrbook import batch
from hrbook.collect import run
from hrbook.options import Options
from tests.collect.behaviours import BEHAVIOURS, FORM_SHEET, Truth, made, sheet_names, slim
from tests.collect.judge import faults
from tests.conftest import hrbook

Made = tuple[str, bytes, Truth]


def main() -> int:
    """Runs the campaign in a temporary folder, or in the one that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=60)
    parser.add_argument("--staff", type=int, default=500)
    parser.add_argument("--first", type=int, default=0, help="turn to begin with")
    parser.add_argument("--turns", type=int, default=len(BEHAVIOURS))
    parser.add_argument("--folder", type=Path, help="where the city stays from one slice to the next")
    given = parser.parse_args()
    # What is the same in every turn is read once: the issued books and today's roster.
    run.load_issued, run.Today = cache(run.load_issued), cache(run.Today)  # type: ignore[misc,assignment]
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        paths = issued(folder, given.staff)[: given.books]
        with ProcessPoolExecutor(2) as pool:
            list(pool.map(lighter, paths))
            wrong = turns(folder, paths, range(given.first, given.first + given.turns), pool)
        for line in wrong:
            print(line)
    return 1 if wrong else 0


def issued(folder: Path, staff: int) -> list[Path]:
    """The books of an invented city that hold forms, small ones first; the city is made where the folder has none."""
    if not (folder / "output" / "2026" / "manifest.json").is_file():
        hrbook("sample", "--staff", staff, "--out", folder / "input", cwd=folder)
        batch.build(Options(folder / "input" / "roster.xlsx", out=folder / "output", clock_year=2026))
    paths = sorted((folder / "output" / "2026" / "部署別").iterdir(), key=lambda p: (p.stat().st_size, p.name))
    return [p for p in paths if FORM_SHEET in sheet_names(p)]


def lighter(path: Path) -> Path:
    """The book without the sheets that nobody touches, kept beside the city."""
    place = path.parents[3] / "slim" / path.name
    if not place.is_file():
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(slim(path))
    return place


def turns(folder: Path, paths: list[Path], which: range, pool: Executor) -> list[str]:
    """Every turn; the files of the next one are made while those of this one are collected."""
    wrong: list[str] = []
    files = entries = asked = refused = 0
    coming = _sent(paths, which.start, pool)
    for turn in which:
        ready, coming = coming, _sent(paths, turn + 1, pool) if turn + 1 in which else []
        place, out = folder / f"turn{turn}", folder / f"out{turn}"
        place.mkdir()
        truths = {}
        for number, (kind, future) in enumerate(ready):
            called, data, truth = future.result()
            called = called if called not in truths else f"{number}_{called}"
            (place / called).write_bytes(data)
            truths[called] = (kind, truth)
        roster = folder / "input" / "roster.xlsx"
        found = run.collect(run.Options(place, (folder / "output" / "2026",), roster, out=out), lambda *_: None)
        wrong += [f"turn {turn}: {line}" for line in faults(found, truths)]
        files, entries = files + len(truths), entries + len(found.entries)
        asked += sum(1 for d in found.differences if d.verdict.value == "ask")
        refused += sum(1 for r in found.receipts if not r.read)
        said = f"{entries} values accepted, {asked} asked, {refused} files refused, {len(wrong)} wrong"
        print(f"turns {which.start} to {turn}: {files} files, {said}", flush=True)
        for used in (place, out):
            shutil.rmtree(used)
    return wrong


def _sent(paths: list[Path], turn: int, pool: Executor) -> list[tuple[str, Future[Made]]]:
    kinds = list(BEHAVIOURS)
    chosen = [(kinds[(number + turn) % len(kinds)], path) for number, path in enumerate(paths)]
    return [(kind, pool.submit(_made, path, kind)) for kind, path in chosen]


def _made(path: Path, kind: str) -> Made:
    warnings.simplefilter("ignore")
    return made(path, kind, lighter(path).read_bytes())


if __name__ == "__main__":
    sys.exit(main())
