"""Nobody is excused without a reason on the register."""

from __future__ import annotations

from hrbook.checks import CheckResult, Facts, Term
from hrbook.core.judgement import RotationStatus, StayStatus

CODE = "C08"


def check(facts: Facts) -> CheckResult:
    """Left: standings that are excused. Right: those with a registered reason for that rule."""
    people = facts.assessment.people
    excused = [(p, p.rotation.rule.id) for p in people if p.rotation.result.status is RotationStatus.EXCUSED]
    excused += [(p, p.stay.rule.id) for p in people if p.stay is not None and p.stay.result.status is StayStatus.EXCUSED]
    held = [p for p, rule in excused if any(r.rule == rule and r.text for r in p.employee.reasons)]
    return CheckResult(CODE, (Term("excused", len(excused)),), (Term("excused_held", len(held)),))
