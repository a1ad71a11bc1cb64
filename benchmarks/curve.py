"""`python -m benchmarks.curve`: what a build costs against staff, departments and length of history.

Whole processes of `hrbook build` on one process; processor time and peak memory. Written to benchmarks/CURVE.md and curve.svg.
Departments: the same city with a book a bureau. History: the same city with every second order, course and score left out."""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.contest import make_city
from benchmarks.drawing import bars
from benchmarks.timing import python, run
from hrbook.sample import Table

SIZES, CITY, MILLI = (120, 300, 600, 1_100, 2_200), 1_100, 1000
HISTORIES = ("異動履歴", "研修履歴", "評価")
HEAD = """# What a build costs

Written by `python -m benchmarks.curve`: whole processes of `hrbook build`, one process each, every guard on, measured once. The
cost a person is what is left above the first city, so that starting Python is not shared out among people. A report, not a
promise.

| city | staff | books | CPU s | ms a person | peak MiB |
| --- | ---: | ---: | ---: | ---: | ---: |
"""


def halved(table: Table) -> Table:
    """A table without every second row, where it holds a history."""
    return replace(table, rows=table.rows[::2]) if table.name in HISTORIES else table


def make_short_city(staff: int, folder: Path) -> Path:
    """The roster of an invented city with half of its history."""
    from hrbook.excel.plain import write_tables
    from hrbook.resources import load_toml
    from hrbook.sample import build_city

    city = build_city(staff, 1, data=load_toml("sample.toml"))
    folder.mkdir(parents=True)
    for name, tables in (("roster", tuple(map(halved, city.roster))), ("settings", city.settings)):
        (folder / f"{name}.xlsx").write_bytes(write_tables(tables, name, ""))
    return folder / "roster.xlsx"


def measured(roster: Path, out: Path, *options: str) -> tuple[int, float, float]:
    """Books, processor seconds and peak MiB of one build."""
    sample, _ = run(python("-m", "hrbook", "build", roster, "--out", out, "--jobs", "1", *options))
    (manifest,) = out.glob("*/manifest.json")
    files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    return (
        sum(file["path"].endswith(".xlsx") and not file["path"].startswith("inputs/") for file in files),
        sample.cpu,
        sample.peak,
    )


def main(words: list[str] | None = None) -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.curve", description=__doc__)
    parser.add_argument("--staff", type=int, nargs="+", default=list(SIZES), help="sizes of the city")
    parser.add_argument("--city", type=int, default=CITY, help=f"size for departments and history (default: {CITY})")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder of CURVE.md and curve.svg")
    asked = parser.parse_args(words)
    rows: list[tuple[str, int, int, float, float]] = []
    with tempfile.TemporaryDirectory(prefix="hrbook-curve-") as folder:
        work = Path(folder)
        for staff in asked.staff:
            roster = make_city(staff, work / f"city{staff}", print)
            rows.append(("as invented", staff, *measured(roster, work / f"out{staff}")))
        roster = make_city(asked.city, work / "city", print)
        rows.append(("a book a bureau", asked.city, *measured(roster, work / "bureaus", "--by", "bureau")))
        short = make_short_city(asked.city, work / "short")
        rows.append(("half the history", asked.city, *measured(short, work / "shorter")))
    base = rows[0]
    text, drawn = HEAD, []
    for number, (name, staff, books, cpu, peak) in enumerate(rows):
        grown = 0 < number < len(asked.staff)
        said = f"{MILLI * (cpu - base[3]) / (staff - base[1]):.1f}" if grown else ""
        text += f"| {name} | {staff:,} | {books:,} | {cpu:.2f} | {said} | {peak:,.0f} |\n"
        drawn.append((f"{staff:,} staff, {name}", cpu, f"{cpu:.1f} s"))
    print(text)
    (asked.out / "CURVE.md").write_text(text, encoding="utf-8")
    picture = bars("hrbook build, one process: processor seconds", drawn, first=len(asked.staff))
    (asked.out / "curve.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
