"""The same run in different surroundings: seed of the hashes, time zone, language of the system, and the clock."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.trust.figures import Figure
from tests.trust.smallest import smallest, write_roster

SEEDS, ZONES, LOCALES = ("0", "1", "4711"), ("UTC", "Asia/Tokyo", "America/St_Johns"), ("C", "ja_JP.UTF-8")
# The clock says another year, another minute and another time zone's midnight in every environment.
RUN = """
import sys, time, datetime
import hrbook.commands._shared as edge
shift = int(sys.argv.pop(1))
real = time.time
time.time = lambda: real() + shift
class Day(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(real() + shift)
edge.date = Day  # the one place that asks the clock
from hrbook.cli import run
run()
"""


def environments() -> Sequence[dict[str, str]]:
    """All eighteen."""
    return [
        {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
        for seed, zone, locale in itertools.product(SEEDS, ZONES, LOCALES)
    ]


def surroundings(chosen: Sequence[dict[str, str]]) -> Figure:
    """Build in each of them, and compare every byte of every file."""
    found: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        roster = write_roster(Path(folder) / "input" / "roster.xlsx", smallest(7))
        for number, environment in enumerate(chosen):
            out = Path(folder) / str(number)
            words = [str(number * 40_000_000), "build", str(roster), "--year", "2026", "--out", str(out), "--quiet"]
            subprocess.run([sys.executable, "-c", RUN, *words], env={**os.environ, **environment}, check=True, cwd=folder)
            found.add(digest_of(out))
    return Figure("environments", f"{len(chosen)} environments, {len(found)} digest", len(found) == 1)


def digest_of(folder: Path) -> str:
    """One digest of every name and byte below a folder."""
    whole = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        whole.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return whole.hexdigest()
