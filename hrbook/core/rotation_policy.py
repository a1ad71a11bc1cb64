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


class Counted(StrEnum):
    """What a requirement counts: different units, or moves from one unit to another (a return is a move too)."""

    UNITS = "units"
    MOVES = "moves"


@dataclass(frozen=True, slots=True)
class Group:
    """Categories or kinds of place that the policy takes together, under the name that it gives them."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """At least `minimum` different units of one level, or moves between them, within the window.

    `groups` puts categories or kinds of place together; one that no group names stands for itself."""

    level: Level
    minimum: int
    counted: Counted = Counted.UNITS
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class RotationReading:
    """A declared reading of the guide; printed wherever its verdict is. No requirements: the policy counts nothing.
    Empty `ranks` and `job_families`: everybody's."""

    requirements: tuple[Requirement, ...] = ()
    ranks: tuple[str, ...] = ()
    employment: tuple[Employment, ...] = (Employment.REGULAR,)
    excluded_job_families: tuple[str, ...] = ()
    window_years: int = 10
    min_stay_months: int = 0
    secondment_counts: bool = True
    leave_extends_window: bool = False
    midcareer: MidCareer = MidCareer.SAME
    midcareer_routes: tuple[str, ...] = ()
    usual_stay_years: int = 3
    review_years: int | None = None
    job_families: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StayRule:
    """How long a stay in one department should be, in whole years, for whom it is meant: by phase of the career, rank, job
    family or kind of post (categories or kinds of place of the organisation sheet). All conditions hold together."""

    id: str
    name: str
    minimum_years: int | None = None
    target_years: int | None = None
    maximum_years: int | None = None
    ranks: tuple[str, ...] = ()
    job_families: tuple[str, ...] = ()
    first_service_year: int | None = None
    last_service_year: int | None = None
    categories: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    observation: bool = False  # noticed for reference only, whatever the policy's own rules are
    clause: str = ""
    basis: Basis = Basis.STATED
    checked_on: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """Why one value of the reading is as it is: `value` is its name, such as window_years."""

    value: str
    clause: str
    basis: Basis
    checked_on: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RotationPolicy:
    """The rotation part of a policy: the guide's own numbers and the default reading of the rest; rules on the length of a
    stay, of which the first that fits is a person's."""

    rule_id: str = "rotation.none"
    clause: str = ""
    gist: str = ""
    caveat: str = ""  # our wording of the policy's own reservation
    basis: Basis = Basis.UNSET
    reading: RotationReading = RotationReading()
    stay_rule_id: str = "rotation.stay"
    stays: tuple[StayRule, ...] = ()
    cited: tuple[Cited, ...] = ()
    checked_on: str = ""
    source: str = ""
