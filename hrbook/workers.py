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

from hrbook.guard import manifest
from hrbook.parts import Part

WORTH = 12  # files from which a second process pays for its start
Made = tuple[bytes, manifest.Entry]
T = TypeVar("T")

_inherited: Sequence[Part] = ()  # what a worker process was started with


def made(parts: Sequence[Part], *, jobs: int = 1, executor: Executor | None = None) -> Iterator[Made]:
    """The bytes of every part and its line for the manifest, in whatever order they are done. Without an executor on
    `jobs` processes, which are handed all parts as they start (a forked one without a copy); an executor is sent each
    part by itself. Raises what making a part raises; what has not begun is then not begun."""
    if executor is not None:
        yield from _spread(executor, make, parts)
    elif jobs <= 1 or len(parts) < WORTH:
        yield from map(make, parts)
    else:
        # Fork is what Linux has and costs least; the run has no other threads when it comes here.
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
        gc.freeze()  # so that a worker that looks for cycles does not touch, and thereby copy, what it inherited
        try:
            with ProcessPoolExecutor(jobs, context, _begin, (parts,)) as pool:
                yield from _spread(pool, _make_inherited, range(len(parts)))
        finally:
            gc.unfreeze()


def make(part: Part) -> Made:
    """One part, with its digests."""
    data = part.make()
    return data, manifest.entry(part.path, data, part.rows, part.audience)


def collect_rarely() -> None:
    """A run makes millions of small tuples and hardly a cycle: looking for cycles less often saves a third of its time."""
    gc.set_threshold(50_000, 20, 100)


def _begin(parts: Sequence[Part]) -> None:
    global _inherited
    _inherited = parts
    collect_rarely()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """End this process as soon as the run is killed: an orphan would keep the lock of the output folder for ever."""
    wait_for([sentinel])
    os._exit(1)


def _make_inherited(number: int) -> Made:
    return make(_inherited[number])


def _spread(executor: Executor, work: Callable[[T], Made], over: Iterable[T]) -> Iterator[Made]:
    """Results as they come, none held longer than needed."""
    waiting: set[Future[Made]] = {executor.submit(work, item) for item in over}
    try:
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            while done:
                yield done.pop().result()
    finally:
        for future in waiting:
            future.cancel()
