"""Every row that was set aside has a finding that says why."""

from __future__ import annotations

import re

from hrbook.checks import CheckResult, Facts, Term

CODE = "C11"
_ROW = re.compile(r"\d+$")


def check(facts: Facts) -> CheckResult:
    """Left: rows set aside. Right: those with a finding of the same code on the same row."""
    run = facts.assessment
    said = {(f.code, f.sheet, _ROW.findall(f.cell)[-1]) for f in run.findings if _ROW.search(f.cell)}
    told = sum(1 for s in run.roster.set_aside if (s.code, s.ref.source.sheet, str(s.ref.row)) in said)
    return CheckResult(CODE, (Term("set_aside", len(run.roster.set_aside)),), (Term("set_aside_told", told),))
