"""Builds the whole invented city: seats, people, what happens to some of them, and the tables of both workbooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from hrbook.sample.absences import Absences
from hrbook.sample.dice import Dice
from hrbook.sample.earlier import Earlier
from hrbook.sample.examples import example_people, example_places
from hrbook.sample.features import Features
from hrbook.sample.forms import Forms
from hrbook.sample.founding import build_organisation
from hrbook.sample.front import front_table
from hrbook.sample.goals import goal_rows
from hrbook.sample.names import Names
from hrbook.sample.node import Node
from hrbook.sample.pairs import Pairs
from hrbook.sample.people import Kind, Person, Seat
from hrbook.sample.recruit import Recruiter
from hrbook.sample.roles import give_roles
from hrbook.sample.rows import absence_rows, in_order, order_rows, staff_row, unit_rows
from hrbook.sample.seats import Quota, bureau_seats, department_seats, without
from hrbook.sample.settings import settings_tables, table
from hrbook.sample.tables import City, Row, Table, continued
from hrbook.sample.trainings import LEAD, Register

MIN_STAFF = 20
SMALL = 100  # below this many people some features happen once only
NUMBER_WIDTH = 5


def build_city(staff: int = 1100, seed: int = 2026, *, data: Mapping[str, object], year: int | None = None) -> City:
    """An invented city of `staff` people (rows of the roster), the same for the same `seed`.

    `data` is the parsed sample.toml; `year` an earlier fiscal year than the data's, for the same city as it was then.
    Raises ValueError for fewer than MIN_STAFF people, a later year, or data of the wrong shape."""
    if staff < MIN_STAFF:
        raise ValueError(f"an invented city has at least {MIN_STAFF} people, not {staff}")
    node = Node(data)
    present = node.node("city").whole("year")
    if year is not None and year > present:
        raise ValueError(f"the city is invented up to {present}, not {year}")
    earlier = None if year is None or year == present else Earlier(node, year, seed)
    return _Builder(node, staff, seed, earlier).city()


class _Builder:
    def __init__(self, data: Node, staff: int, seed: int, earlier: Earlier | None) -> None:
        self._data, self._staff, self._seed, self._earlier = data, staff, seed, earlier
        self._words, self._year = data.node("words"), data.node("city").whole("year")
        counts = data.node("counts")
        small = staff < SMALL
        self._planned = 1 if small else counts.whole("planned")
        self._left = 1 if small else counts.whole("left")
        self._deputies = 0 if small else max(1, round(counts.whole("directors_deputy") * staff / 1100))
        least = Counter(department for department, _ in example_places(data))
        elsewhere = self._planned + self._left + self._deputies
        self._organisation = build_organisation(data, staff, elsewhere, least)
        self._recruiter = Recruiter(data, self._organisation)

    def city(self) -> City:
        people = in_order(self._numbered(self._people()), self._organisation)
        words, city = self._data.node("words"), self._data.node("city")
        roster = list(self._roster(people, words.text("divider")))
        settings = list(settings_tables(self._data))
        if self._earlier is not None:
            settings = list(self._earlier.settings(settings))
        year = self._year if self._earlier is None else self._earlier.year
        roster.insert(0, front_table(self._data, people, self._staff, self._seed, year, roster))
        settings.insert(0, front_table(self._data, people, self._staff, self._seed, year, settings))
        titles = city.text("title"), city.text("settings_title")
        return City(*titles, city.text("note"), tuple(roster), tuple(settings))

    def _seats(self) -> Iterator[Seat]:
        yield from bureau_seats(self._organisation, self._words, self._deputies)
        quota = Quota(self._data.node("shares"))
        taken = example_places(self._data)
        for unit in self._organisation.departments:
            seats = department_seats(unit, quota, self._words)
            for _, title in (place for place in taken if place[0] == unit.department):
                seats = without(seats, title)
            yield from seats

    def _people(self) -> list[Person]:
        people = [
            self._recruiter.fill(Dice(self._seed, "person", number), seat, number) for number, seat in enumerate(self._seats())
        ]
        absences = Absences(self._data)
        people = [absences.give(Dice(self._seed, "absence", number), p) for number, p in enumerate(people)]
        Features(self._data, self._organisation, self._staff, self._seed).apply(people)
        give_roles(self._data, self._seed, people)
        names = Names(self._data.node("names"))
        people.extend(example_people(self._data, self._organisation, names, self._seed))
        people.extend(self._coming_and_gone(len(people)))
        return people

    def _coming_and_gone(self, number: int) -> Iterator[Person]:
        dice = Dice(self._seed, "coming and gone")
        departments = self._organisation.departments
        for place in range(self._planned):
            unit = dice.pick(departments)
            seat = Seat(Kind.CLERK, unit, dice.pick(unit.sections), self._words.text("clerk"))
            hired = date(self._year, (7, 10)[place % 2], 1)
            yield self._recruiter.planned(dice, seat, number + place, hired)
        for place in range(self._left):
            unit = dice.pick(departments)
            kind, word = ((Kind.CHIEF, "chief"), (Kind.SENIOR, "senior"), (Kind.CLERK, "clerk"))[place % 3]
            seat = Seat(kind, unit, dice.pick(unit.sections), self._words.text(word))
            left = (date(self._year, 3, 31), date(self._year - 1, 12, 31))[place % 2]
            person = self._recruiter.fill(dice, seat, number + self._planned + place)
            while person.orders[0].day > left:  # somebody hired since cannot have left before
                person = self._recruiter.fill(dice, seat, number + self._planned + place)
            yield self._recruiter.gone(person, left)

    def _numbered(self, people: list[Person]) -> list[Person]:
        """Numbers in the order of the hire, with gaps; fiscal-year staff apart with a letter; examples from 90001 on."""
        annual = self._words.text("annual")
        width = max(NUMBER_WIDTH, len(str(self._staff * 5)))
        dice, number, others = Dice(self._seed, "numbers"), 0, 0
        found = []
        for person in sorted(people, key=lambda p: (p.hired, p.born, p.name.kana, p.unit.code)):
            if person.example:
                place = [p.example for p in people if p.example].index(person.example) + 1
                found.append(replace(person, number=f"{9 * 10 ** (width - 1) + place}"))
            elif person.employment == annual:
                others += 1
                found.append(replace(person, number=f"K{others:0{width}d}"))
            else:
                number += dice.whole(1, 7)
                found.append(replace(person, number=f"{number:0{width}d}"))
        return found

    def _roster(self, people: list[Person], divider: str) -> Iterator[Table]:
        by_number = sorted(people, key=lambda p: p.number)
        forms, register = Forms(self._data, self._organisation), Register(self._data)
        features = Features(self._data, self._organisation, self._staff, self._seed)
        wishes: list[Row] = []
        scores: list[Row] = []
        licences: list[Row] = []
        trainings: list[Row] = []
        early = self._too_early(by_number, features.scaled("too_early"))
        for person in by_number:
            wishes.extend(forms.wish_rows(Dice(self._seed, "wish", person.number), person))
            scores.extend(forms.score_rows(Dice(self._seed, "score", person.number), person))
            licences.extend(forms.licence_rows(Dice(self._seed, "licence", person.number), person))
            licences.extend(forms.study_rows(Dice(self._seed, "study", person.number), person))
            trainings.extend(register.rows(Dice(self._seed, "training", person.number), person, person.number in early))
        reasons = forms.reason_rows(Dice(self._seed, "reasons"), by_number, features.scaled("reasons"))
        tables: dict[str, list[Row]] = {
            "staff": [staff_row(person) for person in people],
            "orders": [row for person in by_number for row in order_rows(person)],
            "trainings": trainings,
            "leaves": [row for person in by_number for row in absence_rows(person)],
            "units": list(unit_rows(self._organisation, divider)),
            "wishes": wishes,
            "scores": scores,
            "unit_goals": list(goal_rows(self._data, self._organisation, self._year, self._seed)),
            "reasons": list(reasons),
            "licences": licences,
            "trainers": list(Pairs(self._data, self._seed, by_number).rows()),
        }
        if self._earlier is not None:
            tables = self._as_it_was(tables, people, by_number)
        for key, rows in tables.items():
            yield from continued(table(self._data, key, rows))

    def _as_it_was(self, tables: dict[str, list[Row]], people: list[Person], by_number: list[Person]) -> dict[str, list[Row]]:
        """The tables of the earlier year: people and orders as they were, of the rest what was there."""
        assert self._earlier is not None
        then, sorted_then = self._earlier.people(people), self._earlier.people(by_number)
        numbers = frozenset(person.number for person in then)
        own = {
            "staff": [staff_row(person) for person in then],
            "orders": [row for person in sorted_then for row in order_rows(person)],
            "leaves": [row for person in sorted_then for row in absence_rows(person)],
            "units": tables["units"],
            "unit_goals": list(goal_rows(self._data, self._organisation, self._earlier.year, self._seed)),
        }
        return {key: own[key] if key in own else list(self._earlier.rows(key, rows, numbers)) for key, rows in tables.items()}

    def _too_early(self, people: list[Person], count: int) -> set[str]:
        """Numbers of `count` people who took the first course of their rank before they had it: what checks should find."""
        since = date(self._data.node("training").whole("register_start") + LEAD, 4, 1)
        fitting = [
            p.number
            for p in people
            if not p.example and p.left is None and p.orders and p.orders[0].day == p.hired
            if len(p.ranks) > 2 and p.ranks[-1][1] > p.ranks[-2][1] and p.ranks[-1][0] >= since
        ]
        return set(Dice(self._seed, "too early").some(fitting, count))
