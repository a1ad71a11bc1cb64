"""Two finished runs compared by cause. Both are judged again from their own inputs, and must still say what they said."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hrbook import judging
from hrbook.core.changes import Comparison
from hrbook.core.fault import Fault
from hrbook.guard.record import Inputs, Record, read_record

LEDGER = "ledger.csv"


@dataclass(frozen=True, slots=True)
class Difference:
    """The comparison, the newer run it is shown with, and its workbook."""

    changes: Comparison
    loaded: judging.Loaded
    book: bytes


def diff(
    old: Path, new: Path, *, moved: Path | None = None, language: str = "ja", tell: judging.Tell = judging.quiet
) -> Difference:
    """The changes from the run in `old` to the one in `new`; `moved`: where inputs of both may be found.

    Raises Fault where a run's inputs are gone, or where this version judges otherwise than the run did (then its own
    version of hrbook must make the comparison)."""
    from hrbook.excel.writer import render
    from hrbook.sheets import difference
    from hrbook.sheets.view import View
    from hrbook.words import load_labels

    first, second = read_record(old), read_record(new)
    with judging.past_run(first, Inputs(first, moved)) as one, judging.past_run(second, Inputs(second, moved)) as other:
        _agree(first, one)
        _agree(second, other)
        changes = judging.compared(one, other, tell)
        labels = load_labels(language)
        view = View(other.assessment, other.departments, labels, replace(other.facts, run_id=second.run_id), changes)
        path = labels("diff.path", old=one.reading.as_of.isoformat(), new=other.reading.as_of.isoformat())
        return Difference(changes, other, render(difference.book(view, path)))


def _agree(record: Record, loaded: judging.Loaded) -> None:
    """Raise where the ledger of the run says another status than its inputs give under this version."""
    path = record.folder / LEDGER
    if not path.is_file():
        return
    said = _statuses(path)
    here = {(p.employee.staff_id, j.rule.id): str(j.status) for p in loaded.assessment.people for j in p.judgements()}
    for key in sorted(said):
        status = here.get((key[0].removeprefix("'"), key[1]))
        if status != said[key]:
            raise Fault(
                "ledger_differs",
                tool=record.tool,
                file=str(path),
                staff_id=key[0],
                rule=key[1],
                recorded=said[key],
                found=status or "-",
            )


def _statuses(path: Path) -> Mapping[tuple[str, str], str]:
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {(row.get("staff_id") or "", row.get("rule_id") or ""): row.get("status") or "" for row in rows}
