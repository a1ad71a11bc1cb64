"""record.json: what `collect` knows from one call to the next: files, decisions, and what it wrote itself. No clock in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from hrbook.core.fault import Fault
from hrbook.core.receipts import FileState, Receipt
from hrbook.core.reconcile import Choice, Decision

NAME = "record.json"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Memory:
    """`receipts` of all files so far, `decisions` by number of the difference, SHA-256 of the written files by path."""

    receipts: tuple[Receipt, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)


def load_memory(folder: Path) -> Memory:
    """The record of a folder of results; an empty one where nothing was collected yet. Raises Fault for a broken one."""
    path = folder / NAME
    if not path.is_file():
        return Memory()
    try:
        body = json.loads(path.read_bytes())
        receipts = tuple(_receipt(entry) for entry in body["files"])
        decisions = {number: _decision(entry) for number, entry in body["decisions"].items()}
        return Memory(receipts, decisions, dict(body["written"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Fault("record_broken", file=path.as_posix(), found=f"{type(error).__name__}: {error}"[:120]) from error


def memory_bytes(year: int, runs: Iterable[str], record: Memory) -> bytes:
    """The record as JSON, keys sorted."""
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "fiscal_year": year,
        "runs": list(runs),
        "files": [{**asdict(r), "facts": dict(r.facts)} for r in record.receipts],
        "decisions": {number: asdict(decision) for number, decision in record.decisions.items()},
        "written": dict(record.written),
    }
    return (json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _receipt(entry: Mapping[str, Any]) -> Receipt:
    return Receipt(**{**entry, "state": FileState(entry["state"]), "others": tuple(entry["others"])})


def _decision(entry: Mapping[str, Any]) -> Decision:
    return Decision(**{**entry, "choice": Choice(entry["choice"])})
