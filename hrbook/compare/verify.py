"""A finished run made again from its own inputs and compared with what stands there, file by file and cell by cell."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hrbook import __version__, batch, judging, resources
from hrbook.compare.inputs import input_differences
from hrbook.compare.packages import apart
from hrbook.compare.report import Difference, Report
from hrbook.core.fault import Fault
from hrbook.guard import manifest, signature
from hrbook.guard.record import INPUTS, MANIFEST, Inputs, Record, lay_out, read_record
from hrbook.options import Options, listed

ELSEWHERE = ("python", "libraries", "tool")  # parts of the manifest that are compared by themselves
SEALED = (("sha256",), ("size",), ("encrypted",))  # what a book made again without its password cannot have
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
    data = stands.read_bytes()
    made = again.read_bytes() if again is not None else None
    digest = known.sha256 if known else ""
    whole = manifest.sha256(data) == digest
    if data == made or (made is None and whole) or report.knows(path):
        return
    if known is not None and known.encrypted and whole and made is not None and manifest.content_digest(made) == known.content:
        return  # as it was written, and the workbook within is recorded as the one that its inputs give
    if made is None or path.startswith(f"{INPUTS}/"):
        report.add(Difference("file_changed", file=path, recorded=digest, found=manifest.sha256(data)))
        return
    if whole and report.platform_differs and manifest.content_digest(data) == manifest.content_digest(made):
        report.note("packing", path, "", "")
        return
    found = sorted(_apart(path, made, data), key=lambda difference: difference.kind in ("looks", "part"))
    for difference in found[:EACH]:
        report.add(difference)
    report.total += max(0, len(found) - EACH)
    if not found:
        report.add(Difference("bytes", file=path, place=str(_first_byte(made, data))))


def _apart(path: str, made: bytes, data: bytes) -> Iterator[Difference]:
    """Where a file differs from the one made again: cells of a workbook, fields of the ledger."""
    try:
        if path.endswith(".xlsx"):
            for found in apart(made, data):
                kind = "cell" if found.sheet else "part"
                yield Difference(
                    "looks" if found.looks and found.sheet else kind, path, found.sheet, found.place, found.one, found.other
                )
        elif path.endswith(".csv"):
            yield from _rows_apart(path, made, data)
    except Fault as fault:
        yield Difference("broken", file=path, found=str(fault.facts.get("found", "")))


def _rows_apart(path: str, made: bytes, data: bytes) -> Iterator[Difference]:
    """Fields of the ledger by person and rule; then rows that are in one of the two only, or in another order."""
    one, other = (_ledger_rows(b) for b in (made, data))
    for key, mine in one.items():
        theirs = other.get(key)
        if theirs is None:
            yield Difference("row_missing", path, " ".join(key))
        else:
            for name in [*mine, *(n for n in theirs if n not in mine)]:
                if mine.get(name) != theirs.get(name):
                    yield Difference("row", path, " ".join(key), str(name), mine.get(name) or "", theirs.get(name) or "")
    for key in other:
        if key not in one:
            yield Difference("row_added", path, " ".join(key))
    if one == other and list(one) != list(other):
        yield Difference("order", path)


def _ledger_rows(data: bytes) -> dict[tuple[str, str], dict[str, str]]:
    text = data.decode("utf-8-sig", errors="replace")
    rows = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
    return {(row.get("staff_id") or "", row.get("rule_id") or ""): {k: str(v) for k, v in row.items()} for row in rows}


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
    if not listed and manifest.written(body) != record.data:
        report.add(Difference("bytes", file=MANIFEST, place=str(_first_byte(manifest.written(body), record.data))))


def _keys_apart(one: Any, other: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    if isinstance(one, list) and isinstance(other, list) and place == ("files",):
        one, other = ({str(f.get("path")): f for f in files} for files in (one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            yield from _keys_apart(one.get(key), other.get(key), (*place, str(key)))
    elif one != other:
        yield place, json.dumps(one, ensure_ascii=False), json.dumps(other, ensure_ascii=False)


def _first_byte(one: bytes, other: bytes) -> int:
    """Place of the first byte that differs, from 1."""
    for place, (first, second) in enumerate(zip(one, other, strict=False), 1):
        if first != second:
            return place
    return min(len(one), len(other)) + 1
