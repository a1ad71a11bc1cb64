"""Whole processes, measured: wall time, processor time, peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
KIB_TO_MIB = 1024


@dataclass(frozen=True, slots=True)
class Sample:
    """One process: seconds of wall time and of processor time (user + system), peak resident memory in MiB."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, least and greatest of some figures."""

    middle: float
    least: float
    most: float


class Failed(Exception):
    """A measured process ended badly; the text is what it said."""


def run(command: Sequence[str]) -> tuple[Sample, str]:
    """Run a command to its end; its figures and what it printed. Raises Failed where its code is not 0.

    The caller must stay small: Linux counts the caller's memory at the start of a process as that process's own."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Failed(f"{' '.join(command)}\n{said}")
    return Sample(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / KIB_TO_MIB), said


def environment() -> dict[str, str]:
    """Our own, except that compiled modules are kept, as they are on any desk, even where that is switched off."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def python(*words: str | Path) -> list[str]:
    """A command for the interpreter that runs this."""
    return [sys.executable, *map(str, words)]


def in_turn(
    contenders: Mapping[str, Callable[[], Sequence[str]]], rounds: int, after: Callable[[str, int], None] | None = None
) -> dict[str, list[Sample]]:
    """Measure the contenders A B C A B C ..., so that a slow minute of the machine falls on all of them.

    A contender makes its command anew for every round; `after(name, round)` may look at what it left and clear it away."""
    found: dict[str, list[Sample]] = {name: [] for name in contenders}
    for number in range(rounds):
        for name, command in contenders.items():
            found[name].append(run(command())[0])
            if after is not None:
                after(name, number)
    return found


def spread(figures: Sequence[float]) -> Spread:
    """Median, least and greatest."""
    return Spread(median(figures), min(figures), max(figures))


def ratios(of: Sequence[Sample], to: Sequence[Sample], figure: str = "wall") -> Spread:
    """Wall time (or "cpu", processor time) of one contender over another's, taken round by round."""
    return spread([getattr(a, figure) / getattr(b, figure) for a, b in zip(of, to, strict=True)])
