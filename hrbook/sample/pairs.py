"""Pairs of newcomer and OJT trainer: most within the department, some across departments, some newcomers without one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from hrbook.core.calendar import first_day, fiscal_year, last_day
from hrbook.sample.dice import Dice
from hrbook.sample.node import Node
from hrbook.sample.people import Person
from hrbook.sample.tables import Row

TRAINER_RANKS = (1, 2)


class Pairs:
    """The pairs of the present year and of the one before."""

    def __init__(self, data: Node, seed: int, people: Sequence[Person]) -> None:
        words = data.node("words")
        self._shares, self._seed, self._people = data.node("ojt"), seed, people
        self._year, self._role = data.node("city").whole("year"), words.text("role_trainer")
        self._regular, self._present = words.text("regular"), words.text("present")
        self._taken: dict[str, int] = {}
        self._fitting: dict[date, tuple[list[Person], dict[int, list[Person]]]] = {}  # by the latest day of their hire

    def rows(self) -> Iterator[Row]:
        """Number and name of the newcomer, those of the trainer, first and last day."""
        for person in self._people:
            year = fiscal_year(person.hired)
            new = self._year - 1 <= year and person.hired <= first_day(self._year)
            if not new or person.employment != self._regular or person.left is not None:
                continue
            dice = Dice(self._seed, "ojt", person.number)
            trainer = self._trainer(dice, person, year)
            if trainer is not None:
                days = max(person.hired, first_day(year)), last_day(year)
                yield (person.number, person.name.text, trainer.number, trainer.name.text, *days)

    def _trainer(self, dice: Dice, person: Person, year: int) -> Person | None:
        """Those with the trainer's role first, each with two newcomers before anybody has more; None where nobody is drawn."""
        share = dice.unit()
        same, other = self._shares.share("same"), self._shares.share("other")
        if share >= same + other:
            return None
        inside = share < same
        everybody, by_unit = self._in_service(date(year - self._shares.whole("service"), 4, 1))
        if inside:
            fitting = by_unit.get(id(person.unit), [])
        else:
            others = [p for p in everybody if p.unit is not person.unit]
            fitting = dice.some(others, 12) if others else []

        def order(one: Person) -> tuple[int, bool, str]:
            return (self._taken.get(one.number, 0) // 2, one.role != self._role, one.number)

        found = min(fitting, key=order, default=None)
        if found is not None:
            self._taken[found.number] = self._taken.get(found.number, 0) + 1
        return found

    def _in_service(self, since: date) -> tuple[list[Person], dict[int, list[Person]]]:
        """Who may train and was hired by that day: all, and by their unit. Worked out once a day: a large city has
        too many newcomers to ask everybody for each."""
        if since not in self._fitting:
            everybody = [p for p in self._people if self._may(p, since)]
            by_unit: dict[int, list[Person]] = {}
            for person in everybody:
                by_unit.setdefault(id(person.unit), []).append(person)
            self._fitting[since] = everybody, by_unit
        return self._fitting[since]

    def _may(self, person: Person, since: date) -> bool:
        ranked = bool(person.ranks) and person.ranks[-1][1] in TRAINER_RANKS
        return ranked and person.employment == self._regular and person.status == self._present and person.hired <= since
