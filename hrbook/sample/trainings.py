"""Completions of courses in plausible years, from the habits in the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from hrbook.core.calendar import first_day, fiscal_year
from hrbook.sample.courses import Course, Life
from hrbook.sample.dice import Dice, Wheel
from hrbook.sample.node import Node
from hrbook.sample.people import Person
from hrbook.sample.tables import Row

LECTURER_RANK = 2
LEAD = 2  # years before a rank in which somebody took its first course too early
Taken = tuple[date, Course, str]


class Register:
    """A source of rows for the training sheet."""

    def __init__(self, data: Node) -> None:
        node = data.node("training")
        self._start = node.whole("register_start")
        self._year = data.node("city").whole("year")
        self._first, self._now = first_day(self._start), first_day(self._year)
        self._by_code, self._by_other, self._both = node.share("by_code"), node.share("by_other_name"), node.share("both")
        self._blank, self._again = node.share("left_blank"), node.share("again")
        self._results = Wheel(node.weights("results"))
        self._usual, absent, unfinished, _, self._lecturer = (result for result, _ in node.weights("results"))
        self._missed = (absent, unfinished)
        remarks = node.node("remarks")
        self._remarks = {key: remarks.text(key) for key in remarks}
        self._others, self._other_share = node.texts("other_courses"), node.share("other_share")
        self._courses = [Course.read(part, index) for index, part in enumerate(data.nodes("course"))]

    def rows(self, dice: Dice, person: Person, too_early: bool = False) -> list[Row]:
        """The rows of one person, by date: staff number, code, name, date, result, remark.

        `too_early`: one of the completions is older than the rank that it is for."""
        if not person.ranks or "*" in person.untaken:
            return []
        life = Life.of(person, self._year)
        held = {stretch[0] for stretch in life.stretches}
        taken: list[Taken] = []
        for course in self._courses:
            if course.code not in person.untaken and (not course.ranks or not held.isdisjoint(course.ranks)):
                taken.extend(t for t in self._taken(dice, person, life, course) if self._counts(person, t[0]))
        if too_early:
            taken.extend(self._too_early(person))
        taken.sort(key=lambda t: (t[0], t[1].index))
        rows = [self._row(dice, person, *one) for one in taken]
        day = date(self._year - 1, dice.whole(5, 12), 15)
        if dice.chance(self._other_share) and self._counts(person, day):
            rows.append((person.number, None, dice.pick(self._others), day, self._usual, None))
        return rows

    def _too_early(self, person: Person) -> Iterator[Taken]:
        """A completion of the course for newcomers to the person's rank, some years before the rank began."""
        since, rank = person.ranks[-1]
        for course in self._courses:
            if any(habit.ranks == (rank,) and habit.rank_year == (1, 1) for habit in course.habits):
                yield course.held(fiscal_year(since) - LEAD, 0), course, self._usual
                return

    def _taken(self, dice: Dice, person: Person, life: Life, course: Course) -> Iterator[Taken]:
        for habit in course.habits:
            for first, last, since in life.spans(habit, self._year):
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

    def _attempts(self, dice: Dice, person: Person, course: Course, year: int, since: date) -> Iterator[Taken]:
        turn = dice.whole(0, 3)
        day = course.held(year, turn)
        if day < since:
            day = course.held(year + 1, turn)
        result = dice.spin(self._results)
        if result == self._lecturer and (person.rank_on(day) or 0) < LECTURER_RANK:
            result = self._usual
        yield day, course, result
        if result in self._missed and dice.chance(self._again):
            yield course.held(fiscal_year(day) + 1, turn), course, self._usual

    def _counts(self, person: Person, day: date) -> bool:
        """Within the register and the service, and not on leave."""
        if not self._first <= day < self._now or day < person.hired or (person.left is not None and day > person.left):
            return False
        return not any(a.start <= day and (a.end is None or day <= a.end) for a in person.absences)

    def _row(self, dice: Dice, person: Person, day: date, course: Course, result: str) -> Row:
        share = dice.unit()
        code: str | None = None
        name: str | None = course.names[0]
        if share < self._by_code:
            code, name = course.code, None
        elif share < self._by_code + self._by_other:
            name = dice.pick(course.names[1:] or course.names)
        elif share < self._by_code + self._by_other + self._both:
            code = course.code
        shown = None if result == self._usual and dice.chance(self._blank) else result
        return (person.number, code, name, day, shown, self._remarks.get(result))
