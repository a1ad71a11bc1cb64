"""The clause on goals and assessments as a remark behind a sentence."""

from __future__ import annotations

from hrbook.core.policy import Policy
from hrbook.words import Labels


def review_clause(labels: Labels, policy: Policy) -> str:
    """In brackets; nothing where the policy does not speak of it."""
    clause = policy.competency.review_clause
    return labels("growth_course.clause", clause=policy.place(clause)) if clause else ""
