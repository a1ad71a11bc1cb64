"""Whom a search looks for: everybody whom the roster names, by number, name, reading and e-mail address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hrbook.core.roster import Employee, Roster
from hrbook.core.source import RowRef
from hrbook.guard.spelling import closed, names_of, spaced

MAIL = re.compile(r"[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
WORD = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*")


@dataclass(frozen=True, slots=True)
class Person:
    """Keys of one person: how the number, the name, the reading and the addresses are spelt after folding."""

    staff_id: str
    number: str
    names: tuple[str, ...]
    readings: tuple[str, ...]
    mails: tuple[str, ...]


def everybody(roster: Roster) -> tuple[Person, ...]:
    """Everybody on the roster sheet: judged, not judged, and on rows that were set aside."""
    people = [person_of(employee) for employee in roster.employees]
    people += [_person(row.staff_id, row.name, "", _texts((row.ref,))) for row in roster.set_aside]
    return tuple(people)


def person_of(employee: Employee) -> Person:
    """The keys of one employee; addresses are taken from wherever the employee's own rows have one."""
    wishes = (wish.ref for wish in employee.wishes if wish.ref.raw_of("sha256") is None)  # not those read from a returned form
    refs = (employee.ref, *wishes, *(item.ref for item in employee.qualifications))
    return _person(employee.staff_id, employee.name, employee.kana, _texts(refs))


def own_texts(employees: Iterable[Employee]) -> tuple[str, ...]:
    """Every text that stands in a row of one of these people, or came back in their forms: what they, or others of them,
    have written themselves."""
    found: dict[str, None] = {}
    for e in employees:
        rows = (e.orders, e.completions, e.leaves, e.wishes, e.scores, e.reasons, e.qualifications)
        found.update(dict.fromkeys(_texts((e.ref, *(item.ref for group in rows for item in group)))))
        found.update(dict.fromkeys(entry.value for entry in e.returned))
    return tuple(found)


def own_rows(employees: Iterable[Employee]) -> frozenset[int]:
    """The rows of the input that say who these people are and where they have been: their books cite them by number."""
    return frozenset(ref.row for e in employees for ref in (e.ref, *(order.ref for order in e.orders)))


def by_key(people: Iterable[Person], keys: str) -> Mapping[str, tuple[str, ...]]:
    """Staff numbers by key, for one kind of key ("names", "readings", "mails")."""
    found: dict[str, tuple[str, ...]] = {}
    for person in people:
        for key in getattr(person, keys):
            found[key] = (*found.get(key, ()), person.staff_id)
    return found


def _person(staff_id: str, name: str, kana: str, texts: Iterable[str]) -> Person:
    mails = dict.fromkeys(mail for text in texts if "@" in text or "\uff20" in text for mail in MAIL.findall(spaced(text)))
    number = spaced(staff_id).strip()
    return Person(staff_id, number if WORD.fullmatch(number) else closed(number), names_of(name), names_of(kana), tuple(mails))


def _texts(refs: Iterable[RowRef]) -> Iterable[str]:
    return [value for ref in refs for value in ref.raw if isinstance(value, str)]
