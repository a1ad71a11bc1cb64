"""Age, hire and job of the person on a seat, by the shares and ages of the data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hrbook.core.calendar import first_day
from hrbook.sample.dice import Dice, Wheel
from hrbook.sample.node import Node
from hrbook.sample.people import Kind, Seat

RANK = {Kind.CLERK: 0, Kind.CHIEF: 1, Kind.SENIOR: 2, Kind.MANAGER: 3, Kind.DIRECTOR: 4}
HIRE_AGES = Wheel([(23, 0.64), (19, 0.1), (25, 0.12), (24, 0.07), (21, 0.07)])  # at the end of the year of the hire
LATE_CLERKS = 0.07
EXPERIENCED_AGES = (27, 32, 48)
EXPERIENCED_MANAGERS = 0.3  # of the usual share of mid-career hires
TERM_YEARS = 4


@dataclass(frozen=True, slots=True)
class Profile:
    """Who somebody is: `age` at the end of the target year; `rank` the highest one ever held (None: outside the ranks)."""

    age: int
    born: date
    hired: date
    route: str
    employment: str
    job: str
    rank: int | None


class Profiles:
    """A source of profiles from the data."""

    def __init__(self, data: Node, general_job: str) -> None:
        self._ages, self._shares, self._words = data.node("ages"), data.node("shares"), data.node("words")
        self._least = data.node("career").wholes("least_service")
        self._year = data.node("city").whole("year")
        self.general_job = general_job

    def draw(self, dice: Dice, seat: Seat) -> Profile:
        """A profile for the seat; years of service always allow for its rank."""
        if seat.kind is Kind.ANNUAL:
            return self._annual(dice, seat)
        if seat.kind is Kind.VETERAN:
            return self._veteran(dice, seat)
        rank = RANK[seat.kind]
        late = seat.kind is Kind.CLERK and dice.chance(LATE_CLERKS)
        age = self._age(dice, "late_clerk" if late else seat.kind.value)
        if rank <= 1 and age >= EXPERIENCED_AGES[0] and dice.chance(self._share("fixed_term") / 0.6):
            return self._fixed_term(dice, seat, age, rank)
        share = self._share("experienced") * (EXPERIENCED_MANAGERS if rank >= 3 else 1.25)
        if late:
            share = 0.7
        least = self._least[rank]
        room = age - EXPERIENCED_AGES[0] - (least + 1) // 2
        if room >= 0 and dice.chance(share):
            hire_age = min(dice.peaked(*EXPERIENCED_AGES), EXPERIENCED_AGES[0] + room)
            route = self._words.text("route_experienced")
        else:
            hire_age, route = self._graduate_age(dice, age, least), self._words.text("route_new")
        hired = self._hire_day(dice, self._year - (age - hire_age))
        job = self._job(dice, seat, 0.5 if rank >= 3 else 1.0)
        return Profile(age, self._birth(dice, age), hired, route, self._words.text("regular"), job, rank)

    def _age(self, dice: Dice, key: str) -> int:
        low, mode, high = self._ages.wholes(key)
        return dice.peaked(low, mode, high)

    def _share(self, key: str) -> float:
        return self._shares.share(key) / 100

    def _birth(self, dice: Dice, age: int) -> date:
        """A birthday of the school year that is `age` at the end of the target year: 2 April to 1 April."""
        first = date(self._year - age, 4, 2)
        return first + timedelta(days=dice.whole(0, 364))

    def _graduate_age(self, dice: Dice, age: int, least: int) -> int:
        hire_age = dice.spin(HIRE_AGES)
        return hire_age if age - hire_age >= least else max(19, min(23, age - least))

    def _hire_day(self, dice: Dice, year: int) -> date:
        if year < self._year and dice.chance(self._share("mid_year")):
            month = dice.pick((7, 10, 10, 10, 1))
            return date(year + (month < 4), month, 1)
        return first_day(year)

    def _job(self, dice: Dice, seat: Seat, factor: float) -> str:
        share = dice.unit()
        for job, part in seat.unit.jobs:
            share -= part * factor
            if share < 0:
                return job
        return self.general_job

    def _fixed_term(self, dice: Dice, seat: Seat, age: int, rank: int) -> Profile:
        hired = first_day(self._year - dice.whole(0, TERM_YEARS - 1))
        words = self._words
        return Profile(
            age,
            self._birth(dice, age),
            hired,
            words.text("route_term"),
            words.text("fixed_term"),
            self._job(dice, seat, 1.0),
            rank,
        )

    def _annual(self, dice: Dice, seat: Seat) -> Profile:
        age = self._age(dice, "annual")
        hired = first_day(self._year if dice.chance(0.7) else self._year - dice.whole(1, 4))
        words = self._words
        return Profile(
            age, self._birth(dice, age), hired, words.text("route_annual"), words.text("annual"), self.general_job, None
        )

    def _veteran(self, dice: Dice, seat: Seat) -> Profile:
        """People past 60: those who stepped down (managers once), and the re-appointed, half of them managers once."""
        stepped = dice.chance(0.45)
        age = self._age(dice, "step_down" if stepped else "reappointed")
        rank = (4 if dice.chance(0.2) else 3) if stepped or dice.chance(0.5) else 2
        hired = self._hire_day(dice, self._year - (age - dice.pick((19, 23, 23, 23, 25))))
        words = self._words
        employment = words.text("regular" if stepped else "reappointed")
        job = self._job(dice, seat, 0.5)
        return Profile(age, self._birth(dice, age), hired, words.text("route_new"), employment, job, rank)
