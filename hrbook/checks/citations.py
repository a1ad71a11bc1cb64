"""Every rule cites a clause that the edition holds."""

from __future__ import annotations

from hrbook.checks import CheckResult, Facts, Term

CODE = "C10"


def check(facts: Facts) -> CheckResult:
    """Left: rules of the run. Right: rules whose clause stands in the policy's list of clauses; those of parts that the
    policy lacks, which say of everybody that there is nothing to judge, are named apart."""
    policy = facts.assessment.reading.policy
    rotation = policy.rotation
    parts = [
        (policy.competency.weighs, policy.competency.clause),
        (bool(policy.career.stages), policy.career.clause),
        (bool(policy.digital.tiers), policy.digital.clause),
        (bool(rotation.reading.requirements or rotation.clause), rotation.clause),
        *((True, course.clause) for course in policy.training.courses),
    ]
    if rotation.stays:
        clauses = [stay.clause or rotation.clause for stay in rotation.stays]
        parts.append((True, next((clause for clause in clauses if clause not in policy.clauses), clauses[0])))
    lacking = sum(1 for there, _ in parts if not there)
    cited = sum(1 for there, clause in parts if there and clause in policy.clauses)
    terms = (Term("rules_cited", cited), *((Term("rules_without_part", lacking),) if lacking else ()))
    return CheckResult(CODE, (Term("rules", facts.assessment.rule_count),), terms)
