"""Other readings of the guide (spec 5, "Sensitivity"): each change alone, and all of them in every combination.

A change concerns the unit, short stays, secondment, leave, mid-career hires, or the years of the window. What cannot make a
difference to a person (leave that they never took, say) is not tried anew, but counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product

from hrbook.core.judgement import RotationStatus
from hrbook.core.roster import Nature
from hrbook.core.rotation import OUTSIDE_MIDCAREER, Case, status_under
from hrbook.core.rotation_policy import Level, MidCareer, RotationReading

Change = tuple[str, dict[str, object]]  # id such as window_years=9, and what it replaces
LEAVE, SECONDMENT, MIDCAREER = "leave", "secondment", "midcareer"


@dataclass(frozen=True, slots=True)
class Grid:
    """The alternatives by what they concern, and the reading of every combination by the ids of its changes, fewest first."""

    topics: Mapping[str, tuple[str, ...]]
    readings: Mapping[tuple[str, ...], RotationReading]


@dataclass(frozen=True, slots=True)
class Turning:
    """What the grid says of one verdict. `alone`: changes that turn it by themselves; `together`: combinations (ids joined by
    "+") that turn it while no part of them does; each with the status that it turns into. `same` of `tried` readings, the
    declared one included, agree."""

    alone: tuple[tuple[str, str], ...]
    together: tuple[tuple[str, str], ...]
    tried: int
    same: int


def grid_of(reading: RotationReading) -> Grid:
    """The grid around a reading. Made once a run."""

    def word(value: bool) -> str:
        return "yes" if value else "no"

    months = 0 if reading.min_stay_months else 12
    seconded, extended = not reading.secondment_counts, not reading.leave_extends_window
    turned = MidCareer.EXCLUDE if reading.midcareer is MidCareer.SAME else MidCareer.SAME
    changes: dict[str, list[Change]] = {
        "years": [(f"window_years={n}", {"window_years": n}) for n in (reading.window_years - 1, reading.window_years + 1)],
        "stays": [(f"min_stay_months={months}", {"min_stay_months": months})],
        SECONDMENT: [(f"secondment_counts={word(seconded)}", {"secondment_counts": seconded})],
        LEAVE: [(f"leave_extends_window={word(extended)}", {"leave_extends_window": extended})],
        "unit": [],
        MIDCAREER: [(f"midcareer={turned.value}", {"midcareer": turned})],
    }
    if len(reading.requirements) == 1:
        asked = reading.requirements[0]
        changes["unit"] = [
            (f"unit={level.value}", {"requirements": (replace(asked, level=level),)})
            for level in (Level.BUREAU, Level.DEPARTMENT, Level.SECTION)
            if asked.level is not level
        ]
    readings: dict[tuple[str, ...], RotationReading] = {}
    for chosen in product(*([None, *found] for found in changes.values())):
        taken = [change for change in chosen if change is not None]
        values: dict[str, object] = {}
        for _, replaced in taken:
            values |= replaced
        readings[tuple(name for name, _ in taken)] = replace(reading, **values)  # type: ignore[arg-type]
    ordered = sorted(readings.items(), key=lambda item: len(item[0]))  # stable: in the order of the topics
    return Grid({topic: tuple(name for name, _ in found) for topic, found in changes.items()}, dict(ordered))


def turning(case: Case, reading: RotationReading, status: RotationStatus, grid: Grid) -> Turning:
    """How a verdict stands under all readings of the grid. Of people outside the guide only mid-career hires that the
    declared reading leaves out are tried: for everybody else no reading of the grid would ask."""
    if not reading.requirements or case.outside(reading) not in ("", OUTSIDE_MIDCAREER):
        return Turning((), (), 0, 0)
    idle = _idle(case, reading, grid)
    factor = 1
    for topic in idle:
        factor *= 1 + len(grid.topics[topic])
    left_out = {name for topic in idle for name in grid.topics[topic]}
    turned: dict[tuple[str, ...], RotationStatus] = {}
    tried = 0
    for names, other in grid.readings.items():
        if not left_out.isdisjoint(names):
            continue
        tried += 1
        if names:
            found = status_under(case, other)
            if found is not status:
                turned[names] = found
    least = [(n, s) for n, s in turned.items() if not any(set(m) < set(n) for m in turned)]
    alone = tuple((names[0], found.value) for names, found in least if len(names) == 1)
    together = tuple(("+".join(names), found.value) for names, found in least if len(names) > 1)
    return Turning(alone, together, tried * factor, (tried - len(turned)) * factor)


def _idle(case: Case, reading: RotationReading, grid: Grid) -> list[str]:
    """Topics whose changes leave this person's verdict as it is, whatever else changes."""
    found = []
    if case.leave_years == 0 and not case.who.leave_unreadable:
        found.append(LEAVE)
    if not any(order.nature is Nature.SECONDMENT for order in case.who.employee.orders):
        found.append(SECONDMENT)
    turned = grid.readings[grid.topics[MIDCAREER]]
    if case.outside(turned) == case.outside(reading):
        found.append(MIDCAREER)
    return found
