"""Where the files of a run are made. There is one interface, `Executor`: in this process, on processes of this machine, or
(hrbook.cluster) on machines that somebody else runs. Whichever it is, the files are the same to the byte."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import wait as wait_for
from typing import Protocol, TypeVar

from hrbook.core.fault import Fault
from hrbook.guard.release import Content, Finished, Gate
from hrbook.parts import Part

AHEAD = 4  # files under way for each process: none waits for the next one, and nothing ever holds all books
WORTH = 12  # files from which a second process pays for its start
R = TypeVar("R")

_inherited: tuple[Sequence[Part], Gate]  # what a worker process was started with


class Executor(Protocol):
    """Where the files of a run are made."""

    def made(self, parts: Sequence[Part], gate: Gate) -> Iterator[Finished]:
        """Every part made and passed through the gate, in whatever order they are done, none held longer than needed.
        Raises what making a part raises; what has not begun is then not begun, and nothing of this run goes on."""
        ...


class Here:
    """One file after the other, in this process."""

    def made(self, parts: Sequence[Part], gate: Gate) -> Iterator[Finished]:
        yield from (finish(part, part.make(), gate) for part in parts)


class Processes:
    """`jobs` processes of this machine, which are handed all parts as they start (a forked one without a copy)."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def made(self, parts: Sequence[Part], gate: Gate) -> Iterator[Finished]:
        if len(parts) < WORTH:
            yield from Here().made(parts, gate)
            return
        with household(self.jobs, parts, gate) as house:
            numbers = iter(range(len(parts)))
            waiting = {house.make(number) for number in islice(numbers, AHEAD * self.jobs)}
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                waiting |= {house.make(number) for number in islice(numbers, len(done))}
                while done:
                    yield result_of(done.pop())


def on(jobs: int) -> Executor:
    """The executor for so many processes of this machine, this one being enough for one."""
    return Processes(jobs) if jobs > 1 else Here()


def finish(part: Part, data: Content, gate: Gate) -> Finished:
    """The bytes of one part passed through the gate."""
    return gate.release(part, data)


def collect_rarely() -> None:
    """A run makes millions of small tuples and no cycle that counts: looking for cycles less often saves a third of its time."""
    gc.set_threshold(1_000_000, 20, 100)  # more than the parts of one book, which are all gone before the next


class Household:
    """Processes of this machine that have all parts and the gate at hand: asked by number, they answer by future. Without
    a pool the work is done at once, by who asks."""

    def __init__(self, parts: Sequence[Part], gate: Gate, pool: ProcessPoolExecutor | None) -> None:
        self._own = (parts, gate)
        self._pool = pool

    def make(self, number: int) -> Future[Finished]:
        """The part of that number, made and passed through the gate."""
        return self._asked(_make_inherited, number) if self._pool is not None else _done(lambda: _make(*self._own, number))

    def finish(self, number: int, data: Content) -> Future[Finished]:
        """The bytes of the part of that number, which somebody else has made, passed through the gate."""
        if self._pool is not None:
            return self._asked(_finish_inherited, number, data)
        parts, gate = self._own
        return _done(lambda: finish(parts[number], data, gate))

    def _asked(self, work: Callable[..., Finished], *of: int | Content) -> Future[Finished]:
        assert self._pool is not None
        try:
            return self._pool.submit(work, *of)
        except BrokenProcessPool as error:
            raise _lost(error) from error


@contextmanager
def household(jobs: int, parts: Sequence[Part], gate: Gate) -> Iterator[Household]:
    """A household of `jobs` processes (of this one alone, where that is 1); when the context ends, so do they."""
    if jobs <= 1:
        yield Household(parts, gate, None)
        return
    # Fork is what Linux has and costs least; the run has no other threads when it comes here.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    gc.freeze()  # so that a worker that looks for cycles does not touch, and thereby copy, what it inherited
    pool = ProcessPoolExecutor(jobs, context, _begin, (parts, gate))
    try:
        yield Household(parts, gate, pool)
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()


def result_of(future: Future[R]) -> R:
    """What the future holds. Raises what it holds, and Fault where a process of this machine was ended from outside."""
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise _lost(error) from error


def _lost(error: BrokenProcessPool) -> Fault:
    return Fault("worker_lost", found=type(error).__name__)


def _done(work: Callable[[], R]) -> Future[R]:
    future: Future[R] = Future()
    try:
        future.set_result(work())
    except Exception as error:
        future.set_exception(error)
    return future


def _begin(parts: Sequence[Part], gate: Gate) -> None:
    global _inherited
    _inherited = (parts, gate)
    collect_rarely()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """End this process as soon as the run is killed: an orphan would keep the lock of the output folder for ever."""
    wait_for([sentinel])
    os._exit(1)


def _make(parts: Sequence[Part], gate: Gate, number: int) -> Finished:
    return finish(parts[number], parts[number].make(), gate)


def _make_inherited(number: int) -> Finished:
    return _make(*_inherited, number)


def _finish_inherited(number: int, data: Content) -> Finished:
    parts, gate = _inherited
    return finish(parts[number], data, gate)
