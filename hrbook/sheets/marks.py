"""How a status looks: its mark, its word and its chip. Colour never stands alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrbook.core.judgement import RotationStatus, StayStatus, TrainingStatus
from hrbook.words import Labels

# Statuses of a course whose chip carries a name of its own, because a rotation status has the plain one.
_TRAINING_LOOKS = {
    TrainingStatus.UNDETERMINED: "chip_training_undetermined",
    TrainingStatus.NOT_APPLICABLE: "chip_training_not_applicable",
}
# A stay borrows the chip of the standing that asks for as much attention.
_STAY_LOOKS = {
    StayStatus.SETTLING: "on_track",
    StayStatus.WITHIN: "met",
    StayStatus.DUE: "needs_plan",
    StayStatus.LONG: "not_reached",
    StayStatus.EXCUSED: "excused",
    StayStatus.UNDETERMINED: "undetermined",
    StayStatus.NOT_APPLICABLE: "not_applicable",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A status as it is shown: `mark` alone, `word` alone, `text` both, under `look` (a class of styles.toml)."""

    mark: str
    word: str
    look: str

    @property
    def text(self) -> str:
        return f"{self.mark} {self.word}"


@dataclass(frozen=True, slots=True)
class Marks:
    """The chips of the verdict rules in one language; made once a sheet and read by status."""

    rotation: Mapping[RotationStatus, Chip]
    training: Mapping[TrainingStatus, Chip]
    stay: Mapping[StayStatus, Chip]


def load_marks(labels: Labels) -> Marks:
    """The chips in the words of `labels` (ids mark.*, status.*)."""
    return Marks(
        {
            status: Chip(
                labels(f"mark.rotation.{status.value}"), labels(f"status.rotation.{status.value}"), f"chip_{status.value}"
            )
            for status in RotationStatus
        },
        {
            status: Chip(
                labels(f"mark.training.{status.value}"),
                labels(f"status.training.{status.value}"),
                _TRAINING_LOOKS.get(status, f"chip_{status.value}"),
            )
            for status in TrainingStatus
        },
        {
            status: Chip(
                labels(f"mark.stay.{status.value}"), labels(f"status.stay.{status.value}"), f"chip_{_STAY_LOOKS[status]}"
            )
            for status in StayStatus
        },
    )
