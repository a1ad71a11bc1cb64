"""Courses of the sample and the years of a life in which people take them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hrbook.core.calendar import age_of_year, fiscal_year
from hrbook.sample.node import Node
from hrbook.sample.people import Person

OPEN = 99  # end of a window that has none, in years


@dataclass(frozen=True, slots=True)
class Habit:
    """When people take a course: all given windows hold together; blank ones do not matter."""

    ranks: tuple[int, ...]
    service: tuple[int, ...]
    rank_year: tuple[int, ...]
    age: tuple[int, ...]

    @classmethod
    def read(cls, node: Node) -> Habit:
        keys = ("ranks", "service", "rank_year", "age")
        return cls(*(node.wholes(key) if key in node else () for key in keys))


@dataclass(frozen=True, slots=True)
class Course:
    """A course with its spellings, how many take it, how often, and in which months it is held."""

    code: str
    names: tuple[str, ...]
    habits: tuple[Habit, ...]
    rate: float
    every: int
    months: tuple[int, ...]
    index: int
    ranks: frozenset[int]  # the only ranks that take it; empty: any

    @classmethod
    def read(cls, node: Node, index: int) -> Course:
        habits = tuple(Habit.read(habit) for habit in node.nodes("at"))
        return cls(
            node.text("code"),
            node.texts("names"),
            habits,
            node.share("rate"),
            node.whole("every") if "every" in node else 0,
            node.wholes("months"),
            index,
            frozenset(rank for habit in habits for rank in habit.ranks),
        )

    def held(self, year: int, turn: int) -> date:
        """The day of the course in fiscal year `year`: never on a weekend, another month for another turn."""
        month = self.months[turn % len(self.months)]
        day = date(year + (month < 4), month, 6 + (year * 7 + self.index * 5) % 19)
        weekday = day.weekday()
        return day + timedelta(days=7 - weekday) if weekday >= 5 else day


@dataclass(frozen=True, slots=True)
class Life:
    """A career in fiscal years: the hire, the year of birth as schools count it, and the stretches of each rank."""

    hired: int
    cohort: int
    since: date
    stretches: tuple[tuple[int, int, int, date], ...]  # rank, first and last fiscal year, the day it began

    @classmethod
    def of(cls, person: Person, now: int) -> Life:
        """The life of somebody with ranks up to fiscal year `now`. A rank kept after a step down is no new stretch."""
        hired = fiscal_year(person.hired)
        ends = [fiscal_year(since - timedelta(days=1)) for since, _ in person.ranks[1:]] + [now]
        before = [-1] + [rank for _, rank in person.ranks]
        stretches = tuple(
            (rank, fiscal_year(since), end, since)
            for (since, rank), end, earlier in zip(person.ranks, ends, before, strict=False)
            if rank > earlier
        )
        return cls(hired, hired - age_of_year(person.born, hired), person.hired, stretches)

    def spans(self, habit: Habit, now: int) -> Iterator[tuple[int, int, date]]:
        """Fiscal years, first and last, in which the habit's windows hold, and the day from which they do."""
        first, last = self.hired, now
        if habit.service:
            first, last = self.hired + habit.service[0] - 1, min(last, self.hired + habit.service[1] - 1)
        if habit.age:
            first, last = max(first, self.cohort + habit.age[0]), min(last, self.cohort + habit.age[1])
        if not habit.ranks:
            if first <= last:
                yield first, last, self.since
            return
        low, high = habit.rank_year or (1, OPEN)
        for rank, start, end, since in self.stretches:
            if rank in habit.ranks:
                begin, finish = max(first, start + low - 1), min(last, start + high - 1, end)
                if begin <= finish:
                    yield begin, finish, since
