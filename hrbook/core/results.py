"""Typed outcomes of the two verdict rules: one course, one career. Sheets, ledger and `explain` read these, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hrbook.core.judgement import Json, RotationStatus, TrainingStatus
from hrbook.core.rotation_policy import Counted, Level
from hrbook.core.source import Basis
from hrbook.core.spell_types import Gap


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """One course for one person. Fiscal years are whole numbers (2026 = 2026-04-01..2027-03-31).

    `target_fy` is the first year of the window that decided, `window_end` its last (None: open); `timing` says how firm
    that window is; `missing_prerequisites` are course codes; `lecturer` marks a completion as lecturer;
    `early` a completion before the rank it is for began."""

    status: TrainingStatus
    reason: str
    timing: Basis
    target_fy: int | None = None
    window_end: int | None = None
    completed_on: date | None = None
    completed_fy: int | None = None
    missing_prerequisites: tuple[str, ...] = ()
    lecturer: bool = False
    early: bool = False

    def values(self) -> Mapping[str, Json]:
        return {
            "target_fy": self.target_fy,
            "window_end": self.window_end,
            "completed_on": self.completed_on.isoformat() if self.completed_on else None,
            "timing": self.timing.value,
            "reason": self.reason,
            "missing_prerequisites": list(self.missing_prerequisites),
            "lecturer": self.lecturer,
        }


@dataclass(frozen=True, slots=True)
class Count:
    """How many units of one level were first entered within the window, against the minimum."""

    level: Level
    count: int
    minimum: int
    units: tuple[str, ...]  # names, in the order in which they were entered
    reached_later_fy: int | None  # the fiscal year in which the minimum was reached after the window
    counted: Counted = Counted.UNITS

    @property
    def missing(self) -> int:
        return max(0, self.minimum - self.count)


@dataclass(frozen=True, slots=True)
class RotationResult:
    """One career against the guide. `counts` holds one entry a requirement, the deciding one first.

    `excused_from` is the status that the registered reason stands in for; `turns_on` names the readings of the
    sensitivity grid that by themselves would make the status another (reading id -> that status), `turns_together`
    combinations ("id+id") none of whose parts does; `readings_same` of `readings_tried` readings agree (0 of 0: nobody asks)."""

    status: RotationStatus
    reason: str
    service_year: int | None
    window_years: int
    remaining: int | None
    window_over: bool
    counts: tuple[Count, ...]
    last_chance: date | None
    gaps: tuple[Gap, ...] = ()
    excuse: str = ""
    excused_from: RotationStatus | None = None
    leave_years: int = 0
    turns_on: tuple[tuple[str, str], ...] = ()
    turns_together: tuple[tuple[str, str], ...] = ()
    readings_tried: int = 0
    readings_same: int = 0
    post_managerial: bool | None = None  # None: it cannot be told whether the person stepped down from a managerial post

    @property
    def turns(self) -> bool:
        """Whether any reading of the grid gives another status."""
        return bool(self.turns_on or self.turns_together)

    @property
    def count(self) -> int:
        return self.counts[0].count if self.counts else 0

    @property
    def minimum(self) -> int:
        return self.counts[0].minimum if self.counts else 0

    @property
    def reached_later_fy(self) -> int | None:
        return self.counts[0].reached_later_fy if self.counts else None

    def values(self) -> Mapping[str, Json]:
        counts: list[Json] = [
            {"level": c.level.value, "count": c.count, "minimum": c.minimum, "units": list(c.units), **_what(c)}
            for c in self.counts
        ]
        turns: dict[str, Json] = dict(self.turns_on)
        gaps: list[Json] = [[gap.first.isoformat(), gap.last.isoformat()] for gap in self.gaps]
        return {
            "service_year": self.service_year,
            "count": self.count,
            "remaining": self.remaining,
            "last_chance": self.last_chance.isoformat() if self.last_chance else None,
            "window_years": self.window_years,
            "window_over": self.window_over,
            "counts": counts,
            "reached_later_fy": self.reached_later_fy,
            "gaps": gaps,
            "leave_years": self.leave_years,
            "reason": self.reason,
            "excused_from": self.excused_from.value if self.excused_from else None,
            "turns_on": turns,
            "turns_together": dict(self.turns_together),
            "readings_tried": self.readings_tried,
            "readings_same": self.readings_same,
            "post_managerial": self.post_managerial,
        }


def _what(count: Count) -> dict[str, Json]:
    """Said only where it is not units that are counted."""
    return {} if count.counted is Counted.UNITS else {"counted": count.counted.value}
