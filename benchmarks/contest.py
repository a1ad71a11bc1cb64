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


@dataclass(frozen=True, slots=True)
class Compared:
    """What re-reading a contender's books found equal: books and values."""

    books: int
    values: int


@dataclass(frozen=True, slots=True)
class Contest:
    """The figures of one city. `judged`: seconds of judging alone, one a round. `left_out`: contenders that did not run."""

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
    notes, inside, made = work / "notes", work / "parts", work / "out"
    tell("building once and noting its cells (not measured)")
    run(python("-m", "hrbook", "build", roster, "--out", work / "first", *options))
    (finished,) = (p for p in (work / "first").iterdir() if (p / "manifest.json").is_file())
    books, cells = map(int, run(python("-m", "benchmarks.note", finished, notes))[1].split()[-2:])
    run(python(HERE / "limit.py", "note", finished, inside))
    compared: dict[str, Compared] = {}

    def look(name: str, number: int) -> None:
        if number == 0 and name in (BARE, STRAIGHT):
            tell(f"{name}: re-reading what it wrote (not measured)")
            said = run(python("-m", "benchmarks.compare", notes, made, str(every)))[1]
            compared[name] = Compared(*map(int, said.split()[-2:]))
        shutil.rmtree(made)
        tell(f"{name}: round {number + 1} of {rounds} done")

    everybody = {
        HRBOOK: lambda: python("-m", "hrbook", "build", roster, "--out", made, "--jobs", "1", *options),
        MANY: lambda: python("-m", "hrbook", "build", roster, "--out", made, *options),
        BARE: lambda: python(HERE / "bare.py", roster, notes, made),
        STRAIGHT: lambda: python(HERE / "straightforward.py", roster, notes, made),
        LIMIT: lambda: python(HERE / "limit.py", "write", roster, inside, made),
    }
    whole = in_turn({name: command for name, command in everybody.items() if name not in left_out}, rounds, look)
    parts, judged, steps = _parts(roster, rounds)
    tell("verify and diff")
    parts |= _runs_again(roster, finished, work, options)
    return Contest(staff, books, cells, rounds, whole, parts, judged, steps, compared, tuple(left_out))


def _runs_again(roster: Path, finished: Path, work: Path, options: Sequence[str]) -> dict[str, list[Sample]]:
    """`verify` of the finished run, and `diff` between it and the run of the year after; each once, on one process."""
    later = str(int(finished.name[:4]) + 1)
    run(python("-m", "hrbook", "build", roster, "--out", work / "later", "--year", later, *options))
    (after,) = (p for p in (work / "later").iterdir() if (p / "manifest.json").is_file())
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
