"""Career stages (policy chapter 4, section 3, item 1) and digital tiers (chapter 7, section 1) as data, with their results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrbook.core.judgement import Assigned, Json
from hrbook.core.roster import Employment
from hrbook.core.source import Basis


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the career chart. It holds for its ranks within its years of service, or after the step-down."""

    id: str
    name: str
    group: str
    gist: str
    clause: str
    ranks: tuple[str, ...] = ()
    first_service_year: int | None = None
    last_service_year: int | None = None
    after_step_down: bool = False
    basis: Basis = Basis.STATED
    checked_on: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CareerPolicy:
    """The stages, the first that holds wins."""

    rule_id: str = "career.stage"
    clause: str = ""
    note: str = ""
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class StepDown:
    """The step-down from managerial posts: from which ranks, at which age, and by which statute."""

    ranks: tuple[str, ...] = ()
    age: int = 60
    clause: str = ""
    source: str = ""
    basis: Basis = Basis.UNSET
    checked_on: str = ""


@dataclass(frozen=True, slots=True)
class RetirementAge:
    """The age of retirement from fiscal year `first_year` on."""

    first_year: int
    age: int


@dataclass(frozen=True, slots=True)
class Retirement:
    """The age of retirement by fiscal year, and the law that says so: who has completed it retires on the next 31 March."""

    ages: tuple[RetirementAge, ...] = ()
    clause: str = ""
    source: str = ""
    basis: Basis = Basis.UNSET
    checked_on: str = ""

    def age_in(self, year: int) -> int | None:
        """The age that holds in a fiscal year; None before the schedule begins, or without one."""
        begun = [a for a in self.ages if a.first_year <= year]
        return max(begun, key=lambda a: a.first_year).age if begun else None


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier of digital talent."""

    id: str
    name: str
    gist: str
    clause: str
    default: bool = False
    basis: Basis = Basis.STATED
    checked_on: str = ""
    source: str = ""
    needs: str = ""  # what somebody of the tier needs, in our words
    grown: str = ""  # how the policy means to find or train them
    grown_clause: str = ""


@dataclass(frozen=True, slots=True)
class DigitalPolicy:
    """The tiers, and the rule's id. `outside` are the kinds of appointment of experts from outside: they are counted apart."""

    rule_id: str = "digital.tier"
    clause: str = ""
    tiers: tuple[Tier, ...] = ()
    outside: tuple[Employment, ...] = ()

    @property
    def above(self) -> tuple[str, ...]:
        """Ids of the tiers above the default one."""
        return tuple(tier.id for tier in self.tiers if not tier.default)


@dataclass(frozen=True, slots=True)
class TierPath:
    """The way to a tier as the city set it. All that is given holds together: ranks, years of service, years in the present
    department, and courses that must have been finished (codes of the catalogue, or names as the register writes them)."""

    tier: str
    courses: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    service_years: int = 0
    stay_years: int = 0


@dataclass(frozen=True, slots=True)
class ChoiceResult:
    """Outcome of a rule that puts a person into one of the policy's classes; `choice` is None where it cannot be told."""

    status: Assigned
    reason: str
    key: str
    choice: str | None
    name: str | None
    detail: Mapping[str, Json]

    def values(self) -> Mapping[str, Json]:
        return {self.key: self.choice, "name": self.name, **self.detail}
