"""What came back from people, for the sheets that show it: the latest year, one line a person and department."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hrbook.core.assessment import Assessed
from hrbook.core.returned import Entry
from hrbook.sheets.form_fields import ANSWER


@dataclass(frozen=True, slots=True)
class Answer:
    """What one department's book said of one person in one year."""

    person: Assessed
    year: int
    sender: str
    entries: tuple[Entry, ...]

    def text(self, field: str) -> str:
        """The values of a field, one a line; "" where it was blank."""
        return "\n".join(entry.value for entry in self.entries if entry.field == field)

    def items(self, field: str) -> tuple[tuple[str, str], ...]:
        """Item and value of a field that stands once an item."""
        return tuple((entry.item, entry.value) for entry in self.entries if entry.field == field)

    def by_choice(self, field: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What was chosen for which items of a field that stands once an item, in the order of the choices."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for entry in self.entries:
            if entry.field == field:
                found[entry.code, entry.value].append(entry.item)
        return tuple((value, tuple(found[code, value])) for code, value in sorted(found))

    def codes(self, field: str) -> tuple[str, ...]:
        """The numbers of the choices of a field."""
        return tuple(entry.code for entry in self.entries if entry.field == field and entry.code)


def latest_year(people: Iterable[Assessed], year: int) -> int | None:
    """The last fiscal year up to `year` of which something came back."""
    return max((e.year for p in people for e in p.employee.returned if e.year <= year), default=None)


def answers(people: Iterable[Assessed], year: int) -> tuple[Answer, ...]:
    """What came back in that year, in the order of the people; somebody who moved may have two."""
    found: list[Answer] = []
    for person in people:
        by_sender: Mapping[str, list[Entry]] = defaultdict(list)
        for entry in person.employee.returned:
            if entry.year == year:
                by_sender[entry.origin.sender].append(entry)
        found.extend(Answer(person, year, sender, tuple(by_sender[sender])) for sender in sorted(by_sender))
    return tuple(found)


def counts(found: Iterable[Answer]) -> Counter[tuple[str, str]]:
    """People by (field, choice); ("answered", ""), ("talked_on", ""), ("plan_1", "") count who said anything, and of
    courses every answer counts."""
    counted: Counter[tuple[str, str]] = Counter()
    seen: set[tuple[str, str, str]] = set()
    for one in found:
        staff_id = one.person.employee.staff_id
        said = {("answered", "")}
        for entry in one.entries:
            if entry.field == ANSWER:
                counted[ANSWER, entry.code] += 1
            else:
                said |= {(entry.field, ""), (entry.field, entry.code)}
        for key in said:
            if (staff_id, *key) not in seen:
                seen.add((staff_id, *key))
                counted[key] += 1
    return counted
