"""Putting a run in place: written to a private stage, synced, then renamed; what is visible is always a complete run."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from hrbook.core.fault import Fault

STAGE = ".stage"
PRIVATE = stat.S_IRUSR | stat.S_IWUSR


class Stage:
    """A private folder beside the place where the run will stand. Use it in a `with`: what is not published is removed."""

    def __init__(self, out: Path, name: str) -> None:
        self.out = out
        self.target = out / name
        self.folder = out / f"{STAGE}-{name}"

    def __enter__(self) -> Stage:
        try:
            self.out.mkdir(parents=True, exist_ok=True)
            sweep(self.out)
            self.folder.mkdir(mode=0o700)
        except OSError as error:
            raise unwritable(self.out, error) from error
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, path: str, data: bytes, *, private: bool = False) -> None:
        """Write one file and sync it. Raises Fault where the disk refuses."""
        target = self.folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE if private else 0o666)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise unwritable(target, error) from error

    def publish(self, history: str) -> Path | None:
        """Put the stage in the place of the run; the run before it goes to `history`-<n> and is returned."""
        kept: Path | None = None
        try:
            _sync(self.folder)
            with contextlib.suppress(OSError):
                self.folder.chmod(0o777 & ~_umask())
            if self.target.exists():
                kept = _next_free(self.out / history)
                kept.parent.mkdir(parents=True, exist_ok=True)
                self.target.rename(kept)
            try:
                self.folder.rename(self.target)
            except OSError:
                if kept is not None:
                    kept.rename(self.target)
                raise
            _sync(self.out)
        except OSError as error:
            raise unwritable(self.target, error) from error
        return kept


def sweep(out: Path) -> None:
    """Remove what a killed run left behind; bring back the run that it had already put aside."""
    for leftover in sorted(out.glob(f"{STAGE}-*")):
        target = out / leftover.name.removeprefix(f"{STAGE}-")
        past = sorted((out / "history").glob(f"{target.name}-*"), key=_number) if not target.exists() else []
        shutil.rmtree(leftover)
        if past:
            past[-1].rename(target)


@contextlib.contextmanager
def only_run(out: Path) -> Iterator[None]:
    """Hold the lock of an output folder. Raises Fault where another run holds it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        file = (out / ".lock").open("a+b")
    except OSError as error:
        raise unwritable(out, error) from error
    with file:
        if not _lock(file.fileno()):
            raise Fault("run_in_progress", file=str(out))
        yield


def unwritable(path: Path, error: OSError) -> Fault:
    """The fault for a place that cannot be written; `found` is the system's own word."""
    return Fault("output_unwritable", file=str(path), found=error.strerror or str(error))


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


def _sync(folder: Path) -> None:
    """Make the names of a folder durable; Windows has no such call."""
    if os.name == "nt":
        return
    for place in [folder, *(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))]:
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _number(path: Path) -> int:
    tail = path.name.rpartition("-")[2]
    return int(tail) if tail.isdigit() else 0


def _next_free(stem: Path) -> Path:
    taken = [_number(path) for path in stem.parent.glob(f"{stem.name}-*")]
    return stem.with_name(f"{stem.name}-{max(taken, default=0) + 1}")


def write_file(path: Path, data: bytes) -> None:
    """Write one file whole or not at all: a neighbour is written, synced and renamed over it."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise unwritable(path, error) from error
