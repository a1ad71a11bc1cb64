"""Nobody is excused without a reason on the register."""

from __future__ import annotations

from hrbook.checks import CheckResult, Facts, Term
from hrbook.core.judgement import RotationStatus

CODE = "C08"


def check(facts: Facts) -> CheckResult:
    """Left: people whose standing is excused. Right: those with a registered reason for that rule."""
    excused = [p for p in facts.assessment.people if p.rotation.result.status is RotationStatus.EXCUSED]
    held = [p for p in excused if any(r.rule == p.rotation.rule.id and r.text for r in p.employee.reasons)]
    return CheckResult(CODE, (Term("excused", len(excused)),), (Term("excused_held", len(held)),))
