"""The figures as Markdown: benchmarks/RESULTS.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.contest import BARE_READ, BOOKS, CLICK, DIFF, HELP, HRBOOK, JUDGE, READ, VERIFY, Contest
from benchmarks.drawing import bars
from benchmarks.timing import Sample, Spread, ratios, spread

LIBRARIES = ("hrbook", "openpyxl", "xlsxwriter", "pandas", "python-calamine", "lxml", "click")
MICRO = 1e6
HEAD = """# Speed

Written by `python -m benchmarks`. Whole processes, from start to exit, measured in turn (A B C A B C ...) in one run; ratios are
taken round by round, below 1 is faster. Figures are median (least-most). Nothing here is a promise or a test: it is a report.

- `hrbook build`: every guard on (preflight, control totals, ledger, manifest, hashes, fsync and rename); on one process, which is
  what the scripts have, and as it comes, which is one process a processor (its peak memory is that of the largest).
- (a) `bare.py`: reads the roster with openpyxl and writes the same cells, looks, merged areas and widths with xlsxwriter.
- (b) `straightforward.py`: reads with pandas, groups by department, writes the same with openpyxl.

- (c) `limit.py`: inflates the roster, deflates the finished XML of the same books once, writes new files.

Ratios of processor time are given too: on a machine that others use as well they are the steadier figure.

(a) and (b) judge nothing: the cells were noted beforehand from a finished run, and both get them ready-made. They leave out
charts, data bars, drop-downs, notes, print settings, row heights, properties, the ledger, the manifest and every check.
What they wrote was re-read and held against the noted values.
"""


def section(found: Contest) -> str:
    """One city's tables, under a heading of its own."""
    lines = [heading(found.staff), "", _facts(found), "", _machine(), ""]
    rows = []
    for name, samples in found.whole.items():
        mine = [_ratio(ratios(found.whole[HRBOOK], samples, figure)) for figure in ("wall", "cpu")]
        rows.append((name, *_figures(samples), *(("", "") if name == HRBOOK else mine)))
    lines += _table(("whole job", "wall s", "CPU s", "peak MiB", "hrbook on one process / it, wall", "CPU"), rows)
    lines += ["", *_parts(found), ""] if found.parts else [""]
    lines += [_equal(name, found) for name in found.compared]
    lines += [f"{name} was left out at this size: its run takes more than ten minutes." for name in found.left_out]
    return "\n".join(lines) + "\n"


def heading(staff: int) -> str:
    """The heading of a city's section."""
    return f"## {staff:,} staff"


def picture(found: Contest) -> str:
    """The whole jobs of a city as bars of processor time, hrbook's first."""
    spent = [(name, spread([sample.cpu for sample in samples]).middle) for name, samples in found.whole.items()]
    figures = [(name, cpu, f"{cpu:,.1f} s") for name, cpu in spent]
    return bars(f"{found.staff:,} staff, {found.books:,} books: processor seconds of the whole job", figures, first=2)


def save(target: Path, sections: Iterable[tuple[int, str]]) -> None:
    """Write the report; sections of sizes that were not measured now stay as they are in the file."""
    known: dict[str, str] = {}
    if target.is_file():
        for part in target.read_text(encoding="utf-8").split("\n## ")[1:]:
            known[f"## {part.splitlines()[0]}"] = f"## {part.rstrip()}\n"
    known |= {heading(staff): text.rstrip() + "\n" for staff, text in sections}
    order = sorted(known, key=lambda name: int(name.split()[1].replace(",", "")))
    target.write_text("\n".join([HEAD, *(known[name] for name in order)]), encoding="utf-8")


def _facts(found: Contest) -> str:
    rounds = "1 round" if found.rounds == 1 else f"{found.rounds} rounds"
    cells = f"{found.cells:,} cells (merged areas counted once), " if found.cells else ""
    return f"{found.books:,} books, {cells}{rounds}."


def _machine() -> str:
    said = [f"{len(os.sched_getaffinity(0))} cores", f"{platform.python_implementation()} {platform.python_version()}"]
    for name in LIBRARIES:
        try:
            said.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            said.append(f"no {name}")
    return ", ".join(said) + "."


def _parts(found: Contest) -> list[str]:
    parts = found.parts
    share = spread([part / whole.wall for part, whole in zip(found.judged, found.whole[HRBOOK], strict=True)])
    each = spread([MICRO * seconds / found.staff for seconds in found.judged])
    reading = f"{_ratio(ratios(parts[READ], parts[BARE_READ]))} of (a) reading"
    judging = f"{_ratio(share)} of hrbook build; {_shown(each, 0)} µs a person"
    rows = [
        ("reading: policy, settings, roster", *_figures(parts[READ]), reading),
        ("(a) reading: roster with openpyxl, read-only", *_figures(parts[BARE_READ]), ""),
        ("reading and judging", *_figures(parts[JUDGE]), ""),
        ("judging alone, inside its process", _shown(spread(found.judged), 2), "", "", judging),
        *_steps(found),
        ("`hrbook verify`, one process", *_figures(parts[VERIFY]), ""),
        ("`hrbook diff` against the year after", *_figures(parts[DIFF]), ""),
        ("`hrbook --help`", *_figures(parts[HELP]), f"{_ratio(ratios(parts[HELP], parts[CLICK]))} of `import click`"),
        ('`python -c "import click"`', *_figures(parts[CLICK]), ""),
    ]
    return _table(("part", "wall s", "CPU s", "peak MiB", "ratio"), rows)


def _steps(found: Contest) -> list[tuple[str, ...]]:
    """The books of the departments by step, processor time inside their process."""
    names = ("describing the departments' books alone", "writing them alone", "searching them alone")
    peak = found.parts[BOOKS]
    return [
        (name, "", _shown(spread([step[place] for step in found.steps]), 2), _figures(peak)[2] if place == 1 else "", "")
        for place, name in enumerate(names)
    ]


def _equal(name: str, found: Contest) -> str:
    same = found.compared[name]
    return f"{name}: {same.values:,} values in {same.books:,} of {found.books:,} books re-read, all equal.  "


def _figures(samples: Sequence[Sample]) -> tuple[str, str, str]:
    wall, cpu, peak = (spread([getattr(s, field) for s in samples]) for field in ("wall", "cpu", "peak"))
    return _shown(wall, 2), _shown(cpu, 2), f"{peak.middle:,.0f}"


def _ratio(found: Spread) -> str:
    return _shown(found, 2)


def _shown(found: Spread, places: int) -> str:
    return f"{found.middle:,.{places}f} ({found.least:,.{places}f}-{found.most:,.{places}f})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(line)} |" for line in (head, ["---", *["---:"] * (len(head) - 1)], *rows)]
