"""Leave of absence: what is over and what lasts, with the roster's word for those who are away now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hrbook.core.calendar import age_of_year, first_day, fiscal_year, month_after
from hrbook.sample.dice import Dice
from hrbook.sample.node import Node
from hrbook.sample.people import Absence, Person

PAST_YEARS = 10


class Absences:
    """A source of leave from the data's [[leave]]."""

    def __init__(self, data: Node) -> None:
        self._kinds = data.nodes("leave")
        self._words = data.node("words")
        self._now = first_day(data.node("city").whole("year"))

    def give(self, dice: Dice, person: Person) -> Person:
        """`person` with leave by the shares of the data; people away now get the kind as their status."""
        if person.employment != self._words.text("regular") or person.status != self._words.text("present"):
            return person
        age = age_of_year(person.born, self._now.year)
        for node in self._kinds:
            low, high = node.wholes("ages")
            if not low <= age <= high or person.example:
                continue
            shortest, longest = node.wholes("months")
            share, months = dice.unit(), dice.whole(shortest, longest)
            if share < node.share("now"):
                return self._away(dice, person, node, months)
            if share < node.share("now") + node.share("past"):
                return self._been_away(dice, person, node.text("kind"), months)
        return person

    def _away(self, dice: Dice, person: Person, node: Node, months: int) -> Person:
        start = month_after(self._now, -dice.whole(1, max(1, min(months, 10)))) + timedelta(days=dice.whole(0, 27))
        end = None if dice.chance(node.share("open")) else month_after(self._now, dice.whole(1, 11)) - timedelta(days=1)
        if start < person.hired:
            return person
        kind = node.text("kind")
        return replace(person, absences=(Absence(kind, start, end),), status=kind)

    def _been_away(self, dice: Dice, person: Person, kind: str, months: int) -> Person:
        year = dice.whole(max(fiscal_year(person.hired) + 1, self._now.year - PAST_YEARS), self._now.year)
        start = date(year, 4, 1) + timedelta(days=dice.whole(0, 300))
        end = month_after(start, months) - timedelta(days=1)
        if end >= self._now:
            return person
        return replace(person, absences=(Absence(kind, start, end),))
