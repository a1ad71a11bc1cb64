"""Leave: which days it covers, as far as its dates can be read (spec 1 and 4)."""

from __future__ import annotations

from datetime import date, timedelta

from hrbook.core.calendar import fiscal_year, last_day
from hrbook.core.roster import Employee, Leave

DAY = timedelta(days=1)


def covers(leave: Leave, day: date) -> bool | None:
    """Whether `day` lies in the leave; a blank end is open, an unreadable start or end leaves it untold."""
    if not isinstance(leave.start, date):
        return False if isinstance(leave.end, date) and leave.end < day else None
    if leave.start > day:
        return False
    if isinstance(leave.end, date):
        return day <= leave.end
    return True if leave.end is None else None


def unreadable(leave: Leave, as_of: date) -> bool:
    """Whether a start or an end that cannot be read leaves open how much of the time up to `as_of` the leave covers."""
    if not isinstance(leave.start, date):
        return True
    return leave.start <= as_of and leave.end is not None and not isinstance(leave.end, date)


def last_march(day: date, year: int) -> date:
    """The last 31 March up to `day` that ends a fiscal year before `year`."""
    return min(last_day(year - 1), last_day(fiscal_year(day) - 1) if (day.month, day.day) != (3, 31) else day)


def intervals(employee: Employee, as_of: date) -> tuple[tuple[date, date], ...]:
    """Merged intervals of leave that began by the as-of date; `date.max` is open."""
    spans: list[tuple[date, date]] = []
    for leave in employee.leaves:
        if not leave.absent or not isinstance(leave.start, date) or leave.start > as_of:
            continue
        if leave.end is None or (isinstance(leave.end, date) and leave.end >= leave.start):
            spans.append((leave.start, leave.end or date.max))
    merged: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if merged and (merged[-1][1] == date.max or first <= merged[-1][1] + DAY):
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)
