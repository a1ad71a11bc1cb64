"""The files of a run over the processors of the machine, or over an executor that somebody else runs."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from multiprocessing.connection import wait as wait_for
from typing import TypeVar

from hrbook.guard.release import Finished, Gate
from hrbook.parts import Part

WORTH = 12  # files from which a second process pays for its start
T = TypeVar("T")
R = TypeVar("R")

_inherited: tuple[Sequence[Part], Gate]  # what a worker process was started with


def made(parts: Sequence[Part], gate: Gate, *, jobs: int = 1, executor: Executor | None = None) -> Iterator[Finished]:
    """Every part made and passed through the gate, in whatever order they are done. Without an executor on `jobs`
    processes, which are handed all parts as they start (a forked one without a copy); an executor is sent each part by
    itself, and neither the names that the gate searches for nor a password. Raises what making a part raises; what has
    not begun is then not begun."""
    if executor is not None:
        yield from (finish(parts[number], data, gate) for number, data in _spread(executor, _numbered, enumerate(parts)))
    elif jobs <= 1 or len(parts) < WORTH:
        yield from (finish(part, part.make(), gate) for part in parts)
    else:
        # Fork is what Linux has and costs least; the run has no other threads when it comes here.
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
        gc.freeze()  # so that a worker that looks for cycles does not touch, and thereby copy, what it inherited
        try:
            with ProcessPoolExecutor(jobs, context, _begin, (parts, gate)) as pool:
                yield from _spread(pool, _make_inherited, range(len(parts)))
        finally:
            gc.unfreeze()


def finish(part: Part, data: bytes, gate: Gate) -> Finished:
    """The bytes of one part passed through the gate."""
    return gate.release(part.path, data, part.rows, part.audience, part.readers, part.design)


def _numbered(numbered: tuple[int, Part]) -> tuple[int, bytes]:
    number, part = numbered
    return number, part.make()


def collect_rarely() -> None:
    """A run makes millions of small tuples and no cycle that counts: looking for cycles less often saves a third of its time."""
    gc.set_threshold(1_000_000, 20, 100)  # more than the parts of one book, which are all gone before the next


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


def _make_inherited(number: int) -> Finished:
    parts, gate = _inherited
    return finish(parts[number], parts[number].make(), gate)


def _spread(executor: Executor, work: Callable[[T], R], over: Iterable[T]) -> Iterator[R]:
    """Results as they come, none held longer than needed."""
    waiting: set[Future[R]] = {executor.submit(work, item) for item in over}
    try:
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            while done:
                yield done.pop().result()
    finally:
        for future in waiting:
            future.cancel()
