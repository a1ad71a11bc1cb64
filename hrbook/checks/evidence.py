"""Every judgement on a career, a stage, a tier and the weights names the cells that it rests on."""

from __future__ import annotations

from hrbook.checks import CheckResult, Facts, Term

CODE = "C09"


def check(facts: Facts) -> CheckResult:
    """Left: those judgements. Right: those with at least one input cell."""
    judged = [j for p in facts.assessment.people for j in (p.competency, p.career, p.digital, p.rotation)]
    return CheckResult(CODE, (Term("judged_careers", len(judged)),), (Term("with_cells", sum(1 for j in judged if j.evidence)),))
