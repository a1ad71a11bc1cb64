"""A finished run made again from its own inputs and compared with what stands there, file by file and cell by cell."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from hrbook import __version__, batch, judging, resources
from hrbook.compare.inputs import input_differences
from hrbook.compare.ledgers import ledgers_apart
from hrbook.compare.packages import apart
from hrbook.compare.report import Difference, Report
from hrbook.core.fault import Fault
from hrbook.guard import manifest, signature
from hrbook.guard.place import digest_of
from hrbook.guard.record import INPUTS, MANIFEST, Inputs, Record, lay_out, read_record
from hrbook.options import Options, listed

ELSEWHERE = ("python", "libraries", "tool")  # parts of the manifest that are compared by themselves
SEALED = (("sha256",), ("size",), ("encrypted",))  # what a book made again without its password cannot have
WORKBOOK = ".xlsx"
PIECE = 1 << 20  # bytes of a file that are held
EACH = 1000  # differences of one file that are listed; all are counted


def verify(
    folder: Path, *, moved: Path | None = None, key: Path | None = None, jobs: int = 1, tell: judging.Tell = judging.quiet
) -> Report:
    """Everything in which the run in `folder` is not what its inputs give. `moved` is where the inputs are now; `key` a
    public key to check the signature with. Raises Fault where the folder holds no run."""
    record = read_record(folder)
    inputs = Inputs(record, moved)
    report = Report()
    report.extend(_signature(record, key))
    report.extend(_versions(record, report))
    instead = {}
    for key_of, differences, stand_in in input_differences(record, inputs):
        report.extend(differences)
        if stand_in is not None:
            instead[key_of] = stand_in
    with TemporaryDirectory() as place:
        made = _made_again(record, inputs, instead, Path(place), report, jobs, tell)
        _compare(record, made, report)
    return report


def _signature(record: Record, key: Path | None) -> Iterator[Difference]:
    path = record.folder / signature.SIGNATURE
    if key is not None and not path.is_file():
        yield Difference("unsigned", file=signature.SIGNATURE)
    elif key is not None and not signature.holds(record.data, path.read_bytes(), key):
        yield Difference("signature", file=signature.SIGNATURE)


def _versions(record: Record, report: Report) -> Iterator[Difference]:
    """What the run was made with, against what is in force here."""
    if record.tool != __version__:
        yield Difference("tool", file="hrbook", recorded=record.tool, found=__version__)
    here = manifest.libraries() | manifest.platform_of()
    for name, version in record.platform.items():
        if here.get(name, "") != version:
            report.note("platform", name, version, here.get(name, ""))
    for name, (_, digest) in sorted(record.templates.items()):
        found = resources.digest_of(name)
        if found != digest:
            yield Difference(
                "policy" if name.startswith("policy/") else "template", file=name, recorded=digest, found=found or ""
            )


def _made_again(
    record: Record, inputs: Inputs, instead: Mapping[str, Path], place: Path, report: Report, jobs: int, tell: judging.Tell
) -> Path | None:
    """The folder of the run made again below `place`; None where it cannot be made, which is then said."""
    said = record.options
    try:
        desk = lay_out(record, inputs, place / "desk", instead)
        _templates_of(record, inputs)
        options = Options(
            roster=desk.roster,
            settings=desk.settings,
            policy=str(desk.policy) if record.sources["policy"].place == "file" else said.get("policy") or None,
            year=int(said["year"]) if said.get("year") else None,
            as_of=record.as_of if said.get("as_of") else None,
            out=place / "out",
            by_bureau=said.get("by") == "bureau",
            departments=tuple(filter(None, said.get("departments", "").split("/"))),
            jobs=jobs,
            language=said.get("language", "ja"),
            keep_inputs=said.get("keep_inputs", "yes") == "yes",
            previous=desk.previous,
            history=desk.history,
            training=desk.training,
            more=desk.more,
            maps=listed(said.get("map", ""), "\n"),
            accept=listed(said.get("accept", ""), " "),
            returned=desk.returned,
            surveys=desk.surveys,
            clock_year=record.year,
        )
        return batch.build(options, tell).folder
    except Fault as fault:
        if fault.usage and fault.key != "no_such_department":
            raise
        report.stopped = fault
        return None


def _templates_of(record: Record, inputs: Inputs) -> None:
    """Let the run's own templates stand in for what is in force here, as far as copies were kept."""
    resources.use_folder(None)
    for name, (place, digest) in record.templates.items():
        kept = inputs.find(digest)
        if kept is not None:
            resources.stand_in(name, place, kept.read_bytes())


