"""Fiscal years, ages, months. A date field is a date, None (blank) or "?" (present but unreadable)."""

from datetime import date, timedelta
from typing import Any

ONE_DAY = timedelta(days=1)


def day(value: Any) -> date | None:
    """The date, or None where the field is blank or unreadable."""
    return value if isinstance(value, date) else None


def fy(d: date) -> int:
    return d.year if d.month >= 4 else d.year - 1


def first_day(year: int) -> date:
    return date(year, 4, 1)


def last_day(year: int) -> date:
    return date(year + 1, 3, 31)


def age_on(birth: date, d: date) -> int:
    """Completed years at the end of day d: a year is complete at the end of the day before the birthday."""
    tomorrow = d + ONE_DAY
    years = tomorrow.year - birth.year
    return years if (tomorrow.month, tomorrow.day) >= (birth.month, birth.day) else years - 1


def whole_months(start: date, end: date) -> int:
    """Whole months from the beginning of start to the end of end."""
    after = end + ONE_DAY
    months = (after.year - start.year) * 12 + after.month - start.month
    return months if after.day >= start.day else months - 1


def merged(intervals: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """Closed intervals, those that overlap or touch joined, in order."""
    result: list[tuple[date, date]] = []
    for start, end in sorted(intervals):
        if end < start:
            continue
        if result and (result[-1][1] == date.max or start <= result[-1][1] + ONE_DAY):
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def longest_hole(start: date, end: date, covered: list[tuple[date, date]]) -> int:
    """The longest stretch of days of start..end that no interval covers."""
    longest = run = 0
    spans = merged(covered)
    d = start
    while d <= end:
        inside = [b for a, b in spans if a <= d <= b]
        if inside:
            run = 0
            if inside[0] >= end:
                break
            d = inside[0] + ONE_DAY
        else:
            run += 1
            longest = max(longest, run)
            d += ONE_DAY
    return longest
