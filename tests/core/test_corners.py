"""Corners of the rules that no situation of HR's reaches by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hrbook.core.calendar import month_after
from hrbook.core.choices import tier_of
from hrbook.core.judgement import Assigned
from tests.sheets.builders import employee, reading_of


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
