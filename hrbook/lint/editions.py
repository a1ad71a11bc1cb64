"""Editions that cannot be told apart, places that nothing cites, and holes in the map of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hrbook.core.coverage import Treatment
from hrbook.core.editions import clashes
from hrbook.core.policy import Policy
from hrbook.core.source import Basis
from hrbook.lint import Desk, Remark, note, warn
from hrbook.lint.citations import cited


def remarks(desk: Desk) -> Iterator[Remark]:
    """The edition among the others of its series, its clauses, its map."""
    policy = desk.policy
    series = [other for other in desk.others if policy.series and other.series == policy.series and other.id != policy.id]
    for one, two in clashes([policy, *series]):
        if policy.id in (one.id, two.id):
            other = two if one.id == policy.id else one
            yield warn("HR671", "effective_from" if policy.effective_from else "series", other=other.id)
    yield from _clauses(policy)
    yield from _map(policy)


def rule_ids(policy: Policy) -> list[str]:
    """The ids of the policy's rules, as the ledger has them."""
    found = []
    if policy.competency.weighs:
        found.append(policy.competency.rule_id)
    if policy.career.stages:
        found.append(policy.career.rule_id)
    if policy.digital.tiers:
        found.append(policy.digital.rule_id)
    if policy.rotation.reading.requirements:
        found.append(policy.rotation.rule_id)
    if policy.rotation.stays:
        found.append(policy.rotation.stay_rule_id)
    return [*found, *(policy.training.rule_prefix + course.code for course in policy.training.courses)]


def _clauses(policy: Policy) -> Iterator[Remark]:
    parts = (
        policy.competency.clause,
        policy.competency.basics_clause,
        policy.competency.review_clause,
        policy.career.clause,
        policy.digital.clause,
    )
    used = {value.clause for _, value in cited(policy)} | {doubt.clause for doubt in policy.doubts} | set(parts)
    used |= {policy.learning.clause, policy.learning.ojt_clause, *(tier.grown_clause for tier in policy.digital.tiers)}
    used |= {policy.rotation.clause, policy.training.clause, policy.programme.clause}
    used |= {sentence.clause for sentence in policy.coverage.sentences}
    for key in policy.clauses:
        if key not in used and not any(other.startswith(f"{key}-") for other in policy.clauses):
            yield note("HR673", "clauses", key, name=policy.place(key))


def _map(policy: Policy) -> Iterator[Remark]:
    known = rule_ids(policy)
    prefix = f"{policy.training.rule_prefix}*"
    places = Counter((s.clause, s.number) for s in policy.coverage.sentences if s.number)
    for index, sentence in enumerate(policy.coverage.sentences):
        loc = ("coverage", "sentences", index)
        for number, rule in enumerate(sentence.rules):
            if rule not in known and rule != prefix:
                yield warn("HR674", *loc, "rules", number, found=rule)
        if (sentence.rules or sentence.sheets) and sentence.because:
            yield warn("HR678", *loc, "because", name=sentence.gist)
        if places[sentence.clause, sentence.number] > 1:
            yield warn("HR675", *loc, "number", found=f"{policy.place(sentence.clause)} {sentence.number}")
    if not policy.coverage.sentences:
        yield note("HR679", "coverage")
        return
    tied = {rule for sentence in policy.coverage.sentences for rule in sentence.rules if sentence.treatment is Treatment.RULE}
    for rule in known:
        if rule not in tied and not (rule.startswith(policy.training.rule_prefix) and prefix in tied):
            basis = policy.rotation.basis if rule == policy.rotation.rule_id else Basis.STATED
            if basis is Basis.STATED:
                yield warn("HR677", "coverage", found=rule)
