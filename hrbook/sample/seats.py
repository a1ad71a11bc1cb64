"""The posts of the city: heads first, then the shares of the ranks, department by department."""

from __future__ import annotations

from collections.abc import Iterator

from hrbook.sample.node import Node
from hrbook.sample.organisation import Organisation, Unit
from hrbook.sample.people import Kind, Seat

SHARED = ("annual", "veteran", "senior", "chief", "deputy")
DEPUTY_FROM = 15  # people a department needs before it has a deputy head
HEAD_FOR = 5  # people for each section head


class Quota:
    """Turns shares into whole people; what is left over goes on to the next department, so that the city's sum is right."""

    def __init__(self, shares: Node) -> None:
        self._shares = {key: shares.share(key) / 100 for key in SHARED}
        self._owed = dict.fromkeys(SHARED, 0.5)

    def due(self, key: str, people: int) -> int:
        """Whole people of `key` due after `people` more."""
        self._owed[key] += people * self._shares[key]
        return max(0, int(self._owed[key]))

    def gave(self, key: str, count: int) -> None:
        self._owed[key] -= count


def bureau_seats(organisation: Organisation, words: Node, deputies: int) -> Iterator[Seat]:
    """One head a bureau, and `deputies` more of that rank, in the largest bureaus first."""
    sizes = {b: sum(u.people for u in organisation.departments if u.bureau == b.bureau) for b in organisation.bureaus}
    largest = sorted(organisation.bureaus, key=lambda b: (-sizes[b], b.code))
    for bureau in organisation.bureaus:
        yield Seat(Kind.DIRECTOR, bureau, None, words.text("director"))
    for number in range(deputies):
        yield Seat(Kind.DIRECTOR, largest[number % len(largest)], None, words.text("director_deputy"))


def department_seats(unit: Unit, quota: Quota, words: Node) -> list[Seat]:
    """`unit.people` posts of a department: its head, section heads, and the other ranks by their shares."""
    people, free = unit.people, unit.people - 1
    seats = [Seat(Kind.MANAGER, unit, None, words.text("manager"))]
    counts: dict[str, int] = {}
    for key in SHARED:
        count = min(quota.due(key, people), free)
        if key == "senior":
            count = min(free, max(count, min(len(unit.sections), people // HEAD_FOR)))
        elif key == "deputy":
            count = min(count, 1 if people >= DEPUTY_FROM else 0)
        counts[key] = count
        quota.gave(key, count)
        free -= count
    if counts["deputy"]:
        seats.append(Seat(Kind.MANAGER, unit, None, words.text("manager_deputy")))
    seats.extend(_seniors(unit, counts["senior"], words))
    for kind, count, title in (
        (Kind.CHIEF, counts["chief"], words.text("chief")),
        (Kind.CLERK, free, words.text("clerk")),
        (Kind.VETERAN, counts["veteran"], words.text("senior_alone")),
        (Kind.ANNUAL, counts["annual"], words.texts("annual_titles")[0]),
    ):
        seats.extend(Seat(kind, unit, unit.sections[n % len(unit.sections)], title) for n in range(count))
    return seats


def _seniors(unit: Unit, count: int, words: Node) -> Iterator[Seat]:
    for number in range(count):
        if number < len(unit.sections):
            title = words.text("senior")
        elif number == len(unit.sections) and unit.people >= 2 * DEPUTY_FROM:
            title = words.text("senior_deputy")
        else:
            title = words.text("senior_alone")
        yield Seat(Kind.SENIOR, unit, unit.sections[number % len(unit.sections)], title)


def without(seats: list[Seat], title: str) -> list[Seat]:
    """`seats` less one that somebody else has: one with that title if there is one, else the lowest."""
    place = next((n for n, seat in enumerate(seats) if seat.title == title), len(seats) - 1)
    return seats[:place] + seats[place + 1 :]
