"""Rotation rules that nobody can reach, or that another one hides."""

from __future__ import annotations

from collections.abc import Iterator

from hrbook.core.fold import fold
from hrbook.core.rotation_policy import Level, MidCareer, StayRule
from hrbook.lint import Desk, Remark, note, warn

CLASSES = (Level.CATEGORY, Level.PLACE)


def remarks(desk: Desk) -> Iterator[Remark]:
    """The count, then the stays."""
    rotation = desk.policy.rotation
    reading = rotation.reading
    seen: set[tuple[str, str]] = set()
    for index, asked in enumerate(reading.requirements):
        loc = ("rotation", "reading", "requirements", index)
        if asked.minimum > reading.window_years:
            yield warn("HR651", *loc, "minimum", found=asked.minimum, years=reading.window_years)
        elif (asked.minimum - 1) * reading.usual_stay_years > reading.window_years:
            yield warn("HR656", *loc, "minimum", found=asked.minimum, years=reading.usual_stay_years)
        key = (asked.level.value, asked.counted.value)
        if key in seen:
            yield warn("HR654", *loc, "level", found=asked.level.value)
        seen.add(key)
        if asked.groups and asked.level not in CLASSES:
            yield warn("HR655", *loc, "groups", found=asked.level.value)
        members = [fold(member) for group in asked.groups for member in group.members]
        if len(members) != len(set(members)):
            yield warn("HR657", *loc, "groups")
        if asked.groups and asked.minimum > len(asked.groups):
            yield note("HR659", *loc, "groups", found=asked.minimum, groups=len(asked.groups))
    if reading.midcareer is MidCareer.EXCLUDE and not reading.midcareer_routes:
        yield warn("HR658", "rotation", "reading", "midcareer_routes")
    if set(reading.job_families) & set(reading.excluded_job_families):
        yield warn("HR660", "rotation", "reading", "job_families")
    for index, rule in enumerate(rotation.stays):
        place = ("rotation", "stays", index)
        if rule.minimum_years is None and rule.target_years is None and rule.maximum_years is None:
            yield warn("HR653", *place, "id", name=rule.name)
        hidden = next((earlier for earlier in rotation.stays[:index] if _hides(earlier, rule)), None)
        if hidden is not None:
            yield warn("HR652", *place, "id", name=rule.name, other=hidden.name)


def _hides(earlier: StayRule, rule: StayRule) -> bool:
    """Whether the earlier rule takes everybody whom the later one is for."""
    for key in ("ranks", "job_families", "categories", "places"):
        wide, narrow = set(getattr(earlier, key)), set(getattr(rule, key))
        if wide and not (narrow and narrow <= wide):
            return False
    first, last = rule.first_service_year or 1, rule.last_service_year or 99
    return (earlier.first_service_year or 1) <= first and (earlier.last_service_year or 99) >= last
