"""What the organisation's first sheet points at: a few counts that stand out. Counting only, nothing is judged."""

from __future__ import annotations

from dataclasses import dataclass

from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.sheets.organisation.desk import Desk
from hrbook.sheets.tally import TO_LOOK_AT
from hrbook.sheets.view import department_name

LEAST_PEOPLE = 5  # a share of fewer people says little
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Notable:
    """One line: its kind (an id of labels), look of the chip, what it is about, the numbers, and where to look."""

    kind: str
    look: str
    what: str
    text: str
    sheet: str
    cell: str = "A1"


def notable(desk: Desk) -> tuple[Notable, ...]:
    """At most five lines, rows that could not be made first."""
    lines = [*_aside(desk), *_seats(desk), *_late(desk), *_departments(desk)]
    return tuple(lines[:SHOWN])


def _aside(desk: Desk) -> list[Notable]:
    count = len(desk.view.assessment.roster.set_aside)
    if not count:
        return []
    labels = desk.labels
    return [
        Notable(
            "aside",
            "chip_error",
            labels("org.overview.notable.aside.what", count=count),
            labels("org.overview.notable.aside.text"),
            "org_not_made",
        )
    ]


def _seats(desk: Desk) -> list[Notable]:
    """The course that lacks most seats for those due this year."""
    courses = desk.summary.courses
    short = [(courses.at(c.code, TrainingStatus.IN_TARGET.value) - c.seats, c) for c in desk.policy.training.courses if c.seats]
    lack, course = max(short, key=lambda pair: (pair[0], pair[1].code), default=(0, None))
    if course is None or lack <= 0:
        return []
    text = desk.labels("org.overview.notable.seats.text", due=lack + (course.seats or 0), seats=course.seats, lack=lack)
    return [Notable("seats", "chip_warning", course.name, text, "org_demand")]


def _late(desk: Desk) -> list[Notable]:
    """The course that most people have not taken although its time has passed."""
    courses = desk.summary.courses
    late = [(courses.at(c.code, TrainingStatus.OVERDUE.value), c) for c in desk.policy.training.courses]
    count, course = max(late, key=lambda pair: (pair[0], pair[1].code), default=(0, None))
    if course is None or not count:
        return []
    return [
        Notable("late", "chip_overdue", course.name, desk.labels("org.overview.notable.late.text", count=count), "org_demand")
    ]


def _departments(desk: Desk) -> list[Notable]:
    """Departments where most of those inside the guide need a look."""
    table, found = desk.summary.rotation, []
    for department in desk.departments:
        inside = sum(table.at(department.key, s.value) for s in RotationStatus if s is not RotationStatus.NOT_APPLICABLE)
        look = sum(table.at(department.key, s.value) for s in TO_LOOK_AT)
        if look and inside >= LEAST_PEOPLE:
            found.append((-look / inside, -look, department, inside))
    lines = []
    for _, look, department, inside in sorted(found, key=lambda f: (f[0], f[1], f[2].key)):
        text = desk.labels("org.overview.notable.department.text", inside=inside, look=-look)
        name = department_name(department, desk.labels)
        lines.append(Notable("department", "chip_needs_plan", name, text, "org_rotation"))
    return lines
