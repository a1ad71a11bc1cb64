"""Judgements = people x rules: nothing is withheld."""

from __future__ import annotations

from hrbook.checks import CheckResult, Facts, Term

CODE = "C03"


def check(facts: Facts) -> CheckResult:
    """Left: judgements made. Right: people times rules."""
    run = facts.assessment
    made = sum(1 for person in run.people for _ in person.judgements())
    return CheckResult(CODE, (Term("judgements", made),), (Term("people_times_rules", len(run.people) * run.rule_count),))
