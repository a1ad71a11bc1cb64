"""The verdicts on the rotation guide agree with their own counts."""

from __future__ import annotations

from hrbook.checks import CheckResult, Facts, Term
from hrbook.core.judgement import RotationStatus
from hrbook.core.results import RotationResult

CODE = "C06"
WINDOW_OPEN = (RotationStatus.ON_TRACK, RotationStatus.NEEDS_PLAN, RotationStatus.OUT_OF_REACH)
STANDING = (RotationStatus.MET, *WINDOW_OPEN, RotationStatus.NOT_REACHED)


def check(facts: Facts) -> CheckResult:
    """Left: careers with a standing (an excused one has the standing that the reason stands for). Right: those whose
    count, minimum and remaining years say the same."""
    results = [person.rotation.result for person in facts.assessment.people]
    judged = [r for r in results if (r.excused_from or r.status) in STANDING]
    return CheckResult(CODE, (Term("standing", len(judged)),), (Term("standing_agrees", sum(map(agrees, judged))),))


def agrees(result: RotationResult) -> bool:
    """Whether a standing follows from the count, the minimum and the years that are left."""
    status = result.excused_from or result.status
    reached = all(count.count >= count.minimum for count in result.counts)
    if status is RotationStatus.MET or reached:
        return reached and status is RotationStatus.MET
    if status is RotationStatus.NOT_REACHED:
        return result.window_over
    missing = max(count.minimum - count.count for count in result.counts)
    in_time = result.remaining is not None and missing <= result.remaining
    return not result.window_over and in_time == (status is not RotationStatus.OUT_OF_REACH)
