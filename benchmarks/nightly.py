"""`python -m benchmarks.nightly`: every book of many generated cities before the outside validator (lint, Open XML SDK,
LibreOffice's own result of every formula). Hours; a share of it is in the proof suite.

Needs the folder with the outside tools (HRBOOK_SHARED or ../shared), OOXML_VALIDATOR_CLI and LibreOffice."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.timing import ROOT, python, run

CITIES, LEAST, MOST = 200, 40, 120
SEED = 20260401


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


def main(words: Sequence[str] | None = None) -> int:
    """Exit code 1 if any book has a finding."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nightly", description=__doc__)
    parser.add_argument("--cities", type=int, default=CITIES, help=f"how many (default: {CITIES})")
    asked = parser.parse_args(words)
    tools = Path(os.environ.get("HRBOOK_SHARED") or ROOT.parent / "shared") / "tools" / "validate_workbooks.py"
    if not tools.is_file():
        parser.exit(2, f"{tools.name} is not there: set HRBOOK_SHARED.\n")
    wrong = 0
    for number, (seed, staff) in enumerate(sizes(asked.cities), 1):
        with tempfile.TemporaryDirectory(prefix="hrbook-nightly-") as name:
            done = subprocess.run([sys.executable, tools, build(Path(name), seed, staff)], capture_output=True, encoding="utf-8")
        wrong += done.returncode != 0
        print(f"{number:4}/{asked.cities}  seed {seed}, {staff} staff: {done.stdout.strip() or done.stderr.strip()}", flush=True)
    print(f"{asked.cities} cities, {wrong} with findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
