"""People counted by what was judged of them. Counting only: every status comes from a judgement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from hrbook.core.assessment import Assessed
from hrbook.core.judgement import Degree, RotationStatus, TrainingStatus

GOING_WELL = (RotationStatus.MET, RotationStatus.ON_TRACK)
TO_LOOK_AT = (RotationStatus.NEEDS_PLAN, RotationStatus.OUT_OF_REACH, RotationStatus.NOT_REACHED)


@dataclass(slots=True)
class Tally:
    """Counts of one group of people. `courses` counts judgements by course and status; `with_status` the people who have
    at least one course of a status."""

    people: int = 0
    ranks: Counter[str | None] = field(default_factory=Counter)
    rotation: Counter[RotationStatus] = field(default_factory=Counter)
    courses: Counter[tuple[str, TrainingStatus]] = field(default_factory=Counter)
    training: Counter[TrainingStatus] = field(default_factory=Counter)
    with_status: Counter[TrainingStatus] = field(default_factory=Counter)
    mandatory: Counter[TrainingStatus] = field(default_factory=Counter)
    on_leave: int = 0

    @property
    def in_guide(self) -> int:
        """People inside the population of the rotation guide."""
        return self.people - self.rotation[RotationStatus.NOT_APPLICABLE]

    @property
    def going_well(self) -> int:
        return sum(self.rotation[status] for status in GOING_WELL)

    @property
    def to_look_at(self) -> int:
        return sum(self.rotation[status] for status in TO_LOOK_AT)

    @property
    def done_share(self) -> int | None:
        """Per cent, rounded down, of completions among completions and courses past their time; None where there is neither."""
        done = self.training[TrainingStatus.COMPLETED]
        decided = done + self.training[TrainingStatus.OVERDUE]
        return 100 * done // decided if decided else None

    def numbers(self) -> frozenset[int]:
        """Every count."""
        groups = (self.ranks, self.rotation, self.courses, self.training, self.with_status, self.mandatory)
        counts = (self.people, self.in_guide, self.going_well, self.to_look_at, self.on_leave)
        return frozenset((*counts, *(number for group in groups for number in group.values())))


def tally(people: Iterable[Assessed]) -> Tally:
    """Count `people` in one pass."""
    found = Tally()
    for person in people:
        found.people += 1
        found.ranks[person.employee.rank] += 1
        found.rotation[person.rotation.result.status] += 1
        found.on_leave += person.on_leave
        courses = [(code, judgement.result.status) for code, judgement in person.trainings.items()]
        found.courses.update(courses)
        found.with_status.update({status for _, status in courses})
        found.mandatory.update(j.result.status for j in person.trainings.values() if j.degree is Degree.MANDATORY)
    for (_, status), number in found.courses.items():
        found.training[status] += number
    return found
