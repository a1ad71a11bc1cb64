"""Each person has exactly one status for each rule, and it is one of the rule's codes."""

from __future__ import annotations

from hrbook.checks import CheckResult, Facts, Term
from hrbook.core.judgement import Assigned, RotationStatus, StayStatus, TrainingStatus

CODE = "C04"


def check(facts: Facts) -> CheckResult:
    """Left: people times rules. Right: pairs of person and rule that have one status, of the codes that the rule knows."""
    run = facts.assessment
    kinds = (Assigned, RotationStatus, TrainingStatus, StayStatus)
    assigned, rotation, training, stay = ({s.value for s in codes} for codes in kinds)
    pairs: set[tuple[str, str]] = set()
    twice = 0
    for person in run.people:
        verdicts = {person.rotation.rule.id: rotation} | {j.rule.id: training for j in person.trainings.values()}
        verdicts |= {person.stay.rule.id: stay} if person.stay is not None else {}
        for judgement in person.judgements():
            pair = (judgement.staff_id, judgement.rule.id)
            codes = verdicts.get(judgement.rule.id, assigned)
            twice += pair in pairs
            if judgement.status in codes:
                pairs.add(pair)
    return CheckResult(
        CODE,
        (Term("people_times_rules", len(run.people) * run.rule_count),),
        (Term("pairs", len(pairs)), Term("twice", twice)),
    )
