"""Builds that are killed: at random moments, and at every step of the stage. A fresh process forks each build, so that the
start of Python is paid once and a kill hits the run itself."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from hrbook import batch
from hrbook.core.fault import Fault
from hrbook.guard import place, stage
from hrbook.options import Options
from tests.trust.figures import Figure
from tests.trust.smallest import smallest, write_roster

Digests = dict[str, str]
DAYS = (date(2026, 4, 1), date(2026, 10, 1))  # two runs of one year that differ
DONE, FAULT, CRASH = 0, 3, 9
REFUSALS = ("output_unwritable", "child_failed")  # the place is full; the process that reads the roster cannot begin
CALLS = ("open", "fsync", "mkdir", "rename", "replace", "unlink", "rmdir", "chmod")


def digests(folder: Path) -> Digests:
    """Every file below a folder with its SHA-256."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()
    }


def litter(out: Path) -> list[str]:
    """What a run that has ended must not leave in the output folder."""
    return [f"left {path.name}" for path in sorted(out.iterdir()) if path.name.startswith(".")]


class Bench:
    """A place to build in, the two complete runs that may be seen there, and a folder for temporary files."""

    def __init__(self, folder: Path) -> None:
        roster = write_roster(folder / "input" / "roster.xlsx", smallest(7))
        self.out, self.temporary = folder / "out", folder / "temporary"
        self.temporary.mkdir()
        self.options = tuple(Options(roster, as_of=day, out=self.out, clock_year=2026) for day in DAYS)
        self.whole: list[Digests] = []
        started = time.monotonic()
        for number, options in enumerate(self.options):
            batch.build(replace(options, out=folder / f"whole{number}"))
            self.whole.append(digests(folder / f"whole{number}" / "2026"))
        self.seconds = (time.monotonic() - started) / 2

    def partial(self) -> list[str]:
        """Runs that are visible and not one of the two, and files in the system's temporary folder."""
        seen = [self.out / "2026", *sorted((self.out / "history").glob("*"))]
        wrong = [str(run) for run in seen if run.exists() and digests(run) not in self.whole]
        return wrong + [f"temporary file {path.name}" for path in sorted(self.temporary.rglob("*"))]

    def stands(self, which: int) -> list[str]:
        """What is wrong where that run must stand."""
        return [] if digests(self.out / "2026") == self.whole[which] else [f"another run than {which} stands there"]

    def complete(self, which: int) -> list[str]:
        """Build one run undisturbed; what is wrong then: it is not byte-identical, or something was left behind."""
        batch.build(self.options[which])
        return self.stands(which) + litter(self.out)

    def forked(self, which: int, prepare: Callable[[], None], wait: float | None = None) -> int:
        """Build in a child process; killed after `wait` seconds, or by what `prepare` has put in its way. Answers how it
        ended: DONE, FAULT, another number for what must not be, negative for a signal."""
        child = os.fork()
        if child == 0:
            code = CRASH
            with contextlib.suppress(BaseException):
                os.setpgid(0, 0)
                tempfile.tempdir = str(self.temporary)
                with Path(os.devnull).open("w") as nowhere:
                    os.dup2(nowhere.fileno(), 2)
                prepare()
                try:
                    batch.build(self.options[which])
                    code = DONE
                except Fault as fault:
                    code = FAULT if fault.key in REFUSALS else CRASH
            os._exit(code)
        if wait is not None:
            time.sleep(wait)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def ended(self, prepare: Callable[[], None]) -> str:
        """How a build of the second run ends in a child process that meets what `prepare` put in its way."""
        code = self.forked(1, prepare)
        return {DONE: "done", FAULT: "fault"}.get(code, f"ended with {code}")


def die() -> None:
    """As kill -9 does: nothing is cleaned up."""
    os.kill(os.getpid(), signal.SIGKILL)


def refuse() -> None:
    """As a full disk does."""
    raise OSError(28, "No space left on device")


