"""Goals that run from a department's own to a person's (policy chapter 5, section 4): what the roster says of the department,
and what came back of the person's goals in one year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hrbook.core.fold import fold
from hrbook.core.returned import Entry, Group
from hrbook.core.source import RowRef


@dataclass(frozen=True, slots=True)
class UnitGoal:
    """One goal of a department for one fiscal year; without `department` it is the bureau's, without both the whole city's."""

    year: int
    bureau: str
    department: str
    text: str
    ref: RowRef

    @property
    def unit(self) -> str:
        """The nearest name: department, bureau, or nothing for the whole city."""
        return self.department or self.bureau


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of a person in one year as it came back: the department's goal that it serves, what was set, done, found half
    way, reached, and what follows. "" where nothing was said."""

    year: int
    number: int
    aim: str
    plan: str
    do: str
    mid: str
    check: str
    act: str


STEPS = ("aim", "plan", "do", "mid", "check", "act")


def goals_for(goals: Iterable[UnitGoal], bureau: str, department: str, year: int) -> tuple[UnitGoal, ...]:
    """The goals of the nearest level that has any: the department, else its bureau, else the whole city; in their own order."""
    of_year = [goal for goal in goals if goal.year == year]
    levels = [(fold(bureau), fold(department)), (fold(bureau), ""), ("", "")]
    for level in levels:
        found = tuple(goal for goal in of_year if (fold(goal.bureau), fold(goal.department)) == level)
        if found:
            return found
    return ()


def goals_of(entries: Iterable[Entry], year: int) -> tuple[Goal, ...]:
    """A person's goals of one year, by number. Where two departments sent one form each, both texts stand, a line each."""
    said: dict[str, list[str]] = {}
    for entry in entries:
        if entry.group is Group.GOAL and entry.year == year:
            said.setdefault(entry.field, []).append(entry.value)
    numbers = sorted({int(field.rpartition("_")[2]) for field in said})
    return tuple(Goal(year, n, *("\n".join(said.get(f"{step}_{n}", ())) for step in STEPS)) for n in numbers)


def goal_years(entries: Iterable[Entry], before: int) -> tuple[int, ...]:
    """Fiscal years before `before` of which goals came back, the latest first."""
    return tuple(sorted({e.year for e in entries if e.group is Group.GOAL and e.year < before}, reverse=True))
