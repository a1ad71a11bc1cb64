"""Steps of hrbook alone, in a process of their own.

`python -m benchmarks.parts read ROSTER` reads policy, settings and roster and prints the number of people;
`python -m benchmarks.parts judge ROSTER` then judges and prints the seconds of the judging alone;
`python -m benchmarks.parts books ROSTER` describes, writes and searches every department's book and prints the processor
seconds of each of the three."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from hrbook import batch, judging, workers
from hrbook.core.assess import assess
from hrbook.core.reading import Reading
from hrbook.core.roster import Roster
from hrbook.excel.writer import render
from hrbook.guard.public import guard_of
from hrbook.guard.release import Gate
from hrbook.ingest.editions import load_edition
from hrbook.ingest.roster import load_roster
from hrbook.ingest.settings import load_reading, settled_year
from hrbook.judging import beside, default_policy
from hrbook.options import Options
from hrbook.parts import DepartmentBook
from hrbook.sheets import department


def read(path: Path) -> tuple[Roster, Reading]:
    """What a run reads before it judges."""
    settings = beside(path)
    policy, _ = load_edition(default_policy(), lambda: settled_year(settings, year=None, as_of=None, clock_year=0))
    reading, _, source = load_reading(settings, policy, year=None, as_of=None, clock_year=0)
    roster, _ = load_roster(path, reading.policy, columns=source.columns)
    return roster, reading


def judge(path: Path) -> float:
    """Seconds that judging takes in a run, reading not counted."""
    workers.collect_rarely()
    roster, reading = read(path)
    start = time.perf_counter()
    assess(roster, reading)
    return time.perf_counter() - start


def books(path: Path) -> tuple[float, float, float]:
    """Processor seconds for the books of all departments: describing them as data, writing them, searching them."""
    workers.collect_rarely()
    loaded = judging.load(Options(path))
    paths = batch.book_paths(loaded.departments, loaded.labels)
    gate = Gate(guard_of(loaded.assessment, loaded.departments, loaded.labels, loaded.facts))
    spent = [0.0, 0.0, 0.0]
    for place in loaded.departments:
        part = DepartmentBook(paths[place.key], batch.view_of(loaded, place))
        times = [time.process_time()]
        book = department.book(part.view, part.path)
        times.append(time.process_time())
        data = render(book)
        times.append(time.process_time())
        gate.release(part, data)
        times.append(time.process_time())
        spent = [total + after - before for total, before, after in zip(spent, times, times[1:], strict=False)]
    return spent[0], spent[1], spent[2]


if __name__ == "__main__":
    step, file = sys.argv[1], Path(sys.argv[2])
    if step == "books":
        print(*books(file))
    else:
        print(judge(file) if step == "judge" else len(read(file)[0].employees))
