"""hrbook's reader beside Frictionless and pandera, on the same dirty rosters.

python -m benchmarks.readers make FOLDER       rosters with one kind of defect each, and what must be found
pip install -r benchmarks/readers.txt          in an environment of their own
python benchmarks/readers_others.py FOLDER     what Frictionless and pandera say (that environment)
python -m benchmarks.readers table FOLDER      the table, into benchmarks/READERS.md
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

from hrbook.ingest.policy import load_policy
from tests.dirty.city import clean_city
from tests.dirty.kinds import KINDS
from tests.dirty.measure import read

SEED = 1
GROUPS = {
    "date": "dates that must be read or questioned",
    "name": "names",
    "id": "staff numbers",
    "title title_ employment presence outcome course unit order remark leave_kind": "words, courses, units, remarks",
    "hired rank course_before leave": "contradictions",
}
LAYOUT = "layout"
READERS = ("hrbook", "frictionless", "pandera")


def make(folder: Path) -> None:
    """The rosters, with the expectations in expected.json."""
    folder.mkdir(parents=True, exist_ok=True)
    policy = load_policy("tachikawa-3")[0]
    expected: dict[str, Any] = {}
    for name in sorted(KINDS):
        city = clean_city(SEED)
        planted = KINDS[name](city, random.Random(f"{name}/{SEED}"))
        places = city.places()
        cells = [places[id(at)] for _, at in planted.must if not isinstance(at, str)]
        heads = {grid.name: [cell.value for cell in grid.rows[0]] for grid in city.grids.values()}
        (folder / f"{name}.xlsx").write_bytes(city.workbook())
        _, findings = read(city, policy)
        own = [(f.sheet, f.cell) for f in findings]
        expected[name] = {
            "must": len(planted.must),
            "cells": [(s, _row(c), _heading(heads[s], c)) for s, c in cells],
            "hrbook": [(s, _row(c), _heading(heads.get(s, []), c)) for s, c in own],
        }
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False), encoding="utf-8")


def _row(cell: str) -> int | None:
    digits = "".join(sign for sign in cell if sign.isdigit())
    return int(digits) if digits else None


def _heading(head: list[Any], cell: str) -> str | None:
    letters = cell.rstrip("0123456789")
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return head[place - 1] if 0 < place <= len(head) else None


def table(folder: Path) -> str:
    """The comparison as Markdown."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    others = json.loads((folder / "others.json").read_text(encoding="utf-8"))
    lines = [
        "| rosters with | kinds | reader | planted cells named | said nothing of harmless spellings | complaints elsewhere |",
        "|---|---|---|---|---|---|",
    ]
    groups: dict[str, list[str]] = defaultdict(list)
    for name in expected:
        groups[_group(name)].append(name)
    for group, names in sorted(groups.items()):
        for reader in READERS:
            told = {n: expected[n]["hrbook"] if reader == "hrbook" else others[n][reader] for n in names}
            lines.append(f"| {group} | {len(names)} | {reader} | {_line(names, expected, told)} |")
    changed = [(name, *case) for name, told in others.items() for case in told["pandera_changed"]]
    lines += ["", f"Dates that pandera passed as another day without a word: {len(changed)}."]
    lines += [f"For instance `{name}`: {sheet} row {row}, {field} became {day}." for name, sheet, row, field, day in changed[:2]]
    return "\n".join(lines) + "\n"


def _line(names: list[str], expected: dict[str, Any], told: dict[str, Any]) -> str:
    planted = found = quiet = harmless = elsewhere = 0
    for name in names:
        cells = {tuple(place) for place in expected[name]["cells"]}
        said = {tuple(place) for place in told[name]}
        planted += len(cells)
        found += len(cells & said)
        if expected[name]["must"] == 0:
            harmless += 1
            quiet += not said
        elsewhere += len(said - cells)
    share = f"{found} of {planted} ({100 * found // max(1, planted)} %)" if planted else "-"
    return f"{share} | {f'{quiet} of {harmless}' if harmless else '-'} | {elsewhere}"


def _group(name: str) -> str:
    for starts, group in GROUPS.items():
        if any(name.startswith(start) for start in starts.split()):
            return group
    return LAYOUT


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.readers", description=__doc__)
    parser.add_argument("step", choices=["make", "table"])
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    if asked.step == "make":
        make(asked.folder)
        return
    target = Path(__file__).with_name("READERS.md")
    head = target.read_text(encoding="utf-8").partition("<!-- table -->")[0]
    text = f"{head}<!-- table -->\n\n{table(asked.folder)}"
    target.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
