"""Hires by route and who has stayed: situations that people can follow."""

from datetime import date

from hrbook.core.recruitment import recruitment
from hrbook.core.roster import Employment
from tests.sheets.builders import employee

AS_OF = date(2026, 4, 1)


def told(*people):
    return recruitment(people, 2026, AS_OF, ("経験者",))


def cohort(found, year):
    return next(c for c in found.cohorts if c.year == year)


def test_people_are_counted_in_the_fiscal_year_of_their_hire():
    found = told(
        employee("1", hired=date(2024, 4, 1), hire_route="大卒"),
        employee("2", hired=date(2025, 3, 31), hire_route="経験者採用"),
        employee("3", hired=date(2025, 4, 1), hire_route="大卒", job_family="保健師"),
    )
    assert [c.year for c in found.cohorts] == list(range(2017, 2027))
    assert (cohort(found, 2024).routes, cohort(found, 2024).midcareer) == ({"大卒": 1, "経験者採用": 1}, 1)
    assert (found.people, found.general, found.routes()) == (3, "一般事務", ("大卒", "経験者採用"))


def test_who_is_not_counted():
    found = told(
        employee("1", hired=date(2026, 10, 1)),
        employee("2", hired=date(2016, 4, 1)),
        employee("3", hired=date(2024, 4, 1), employment=Employment.FISCAL_YEAR),
        employee("4", hired=None),
    )
    assert (found.people, found.unread, found.general) == (0, 1, "")


def test_who_stayed_until_the_end_of_the_third_year_after():
    found = told(
        employee("1", hired=date(2022, 4, 1), left=date(2026, 3, 30)),
        employee("2", hired=date(2022, 4, 1), left=date(2026, 3, 31)),
        employee("3", hired=date(2022, 4, 1)),
        employee("4", hired=date(2023, 4, 1), left=date(2024, 3, 31)),
    )
    assert (cohort(found, 2022).left, cohort(found, 2022).stayed) == (2, 2)  # all were there on 31 March 2026 but for one
    assert (cohort(found, 2023).left, cohort(found, 2023).stayed) == (1, None)
