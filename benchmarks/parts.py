"""Steps of hrbook alone, in a process of their own.

`python -m benchmarks.parts read ROSTER` reads policy, settings and roster and prints the number of people;
`python -m benchmarks.parts judge ROSTER` then judges and prints the seconds of the judging alone."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from hrbook.core.assess import assess
from hrbook.core.reading import Reading
from hrbook.core.roster import Roster
from hrbook.ingest.editions import load_edition
from hrbook.ingest.roster import load_roster
from hrbook.ingest.settings import load_reading, settled_year
from hrbook.judging import beside, default_policy


def read(path: Path) -> tuple[Roster, Reading]:
    """What a run reads before it judges."""
    settings = beside(path)
    policy, _ = load_edition(default_policy(), lambda: settled_year(settings, year=None, as_of=None, clock_year=0))
    reading, _, source = load_reading(settings, policy, year=None, as_of=None, clock_year=0)
    roster, _ = load_roster(path, reading.policy, columns=source.columns)
    return roster, reading


def judge(path: Path) -> float:
    """Seconds that judging takes, reading not counted."""
    roster, reading = read(path)
    start = time.perf_counter()
    assess(roster, reading)
    return time.perf_counter() - start


if __name__ == "__main__":
    step, file = sys.argv[1], Path(sys.argv[2])
    print(judge(file) if step == "judge" else len(read(file)[0].employees))
