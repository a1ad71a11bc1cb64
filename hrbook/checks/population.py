"""Nobody on the roster is lost: rows read = people judged + people not judged + rows set aside."""

from __future__ import annotations

from hrbook.checks import CheckResult, Facts, Term

CODE = "C01"


def check(facts: Facts) -> CheckResult:
    """Left: data rows of the roster sheet. Right: what became of them."""
    run = facts.assessment
    return CheckResult(
        CODE,
        (Term("rows_read", run.roster.rows_read),),
        (Term("people", len(run.people)), Term("not_judged", len(run.outside)), Term("set_aside", len(run.roster.set_aside))),
    )
