"""The roster's own figures on leave, to stand beside a survey (policy 6-1); as careful as the survey itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from hrbook.core.calendar import fiscal_year
from hrbook.core.roster import Employee, Leave
from hrbook.survey.record import Leaves

YEARS = 5


def leave_figures(employees: Iterable[Employee], year: int, least: int) -> tuple[Leaves, ...]:
    """People of today's roster on leave at some time of each of five fiscal years, the oldest first."""
    told: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for employee in employees:
        for leave in employee.leaves:
            for one in _years(leave, year):
                told[one][leave.kind].add(employee.staff_id)
    return tuple(_figures(one, told[one], least) for one in range(year - YEARS + 1, year + 1))


def _years(leave: Leave, year: int) -> Iterator[int]:
    """The years that a leave with readable days touches."""
    if not isinstance(leave.start, date) or not (leave.end is None or isinstance(leave.end, date)):
        return
    last = year if leave.end is None else min(year, fiscal_year(leave.end))
    yield from range(max(year - YEARS + 1, fiscal_year(leave.start)), last + 1)


def _figures(year: int, kinds: dict[str, set[str]], least: int) -> Leaves:
    """Kinds with enough people. The total is told where it cannot give away a hidden kind: where none is hidden, or where
    nobody's leave is of a shown kind."""
    everybody = set().union(*kinds.values())
    shown = {kind: len(people) for kind, people in sorted(kinds.items()) if len(people) >= least}
    whole = len(shown) == len(kinds) or not shown
    return Leaves(year, len(everybody) if whole and len(everybody) >= least else None, shown)
