"""Fiscal years, the law on age, months: the dates on which a verdict turns."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrbook.core import calendar
from hrbook.core.step_down import step_down_limit

DAYS = st.dates(date(1940, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 3, 31), 2025),
        (date(2026, 4, 1), 2026),
        (date(2027, 1, 1), 2026),
        (date(2028, 2, 29), 2027),
        (date(1989, 1, 7), 1988),
        (date(1989, 1, 8), 1988),
        (date(2019, 4, 30), 2019),
        (date(2019, 5, 1), 2019),
    ],
)
def test_a_fiscal_year_knows_no_era(day, year):
    assert calendar.fiscal_year(day) == year


@given(DAYS)
def test_every_day_lies_in_its_fiscal_year(day):
    year = calendar.fiscal_year(day)
    assert calendar.first_day(year) <= day <= calendar.last_day(year)
    assert (calendar.last_day(year) - calendar.first_day(year)).days in (364, 365)


@pytest.mark.parametrize(
    ("birth", "age", "day"),
    [
        (date(1966, 4, 1), 60, date(2026, 3, 31)),
        (date(1966, 4, 2), 60, date(2026, 4, 1)),
        (date(2004, 2, 29), 22, date(2026, 2, 28)),
        (date(2004, 2, 29), 24, date(2028, 2, 28)),
        (date(2004, 3, 1), 24, date(2028, 2, 29)),
        (date(2003, 3, 1), 23, date(2026, 2, 28)),
        (date(2004, 1, 1), 22, date(2025, 12, 31)),
    ],
)
def test_a_year_of_age_completes_on_the_eve_of_the_birthday(birth, age, day):
    assert calendar.completion_day(birth, age) == day
    assert calendar.age_on(birth, day) == age
    assert calendar.age_on(birth, day - calendar.timedelta(days=1)) == age - 1


@given(DAYS, DAYS)
def test_age_grows_by_one_in_every_fiscal_year(birth, day):
    year = calendar.fiscal_year(day)
    assert calendar.age_of_year(birth, year + 1) == calendar.age_of_year(birth, year) + 1


@given(DAYS, DAYS)
def test_age_is_the_number_of_completed_years(birth, day):
    age = calendar.age_on(birth, day)
    assert calendar.completion_day(birth, age) <= day < calendar.completion_day(birth, age + 1)


def test_the_service_year_is_one_in_the_fiscal_year_of_the_hire():
    assert calendar.service_year(date(2026, 10, 1), 2026) == 1
    assert calendar.service_year(date(2026, 3, 31), 2026) == 2


@pytest.mark.parametrize(
    ("birth", "limit"),
    [(date(1966, 4, 1), date(2026, 4, 1)), (date(1966, 4, 2), date(2027, 4, 1)), (date(1964, 2, 29), date(2024, 4, 1))],
)
def test_the_step_down_is_due_on_the_first_april_after_the_age(birth, limit):
    assert step_down_limit(birth, 60) == limit


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2024, 4, 1), date(2025, 3, 31), 12),
        (date(2024, 4, 1), date(2025, 3, 30), 11),
        (date(2024, 2, 29), date(2025, 2, 27), 11),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2024, 5, 10), date(2024, 5, 31), 0),
    ],
)
def test_whole_months_count_both_days(start, end, months):
    assert calendar.whole_months(start, end) == months


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2023, 12, 15), 1, date(2024, 1, 15)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
    ],
)
def test_months_are_cut_to_the_length_of_the_month(day, months, later):
    assert calendar.month_after(day, months) == later
