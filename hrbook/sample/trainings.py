"""Completions of courses in plausible years, from the habits in the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hrbook.core.calendar import age_of_year, first_day, fiscal_year, last_day
from hrbook.sample.dice import Dice, Wheel
from hrbook.sample.node import Node
from hrbook.sample.people import Person
from hrbook.sample.tables import Row

LECTURER_RANK = 2
LONG_RANK = 99


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

    def held(self, year: int, turn: int) -> date:
        """The day of the course in fiscal year `year`: never on a weekend, another month for another turn."""
        month = self.months[turn % len(self.months)]
        day = date(year + (month < 4), month, 6 + (year * 7 + self.index * 5) % 19)
        return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= 5 else day


class Register:
    """A source of rows for the training sheet."""

    def __init__(self, data: Node) -> None:
        node = data.node("training")
        self._start = node.whole("register_start")
        self._now = first_day(data.node("city").whole("year"))
        self._by_code, self._by_other = node.share("by_code"), node.share("by_other_name")
        self._blank, self._again = node.share("left_blank"), node.share("again")
        self._results = Wheel(node.weights("results"))
        self._usual, *self._missed = [result for result, _ in node.weights("results")]
        self._lecturer = self._missed.pop()
        remarks = node.node("remarks")
        self._remarks = {key: remarks.text(key) for key in remarks}
        self._others, self._other_share = node.texts("other_courses"), node.share("other_share")
        self._courses = [
            Course(
                part.text("code"),
                part.texts("names"),
                tuple(Habit.read(habit) for habit in part.nodes("at")),
                part.share("rate"),
                part.whole("every") if "every" in part else 0,
                part.wholes("months"),
                index,
            )
            for index, part in enumerate(data.nodes("course"))
        ]

    def rows(self, dice: Dice, person: Person) -> list[Row]:
        """The rows of one person, by date: staff number, code, name, date, result, remark."""
        if not person.ranks or "*" in person.untaken:
            return []
        found: list[tuple[date, Course, str]] = []
        for course in self._courses:
            if course.code not in person.untaken:
                found.extend(self._taken(dice, person, course))
        rows = [self._row(dice, person, day, course, result) for day, course, result in found]
        if dice.chance(self._other_share) and fiscal_year(self._now) - 1 > fiscal_year(person.hired):
            day = date(self._now.year - 1, dice.whole(5, 12), 15)
            rows.append((person.number, None, dice.pick(self._others), day, self._usual, None))
        return sorted((row for row in rows if self._counts(person, row[3])), key=lambda row: (str(row[3]), str(row[1:3])))

    def early(self, person: Person) -> Row | None:
        """A completion of the course for newcomers to the person's rank, two years before the rank began."""
        since, rank = person.ranks[-1]
        for course in self._courses:
            for habit in course.habits:
                if habit.ranks == (rank,) and habit.rank_year == (1, 1) and fiscal_year(since) - 2 >= self._start:
                    day = course.held(fiscal_year(since) - 2, 0)
                    return (person.number, course.code, course.names[0], day, self._usual, None)
        return None

    def _taken(self, dice: Dice, person: Person, course: Course) -> Iterator[tuple[date, Course, str]]:
        for habit in course.habits:
            for first, last, since in self._spans(person, habit):
                if last < self._start - 1:
                    continue
                for year in self._years(dice, course, first, last):
                    if dice.chance(course.rate):
                        yield from self._attempts(dice, person, course, year, since)
                if not course.every:
                    return

    @staticmethod
    def _years(dice: Dice, course: Course, first: int, last: int) -> Sequence[int]:
        if course.every:
            return range(first + dice.whole(0, course.every - 1), last + 1, course.every)
        return (first + int((last - first + 1) * dice.unit() ** 1.4),)

    def _attempts(self, dice: Dice, person: Person, course: Course, year: int, since: date) -> Iterator[tuple[date, Course, str]]:
        turn = dice.whole(0, 3)
        day = course.held(year, turn)
        if day < since:
            day = course.held(year + 1, turn)
        result = dice.spin(self._results)
        if result == self._lecturer and (person.rank_on(day) or 0) < LECTURER_RANK:
            result = self._usual
        yield day, course, result
        if result in self._missed[:2] and dice.chance(self._again):
            yield course.held(fiscal_year(day) + 1, turn), course, self._usual

    def _spans(self, person: Person, habit: Habit) -> Iterator[tuple[int, int, date]]:
        """Fiscal years, first and last, in which the habit's windows hold, and the day from which they do."""
        hired = fiscal_year(person.hired)
        first, last = hired, fiscal_year(self._now)
        if habit.service:
            first, last = hired + habit.service[0] - 1, min(last, hired + habit.service[1] - 1)
        if habit.age:
            cohort = hired - age_of_year(person.born, hired)
            first, last = max(first, cohort + habit.age[0]), min(last, cohort + habit.age[1])
        if not habit.ranks:
            if first <= last:
                yield first, last, person.hired
            return
        ends = [since for since, _ in person.ranks[1:]] + [date.max]
        for (since, rank), end in zip(person.ranks, ends, strict=True):
            if rank in habit.ranks:
                start, years = fiscal_year(since), habit.rank_year or (1, LONG_RANK)
                low, high = max(first, start + years[0] - 1), min(last, start + years[1] - 1)
                high = min(high, fiscal_year(end - timedelta(days=1))) if end != date.max else high
                if low <= high:
                    yield low, high, since

    def _counts(self, person: Person, day: object) -> bool:
        if not isinstance(day, date) or not last_day(self._start - 1) < day < self._now or day < person.hired:
            return False
        if person.left is not None and day > person.left:
            return False
        return not any(a.start <= day and (a.end is None or day <= a.end) for a in person.absences)

    def _row(self, dice: Dice, person: Person, day: date, course: Course, result: str) -> Row:
        share = dice.unit()
        code: str | None = None
        name: str | None = course.names[0]
        if share < self._by_code:
            code, name = course.code, None
        elif share < self._by_code + self._by_other:
            name = course.names[-1] if len(course.names) == 1 else dice.pick(course.names[1:])
        elif share < 0.5:
            code = course.code
        shown = None if result == self._usual and dice.chance(self._blank) else result
        return (person.number, code, name, day, shown, self._remarks.get(result))