def _compare(record: Record, made: Path | None, report: Report) -> None:
    """Every file that was recorded, that stands there or that was made again."""
    recorded = {entry.path: entry for entry in record.files}
    there = _files(record.folder)
    again = _files(made) if made is not None else {}
    for name in [path for path in there.keys() | recorded.keys() | again.keys() if path.startswith(f"{INPUTS}/")]:
        if name not in there:  # an input was moved, or its loss was said; what was made again has its own copies
            recorded.pop(name, None)
            again.pop(name, None)
    for path in sorted({*recorded, *there, *again} - {MANIFEST, signature.SIGNATURE}):
        if path not in there:
            report.add(Difference("file_missing", file=path))
        elif path not in recorded and path not in again:
            report.add(Difference("file_added", file=path))
        else:
            report.files += 1
            known = recorded.get(path)
            _compare_file(path, there[path], again.get(path), known, report)
    _compare_record(record, (made / MANIFEST).read_bytes() if made is not None else None, report)


def _files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def _compare_file(path: str, stands: Path, again: Path | None, known: manifest.Entry | None, report: Report) -> None:
    """One file, of whatever size, against the one made again and against the record."""
    place = _first_byte(again, stands) if again is not None else 0
    found = digest_of(stands)
    digest = known.sha256 if known else ""
    whole = found == digest
    if place is None or (again is None and whole) or report.knows(path):
        return
    if again is None or path.startswith(f"{INPUTS}/"):
        report.add(Difference("file_changed", file=path, recorded=digest, found=found))
        return
    if whole and path.endswith(WORKBOOK):
        content = manifest.content_digest(again.read_bytes())
        if known is not None and known.encrypted and content == known.content:
            return  # as it was written, and the workbook within is recorded as the one that its inputs give
        if report.platform_differs and content == manifest.content_digest(stands.read_bytes()):
            report.note("packing", path, "", "")
            return
    total = _listed(_apart(path, again, stands), report)
    if not total:
        report.add(Difference("bytes", file=path, place=str(place)))


def _listed(found: Iterable[Difference], report: Report) -> int:
    """Report what was found in one file, values before looks, no more of it than a person reads; how much there is."""
    values: list[Difference] = []
    looks: list[Difference] = []
    total = 0
    for difference in found:
        total += 1
        told = looks if difference.kind in ("looks", "part") else values
        if len(told) < EACH:
            told.append(difference)
    listed = [*values, *looks][:EACH]
    report.extend(listed)
    report.total += total - len(listed)
    return total


def _apart(path: str, made: Path, stands: Path) -> Iterator[Difference]:
    """Where a file differs from the one made again: cells of a workbook, fields of the ledger."""
    try:
        if path.endswith(WORKBOOK):
            for found in apart(made.read_bytes(), stands.read_bytes()):
                kind = "cell" if found.sheet else "part"
                yield Difference(
                    "looks" if found.looks and found.sheet else kind, path, found.sheet, found.place, found.one, found.other
                )
        elif path.endswith(".csv"):
            yield from ledgers_apart(path, made, stands)
    except Fault as fault:
        yield Difference("broken", file=path, found=str(fault.facts.get("found", "")))


def _compare_record(record: Record, made: bytes | None, report: Report) -> None:
    """The manifest itself, key by key; then its bytes, which hrbook writes in one way only."""
    body = json.loads(record.data)
    listed = 0
    sealed = {entry.path for entry in record.files if entry.encrypted}
    if made is not None:
        for place, mine, theirs in _keys_apart(json.loads(made), body, ()):
            told = place[0] in ELSEWHERE or (place[0] == "files" and report.knows(place[1]))
            told = told or (place[0] == "files" and place[1] in sealed and place[2:] in SEALED)
            if not told:
                listed += 1
                report.add(Difference("record", MANIFEST, "", ".".join(place), mine, theirs))
    other = _first_byte(manifest.written(body), record.data)
    if not listed and other is not None:
        report.add(Difference("bytes", file=MANIFEST, place=str(other)))


def _keys_apart(one: Any, other: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    if isinstance(one, list) and isinstance(other, list) and place == ("files",):
        one, other = ({str(f.get("path")): f for f in files} for files in (one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            yield from _keys_apart(one.get(key), other.get(key), (*place, str(key)))
    elif one != other:
        yield place, json.dumps(one, ensure_ascii=False), json.dumps(other, ensure_ascii=False)


def _first_byte(one: Path | bytes, other: Path | bytes) -> int | None:
    """Place of the first byte that differs, from 1; None where none does."""
    with _opened(one) as first, _opened(other) as second:
        start = 0
        while True:
            left, right = first.read(PIECE), second.read(PIECE)
            if left != right:
                pairs = enumerate(zip(left, right, strict=False), 1)
                return start + next((place for place, (a, b) in pairs if a != b), min(len(left), len(right)) + 1)
            if not left:
                return None
            start += len(left)


def _opened(what: Path | bytes) -> IO[bytes]:
    return io.BytesIO(what) if isinstance(what, bytes) else what.open("rb")
