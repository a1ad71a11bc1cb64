"""`python -m benchmarks.memory`: peak memory of reading and judging, and of the whole build, for cities of several sizes, with
one book a department and one a bureau: what the number of books costs by itself."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.contest import make_city
from benchmarks.timing import run

SIZES = (300, 1_000, 2_000)
HEAD = """| staff | check, MiB | books | build, MiB | books, --by bureau | build, MiB | ledger.csv, MB |
|---|---|---|---|---|---|---|"""


def main(words: list[str] | None = None) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--staff", type=int, nargs="*", default=list(SIZES), help=f"sizes of the city (default: {SIZES})")
    print(HEAD)
    for staff in parser.parse_args(words).staff:
        with tempfile.TemporaryDirectory(prefix="hrbook-bench-") as folder:
            print(row(staff, Path(folder)), flush=True)


def row(staff: int, work: Path) -> str:
    """One line of the table: one process each, so that the peak is that of the run."""
    roster = make_city(staff, work / "city", lambda text: None)
    hrbook = [sys.executable, "-m", "hrbook"]
    cells = [f"{staff:,}", f"{run([*hrbook, 'check', str(roster)])[0].peak:.0f}"]
    size = 0
    for by in ("department", "bureau"):
        out = work / by
        peak = run([*hrbook, "build", str(roster), "--out", str(out), "--by", by, "--jobs", "1", "--no-keep-inputs"])[0].peak
        (manifest,) = out.glob("*/manifest.json")
        files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
        cells += [str(sum(file["path"].count("/") for file in files)), f"{peak:.0f}"]
        size = next(file["size"] for file in files if file["path"] == "ledger.csv")
    return f"| {' | '.join([*cells, f'{size / 1e6:.0f}'])} |"


if __name__ == "__main__":
    main()
