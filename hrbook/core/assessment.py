"""The whole run judged: everybody with their judgements, who is not judged and why, and the totals that must add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hrbook.core.career import ChoiceResult
from hrbook.core.competency import WeightsResult
from hrbook.core.finding import Finding
from hrbook.core.judgement import Judgement, Result
from hrbook.core.ojt_types import Ojt
from hrbook.core.reading import Reading
from hrbook.core.results import RotationResult, TrainingResult
from hrbook.core.roster import Employee, Order, Roster
from hrbook.core.spell_types import Spell
from hrbook.core.stay import StayResult


class Outside(StrEnum):
    """Why a person on the roster is not judged."""

    NOT_YET_HIRED = "not_yet_hired"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Assessed:
    """One person with the facts of the year and every judgement. None means that it cannot be told."""

    employee: Employee
    service_year: int | None
    rank_year: int | None
    age_of_year: int | None
    stay_years: int | None  # fiscal years in the present unit, the first counted as 1
    on_leave: bool
    post_managerial: bool | None
    spells: tuple[Spell, ...]
    future_orders: tuple[Order, ...]
    competency: Judgement[WeightsResult]
    career: Judgement[ChoiceResult]
    digital: Judgement[ChoiceResult]
    rotation: Judgement[RotationResult]
    trainings: Mapping[str, Judgement[TrainingResult]]  # by course code, in the policy's order
    stay: Judgement[StayResult] | None = None  # None: the policy has no rule on the length of a stay
    moves_away: bool = False  # an order of a later day takes them out of the department, or out of service
    ojt: Ojt | None = None  # None: OJT does not concern the person

    def judgements(self) -> Iterator[Judgement[Result]]:
        """Every judgement, rules in the order of the ledger."""
        yield self.competency
        yield self.career
        yield self.digital
        yield self.rotation
        if self.stay is not None:
            yield self.stay
        yield from self.trainings.values()


@dataclass(frozen=True, slots=True)
class Assessment:
    """Roster + reading -> judgements. People are ordered by staff number."""

    roster: Roster
    reading: Reading
    people: tuple[Assessed, ...]
    outside: tuple[tuple[Employee, Outside], ...]
    findings: tuple[Finding, ...]
    register_start: int | None

    @property
    def rule_count(self) -> int:
        """Rules that every person is judged under."""
        policy = self.reading.policy
        return 4 + bool(policy.rotation.stays) + len(policy.training.courses)
