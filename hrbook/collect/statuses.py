"""How far every person and every department has answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from hrbook.collect.issued import Issued
from hrbook.core.receipts import DepartmentState, DepartmentStatus, FormState, PersonStatus, Receipt
from hrbook.core.reconcile import Difference, Kind, Verdict
from hrbook.sheets.form_fields import FormField


def statuses(
    issued: Issued,
    receipts: Iterable[Receipt],
    differences: Iterable[Difference],
    fields: Mapping[str, FormField],
    away: frozenset[str],
) -> tuple[DepartmentStatus, ...]:
    """One line for every book that is out, in the order of the run."""
    filled: dict[str, set[tuple[str, str]]] = defaultdict(set)
    asked: dict[str, int] = defaultdict(int)
    by_sender: dict[str, int] = defaultdict(int)
    for one in differences:
        if one.seen.kind is Kind.ENTRY and (one.verdict is not Verdict.REJECT or one.reason in ("replaced", "said_twice")):
            filled[one.staff_id].add((one.seen.field, one.seen.item))
        if one.verdict is Verdict.ASK:
            asked[one.staff_id] += 1
            by_sender[one.seen.origin.sender] += 1
    files: dict[str, list[Receipt]] = defaultdict(list)
    for receipt in receipts:
        files[receipt.sender].append(receipt)
    needed = tuple(f.id for f in fields.values() if f.needed)
    made = []
    for book in issued.current():
        people = []
        for form in book.forms:
            found = filled[form.staff_id]
            lacking = tuple(field for field in needed if (field, "") not in found)
            state = FormState.BLANK if not found else FormState.PARTLY if lacking else FormState.DONE
            excused = form.staff_id in away
            people.append(
                PersonStatus(form.staff_id, form.name, book.department, state, len(found), lacking, asked[form.staff_id], excused)
            )
        mine = tuple(files[book.department])
        state_of = _state(people, mine)
        made.append(
            DepartmentStatus(book.department, book.title, state_of, tuple(people), mine, by_sender[book.department], book.intact)
        )
    return tuple(made)


def _state(people: Iterable[PersonStatus], files: tuple[Receipt, ...]) -> DepartmentState:
    expected = [person for person in people if not person.excused]
    answered = any(person.filled for person in people)
    if any(receipt.read for receipt in files) or answered:
        done = all(person.state is FormState.DONE for person in expected)
        return DepartmentState.RETURNED if done else DepartmentState.PARTLY
    return DepartmentState.REFUSED if files else DepartmentState.MISSING
