"""Dates of the fiscal year and the law on age. All functions are pure; dates are `datetime.date`."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

FIRST_MONTH = 4  # a fiscal year begins on 1 April (Local Autonomy Act, art. 208)


def fiscal_year(day: date) -> int:
    """The fiscal year that holds `day`: 2026 stands for 2026-04-01..2027-03-31."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def first_day(year: int) -> date:
    """1 April of fiscal year `year`."""
    return date(year, FIRST_MONTH, 1)


def last_day(year: int) -> date:
    """31 March that ends fiscal year `year`."""
    return date(year + 1, FIRST_MONTH - 1, 31)


def completion_day(birth: date, age: int) -> date:
    """The day at whose end `age` years are complete: the day before that birthday (Act on Calculation of Age, 1902)."""
    try:
        birthday = birth.replace(year=birth.year + age)
    except ValueError:  # 29 February in a common year: the year completes at the end of 28 February
        return date(birth.year + age, 2, 28)
    return birthday - timedelta(days=1)


def age_on(birth: date, day: date) -> int:
    """Completed years of age at the end of `day`."""
    eve = day + timedelta(days=1)  # somebody born on this day of the year completes a year today
    return eve.year - birth.year - ((eve.month, eve.day) < (birth.month, birth.day))


def age_of_year(birth: date, year: int) -> int:
    """Age at the end of fiscal year `year`, the age that the policy's chart prints (chapter 4, section 3, item 2)."""
    return age_on(birth, last_day(year))


def service_year(hired: date, year: int) -> int:
    """Year of service in fiscal year `year`; 1 in the fiscal year of the hire."""
    return year - fiscal_year(hired) + 1


def first_april_from(day: date) -> date:
    """The first 1 April on or after `day`."""
    here = date(day.year, FIRST_MONTH, 1)
    return here if here >= day else date(day.year + 1, FIRST_MONTH, 1)


def month_after(day: date, months: int) -> date:
    """`day` moved by whole months; the day of the month is cut to the month's length."""
    year, before = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, before + 1, min(day.day, monthrange(year, before + 1)[1]))


def whole_months(start: date, end: date) -> int:
    """Completed months from `start` to `end`, both days included."""
    stop = end + timedelta(days=1)
    months = (stop.year - start.year) * 12 + stop.month - start.month
    return months if stop.day >= start.day else months - 1
