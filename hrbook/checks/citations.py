"""Every rule cites a clause that the edition holds."""

from __future__ import annotations

from hrbook.checks import CheckResult, Facts, Term

CODE = "C10"


def check(facts: Facts) -> CheckResult:
    """Left: rules of the run. Right: rules whose clause stands in the policy's list of clauses."""
    policy = facts.assessment.reading.policy
    parts = [policy.competency.clause, policy.career.clause, policy.digital.clause, policy.rotation.clause]
    clauses = [*parts, *(course.clause for course in policy.training.courses)]
    return CheckResult(
        CODE,
        (Term("rules", facts.assessment.rule_count),),
        (Term("rules_cited", sum(1 for clause in clauses if clause in policy.clauses)),),
    )
