"""Where the bytes of a finished file are looked at before they may leave: searched, sealed if wanted, entered in the manifest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from hrbook.core.finding import Finding, Severity
from hrbook.core.roster import Employee
from hrbook.guard import manifest
from hrbook.guard.found import Kind, Leak
from hrbook.guard.leak import Guard, opened
from hrbook.guard.place import Streamed
from hrbook.guard.seal import seal

CODES = {
    Kind.NUMBER: "HR501",
    Kind.NAME: "HR502",
    Kind.READING: "HR503",
    Kind.MAIL: "HR504",
    Kind.FOREIGN: "HR505",
    Kind.DAMAGED: "HR506",
}


Content = bytes | Streamed


@dataclass(frozen=True, slots=True)
class Finished:
    """A file as it will stand (or that it was written there), its line for the manifest, and why it must not stand (nothing:
    it may)."""

    data: Content
    entry: manifest.Entry
    leaks: tuple[Leak, ...] = ()


@dataclass(frozen=True, slots=True)
class Design:
    """What a file has of a form that the city drew: parts of any kind, and the city's own words, whomever they name."""

    parts: frozenset[str]
    texts: tuple[str, ...]


class File(Protocol):
    """What the gate asks of a file: path below the output folder, data rows, audience."""

    @property
    def path(self) -> str: ...
    @property
    def rows(self) -> int: ...
    @property
    def audience(self) -> str: ...
    @property
    def readers(self) -> Sequence[Employee] | None:
        """The people whose file it is; None where its readers may see everybody."""
        ...

    @property
    def design(self) -> Design | None:
        """What it has of a form of the city's own; None where hrbook drew all of it."""
        ...

    def counted(self) -> Collection[int]:
        """The numbers that it counts: in a large city one of them may also be somebody's number."""
        ...


@dataclass(frozen=True, slots=True)
class Gate:
    """What every file of a run passes. `declared`: texts that any department book may show whoever they name. `passwords`
    by path of the book; `before`: the folder in which an equal sealed book may stand, which is then kept as it is."""

    guard: Guard
    declared: tuple[str, ...] = ()
    passwords: Mapping[str, str] = field(default_factory=dict)
    before: Path | None = None
    pictures: frozenset[str] = frozenset()  # SHA-256 of what the city itself puts on its books

    def release(self, file: File, data: Content) -> Finished:
        """Look at the bytes of a finished file. Raises Fault where a book cannot be sealed."""
        path, rows, audience, design = file.path, file.rows, file.audience, file.design
        if isinstance(data, Streamed):
            return Finished(data, manifest.Entry(path, data.sha256, data.sha256, data.size, rows, audience))
        if not path.endswith(".xlsx"):
            return Finished(data, manifest.entry(path, data, rows, audience))
        package = opened(data)
        declared = (*self.declared, *design.texts) if design is not None else self.declared
        leaks = self.guard.check(package, file.readers, declared, file.counted)
        digests = {name: manifest.sha256_of(package.pieces(name)) for name in package.names} if package is not None else {}
        own = {name for name, digest in digests.items() if digest in self.pictures}
        leaks = tuple(leak for leak in leaks if leak.kind is not Kind.FOREIGN or leak.part not in own)
        if design is not None:
            leaks = tuple(leak for leak in leaks if leak.kind is not Kind.FOREIGN or leak.part not in design.parts)
        content = manifest.parts_digest(digests.items()) if package is not None else manifest.sha256(data)
        password = self.passwords.get(path)
        if leaks or password is None:
            return Finished(data, manifest.Entry(path, manifest.sha256(data), content, len(data), rows, audience), leaks)
        sealed = seal(data, password, self.before / path if self.before else None)
        return Finished(sealed, manifest.Entry(path, manifest.sha256(sealed), content, len(sealed), rows, audience, True))


def held_back(file: Finished) -> list[Finding]:
    """Why a book is not let go: one finding a leak, with the part of the package in the place of the sheet."""
    path = file.entry.path
    return [
        Finding(CODES[leak.kind], Severity.ERROR, path, leak.part, "", staff_id=leak.staff_id, facts={"book": path})
        for leak in file.leaks
    ]
