"""What other departments' books said of people who have moved since, as the readers of their new book may see it.

Whoever wrote a text may read it again, whomever it names. Whoever did not write it gets no outsider's name from it: such a
text is left out of the book by itself (it stays in ledger.csv and in the results of `collect`), and the book is not withheld.
The goals of the former department itself are its own and never go along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from hrbook.core.assessment import Assessed
from hrbook.core.roster import Employee
from hrbook.guard.leak import Guard
from hrbook.sheets import form
from hrbook.sheets.view import Department

UNIT_GOALS = tuple(f"aim_{number}" for number in form.GOALS)  # the department's goals that a person's own serve


def for_readers(department: Department, guard: Callable[[], Guard], note: str) -> Department:
    """The department as its own book may show it; `note` stands in the place of what is left out. The guard is asked only
    where somebody brought texts along."""
    sender = "/".join(part for part in department.key if part)
    people = (*department.people, *department.guests)
    if not any(_from_elsewhere(person.employee, sender) for person in people):
        return department
    readers = tuple(person.employee for person in people)

    def at_home(other: str) -> bool:
        """Whether another book is this one, or of a department of this bureau's."""
        return other == sender or (department.whole_bureau and other.startswith(f"{sender}/"))

    shown = {person.employee.staff_id: _shown(person, sender, guard(), readers, note, at_home) for person in people}

    def all_of(group: Sequence[Assessed]) -> tuple[Assessed, ...]:
        return tuple(shown[person.employee.staff_id] for person in group)

    head = None if department.head is None else shown[department.head.employee.staff_id]
    return replace(department, people=all_of(department.people), guests=all_of(department.guests), head=head)


def _from_elsewhere(employee: Employee, sender: str) -> set[str]:
    """The values that came back in other departments' books."""
    return {entry.value for entry in employee.returned if entry.origin.sender != sender}


def _shown(
    person: Assessed, sender: str, guard: Guard, readers: Sequence[Employee], note: str, at_home: Callable[[str], bool]
) -> Assessed:
    employee = person.employee
    hidden = {text for text in _from_elsewhere(employee, sender) if guard.names_outsider(text, readers)}

    def seen(text: str) -> str:
        for one in sorted(hidden, key=lambda one: (-len(one), one)):
            text = text.replace(one, note)
        return text

    entries = tuple(
        replace(entry, value=note) if entry.origin.sender != sender and entry.value in hidden else entry
        for entry in employee.returned
        if entry.field not in UNIT_GOALS or at_home(entry.origin.sender)
    )
    wishes = tuple(
        replace(
            wish,
            wants_move=seen(wish.wants_move),
            where=seen(wish.where),
            reason=seen(wish.reason),
            training=seen(wish.training),
        )
        for wish in employee.wishes
    )
    return replace(person, employee=replace(employee, returned=entries, wishes=wishes))
