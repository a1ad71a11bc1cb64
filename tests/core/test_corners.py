"""Corners of the rules that no situation of HR's reaches by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hrbook.core.calendar import month_after
from hrbook.core.choices import tier_of
from hrbook.core.judgement import Assigned
from hrbook.core.standing import standing_of
from tests.sheets.builders import employee, order, reading_of


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 30), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, after: date) -> None:
    assert month_after(day, months) == after


def test_tiers_of_a_policy_that_has_none_or_no_default() -> None:
    digital = reading_of().policy.digital
    person = employee("1")
    none, _ = tier_of(replace(digital, tiers=()), person)
    assert (none.status, none.reason) == (Assigned.NOT_APPLICABLE, "no_tiers")
    named = tuple(replace(tier, default=False) for tier in digital.tiers)
    unknown, _ = tier_of(replace(digital, tiers=named), person)
    assert (unknown.status, unknown.reason) == (Assigned.UNDETERMINED, "tier_unknown")
    own, _ = tier_of(digital, replace(person, tier=digital.tiers[-1].id))
    assert (own.status, own.choice) == (Assigned.ASSIGNED, digital.tiers[-1].id)


def test_since_a_rank_without_a_known_name_began_any_rank_may_be_meant() -> None:
    """The title of today is none of the policy's; the day on which its rank began stands on the roster, in no order."""
    policy, first = reading_of().policy, order(date(2010, 4, 1), "市民課", hire=True, title="主事")
    person = employee("1", hired=date(2010, 4, 1), title="特命監", rank_start=date(2020, 4, 1), orders=[first])
    who = standing_of(person, policy.rank_ids, policy.step_down, 60, 2026, date(2026, 4, 1))
    assert [(case.rank, case.rank_year) for case in who.rank_cases(2019)] == [("shuji", (10, 10))]
    assert [(case.rank, case.rank_year) for case in who.rank_cases(2022)] == [(rank, (3, 3)) for rank in policy.rank_ids]
