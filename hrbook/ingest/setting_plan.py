"""The sheets and items of the training plan: sessions of courses, the limit of people away, expected promotions and hires."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from hrbook.core.calendar import fiscal_year
from hrbook.core.plan_policy import Band, PlanSettings, Promotion, Session
from hrbook.core.policy import Policy
from hrbook.core.source import RowRef
from hrbook.ingest.courses import CourseIndex
from hrbook.ingest.setting_kinds import Kinds, refuse
from hrbook.ingest.setting_timings import course_of, filled
from hrbook.ingest.values import read_text

MOST_DAYS = 60  # of one session: a slip of the pen beyond that
SHARES = ("low", "expected", "high")


def plan_settings(
    policy: Policy, sessions: Iterable[RowRef], promotions: Iterable[RowRef], values: Mapping[str, Any], kinds: Kinds, year: int
) -> PlanSettings:
    """The plan's settings in fiscal year `year`: sessions of other years are left out. Raises Fault: an unknown course or rank,
    a day, number or share that cannot be read, a session that ends before it begins, three values that do not rise."""
    hires = values.get("plan.hires")
    return PlanSettings(
        _sessions(policy, sessions, kinds, year),
        values.get("plan.away_most"),
        values.get("plan.away_share"),
        tuple(_promotion(ref, kinds) for ref in promotions),
        None if hires is None else Band(*hires),
    )


def _sessions(policy: Policy, rows: Iterable[RowRef], kinds: Kinds, year: int) -> tuple[Session, ...]:
    courses = CourseIndex(policy)
    found = []
    for ref in rows:
        code, first = course_of(ref, courses, policy), kinds.date(ref, "first")
        last = kinds.date(ref, "last") if filled(ref, "last") else first
        if last < first or (last - first).days >= MOST_DAYS:
            raise refuse("setting_session", ref, "last", first=first.isoformat(), most=MOST_DAYS)
        seats = kinds.number(ref, "seats", 0, 99_999) if filled(ref, "seats") else None
        if fiscal_year(first) == year:
            found.append((code, first, last, read_text(ref.raw_of("place")), seats))
    found.sort(key=lambda s: (s[:4], s[4] is None, s[4] or 0))
    numbers: dict[str, int] = {}
    made = []
    for code, first, last, place, seats in found:
        numbers[code] = numbers.get(code, 0) + 1
        made.append(Session(code, numbers[code], first, last, seats, place))
    return tuple(made)


def _promotion(ref: RowRef, kinds: Kinds) -> Promotion:
    first = kinds.number(ref, "rank_first", 1, 60) if filled(ref, "rank_first") else 1
    last = kinds.number(ref, "rank_last", 1, 60) if filled(ref, "rank_last") else None
    if last is not None and last < first:
        raise refuse("setting_reversed", ref, "rank_last", other=first)
    shares = [kinds.number(ref, name, 0, 100) for name in SHARES]
    if shares != sorted(shares):
        raise refuse("setting_rising", ref, "high")
    return Promotion(kinds.rank(ref, "rank"), first, last, Band(*(Fraction(share, 100) for share in shares)))
