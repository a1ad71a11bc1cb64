"""Competencies (policy chapter 4, sections 1 and 2): abilities, marks, weights, behaviours, and the rule that weighs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from hrbook.core.judgement import Assigned, Json
from hrbook.core.source import Basis


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the policy's table. `symbols` are its spellings, the first one is printed; `points` is a default."""

    id: str
    name: str
    symbols: tuple[str, ...]
    points: int
    basis: Basis
    clause: str = ""
    checked_on: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Ability:
    """One row of the table of marks; `marks` maps a rank to a mark. `aliases` are other names inside the policy."""

    id: str
    name: str
    gist: str
    clause: str
    marks: Mapping[str, str]
    basis: Basis
    aliases: tuple[str, ...] = ()
    short: str = ""
    note: str = ""
    names: Mapping[str, str] = field(default_factory=dict)  # rank -> the name in that rank's list, where it differs
    checked_on: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class BasicAbility:
    """An ability that everybody needs, with the attitude behind it."""

    id: str
    name: str
    attitude: str
    gist: str
    clause: str
    basis: Basis = Basis.STATED
    checked_on: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a rank is expected to do for one ability; `name` is the ability's name as this rank's list prints it."""

    rank: str
    ability: str
    name: str
    gist: str
    clause: str
    basis: Basis = Basis.STATED
    checked_on: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CompetencyPolicy:
    """The competency part of a policy. Marks may be signs, grades or a mere dot for "listed"; without abilities, or
    where none carries a mark, the policy gives no weights."""

    rule_id: str = "competency.weights"
    clause: str = ""
    marks: tuple[Mark, ...] = ()
    abilities: tuple[Ability, ...] = ()
    basics: tuple[BasicAbility, ...] = ()
    basics_clause: str = ""
    review_clause: str = ""  # where goals and assessments are spoken of
    foundation: str = ""  # what lies under the basic abilities, in our words (compliance)
    behaviours: tuple[Behaviour, ...] = ()

    @property
    def weighs(self) -> bool:
        """Whether some ability carries a mark."""
        return any(ability.marks for ability in self.abilities)

    def ids_by_name(self) -> dict[str, str]:
        """Ability ids by every name that people may write: id, name, aliases, short name."""
        return {name: a.id for a in self.abilities for name in (a.id, a.name, *a.aliases, a.short) if name}


@dataclass(frozen=True, slots=True)
class WeightsResult:
    """Weights of one rank by ability id, adding up to 1 exactly; empty where the rank is unknown."""

    status: Assigned
    reason: str
    rank: str | None
    weights: Mapping[str, Fraction]
    names: Mapping[str, str]
    step_up: tuple[str, ...]
    attainment: Fraction | None
    scored: int

    def values(self) -> Mapping[str, Json]:
        weights: dict[str, Json] = {self.names[ability]: str(share) for ability, share in self.weights.items()}
        return {
            "rank": self.rank,
            "weights": weights,
            "step_up": [self.names[ability] for ability in self.step_up],
            "attainment": None if self.attainment is None else str(self.attainment),
            "scored": self.scored,
            "of": len(self.weights),
        }


def weights_of(policy: CompetencyPolicy, points: Mapping[str, int], rank: str) -> dict[str, Fraction]:
    """Share of each ability that carries a mark for `rank`: points of its mark / sum of the rank's points (spec 3)."""
    given = {a.id: points[a.marks[rank]] for a in policy.abilities if rank in a.marks}
    total = sum(given.values())
    return {ability: Fraction(value, total) for ability, value in given.items() if total}


def step_up_of(policy: CompetencyPolicy, points: Mapping[str, int], ranks: Sequence[str], rank: str) -> tuple[str, ...]:
    """Abilities whose mark is new or stronger at the next rank; empty at the top."""
    place = ranks.index(rank)
    if place + 1 >= len(ranks):
        return ()
    above = ranks[place + 1]

    def strength(ability: Ability, at: str) -> int:
        return points[ability.marks[at]] if at in ability.marks else 0

    return tuple(a.id for a in policy.abilities if strength(a, above) > strength(a, rank))


def percentages(weights: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole percentages that add up to 100, by largest remainder; ties go to the ability listed first."""
    floors = {key: int(share * 100) for key, share in weights.items()}
    left = 100 - sum(floors.values())
    by_remainder = sorted(weights, key=lambda key: floors[key] - weights[key] * 100)
    for key in by_remainder[:left]:
        floors[key] += 1
    return floors