class HalfWritten:
    """A file of which the write that is acted on stops in its middle."""

    def __init__(self, file, before: Callable[[Callable[[], None]], None]) -> None:
        self.file, self.before = file, before

    def __enter__(self) -> HalfWritten:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str):
        return getattr(self.file, name)

    def write(self, data: bytes) -> int:
        def half() -> None:
            self.file.write(data[: len(data) // 2])
            self.file.flush()

        self.before(half)
        return self.file.write(data)


def counted(act: Callable[[], None], at: int) -> list[int]:
    """From now on in this process `act` comes before the `at`-th call of the system that the stage makes, or in the middle
    of it where it is a write."""
    count = [0]

    def here(first: Callable[[], None]) -> None:
        count[0] += 1
        if count[0] == at:
            first()
            act()

    def before(real):
        def call(*args, **named):
            here(lambda: None)
            return real(*args, **named)

        return call

    for name in CALLS:
        setattr(os, name, before(getattr(os, name)))
    fdopen = os.fdopen
    os.fdopen = lambda *args, **named: HalfWritten(fdopen(*args, **named), here)  # type: ignore[assignment]
    stage.exchange = before(place.exchange)  # type: ignore[attr-defined]
    return count


def random_kills(bench: Bench, times: int, seed: int = 0) -> Figure:
    """kill -9 at random moments of a build, one run after the other in the same place."""
    dice = random.Random(seed)
    wrong: list[str] = []
    for number in range(times):
        bench.forked(number % 2, lambda: None, dice.uniform(0, bench.seconds * 1.2))
        wrong += bench.partial()
        if number % 10 == 9:
            wrong += bench.complete(number // 10 % 2)
    wrong += bench.complete(0) + bench.complete(1)
    return Figure("kills at random moments", f"{times} kills, {len(wrong)} partial, mixed or left behind", not wrong)


def kills_at_every_step(bench: Bench, limit: int | None = None) -> Figure:
    """Death before every call of the system that the stage makes: every write, sync, rename and removal."""
    wrong: list[str] = []
    steps = _steps(bench)
    chosen = range(1, steps + 1) if limit is None else _spread(steps, limit)
    for at in chosen:
        bench.complete(0)
        bench.forked(1, lambda at=at: counted(die, at))
        wrong += bench.partial()
        wrong += bench.complete(1)
    return Figure("kills at every step", f"{len(chosen)} of {steps} steps, {len(wrong)} partial, mixed or left behind", not wrong)


def faults_at_every_step(bench: Bench, limit: int | None = None) -> Figure:
    """The system refuses one call, in the same process. Either a Fault, and the run before stands untouched; or the call need
    not have succeeded (clearing away), and the new run stands whole. The next run completes, and nothing is left."""
    wrong: list[str] = []
    steps = _steps(bench)
    chosen = range(1, steps + 1) if limit is None else _spread(steps, limit)
    faults = 0
    for at in chosen:
        bench.complete(0)
        said = bench.ended(lambda at=at: counted(refuse, at))
        faults += said == "fault"
        found = [] if said in ("fault", "done") else [said]
        found += bench.stands(said == "done") + bench.partial() + bench.complete(1)
        wrong += [f"{at}: {said}: {line}" for line in found]
    for line in wrong:
        print(line, file=sys.stderr)
    said = f"{len(chosen)} of {steps} calls refused, {faults} faults with nothing published, {len(wrong)} partial or left behind"
    return Figure("a fault at every write", said, not wrong and bool(faults))


def _steps(bench: Bench) -> int:
    """How many calls of the system the stage makes for one run that replaces another."""
    bench.complete(0)
    note = bench.out.parent / "steps"

    def count() -> None:
        counter = counted(lambda: None, 0)
        batch.build(bench.options[1])
        made = counter[0]
        note.write_text(str(made))
        os._exit(0)

    bench.forked(1, count)
    return int(note.read_text())


def _spread(steps: int, limit: int) -> Sequence[int]:
    return sorted({round(1 + n * (steps - 1) / (limit - 1)) for n in range(limit)})


def main(times: int, limit: int | None) -> list[Figure]:
    """All three, in a place of their own. The pages of the auditors and the organisation are left out: they take most of
    the time and are written by the same stage."""
    real = batch._parts
    batch._parts = lambda *args, whole, **named: real(*args, whole=False, **named)  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        return [random_kills(bench, times), kills_at_every_step(bench, limit), faults_at_every_step(bench, limit)]


if __name__ == "__main__":
    from tests.trust.figures import table

    # The steps that are tried may be thinned out: python -m tests.trust.kills KILLS [STEPS]
    found = main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
    print(table(found))
    sys.exit(not all(figure.holds for figure in found))
