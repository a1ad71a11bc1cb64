"""What the head should look at first: one line a person and topic, the most urgent first. It orders judgements, it makes none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from hrbook.core.assessment import Assessed
from hrbook.core.judgement import Degree, Judgement, RotationStatus, TrainingStatus
from hrbook.core.ojt_types import OjtStatus
from hrbook.core.results import TrainingResult
from hrbook.sheets.view import DepartmentView


class Topic(IntEnum):
    """Why a person is on the list; the order is that of urgency."""

    MANDATORY = 0
    OUT_OF_REACH = 1
    NEEDS_PLAN = 2
    OVERDUE = 3
    OJT = 4  # a newcomer without a trainer, or with one who needs a look
    NOT_REACHED = 5
    ROTATION_UNDETERMINED = 6
    TRAINING_UNDETERMINED = 7

    @property
    def rotation(self) -> bool:
        return self in _ROTATION.values()


_ROTATION = {
    RotationStatus.OUT_OF_REACH: Topic.OUT_OF_REACH,
    RotationStatus.NEEDS_PLAN: Topic.NEEDS_PLAN,
    RotationStatus.NOT_REACHED: Topic.NOT_REACHED,
    RotationStatus.UNDETERMINED: Topic.ROTATION_UNDETERMINED,
}
Course = Judgement[TrainingResult]


@dataclass(frozen=True, slots=True)
class Point:
    """One line: the person, the topic and, for a topic of training, the judgements it speaks of."""

    topic: Topic
    person: Assessed
    courses: tuple[tuple[str, Course], ...] = ()

    @property
    def order(self) -> tuple[int, date, int, str]:
        """By topic, then by the last chance to move, then by how many courses, then by staff number."""
        chance = self.person.rotation.result.last_chance if self.topic.rotation else None
        return (self.topic, chance or date.max, -len(self.courses), self.person.employee.staff_id)


def points_of(view: DepartmentView) -> tuple[Point, ...]:
    """Everything in the department that asks for a look, the most urgent first."""
    return tuple(sorted((point for person in view.people for point in _of(person)), key=lambda p: p.order))


def chosen(points: tuple[Point, ...], most: int) -> tuple[Point, ...]:
    """At most `most` of the points: the first of every topic, so that no topic hides the others, then by urgency."""
    first = {point.topic: point for point in reversed(points)}
    heads = sorted(first.values(), key=lambda p: p.order)[:most]
    rest = [point for point in points if point is not first[point.topic]]
    return tuple(sorted((*heads, *rest[: most - len(heads)]), key=lambda p: p.order))


def _of(person: Assessed) -> Iterator[Point]:
    topic = _ROTATION.get(person.rotation.result.status)
    if topic is not None:
        yield Point(topic, person)
    newcomer = None if person.ojt is None else person.ojt.newcomer
    if newcomer is not None and newcomer.status in (OjtStatus.NONE, OjtStatus.LOOK):
        yield Point(Topic.OJT, person)
    courses = person.trainings.items()
    late = [(code, j) for code, j in courses if j.result.status is TrainingStatus.OVERDUE]
    due = [(code, j) for code, j in courses if j.result.status is TrainingStatus.IN_TARGET]
    binding = tuple((code, j) for code, j in (*late, *due) if j.degree is Degree.MANDATORY)
    if binding:
        yield Point(Topic.MANDATORY, person, binding)
    other = tuple((code, j) for code, j in late if j.degree is not Degree.MANDATORY)
    if other:
        yield Point(Topic.OVERDUE, person, other)
    unclear = tuple((code, j) for code, j in courses if j.result.status is TrainingStatus.UNDETERMINED)
    if unclear:
        yield Point(Topic.TRAINING_UNDETERMINED, person, unclear)
