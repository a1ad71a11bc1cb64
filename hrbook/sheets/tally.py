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


def tally(people: Iterable[Assessed]) -> Tally:
    """Count `people` in one pass."""
    found = Tally()
    for person in people:
        found.people += 1
        found.ranks[person.employee.rank] += 1
        found.rotation[person.rotation.result.status] += 1
        found.on_leave += person.on_leave
        own: Counter[TrainingStatus] = Counter()
        for code, judgement in person.trainings.items():
            status = judgement.result.status
            own[status] += 1
            found.courses[code, status] += 1
            if judgement.degree is Degree.MANDATORY:
                found.mandatory[status] += 1
        found.training.update(own)
        found.with_status.update(own.keys())
    return found
