"""Digital talent in words and looks: how a group of people stands, and the way to a tier."""

from __future__ import annotations

from hrbook.core.digital import Standing
from hrbook.core.reading import Reading
from hrbook.words import Labels

LOOKS = {
    Standing.NOBODY: "td_center muted",
    Standing.MOVING: "chip_needs_plan",
    Standing.ONE: "chip_needs_plan",
    Standing.SOME: "chip_ok",
}


def path_text(labels: Labels, reading: Reading, tier: str) -> str:
    """What the city asks for a tier, in one line; that it asks nothing yet, where it set no path."""
    path = next((path for path in reading.tier_paths if path.tier == tier), None)
    if path is None:
        return labels("digital.no_path")
    policy, join = reading.policy, labels("list.separator").join
    parts = []
    if path.courses:
        parts.append(labels("digital.path_courses", courses=join(policy.course_name(course) for course in path.courses)))
    if path.ranks:
        parts.append(labels("digital.path_ranks", ranks=join(policy.rank_name(rank) for rank in path.ranks)))
    if path.service_years:
        parts.append(labels("digital.path_service", years=path.service_years))
    if path.stay_years:
        parts.append(labels("digital.path_stay", years=path.stay_years))
    return labels("digital.path_join").join(parts) or labels("digital.path_open")
