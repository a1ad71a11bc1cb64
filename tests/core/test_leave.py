"""Leave on a day, as far as its dates can be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hrbook.core.leave import covers, intervals, last_march, unreadable
from hrbook.core.roster import UNREADABLE, MaybeDate
from tests.sheets.builders import employee, leave

DAY = date(2026, 4, 1)
EVE, NEXT = date(2026, 3, 31), date(2026, 4, 2)


@pytest.mark.parametrize(
    ("start", "end", "away", "unclear"),
    [
        (DAY, None, True, False),
        (DAY, DAY, True, False),
        (EVE, EVE, False, False),
        (EVE, DAY, True, False),
        (NEXT, None, False, False),
        (DAY, UNREADABLE, None, True),
        (NEXT, UNREADABLE, False, False),
        (UNREADABLE, EVE, False, True),
        (UNREADABLE, DAY, None, True),
        (None, None, None, True),
    ],
)
def test_leave_on_a_day(start: MaybeDate, end: MaybeDate, away: bool | None, unclear: bool) -> None:
    one = replace(leave(DAY), start=start, end=end)
    assert covers(one, DAY) is away
    assert unreadable(one, DAY) is unclear


def merged(*spans: tuple[date, date | None]) -> list[tuple[date, date]]:
    return list(intervals(replace(employee("1"), leaves=tuple(leave(*span) for span in spans)), DAY))


def test_leaves_that_follow_one_another_are_one() -> None:
    first, last = date(2025, 1, 1), date(2025, 1, 31)
    assert merged((first, last), (date(2025, 2, 1), date(2025, 2, 28))) == [(first, date(2025, 2, 28))]
    assert merged((first, last), (date(2025, 2, 2), EVE)) == [(first, last), (date(2025, 2, 2), EVE)]
    assert merged((first, EVE), (date(2025, 1, 5), last)) == [(first, EVE)], "one within the other"
    assert merged((first, None), (EVE, DAY)) == [(first, date.max)]
    assert merged((DAY, None)) == [(DAY, date.max)] and merged((NEXT, None)) == [], "what has not begun is none"
    assert merged((last, first)) == [], "an end before the start"
    assert merged((last, last)) == [(last, last)]


def test_shorter_hours_are_no_absence() -> None:
    person = replace(employee("1"), leaves=(replace(leave(EVE), absent=False),))
    assert intervals(person, DAY) == ()


@pytest.mark.parametrize(
    ("day", "march"),
    [
        (date(2024, 3, 30), date(2023, 3, 31)),
        (date(2024, 3, 31), date(2024, 3, 31)),
        (date(2024, 4, 1), date(2024, 3, 31)),
        (date(2026, 5, 1), date(2026, 3, 31)),
        (date(2027, 5, 1), date(2026, 3, 31)),  # the year 2026 has not ended
    ],
)
def test_the_last_end_of_a_year_up_to_a_day(day: date, march: date) -> None:
    assert last_march(day, 2026) == march
