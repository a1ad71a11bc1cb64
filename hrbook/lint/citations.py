"""Values without a place, a day of checking or a reason; days that cannot be, or that lie too far back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

from hrbook.core.policy import Policy
from hrbook.core.rotation_policy import RotationReading
from hrbook.core.source import Basis
from hrbook.lint import STALE_YEARS, Desk, Loc, Remark, note, warn

READINGS = ("requirements", "window_years", "ranks", "employment")  # what every guide must say where it has it from


def remarks(desk: Desk) -> Iterator[Remark]:
    """Every cited value of the policy in turn."""
    policy = desk.policy
    for loc, value in cited(policy):
        yield from _clause(loc, value)
        yield from _checked(policy, loc, value, desk.today)
        basis = getattr(value, "basis", getattr(value, "timing", None))
        told = bool(getattr(value, "note", "") or value.source)
        if basis is Basis.SET_BY_CITY and not told:
            yield warn("HR607", *loc, name=name_of(value))
        if basis is Basis.INFERRED and hasattr(value, "note") and not told:
            yield warn("HR608", *loc, name=name_of(value))
    if policy.checked_on:
        yield from _day(("checked_on",), policy.checked_on, desk.today, policy.title)
    if policy.rotation.reading.requirements:
        told_of = {entry.value for entry in policy.rotation.cited}
        for field in fields(RotationReading):
            if field.name in READINGS and field.name not in told_of:
                yield warn("HR602", "rotation", "reading", field.name, name=field.name)
    for place, part, there in (
        ("competency", policy.competency.clause, policy.competency.abilities),
        ("career", policy.career.clause, policy.career.stages),
        ("digital", policy.digital.clause, policy.digital.tiers),
        ("training", policy.training.clause, policy.training.courses),
        ("learning", policy.learning.clause, policy.learning.kinds or policy.learning.themes),
        ("programme", policy.programme.clause, policy.programme.measures),
        ("rotation", policy.rotation.clause, policy.rotation.reading.requirements or policy.rotation.stays),
    ):
        if there and not part:
            yield warn("HR601", place, "clause", name=place)


def cited(policy: Policy) -> Iterator[tuple[Loc, Any]]:
    """Everything in the policy that carries a clause, a status and a day, with its place."""
    lists: tuple[tuple[tuple[str, ...], Any], ...] = (
        (("ranks",), policy.ranks),
        (("titles",), policy.titles),
        (("attitudes",), policy.attitudes),
        (("competency", "marks"), policy.competency.marks),
        (("competency", "abilities"), policy.competency.abilities),
        (("competency", "basics"), policy.competency.basics),
        (("competency", "behaviours"), policy.competency.behaviours),
        (("career", "stages"), policy.career.stages),
        (("digital", "tiers"), policy.digital.tiers),
        (("learning", "kinds"), policy.learning.kinds),
        (("learning", "themes"), policy.learning.themes),
        (("rotation", "stays"), policy.rotation.stays),
        (("rotation", "cited"), policy.rotation.cited),
        (("training", "courses"), policy.training.courses),
        (("programme", "measures"), policy.programme.measures),
        (("programme", "duties"), policy.programme.duties),
    )
    for path, values in lists:
        for index, value in enumerate(values):
            yield (*path, index), value
    if policy.step_down.ranks:
        yield ("step_down",), policy.step_down
    if policy.retirement.ages:
        yield ("retirement",), policy.retirement


def name_of(value: Any) -> str:
    """What people call an entry."""
    return str(next((getattr(value, key) for key in ("name", "title", "value", "id", "code") if getattr(value, key, "")), ""))


def _clause(loc: Loc, value: Any) -> Iterator[Remark]:
    if not value.clause and not value.source and loc[:2] not in (("competency", "marks"), ("rotation", "stays")):
        yield warn("HR601", *loc, name=name_of(value))


def _checked(policy: Policy, loc: Loc, value: Any, today: date | None) -> Iterator[Remark]:
    if value.checked_on:
        yield from _day((*loc, "checked_on"), value.checked_on, today, name_of(value))
    elif not policy.checked_on:
        yield note("HR603", *loc, name=name_of(value))


def _day(loc: Loc, text: str, today: date | None, name: str) -> Iterator[Remark]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield warn("HR604", *loc, found=text, name=name)
        return
    if today is None:
        return
    if day > today:
        yield warn("HR606", *loc, found=text, name=name)
    elif (today - day).days > STALE_YEARS * 365:
        yield warn("HR605", *loc, found=text, years=STALE_YEARS, name=name)
