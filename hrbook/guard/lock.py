"""One run at a time in an output folder."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from hrbook.core.fault import Fault
from hrbook.guard.place import unwritable

NAME = ".lock"


@contextlib.contextmanager
def only_run(out: Path) -> Iterator[None]:
    """Hold the lock of an output folder, which is made where it is missing. Raises Fault where another run holds it.

    The system lets go of the lock when its process ends, however it ends. The file goes with it, where systems allow that."""
    path = out / NAME
    try:
        out.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise unwritable(out, error) from error
    with file:
        # A file that the run before has just removed may be locked by two: only the one that still has the name counts.
        if not _lock(file.fileno()) or not _is_there(path, file.fileno()):
            raise Fault("run_in_progress", file=str(out))
        try:
            yield
        finally:
            if os.name != "nt":
                with contextlib.suppress(OSError):  # a file without a lock is in nobody's way
                    path.unlink()


def _is_there(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False


def _lock(descriptor: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
