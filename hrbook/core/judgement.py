"""What the rules say of one person: the judgement, its status codes (spec/rules.md) and its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from hrbook.core.source import Basis, Evidence

Plain = str | int | float | bool | None
Json = Plain | list["Json"] | dict[str, "Json"]


class Degree(StrEnum):
    """How binding the rule is on this person."""

    MANDATORY = "mandatory"
    GUIDE = "guide"
    REFERENCE = "reference"


class Assigned(StrEnum):
    """Status of the rules that give a value rather than a verdict: weights, career stage, digital tier.
    `not_applicable`: the policy has no such part."""

    ASSIGNED = "assigned"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


class TrainingStatus(StrEnum):
    """Status of one course for one person, in the order in which they are tried."""

    COMPLETED = "completed"
    EXEMPT = "exempt"
    IN_TARGET = "in_target"
    DEFERRED = "deferred"
    LAPSED = "lapsed"
    UNDETERMINED = "undetermined"
    OVERDUE = "overdue"
    UPCOMING = "upcoming"
    UNSCHEDULED = "unscheduled"
    NOT_APPLICABLE = "not_applicable"


FINISHED = (TrainingStatus.COMPLETED, TrainingStatus.EXEMPT)  # nothing is left to be taken


class RotationStatus(StrEnum):
    """Standing of one career to the rotation guide."""

    MET = "met"
    ON_TRACK = "on_track"
    NEEDS_PLAN = "needs_plan"
    OUT_OF_REACH = "out_of_reach"
    NOT_REACHED = "not_reached"
    EXCUSED = "excused"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


class StayStatus(StrEnum):
    """Length of the present stay against the policy's rule on stays."""

    SETTLING = "settling"
    WITHIN = "within"
    DUE = "due"
    LONG = "long"
    EXCUSED = "excused"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one edition: its id as in the ledger, and where the policy states it."""

    id: str
    edition: str
    citation: str
    basis: Basis
    degree: Degree


class Result(Protocol):
    """The typed outcome of a rule; `values` is what the ledger prints of it, as JSON."""

    @property
    def status(self) -> str: ...

    @property
    def reason(self) -> str:
        """A label id that says why, or the empty string."""
        ...

    def values(self) -> Mapping[str, Json]: ...


R_co = TypeVar("R_co", bound=Result, covariant=True)


@dataclass(frozen=True, slots=True)
class Judgement(Generic[R_co]):
    """One person under one rule: the result, the cells it rests on, and how binding it is here."""

    staff_id: str
    rule: Rule
    degree: Degree
    result: R_co
    evidence: tuple[Evidence, ...]

    @property
    def status(self) -> str:
        return self.result.status
