"""The same city in an earlier year: what had not happened yet is taken back, and some data is not yet as it was later put right.

So a pair of years holds what two real rosters would: moves, promotions, hires, leavers, courses taken, and corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from hrbook.core.calendar import first_day
from hrbook.sample.dice import Dice
from hrbook.sample.node import Node
from hrbook.sample.people import Absence, Order, Person
from hrbook.sample.tables import Row, Table, Value

LATE_ROWS = 0.01  # completions that reached the register a year late
LOST_ORDERS = 0.01  # people with one order that was put in later
DAY_COLUMN = {"trainings": 3, "licences": 2, "reasons": 5, "trainers": 4}
YEAR_COLUMN = {"wishes": 1, "scores": 1}


class Earlier:
    """The city on 1 April of fiscal year `year`, made from the same city in the data's year."""

    def __init__(self, data: Node, year: int, seed: int) -> None:
        self._words = data.node("words")
        self._present = data.node("city").whole("year")
        self._kinds = {node.text("kind") for node in data.nodes("leave")}
        self.year, self._day, self._seed = year, first_day(year), seed

    def people(self, people: Iterable[Person]) -> list[Person]:
        """Everybody who was on the roster then, as they were."""
        found = (self._person(person) for person in people)
        return [person for person in found if person is not None]

    def rows(self, key: str, rows: Iterable[Row], numbers: frozenset[str]) -> Iterator[Row]:
        """The rows of one table that were there: of these people, up to the day; what is of a year, of the year before."""
        for place, row in enumerate(rows):
            if row[0] not in numbers:
                continue
            if key in YEAR_COLUMN:
                yield self._aged(row, YEAR_COLUMN[key])
            elif key not in DAY_COLUMN:
                yield row
            else:
                day = row[DAY_COLUMN[key]]
                late = key == "trainings" and Dice(self._seed, "late", str(row[0]), place).chance(LATE_ROWS)
                if isinstance(day, date) and day <= self._day and not late:
                    yield row

    def settings(self, tables: Iterable[Table]) -> Iterator[Table]:
        """The settings with what is said for the data's year said for this one."""
        for table in tables:
            yield replace(table, rows=tuple(map(self._settled, table.rows)))

    def _settled(self, row: Row) -> Row:
        """A row of the data's year, or one of a course with its days: the same of this year."""
        if row[0] == self._present:
            return self._dated(row)
        return tuple(self._back(value) for value in row) if isinstance(row[0], str) else row

    def _dated(self, row: Row) -> Row:
        return (self.year, *(self._back(value) for value in row[1:]))

    def _back(self, value: Value) -> Value:
        return value.replace(year=value.year - self._present + self.year) if isinstance(value, date) else value

    def _aged(self, row: Row, column: int) -> Row:
        value = row[column]
        assert isinstance(value, int)
        return (*row[:column], value - self._present + self.year, *row[column + 1 :])

    def _person(self, person: Person) -> Person | None:
        day, words = self._day, self._words
        if person.hired > day or (person.left is not None and person.left < first_day(self.year - 1)):
            return None
        gone = person.left is not None and person.left < day
        orders = tuple(self._order(o) for o in person.orders if o.day <= day)
        primary = [o for o in orders if o.primary]
        post = primary[-1] if primary and len(orders) < len(person.orders) else None
        ranks = tuple(step for step in person.ranks if step[0] <= day)
        later_rank = len(ranks) < len(person.ranks)
        reappointed = [o for o in person.orders if o.kind == words.text("order_reappoint") and o.day > day]
        return replace(
            person,
            unit=post.unit if post else person.unit,
            section=post.section if post else person.section,
            title=post.title if post and later_rank else person.title,
            ranks=ranks,
            moves=tuple(m for m in person.moves if m <= day),
            rank_start=ranks[-1][0] if person.rank_start and later_rank and ranks else person.rank_start,
            employment=words.text("regular") if reappointed else person.employment,
            orders=self._as_recorded(person, orders),
            absences=tuple(a for a in person.absences if a.start <= day),
            status=words.text("left") if gone else self._status(person, orders),
            left=person.left if gone else None,
        )

    def _order(self, order: Order) -> Order:
        return replace(order, end=None) if order.end is not None and order.end > self._day else order

    def _as_recorded(self, person: Person, orders: tuple[Order, ...]) -> tuple[Order, ...]:
        """Of some people one order between the first and the last was put in later."""
        dice = Dice(self._seed, "lost", person.number)
        if len(orders) < 3 or person.example or not dice.chance(LOST_ORDERS):
            return orders
        place = dice.whole(1, len(orders) - 2)
        return (*orders[:place], *orders[place + 1 :])

    def _status(self, person: Person, orders: tuple[Order, ...]) -> str:
        away = [a for a in person.absences if self._covers(a)]
        if away:
            return away[0].kind
        words = self._words
        if person.status == words.text("seconded") and orders and orders[-1].kind == words.text("order_secondment"):
            return person.status
        return words.text("present")

    def _covers(self, absence: Absence) -> bool:
        return absence.start <= self._day and (absence.end is None or self._day <= absence.end)
