"""Everybody judged stands in the book of exactly one department."""

from __future__ import annotations

from collections import Counter

from hrbook.checks import CheckResult, Facts, Term

CODE = "C02"


def check(facts: Facts) -> CheckResult:
    """Left: people judged. Right: those who stand in one department and no more; strangers there count against it."""
    places = Counter(p.employee.staff_id for d in facts.departments for p in d.people)
    everybody = {p.employee.staff_id for p in facts.assessment.people}
    return CheckResult(
        CODE,
        (Term("people", len(facts.assessment.people)),),
        (
            Term("in_one_department", sum(1 for staff_id in everybody if places[staff_id] == 1)),
            Term("strangers", -len(set(places) - everybody)),
        ),
    )
