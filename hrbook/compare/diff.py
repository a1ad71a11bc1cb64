"""Two finished runs compared by cause. Both are judged again from their own inputs, and must still say what they said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from hrbook import judging
from hrbook.compare.ledgers import LEDGER, key_of, ledger_rows
from hrbook.core.changes import Comparison
from hrbook.core.fault import Fault
from hrbook.guard.record import Inputs, Record, read_record


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
    people = {p.employee.staff_id: p for p in loaded.assessment.people}
    last, here = "", dict[str, str]()
    for row in ledger_rows(path):
        staff_id, rule = key_of(row)
        if staff_id != last:
            person = people.get(staff_id.removeprefix("'"))
            last, here = staff_id, {j.rule.id: str(j.status) for j in person.judgements()} if person is not None else {}
        status, recorded = here.get(rule), row.get("status", "")
        if status != recorded:
            raise Fault(
                "ledger_differs",
                tool=record.tool,
                file=str(path),
                staff_id=staff_id,
                rule=rule,
                recorded=recorded,
                found=status or "-",
            )
