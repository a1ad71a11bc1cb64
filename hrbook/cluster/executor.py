"""The run's files made on a cluster: an `Executor` (hrbook.workers) for the department books and the filled forms."""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any

from hrbook import resources
from hrbook.cluster import door
from hrbook.cluster.chunk import Made, Numbered, chunks, packed
from hrbook.core.fault import Fault
from hrbook.guard.release import Finished, Gate
from hrbook.parts import Part
from hrbook.workers import Household, household, result_of

AHEAD = 2  # parcels under way for each thread, so that none waits for the next one
LOOK = 1.0  # seconds between two looks at whether anybody is still there
KEY = "hrbook-books"  # what the cluster's own pages call a parcel: nothing of what is in it


class Cluster:
    """The scheduler at `address`, and `jobs` processes of this machine for what does not leave it: the books on the whole
    organisation, the ledger, and the gate that every file passes, with its names and passwords."""

    def __init__(self, address: str, jobs: int = 1) -> None:
        """Raises Fault where nothing there would do the work: before anything is read, and without sending any of it."""
        self.address = door.address_of(address)
        self.jobs = jobs
        with door.connected(self.address):
            pass

    def made(self, parts: Sequence[Part], gate: Gate) -> Iterator[Finished]:
        """As `Executor.made`. A parcel whose worker is lost is made again by another one. Raises Fault where the scheduler
        is gone, or all workers are for longer than the time limit."""
        # What has people of its own is a department's; everything else is about the whole organisation.
        near = [number for number, part in enumerate(parts) if not part.readers]
        far = [(number, part) for number, part in enumerate(parts) if part.readers]
        # The household comes first: no process is forked once the connection has its threads.
        with household(self.jobs, parts, gate) as house:
            begun = [house.make(number) for number in near] if self.jobs > 1 else []
            with door.connected(self.address) as client:
                work = _Work(client, house, far, self.address)
                work.watch(begun)
                work.send()
                for number in near[len(begun) :]:
                    yield result_of(house.make(number))
                yield from work.results()


class _Work:
    """Parcels on their way out, and files on their way through the gate."""

    def __init__(self, client: Any, house: Household, far: Sequence[Numbered], address: str) -> None:
        self._client = client
        self._house = house
        self._address = address
        self._room = AHEAD * max(1, door.threads(client))
        self._groups = enumerate(chunks(far, self._room // AHEAD))
        self._own = resources.from_folder()
        self._sent: dict[int, Any] = {}  # parcels on their way; whoever lets go of a future gives up what it stands for
        self._left: dict[int, int] = {}  # files of a parcel that are still at the gate
        self._files = 0  # files whose future is not answered
        self._done: SimpleQueue[tuple[int | None, Future[Finished] | None]] = SimpleQueue()  # a parcel is back; a file
        self._seen = time.monotonic()  # when there was a worker last

    def watch(self, futures: Sequence[Future[Finished]], parcel: int | None = None) -> None:
        """Tell when these files are finished."""
        self._files += len(futures)
        for future in futures:
            future.add_done_callback(lambda done: self._done.put((parcel, done)))

    def send(self) -> None:
        """Send as many parcels as there is room for: neither the cluster nor this machine ever holds all books."""
        while len(self._sent) + len(self._left) < self._room:
            number, group = next(self._groups, (0, None))
            if group is None:
                return
            key = f"{KEY}-{number}-{time.monotonic_ns()}"
            future = self._client.submit(pickle.loads, packed(group, self._own), key=key, pure=False)
            self._sent[number] = future
            future.add_done_callback(lambda _, number=number: self._done.put((number, None)))

    def results(self) -> Iterator[Finished]:
        """Every file as it has passed the gate."""
        while self._sent or self._files:
            try:
                parcel, file = self._done.get(timeout=LOOK)
            except Empty:
                self._look()
                continue
            if file is not None:
                self._files -= 1
                yield result_of(file)
                self._let_go(parcel)
            elif parcel is not None:
                made = self._opened(parcel)
                self._left[parcel] = len(made)
                self.watch([self._house.finish(number, data) for number, data in made], parcel)
            self.send()

    def _opened(self, parcel: int) -> Made:
        self._seen = time.monotonic()
        try:
            made: Made = self._sent[parcel].result()
        except BaseException as error:
            raise door.told(error, self._address) from error
        del self._sent[parcel]
        return made

    def _let_go(self, parcel: int | None) -> None:
        if parcel is not None:
            self._left[parcel] -= 1
            if not self._left[parcel]:
                del self._left[parcel]

    def _look(self) -> None:
        """Raises Fault where nobody will answer any more."""
        now = time.monotonic()
        if not self._sent or door.threads(self._client):
            self._seen = now
        elif now - self._seen > door.seconds():
            raise Fault("cluster_workers_gone", address=self._address, seconds=round(door.seconds()))
