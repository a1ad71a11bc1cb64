"""What travels: some parts of the run in one parcel, and how a worker makes them. A parcel is opaque until it is opened:
the scheduler of the cluster sees bytes."""

from __future__ import annotations

import gc
import pickle
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hrbook import resources
from hrbook.cluster.alike import difference, facts
from hrbook.core.fault import Fault
from hrbook.guard.release import Content
from hrbook.parts import Part
from hrbook.workers import collect_rarely

PEOPLE = 150  # rows in a parcel: about a megabyte before it is compressed, so that its way costs little beside its work
SHARES = 4  # parcels for each thread of the cluster at least, so that all end at about the same time
QUICK = 1  # level of compression

Numbered = tuple[int, Part]
Made = list[tuple[int, Content]]
Templates = tuple[tuple[str, str, bytes], ...]  # name, place, content

_one_at_a_time = threading.Lock()  # threads of one worker share the templates in force
_in_force: Templates = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A call that pickle makes when it opens the parcel: so that the scheduler need not know hrbook."""

    work: Callable[..., object]
    words: tuple[object, ...]

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.work, self.words


def parcel(call: Call) -> bytes:
    """The call as bytes: `pickle.loads` of them makes it and gives back what it returns."""
    return pickle.dumps(call, protocol=5)


def chunks(parts: Sequence[Numbered], threads: int) -> Iterator[list[Numbered]]:
    """The parts, in their order, in groups of so many people that every thread gets several."""
    room = max(1, min(PEOPLE, sum(part.rows for _, part in parts) // (SHARES * max(1, threads))))
    group: list[Numbered] = []
    people = 0
    for number, part in parts:
        group.append((number, part))
        people += part.rows
        if people >= room:
            yield group
            group, people = [], 0
    if group:
        yield group


def packed(group: Sequence[Numbered], own: Templates) -> bytes:
    """The parcel of a group; `own` are the templates of the working folder, which the worker does not have."""
    body = zlib.compress(pickle.dumps((own, list(group)), protocol=5), QUICK)
    return parcel(Call(make, (dict(facts()), body)))


def make(expected: Mapping[str, str], body: bytes) -> Made:
    """On a worker: the bytes of every part of a parcel, with their numbers. Nothing is written to its disk, and of the
    people nothing is kept. Raises Fault where this machine would make other bytes, before it looks at any person."""
    check(expected)
    with _one_at_a_time:
        usual = gc.get_threshold()
        collect_rarely()
        try:
            own, group = pickle.loads(zlib.decompress(body))
            _use(own)
            return [(number, part.make()) for number, part in group]
        finally:
            gc.set_threshold(*usual)


def check(expected: Mapping[str, str]) -> None:
    """On a worker: raises Fault where this machine has something else than the one that asks."""
    differs = difference(expected, facts())
    if differs is not None:
        name, wanted, found = differs
        raise Fault("cluster_worker_differs", name=name, expected=wanted, found=found)


def _use(own: Templates) -> None:
    global _in_force  # a worker serves one run after the other
    if own == _in_force:
        return
    resources.use_folder(None)
    for name, place, data in own:
        resources.stand_in(name, place, data)
    _in_force = own
