"""A whole policy edition: composition of its parts. Loaded from templates/policy/*.toml; no part of it is in code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hrbook.core.career import CareerPolicy, DigitalPolicy, Retirement, StepDown
from hrbook.core.competency import CompetencyPolicy
from hrbook.core.coverage import Coverage
from hrbook.core.learning_policy import LearningPolicy
from hrbook.core.programme import Programme
from hrbook.core.rotation_policy import RotationPolicy
from hrbook.core.source import Basis, Clause
from hrbook.core.training_policy import TrainingPolicy


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank; the policy lists them from low to high."""

    id: str
    name: str
    group: str  # the policy's word for its place in the line: general, supervisory, managerial
    clause: str
    basis: Basis = Basis.STATED
    checked_on: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the rank that it stands for."""

    title: str
    rank: str
    clause: str
    basis: Basis
    checked_on: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place where the policy contradicts itself or can be read in two ways, and how it is read here. What `about` names
    is known: `policy check` then says how it is read."""

    clause: str
    text: str
    read_as: str
    about: tuple[str, ...] = ()  # what `policy check` finds there: code and subject, such as "HR612 planning/director"


@dataclass(frozen=True, slots=True)
class Attitude:
    """The staff image or one of the attitudes of chapter 3, in our words."""

    id: str
    name: str
    gist: str
    clause: str
    basis: Basis = Basis.STATED
    checked_on: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """One edition of one city's policy. Every part but its name may be empty. Editions of one `series` stand side by
    side; the fiscal year chooses among them (hrbook.core.editions)."""

    id: str
    city: str
    title: str
    edition: str
    effective_from: date | None  # None: the sources do not say
    source: str
    series: str = ""
    scope: str = ""  # what of the city's policy this file holds, where it is not all of it
    checked_on: str = ""
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    ranks: tuple[Rank, ...] = ()
    titles: tuple[Title, ...] = ()
    competency: CompetencyPolicy = CompetencyPolicy()  # noqa: RUF009  frozen
    training: TrainingPolicy = TrainingPolicy()  # noqa: RUF009  frozen
    rotation: RotationPolicy = RotationPolicy()  # noqa: RUF009  frozen
    career: CareerPolicy = CareerPolicy()  # noqa: RUF009  frozen
    digital: DigitalPolicy = DigitalPolicy()  # noqa: RUF009  frozen
    learning: LearningPolicy = LearningPolicy()  # noqa: RUF009  frozen
    step_down: StepDown = StepDown()  # noqa: RUF009  frozen
    retirement: Retirement = Retirement()  # noqa: RUF009  frozen
    attitudes: tuple[Attitude, ...] = ()
    programme: Programme = Programme()  # noqa: RUF009  frozen
    doubts: tuple[Doubt, ...] = ()
    coverage: Coverage = Coverage()  # noqa: RUF009  frozen
    rank_ids: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rank_ids", tuple(rank.id for rank in self.ranks))

    def place(self, clause: str) -> str:
        """The citation that people write for a clause id; the id itself where the edition does not list it."""
        return self.clauses[clause].place if clause in self.clauses else clause

    def rank_name(self, rank: str | None) -> str:
        """The policy's word for a rank id; empty for None."""
        return next((r.name for r in self.ranks if r.id == rank), "")

    def course_name(self, code: str) -> str:
        """The name of the policy's course of this code; the word itself where it is no code of the policy."""
        return next((c.name for c in self.training.courses if c.code == code), code)
