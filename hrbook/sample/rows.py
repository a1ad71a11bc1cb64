"""People and units become the rows of the roster workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hrbook.sample.organisation import Organisation, Unit
from hrbook.sample.people import Person
from hrbook.sample.tables import Row


def staff_row(person: Person) -> Row:
    """One row of the staff sheet."""
    section = person.section
    return (
        person.number,
        person.name.text,
        person.name.kana,
        person.born,
        person.hired,
        person.route,
        person.employment,
        person.job,
        person.title,
        person.rank_start,
        person.unit.bureau,
        person.unit.department or None,
        section.name if section is not None else None,
        section.code if section is not None else person.unit.code,
        person.status,
        person.role or None,
        person.tier or None,
        person.left,
    )


def order_rows(person: Person) -> Iterator[Row]:
    """The orders of one person by date, those of one day in the order in which they were written."""
    for order in sorted(person.orders, key=lambda o: o.day):
        yield (
            person.number,
            order.day,
            order.unit.bureau,
            order.unit.department or None,
            order.section.name if order.section is not None else None,
            order.code or None,
            order.title,
            order.kind,
            order.end,
            order.remark or None,
        )


def absence_rows(person: Person) -> Iterator[Row]:
    """The leave of one person."""
    for absence in person.absences:
        yield (person.number, absence.kind, absence.start, absence.end)


def unit_rows(organisation: Organisation, divider: str) -> Iterator[Row]:
    """Bureaus, departments and sections with their intervals; the units that are no more stand in their bureau too."""
    for bureau in organisation.bureaus:
        yield _unit_row(bureau.code, bureau, None, (), divider)
        own = [u for u in (*organisation.former, *organisation.departments) if u.bureau == bureau.bureau]
        for unit in sorted(own, key=lambda u: u.code):
            yield _unit_row(unit.code, unit, None, [origin.code for origin in unit.origins], divider)
            for section in unit.sections:
                yield _unit_row(section.code, unit, section.name, section.origins, divider)


def _unit_row(code: str, unit: Unit, section: str | None, origins: Sequence[str], divider: str) -> Row:
    parents = divider.join(origins) or None
    return (code, unit.bureau, unit.department or None, section, unit.start, unit.end, parents, unit.category, unit.place)


def in_order(people: Iterable[Person], organisation: Organisation) -> list[Person]:
    """People by bureau, department (heads of the bureau first), rank from the top, and number."""
    places = {unit: n for n, unit in enumerate((*organisation.bureaus, *organisation.departments))}
    bureaus = {unit.bureau: n for n, unit in enumerate(organisation.bureaus)}
    return sorted(
        people,
        key=lambda p: (
            bureaus[p.unit.bureau],
            places[p.unit],
            -p.ranks[-1][1] if p.ranks else 1,
            p.section.code if p.section is not None else "",
            p.number,
        ),
    )
