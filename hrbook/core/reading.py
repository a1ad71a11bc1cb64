"""The city's settings for one run, on top of a policy: everything that the policy leaves open, with what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hrbook.core.career import TierPath
from hrbook.core.learning_policy import OjtReading
from hrbook.core.plan_policy import PlanSettings
from hrbook.core.policy import Policy
from hrbook.core.programme import Plan
from hrbook.core.roster import Employment
from hrbook.core.rotation_policy import RotationReading
from hrbook.core.source import Cell

PLANS = ("plan.", "programme.")  # items of the training plan and of the five-year plan


@dataclass(frozen=True, slots=True)
class SettingValue:
    """One setting as it holds in the run: its value in words, whether the city set it, and the cell that says so."""

    key: str
    value: str
    default: str
    set_by_city: bool
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A policy as this city reads it in fiscal year `year`, on `as_of`.

    `policy` already holds the settings' course timings and titles; `points` maps a mark to its points."""

    year: int
    as_of: date
    policy: Policy
    rotation: RotationReading
    points: Mapping[str, int]
    register_start: int | None  # fiscal year; None: the earliest completion on the roster decides
    step_down_age: int
    policy_effective_from: date | None
    approvals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # sheet id -> headings of the seal boxes
    form_numbers: Mapping[str, str] = field(default_factory=dict)  # sheet id -> form number
    deadline: date | None = None
    submit_to: str = ""
    retention: str = ""
    city: str = ""  # as the books name it
    values: tuple[SettingValue, ...] = ()
    plan: PlanSettings = PlanSettings()  # noqa: RUF009  frozen
    ojt: OjtReading = OjtReading()  # noqa: RUF009  frozen
    programme: Plan = Plan()  # noqa: RUF009  frozen
    tier_paths: tuple[TierPath, ...] = ()
    outside_experts: tuple[Employment, ...] = ()  # kinds of appointment

    @property
    def judged_by(self) -> tuple[SettingValue, ...]:
        """The settings that a department's book rests on: all but those of the two plans, which judge nobody."""
        return tuple(value for value in self.values if not value.key.startswith(PLANS))
