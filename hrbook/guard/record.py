"""A finished run read back: its manifest as well-formed values, and the inputs it was made from, found by their hash."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hrbook.core.fault import Fault
from hrbook.core.inputs import SEVERAL, InputKind
from hrbook.guard.manifest import Entry, sha256

MANIFEST, INPUTS = "manifest.json", "inputs"
WORKBOOKS = ("roster", "settings", "history", "training")
SCHEMA = 1
LARGEST = 200 * 2**20  # no input and no manifest is larger than what the readers take


@dataclass(frozen=True, slots=True)
class Source:
    """One input as the manifest names it; an empty `sha256` is an input that the run had not (settings: the defaults)."""

    file: str
    sha256: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What manifest.json says. `data` are its bytes, `folder` where the run stands."""

    folder: Path
    data: bytes
    run_id: str
    tool: str
    year: int
    as_of: date
    options: Mapping[str, str]
    sources: Mapping[str, Source]  # roster, settings, policy, previous, returned_1 ...
    templates: Mapping[str, tuple[str, str]]  # name -> place, SHA-256
    platform: Mapping[str, str]  # python and the packages -> version
    totals: Mapping[str, int]
    files: tuple[Entry, ...]

    @property
    def sha256(self) -> str:
        return sha256(self.data)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The files that the run read, by the names of their sources; the run before it is none of them."""
        return (*WORKBOOKS, "policy", *(key for kind in SEVERAL for key in self.numbered(kind)))

    def numbered(self, kind: InputKind) -> tuple[str, ...]:
        """The sources of one kind in the order in which the run had them."""
        return tuple(sorted((key for key in self.sources if kind.names(key)), key=lambda key: (len(key), key)))


def read_record(folder: Path) -> Record:
    """The record of the run in `folder`. Raises Fault where there is none or it is not as hrbook writes it."""
    path = folder / MANIFEST
    try:
        data = path.read_bytes() if path.is_file() and path.stat().st_size <= LARGEST else None
    except OSError:
        data = None
    if data is None:
        raise Fault("run_missing", file=str(folder))
    try:
        return _record(folder, data, json.loads(data.decode("utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Fault("run_unreadable", file=str(path), found=f"{type(error).__name__} {error}") from error


def _record(folder: Path, data: bytes, body: Mapping[str, Any]) -> Record:
    if body["schema"] != SCHEMA:
        raise ValueError(f"schema {body['schema']}")
    return Record(
        folder=folder,
        data=data,
        run_id=_text(body["run_id"]),
        tool=_text(body["tool"]["version"]),
        year=int(body["fiscal_year"]),
        as_of=date.fromisoformat(body["as_of"]),
        options={str(key): _text(value) for key, value in body["options"].items()},
        sources={
            str(key): Source(_text(value["file"]), _text(value["sha256"]), _text(value.get("place", "")))
            for key, value in body["inputs"].items()
        },
        templates={str(name): (_text(t["from"]), _text(t["sha256"])) for name, t in body["templates"].items()},
        platform={"python": _text(body["python"]["version"]), "system": _text(body["python"]["platform"])}
        | {str(name): _text(version) for name, version in body["libraries"].items()},
        totals={str(key): int(value) for key, value in body["control_totals"].items()},
        files=tuple(
            Entry(
                _inside(f["path"]),
                _text(f["sha256"]),
                _text(f["content"]),
                int(f["size"]),
                int(f["rows"]),
                _text(f["audience"]),
                f.get("encrypted", False) is True,
            )
            for f in body["files"]
        ),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r:.40}")
    return value


def _inside(path: object) -> str:
    """A path below the run's folder; a manifest that leads elsewhere is no manifest of ours."""
    text = _text(path)
    if text.startswith("/") or "\\" in text or ":" in text or ".." in text.split("/"):
        raise ValueError(f"path {text!r:.80}")
    return text


class Inputs:
    """The inputs of a run by their hash: in a folder to which they were moved, else in the run's own inputs/."""

    def __init__(self, record: Record, moved: Path | None = None) -> None:
        self._record = record
        self.moved = moved
        self._moved: dict[str, Path] = {}
        if moved is not None:
            if not moved.is_dir():
                raise Fault("no_such_folder", usage=True, found=str(moved))
            for path in _files(moved):
                self._moved.setdefault(sha256(path.read_bytes()), path)

    def find(self, digest: str) -> Path | None:
        """The file with these contents; a file of the run's own that only has the name is not it."""
        if digest in self._moved:
            return self._moved[digest]
        for path in self.named(digest):
            if sha256(path.read_bytes()) == digest:
                return path
        return None

    def named(self, digest: str) -> list[Path]:
        """The files of the run's inputs/ whose name says that they have these contents."""
        folder = self._record.folder / INPUTS
        return [path for path in _files(folder) if path.stem == digest] if digest and folder.is_dir() else []

    def called(self, name: str) -> Path | None:
        """The file of the moved inputs with this name, whatever its contents."""
        return next((path for path in _files(self.moved) if path.name == name), None) if self.moved is not None else None

    def need(self, key: str) -> Path | None:
        """The input `key` of the run; None where the run had none. Raises Fault where it is not to be found."""
        source = self._record.sources.get(key)
        if source is None or not source.sha256:
            return None
        found = self.find(source.sha256)
        if found is None:
            raise Fault("input_gone", file=source.file, found=source.sha256, folder=str(self._record.folder))
        return found


def _files(folder: Path) -> Iterator[Path]:
    yield from (p for p in sorted(folder.rglob("*")) if p.is_file() and p.stat().st_size <= LARGEST)


@dataclass(frozen=True, slots=True)
class Desk:
    """The inputs of a run under the names that they had, each in a folder of its own."""

    roster: Path
    settings: Path | None
    policy: Path | None
    previous: Path | None  # the folder of the run before, with its manifest and its own inputs
    history: Path | None = None
    training: Path | None = None
    returned: tuple[Path, ...] = ()
    surveys: tuple[Path, ...] = ()
    more: tuple[Path, ...] = ()


def lay_out(record: Record, inputs: Inputs, folder: Path, instead: Mapping[str, Path] | None = None) -> Desk:
    """Copy the run's inputs into `folder`. `instead` holds files to use for an input whatever their hash."""
    instead = instead or {}

    def copied(key: str) -> Path | None:
        path = instead.get(key) or inputs.need(key)
        if path is None:
            return None
        target = folder / key / Path(record.sources[key].file).name
        target.parent.mkdir(parents=True)
        shutil.copyfile(path, target)
        return target

    roster = copied("roster")
    if roster is None:
        raise Fault("input_gone", file="roster.xlsx", found="", folder=str(record.folder))
    settings, policy, manifest = copied("settings"), copied("policy"), copied("previous")
    previous = None
    if manifest is not None:
        previous = manifest.parent
        manifest.rename(previous / MANIFEST)
        earlier = read_record(previous)
        (previous / INPUTS).mkdir()
        for key in earlier.inputs:
            source = earlier.sources.get(key)
            found = inputs.find(source.sha256) if source is not None and source.sha256 else None
            if found is not None and source is not None:
                shutil.copyfile(found, previous / INPUTS / f"{source.sha256}{found.suffix}")

    def several(kind: InputKind) -> tuple[Path, ...]:
        return tuple(path for path in map(copied, record.numbered(kind)) if path is not None)

    return Desk(
        roster,
        settings,
        policy,
        previous,
        copied(InputKind.HISTORY),
        copied(InputKind.TRAINING),
        several(InputKind.RETURNED),
        several(InputKind.SURVEY),
        several(InputKind.MORE),
    )
