"""What the next rank asks of a person, and how far the latest assessment says that they are from it (spec 3, "Step up" and
"Assessments"). The scale ends at 5; the policy sets no score to be reached, so a gap is what is missing to the end of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hrbook.core.assessment import Assessed
from hrbook.core.choices import Weights

HIGHEST = 5


@dataclass(frozen=True, slots=True)
class Attained:
    """The weighted mean of the scores that there are (None: there are none), and how many of the rank's abilities have one."""

    value: Fraction | None
    scored: int
    of: int


@dataclass(frozen=True, slots=True)
class Growth:
    """One person on the way to `next_rank`. `step_up`: abilities whose mark is new or stronger there. `year` is that of the
    assessment (None: there is none); `gaps`: next rank's weight x what is missing to the highest score, the greatest first;
    `missing`: abilities of the next rank without a score."""

    rank: str
    next_rank: str
    step_up: tuple[str, ...]
    year: int | None
    now: Attained
    ahead: Attained
    gaps: tuple[tuple[str, Fraction], ...]
    missing: tuple[str, ...]


def growth_of(person: Assessed, weights: Weights, ranks: tuple[str, ...], year: int) -> Growth | None:
    """The way to the next rank; None for the highest one, after the step-down, and where the rank cannot be told."""
    rank = person.employee.rank
    if rank is None or rank == ranks[-1] or person.post_managerial or not weights.policy.weighs:
        return None
    above = ranks[ranks.index(rank) + 1]
    here, there = weights.by_rank[rank], weights.by_rank[above]
    scores = weights.scores_of(person.employee, year, {**here, **there})
    gaps = [(a, share * (HIGHEST - scores[a][0])) for a, share in there.items() if a in scores]
    gaps.sort(key=lambda pair: -pair[1])  # stable: then the policy's order
    return Growth(
        rank,
        above,
        weights.step_up[rank],
        next((told for _, told in scores.values()), None),
        _attained(here, scores),
        _attained(there, scores),
        tuple((ability, gap) for ability, gap in gaps if gap),
        tuple(a for a in there if a not in scores),
    )


def _attained(weights: Mapping[str, Fraction], scores: Mapping[str, tuple[int, int]]) -> Attained:
    known = {ability: share for ability, share in weights.items() if ability in scores}
    total = sum(known.values(), Fraction(0))
    value = sum((share * scores[a][0] for a, share in known.items()), Fraction(0)) / total if total else None
    return Attained(value, len(known), len(weights))
