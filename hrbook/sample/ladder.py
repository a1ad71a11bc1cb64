"""When somebody reached each rank, and the step down past the age limit."""

from __future__ import annotations

from datetime import date, timedelta

from hrbook.core.calendar import completion_day, first_april_from, first_day, fiscal_year
from hrbook.sample.dice import Dice
from hrbook.sample.node import Node

Ranks = tuple[tuple[date, int], ...]
STEP_DOWN_AGE = 60  # Local Public Service Act, art. 28-2; the limit came into force on 2023-04-01
LIMIT_SINCE = date(2023, 4, 1)
LAST_RETIREMENT_AT_60 = 2022  # fiscal year; from the next one on the retirement age rises by a year every two years
OFF_APRIL = 0.05
SENIOR, HEAD_START = 2, 3  # rank from which experience from elsewhere counts, and the years it has to save


class Ladder:
    """A source of rank histories from the data's [career]."""

    def __init__(self, node: Node, year: int) -> None:
        self._tenure = [tuple(int(n) for n in row) for row in node.number_lists("tenure")]
        self._milestones = node.number_lists("milestones")
        self._least = node.wholes("least_service")
        self._year = year

    def climb(self, dice: Dice, hired: date, rank: int, until: int) -> Ranks:
        """(since, rank) from the hire to `rank`, reached in fiscal year `until` at the latest.

        Experienced people whose service is short for the rank began one rank higher."""
        start = fiscal_year(hired) + (hired.month != 4)
        if rank == 0 or until - start < max(1, (self._least[rank] + 1) // 2):
            return ((hired, rank),)
        low, mode, high = self._tenure[rank]
        earliest = start + self._least[rank]
        reached = max(min(earliest, until), until - dice.peaked(low, mode, high), start + 1)
        swift = rank >= SENIOR and reached - start < self._least[rank] - HEAD_START
        first = 1 if swift else 0
        years = [start]
        for share in self._milestones[rank][first:]:
            years.append(max(years[-1] + 1, start + round(share * (reached - start)) + dice.whole(-1, 1)))
        years.append(reached)
        for place in range(len(years) - 2, 0, -1):
            years[place] = min(years[place], years[place + 1] - 1)
        steps = ((self._day(dice, year), number) for number, year in enumerate(years[1:], start=first + 1))
        return ((hired, first), *steps)

    def _day(self, dice: Dice, year: int) -> date:
        return date(year, 10, 1) if dice.chance(OFF_APRIL) and year < self._year else first_day(year)


def step_down_day(born: date) -> date:
    """The first 1 April on or after the day that follows the completion of 60 (spec, sections 1 and 2)."""
    return first_april_from(completion_day(born, STEP_DOWN_AGE) + timedelta(days=1))


def reappointment_day(born: date) -> date:
    """1 April after the retirement of somebody born so: at the end of the year of 60 until FY2022, then later."""
    year = fiscal_year(completion_day(born, STEP_DOWN_AGE))
    if year <= LAST_RETIREMENT_AT_60:
        return first_day(year + 1)
    return first_day(fiscal_year(completion_day(born, STEP_DOWN_AGE + 1)) + 1)
