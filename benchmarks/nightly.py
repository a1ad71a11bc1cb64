"""`python -m benchmarks.nightly`: every book of many generated cities before the outside tools (lint, Open XML SDK) and
LibreOffice's own result of every formula. Hours: `--first` and `--last` do it in slices; a share of it is in the proof suite.

Needs the folder with the outside tools (HRBOOK_SHARED or ../shared), OOXML_VALIDATOR_CLI and LibreOffice."""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.recalculated import differences
from benchmarks.timing import ROOT, python, run

CITIES, LEAST, MOST = 200, 40, 120
SEED = 20260401
QUICKER = ("DOTNET_TieredPGO", "0")  # the validator lives for seconds: profiling itself costs it a fifth of its time
SHOWN = 6  # findings of a city that are printed


def sizes(count: int) -> Iterator[tuple[int, int]]:
    """Seed and number of staff of each city, spread over the whole range whatever the count."""
    span = MOST - LEAST
    for number in range(count):
        yield SEED + number, LEAST + (number * span // max(1, count - 1))


def build(folder: Path, seed: int, staff: int) -> Path:
    """Generate and build one city in an empty folder; the folder of the run."""
    run(python("-m", "hrbook", "sample", "--staff", staff, "--seed", seed, "--out", folder / "input"))
    run(python("-m", "hrbook", "build", folder / "input" / "roster.xlsx", "--out", folder / "output", "--no-keep-inputs"))
    (manifest,) = (folder / "output").glob("*/manifest.json")
    return manifest.parent


def some(folder: Path, number: int) -> list[Path]:
    """Two books of a run, other kinds for the next `number`: the smallest, middle or largest department's, and one of the
    whole city's."""
    departments = sorted(folder.glob("*/*.xlsx"), key=lambda path: (path.stat().st_size, path.name))
    whole = sorted(folder.glob("*.xlsx"))
    return [departments[number % 3 * (len(departments) - 1) // 2], whole[number % len(whole)]]


def look(folder: Path, tools: Path) -> tuple[int, list[str]]:
    """All books of a run before the lint and the Open XML SDK of the outside tools, and LibreOffice: how many there are, and
    what was found. The SDK mends some faults in the file that it is given, so it is given copies."""
    outside, lint = (_module(tools / name) for name in ("validate_workbooks.py", "xlsxlint.py"))
    books = sorted(folder.rglob("*.xlsx"))
    told: list[str] = []
    with tempfile.TemporaryDirectory(prefix="hrbook-nightly-") as name:
        copies = {Path(shutil.copy(book, Path(name) / f"{number:05}.xlsx")): book for number, book in enumerate(books)}
        again = differences(list(copies))
        for copy, book in copies.items():
            said = [*(f"lint {code}: {text}" for code, text in lint.check(str(copy))), *again[copy]]
            said += outside.sdk(str(copy), "Microsoft365")
            told += [f"{book.name}: {text}" for text in said]
    return len(books), told


def _module(path: Path) -> Any:
    """An outside tool as a module; it looks for its neighbours beside itself."""
    sys.path.insert(0, str(path.parent))
    try:
        return importlib.import_module(path.stem)
    finally:
        sys.path.remove(str(path.parent))


def one(city: tuple[int, int], tools: Path) -> tuple[int, list[str]]:
    """Build and look at one city: seed and number of staff."""
    with tempfile.TemporaryDirectory(prefix="hrbook-nightly-") as name:
        return look(build(Path(name), *city), tools)


def main(words: Sequence[str] | None = None) -> int:
    """Exit code 1 if any book has a finding."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nightly", description=__doc__)
    parser.add_argument("--first", type=int, default=1, help=f"number of the first city, of {CITIES} (default: 1)")
    parser.add_argument("--last", type=int, default=CITIES, help=f"number of the last (default: {CITIES})")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes (default: as many as processors)")
    asked = parser.parse_args(words)
    tools = Path(os.environ.get("HRBOOK_SHARED") or ROOT.parent / "shared") / "tools"
    validator = os.environ.get("OOXML_VALIDATOR_CLI", "")
    for need, there in (("HRBOOK_SHARED", tools.is_dir()), ("OOXML_VALIDATOR_CLI", Path(validator).is_file())):
        if not there:
            parser.exit(2, f"set {need}\n")
    os.environ.setdefault(*QUICKER)
    cities = list(sizes(CITIES))[asked.first - 1 : asked.last]
    books = wrong = 0
    with ProcessPoolExecutor(asked.jobs) as pool:
        for number, (city, (count, told)) in enumerate(
            zip(cities, pool.map(partial(one, tools=tools), cities), strict=True), asked.first
        ):
            books, wrong = books + count, wrong + bool(told)
            print(
                f"{number:4}  seed {city[0]}, {city[1]} staff: {count} books, {len(told)} findings",
                *told[:SHOWN],
                sep="\n      ",
                flush=True,
            )
    print(f"{len(cities)} cities, {books} books, {wrong} cities with findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
