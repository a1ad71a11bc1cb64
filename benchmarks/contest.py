"""One city, built by hrbook and written again by the contenders; and the parts of hrbook alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import Sample, in_turn, python, run

HERE = Path(__file__).resolve().parent
HRBOOK, MANY = "hrbook build, one process", "hrbook build, as it comes"
BARE, STRAIGHT, LIMIT = "(a) bare", "(b) straightforward", "(c) the limit"
READ, BARE_READ, JUDGE, HELP, CLICK = "read", "openpyxl read", "judge", "help", "click"
BOOKS, VERIFY, DIFF = "books", "verify", "diff"
Tell = Callable[[str], None]
Command = Callable[[], list[str]]


@dataclass(frozen=True, slots=True)
class Compared:
    """What re-reading a contender's books found equal: books and values."""

    books: int
    values: int


@dataclass(frozen=True, slots=True)
class Contest:
    """The figures of one city. `judged`: seconds of judging alone, one a round. `left_out`: contenders that did not run; where
    neither script did, no cells were counted and no parts measured."""

    staff: int
    books: int
    cells: int
    rounds: int
    whole: dict[str, list[Sample]]
    parts: dict[str, list[Sample]]
    judged: list[float]
    steps: list[tuple[float, ...]]  # processor seconds of describing, writing and searching the departments' books
    compared: dict[str, Compared]
    left_out: tuple[str, ...] = ()


def make_city(staff: int, folder: Path, tell: Tell) -> Path:
    """The roster of an invented city."""
    tell(f"{staff:,} staff: making the city")
    run(python("-m", "hrbook", "sample", "--staff", str(staff), "--out", folder))
    return folder / "roster.xlsx"


def contest(
    roster: Path,
    staff: int,
    rounds: int,
    work: Path,
    tell: Tell,
    *,
    every: int = 1,
    left_out: Sequence[str] = (),
    options: Sequence[str] = (),
) -> Contest:
    """Note the cells of a finished run below `work`, then measure everybody in turn. `options` go to `hrbook build`.

    A contender's books of the first round are re-read, each `every`-th value by value. Raises Failed where they differ."""
    notes, made = work / "notes", work / "out"
    tell("building once and noting its cells (not measured)")
    finished = _finished(roster, work / "first", options)
    books, cells = map(int, run(python("-m", "benchmarks.note", finished, notes))[1].split()[-2:])
    _noted_parts(finished, work)
    everybody = _hrbook_and_limit(roster, work, options) | {
        BARE: lambda: python(HERE / "bare.py", roster, notes, made),
        STRAIGHT: lambda: python(HERE / "straightforward.py", roster, notes, made),
    }
    compared: dict[str, Compared] = {}

    def look(name: str, number: int) -> None:
        if number == 0 and name in (BARE, STRAIGHT):
            tell(f"{name}: re-reading what it wrote (not measured)")
            said = run(python("-m", "benchmarks.compare", notes, made, str(every)))[1]
            compared[name] = Compared(*map(int, said.split()[-2:]))
        shutil.rmtree(made)
        tell(f"{name}: round {number + 1} of {rounds} done")

    running = {name: everybody[name] for name in (HRBOOK, MANY, BARE, STRAIGHT, LIMIT) if name not in left_out}
    whole = in_turn(running, rounds, look)
    parts, judged, steps = _parts(roster, rounds)
    tell("verify and diff")
    parts |= _runs_again(roster, finished, work, options)
    return Contest(staff, books, cells, rounds, whole, parts, judged, steps, compared, tuple(left_out))


def alone(roster: Path, staff: int, rounds: int, work: Path, tell: Tell) -> Contest:
    """hrbook beside the limit only, for a city so large that the scripts would take hours. The limit is given what the first
    measured run wrote."""
    books = 0

    def look(name: str, number: int) -> None:
        nonlocal books
        if name == HRBOOK and number == 0:
            books = _noted_parts(_run_in(work / "out"), work)
        shutil.rmtree(work / "out")
        tell(f"{name}: round {number + 1} of {rounds} done")

    whole = in_turn(_hrbook_and_limit(roster, work), rounds, look)
    return Contest(staff, books, 0, rounds, whole, {}, [], [], {}, (BARE, STRAIGHT))


def _finished(roster: Path, out: Path, options: Sequence[str] = ()) -> Path:
    """The folder of a run that was made for this."""
    run(python("-m", "hrbook", "build", roster, "--out", out, *options))
    return _run_in(out)


def _run_in(out: Path) -> Path:
    """The folder of the one run below `out`."""
    (finished,) = (path for path in out.iterdir() if (path / "manifest.json").is_file())
    return finished


def _noted_parts(finished: Path, work: Path) -> int:
    """Note the parts of a finished run for the limit; the number of books."""
    return int(run(python(HERE / "limit.py", "note", finished, work / "parts"))[1])


def _hrbook_and_limit(roster: Path, work: Path, options: Sequence[str] = ()) -> dict[str, Command]:
    """What hrbook and the limit are called with; all write the same folder."""
    made = work / "out"
    build = ("-m", "hrbook", "build", roster, "--out", made)
    return {
        HRBOOK: lambda: python(*build, "--jobs", "1", *options),
        MANY: lambda: python(*build, *options),
        LIMIT: lambda: python(HERE / "limit.py", "write", roster, work / "parts", made),
    }


def _runs_again(roster: Path, finished: Path, work: Path, options: Sequence[str]) -> dict[str, list[Sample]]:
    """`verify` of the finished run, and `diff` between it and the run of the year after; each once, on one process."""
    later = str(int(finished.name[:4]) + 1)
    after = _finished(roster, work / "later", ("--year", later, *options))
    return in_turn(
        {
            VERIFY: lambda: python("-m", "hrbook", "verify", finished, "--jobs", "1"),
            DIFF: lambda: python("-m", "hrbook", "diff", finished, after, "--out", work / "diff.xlsx"),
        },
        1,
    )


def _parts(roster: Path, rounds: int) -> tuple[dict[str, list[Sample]], list[float], list[tuple[float, ...]]]:
    """Reading, judging, writing and starting, each beside what it is held against."""
    parts = in_turn(
        {
            READ: lambda: python("-m", "benchmarks.parts", "read", roster),
            BARE_READ: lambda: python(HERE / "bare.py", roster),
            HELP: lambda: python("-m", "hrbook", "--help"),
            CLICK: lambda: python("-c", "import click"),
        },
        rounds,
    )
    runs = [run(python("-m", "benchmarks.parts", "judge", roster)) for _ in range(rounds)]
    parts[JUDGE] = [sample for sample, _ in runs]
    books = [run(python("-m", "benchmarks.parts", "books", roster)) for _ in range(rounds)]
    parts[BOOKS] = [sample for sample, _ in books]
    steps = [tuple(map(float, said.split()[-3:])) for _, said in books]
    return parts, [float(said.split()[-1]) for _, said in runs], steps
