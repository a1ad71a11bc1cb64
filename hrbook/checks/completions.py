"""Every completed course stands on a row of the training register dated on or before the as-of date."""

from __future__ import annotations

from hrbook.checks import CheckResult, Facts, Term
from hrbook.core.judgement import TrainingStatus

CODE = "C07"


def check(facts: Facts) -> CheckResult:
    """Left: courses judged completed. Right: those with a dated row of the register behind them."""
    as_of = facts.assessment.reading.as_of
    done = backed = 0
    for person in facts.assessment.people:
        rows = {(c.ref.row, c.ref.source.sheet): c.on for c in person.employee.completions}
        for judgement in person.trainings.values():
            if judgement.result.status is not TrainingStatus.COMPLETED:
                continue
            done += 1
            on = judgement.result.completed_on
            seen = {rows.get((e.ref.row, e.ref.source.sheet)) for e in judgement.evidence}
            backed += on is not None and on <= as_of and on in seen
    return CheckResult(CODE, (Term("completed", done),), (Term("completed_backed", backed),))
