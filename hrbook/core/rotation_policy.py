"""The rotation guide as data (policy chapter 4, section 3, item 1; spec 5) and the reading of what its text leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hrbook.core.roster import Employment
from hrbook.core.source import Basis


class Level(StrEnum):
    """What is counted: a unit of the organisation, or a column of the organisation sheet."""

    BUREAU = "bureau"
    DEPARTMENT = "department"
    SECTION = "section"
    CATEGORY = "category"
    PLACE = "place"


class MidCareer(StrEnum):
    """How people hired by the mid-career route stand: the same rule from their own hire, or outside the guide."""

    SAME = "same"
    EXCLUDE = "exclude"


@dataclass(frozen=True, slots=True)
class Requirement:
    """At least `minimum` different units of one level within the window."""

    level: Level
    minimum: int


@dataclass(frozen=True, slots=True)
class RotationReading:
    """A declared reading of the guide; printed wherever its verdict is."""

    requirements: tuple[Requirement, ...]
    ranks: tuple[str, ...]
    employment: tuple[Employment, ...]
    excluded_job_families: tuple[str, ...]
    window_years: int
    min_stay_months: int = 0
    secondment_counts: bool = True
    leave_extends_window: bool = False
    midcareer: MidCareer = MidCareer.SAME
    midcareer_routes: tuple[str, ...] = ()
    usual_stay_years: int = 3
    review_years: int | None = None


@dataclass(frozen=True, slots=True)
class RotationPolicy:
    """The rotation part of a policy: the guide's own numbers and the default reading of the rest."""

    rule_id: str
    clause: str
    gist: str
    caveat: str  # our wording of the policy's own reservation
    basis: Basis
    reading: RotationReading
