"""Putting a run in place: written to a private stage, synced, read back, then exchanged with what stood there. What is
visible is always a complete run; what a killed run leaves behind, the next one tells apart and cleans up."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from hrbook.core.fault import Fault
from hrbook.guard.place import Streamed, digest_of, exchange, roomy, sync, unwritable, write_new

STAGE = ".stage"
NOTE = ".publish"  # says, by the digest of its manifest, which run is about to stand in the place
MANIFEST, HISTORY = "manifest.json", "history"


class Stage:
    """A private folder beside the place where the run will stand. Use it in a `with`: what is not published is removed."""

    def __init__(self, out: Path, name: str) -> None:
        out = roomy(out)
        self.out = out
        self.target = out / name
        self.folder = out / f"{STAGE}-{name}"
        self._note = out / f"{NOTE}-{name}"
        self._digests: dict[str, str] = {}

    def __enter__(self) -> Stage:
        try:
            self.out.mkdir(parents=True, exist_ok=True)
            sweep(self.out)
            self.folder.mkdir(mode=0o700)
        except OSError as error:
            raise unwritable(self.out, error) from error
        return self

    def __exit__(self, *_: object) -> None:
        if not self._note.exists():  # with a note there, the folder may hold the run before: the next sweep decides
            shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, path: str, data: bytes, *, private: bool = False) -> None:
        """Write one file and sync it. Raises Fault where the disk refuses."""
        target = self.folder / path
        try:
            for above in reversed(Path(path).parents[:-1]):
                (self.folder / above).mkdir(exist_ok=True)  # never the stage itself: a place that vanished stays so
            write_new(target, data, private=private)
        except OSError as error:
            raise unwritable(target, error) from error
        self._digests[path] = hashlib.sha256(data).hexdigest()

    def adopt(self, path: str, written: Streamed) -> None:
        """Count a file that its maker has written into the folder as one of the run."""
        self._digests[path] = written.sha256

    def check(self) -> None:
        """Read the stage back: it holds what was written and nothing else. Raises Fault where it does not."""
        try:
            there = {file.relative_to(self.folder).as_posix(): file for file in self.folder.rglob("*") if not file.is_dir()}
            if there.keys() != self._digests.keys():
                names = sorted(there.keys() ^ self._digests.keys())
                raise Fault("stage_changed", file=names[0], found=len(names))
            for path, file in sorted(there.items()):
                digest = digest_of(file)
                if digest != self._digests[path]:
                    raise Fault("stage_changed", file=path, found=digest[:8])
        except OSError as error:
            raise unwritable(self.folder, error) from error

    def publish(self, history: str) -> Path | None:
        """Put the stage in the place of the run; the run before it goes to `history`-<n> and is returned. Raises Fault
        where the system refuses; what stood there then stands there still."""
        self.check()
        try:
            for place in (self.folder, *(p for p in self.folder.rglob("*") if p.is_dir())):
                sync(place)
            with contextlib.suppress(OSError):
                self.folder.chmod(0o777 & ~_umask())
            if not self.target.exists():
                self.folder.rename(self.target)
                sync(self.out)
                return None
            write_new(self._note, self._digests.get(MANIFEST, "").encode(), private=True)
            sync(self.out)
            kept = self._replace(_next_free(self.out / history))
        except OSError as error:
            raise unwritable(self.target, error) from error
        with contextlib.suppress(OSError):  # the run stands: what is refused from here on, the next sweep does
            sync(kept.parent)
            self._note.unlink()
            sync(self.out)
        return kept

    def _replace(self, kept: Path) -> Path:
        """Exchange stage and run, and put the run before aside as `kept`; where that fails, as it was."""
        swapped = False
        try:
            kept.parent.mkdir(exist_ok=True)
            swapped = exchange(self.folder, self.target)
            if swapped:
                self.folder.rename(kept)
            else:
                _step_by_step(self.folder, self.target, kept)
        except OSError:
            if swapped:
                exchange(self.folder, self.target)
            self._note.unlink()
            raise
        return kept


def _step_by_step(folder: Path, target: Path, kept: Path) -> None:
    """Two renames, for systems that cannot exchange. Killed between them the place is empty until the next run, which
    finds the note and puts the new run there."""
    target.rename(kept)
    try:
        folder.rename(target)
    except OSError:
        kept.rename(target)
        raise


def put_in_place(out: Path, name: str, files: Mapping[str, bytes]) -> tuple[bool, Path | None]:
    """Put `files` (path -> bytes, readable by their owner alone) in place as `out`/`name`, whole or not at all. True and
    nothing done where the same files stand there already, else where the ones before were kept (None: there were none).
    The caller holds the lock of `out`."""
    target = out / name
    if target.is_dir():
        there = {p.relative_to(target).as_posix(): p.read_bytes() for p in sorted(target.rglob("*")) if p.is_file()}
        if there == dict(files):
            return True, None
    with Stage(out, name) as stage:
        for path, data in sorted(files.items()):
            stage.write(path, data, private=True)
        return False, stage.publish(f"{HISTORY}/{name}")


def write_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write one file whole or not at all: a neighbour is written, synced and renamed over it. `private`: readable by its
    owner alone. Raises Fault where the disk refuses."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        write_new(draft, data, private=private)
        draft.replace(path)
        sync(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise unwritable(path, error) from error


def sweep(out: Path) -> None:
    """Clean up after a killed run. A note says which run was about to stand in the place: where it does, the stage holds
    the run before, which is put aside; where the place is empty, the new run is put there; else the stage is removed."""
    for note in sorted(out.glob(f"{NOTE}-*")):
        name = note.name.removeprefix(f"{NOTE}-")
        target, stage = out / name, out / f"{STAGE}-{name}"
        if stage.is_dir():
            if not target.exists():
                stage.rename(target)
            elif _digest(target) == note.read_text(encoding="utf-8") != "":
                kept = _next_free(out / HISTORY / name)
                kept.parent.mkdir(exist_ok=True)
                stage.rename(kept)
        note.unlink()
    for leftover in sorted(out.glob(f"{STAGE}-*")):
        shutil.rmtree(leftover)


def _digest(run: Path) -> str:
    try:
        return hashlib.sha256((run / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""


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
