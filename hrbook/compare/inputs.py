"""Inputs that are no longer what the run was made from, down to the cell where that can be told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from hrbook.compare.ledgers import LEDGER, ledger_rows
from hrbook.compare.packages import apart
from hrbook.compare.report import Difference
from hrbook.core.fault import Fault
from hrbook.guard.manifest import sha256
from hrbook.guard.record import INPUTS, Inputs, Record
from hrbook.ledger import plain

ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")  # of a cell; a bare row names none


def input_differences(record: Record, inputs: Inputs) -> Iterator[tuple[str, list[Difference], Path | None]]:
    """For each input that is not as recorded: its key, what differs, and the file to use in its place (None: none).

    With a folder of moved inputs, a file of the recorded name that holds something else is the changed input, also
    where the run kept the right one; otherwise the run's own copy is looked at."""
    for key, source in record.sources.items():
        if not source.sha256:
            continue
        kept = inputs.find(source.sha256)
        moved = inputs.called(source.file)
        if moved is not None and sha256(moved.read_bytes()) != source.sha256:
            changed: Path | None = moved
        elif kept is not None:
            continue
        else:
            changed = next(iter(inputs.named(source.sha256)), None)
        if changed is None:
            yield key, [Difference("input_missing", file=source.file, recorded=source.sha256)], None
            continue
        name = changed.name if changed is moved else f"{INPUTS}/{changed.name}"
        found = [Difference("input_changed", file=name, recorded=source.sha256, found=sha256(changed.read_bytes()))]
        try:
            found += list(_cells(record, key, changed, kept))
        except Fault as fault:
            found.append(Difference("broken", file=name, found=str(fault.facts.get("found", ""))))
        yield key, found, changed


def _cells(record: Record, key: str, changed: Path, kept: Path | None) -> Iterator[Difference]:
    """The cells of a changed workbook: against the right file where it is at hand, else against the raw values that the
    ledger holds of the cells that judgements rest on."""
    if changed.suffix.lower() not in (".xlsx", ".xlsm"):
        return
    if kept is not None:
        for found in apart(kept.read_bytes(), changed.read_bytes(), looks=False):
            yield Difference("input_cell", changed.name, found.sheet, found.place, found.one, found.other)
    elif key == "roster":
        yield from _against_ledger(record, changed)


def _against_ledger(record: Record, changed: Path) -> Iterator[Difference]:
    from hrbook.ingest.workbook import read_workbook

    path = record.folder / LEDGER
    if not path.is_file():
        return
    book = {sheet.name: sheet for sheet in read_workbook(changed).sheets}
    for (sheet, place), raw in sorted(_raw_cells(path).items()):
        rows = book[sheet].rows if sheet in book else ()
        letters = place.rstrip("0123456789")
        row, column = int(place[len(letters) :]) - 1, _index(letters)
        stands = plain(rows[row][column]) if row < len(rows) and column < len(rows[row]) else None
        if stands != raw:
            yield Difference("input_cell", changed.name, sheet, place, _shown(raw), _shown(stands))


def _raw_cells(path: Path) -> dict[tuple[str, str], object]:
    """Every cell that a judgement of the ledger rests on, with what stood in it. A row that names no cells in our way was
    changed, which the ledger's own comparison tells."""
    found: dict[tuple[str, str], object] = {}
    seen: set[str] = set()
    for row in ledger_rows(path):
        said = row.get("inputs") or "[]"
        if said not in seen:
            seen.add(said)
            try:
                cells = [(str(cell["sheet"]), str(cell["cell"]), cell["raw"]) for cell in json.loads(said)]
            except (ValueError, TypeError, KeyError):
                continue
            found.update({(sheet, place): raw for sheet, place, raw in cells if ADDRESS.fullmatch(place)})
    return found


def _index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _shown(value: object) -> str:
    return "" if value is None else str(value)
