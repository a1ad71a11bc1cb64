"""Hires by route and kind over the years, and who of them has stayed (policy chapter 5, section 1), from the roster alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hrbook.core.calendar import fiscal_year, last_day
from hrbook.core.fold import fold
from hrbook.core.roster import Employee, Employment

YEARS = 10
STAY = 3  # full fiscal years after the year of the hire that retention looks at


@dataclass(frozen=True, slots=True)
class Cohort:
    """Regular staff hired in one fiscal year: by route as written ("" is blank), by job family, those who came by a
    mid-career route (None where no route is known to be one), those who have left by the as-of date. `stayed` of `people`
    were still there at the end of the STAYth fiscal year after the hire; None where that day has not come."""

    year: int
    people: int
    routes: Mapping[str, int]
    families: Mapping[str, int]
    midcareer: int | None
    left: int
    stayed: int | None


@dataclass(frozen=True, slots=True)
class Recruitment:
    """The cohorts, the oldest first; `general` is the job family that most of them have ("" for nobody), `unread` regular
    staff whose day of hire cannot be read."""

    cohorts: tuple[Cohort, ...]
    general: str
    unread: int

    @property
    def people(self) -> int:
        return sum(cohort.people for cohort in self.cohorts)

    def routes(self) -> tuple[str, ...]:
        """Routes of all cohorts, the most frequent first."""
        found = sum((Counter(cohort.routes) for cohort in self.cohorts), Counter[str]())
        return tuple(sorted(found, key=lambda route: (-found[route], route)))


def recruitment(people: Iterable[Employee], year: int, as_of: date, midcareer: Sequence[str]) -> Recruitment:
    """The cohorts of the last ten fiscal years. `midcareer` are words by which a route is known to be mid-career."""
    hired: dict[int, list[Employee]] = {one: [] for one in range(year - YEARS + 1, year + 1)}
    unread = 0
    for person in people:
        if person.employment is not Employment.REGULAR:
            continue
        if not isinstance(person.hired, date):
            unread += 1
        elif person.hired <= as_of and fiscal_year(person.hired) in hired:
            hired[fiscal_year(person.hired)].append(person)
    families = Counter(person.job_family for cohort in hired.values() for person in cohort)
    general = min(families, key=lambda family: (-families[family], family), default="")
    words = tuple(fold(word) for word in midcareer)
    return Recruitment(tuple(_cohort(one, there, as_of, words) for one, there in hired.items()), general, unread)


def _cohort(year: int, people: Sequence[Employee], as_of: date, words: Sequence[str]) -> Cohort:
    by_then = last_day(year + STAY)
    return Cohort(
        year,
        len(people),
        dict(sorted(Counter(person.hire_route for person in people).items())),
        dict(sorted(Counter(person.job_family for person in people).items())),
        sum(1 for person in people if any(word in fold(person.hire_route) for word in words)) if words else None,
        sum(1 for person in people if _gone(person, as_of)),
        sum(1 for person in people if not _gone(person, by_then)) if by_then < as_of else None,
    )


def _gone(person: Employee, day: date) -> bool:
    """Whether somebody had left before `day`; the day of leaving is the last one in service."""
    return isinstance(person.left, date) and person.left < day
