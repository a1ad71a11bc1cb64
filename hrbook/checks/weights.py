"""The weights of each rank add up to 1 exactly, and its printed percentages to 100."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from hrbook.checks import CheckResult, Facts, Term
from hrbook.core.competency import percentages, weights_of

CODE = "C05"


def check(facts: Facts) -> CheckResult:
    """Left: ranks of the policy and weights given to people. Right: those that add up."""
    reading = facts.assessment.reading
    policy = reading.policy
    weighed = policy.rank_ids if policy.competency.weighs else ()
    ranks = [weights_of(policy.competency, reading.points, rank) for rank in weighed]
    given = [p.competency.result.weights for p in facts.assessment.people if p.competency.result.rank is not None]
    sound = {id(shares): adds_up(shares) for shares in {id(w): w for w in given}.values()}  # people of a rank share theirs
    return CheckResult(
        CODE,
        (Term("ranks", len(ranks)), Term("weighted_people", len(given))),
        (Term("ranks_add_up", sum(map(adds_up, ranks))), Term("people_add_up", sum(sound[id(shares)] for shares in given))),
    )


def adds_up(weights: Mapping[str, Fraction]) -> bool:
    """Whether shares make a whole, as fractions and as printed."""
    return sum(weights.values(), Fraction(0)) == 1 and sum(percentages(weights).values()) == 100
