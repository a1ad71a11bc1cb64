"""A policy in lines of text: every value with its clause, its status, its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from hrbook.core.coverage import Sentence, Treatment
from hrbook.core.editions import edition_of, in_order
from hrbook.core.policy import Policy
from hrbook.lint import Loc
from hrbook.lint.citations import cited, name_of
from hrbook.sheets.sheet_names import sheet_in_book
from hrbook.words import Labels


def policy_lines(policy: Policy, others: Sequence[Policy], file: str, year: int, labels: Labels) -> Iterator[str]:
    """The whole policy; `others` are the editions of its series, `year` the fiscal year that chooses among them."""
    yield labels("policy.show.title", title=policy.title, city=policy.city, edition=policy.edition)
    yield labels("policy.show.file", file=file)
    if policy.scope:
        yield labels("policy.show.scope", scope=policy.scope)
    day = policy.effective_from
    yield labels("policy.show.since", day=labels.day(day)) if day else labels("policy.show.no_since")
    if len(others) > 1:
        yield labels("policy.show.editions")
        used = edition_of(others, year)
        for other in in_order(others):
            start = labels.day(other.effective_from) or labels("policy.show.always")
            chosen = labels("policy.show.chosen", year=labels.fiscal_year(year)) if other == used else ""
            yield labels("policy.show.edition", id=other.id, since=start, chosen=chosen)
    for section, group in groupby(cited(policy), key=lambda pair: ".".join(p for p in pair[0] if isinstance(p, str))):
        values = list(group)
        yield ""
        yield labels("policy.show.heading", name=labels(f"policy.show.{section}"), count=f" {len(values)}")
        for loc, value in values:
            yield _value(policy, loc, value, labels)
    yield ""
    yield labels("policy.show.heading", name=labels("policy.show.rotation.guide"), count="")
    rotation = policy.rotation
    yield _line(
        policy,
        rotation.rule_id,
        rotation.gist,
        rotation.clause,
        rotation.basis.value,
        rotation.checked_on,
        rotation.source,
        labels,
    )
    if policy.doubts:
        yield ""
        yield labels("policy.show.heading", name=labels("policy.show.doubts"), count=f" {len(policy.doubts)}")
        for doubt in policy.doubts:
            yield labels("lint.doubt", place=policy.place(doubt.clause), text=doubt.text, read_as=doubt.read_as)
    yield ""
    yield totals_line(policy, labels)


def coverage_lines(policy: Policy, labels: Labels) -> Iterator[str]:
    """The map: one line a sentence, then the totals."""
    for sentence in policy.coverage.sentences:
        if sentence.treatment is Treatment.HEADING:
            continue
        place = policy.place(sentence.clause)
        said = treatment_text(sentence, labels)
        yield labels("policy.show.sentence", place=place, number=sentence.number, gist=sentence.gist, treatment=said)
    yield totals_line(policy, labels)


def totals_line(policy: Policy, labels: Labels) -> str:
    """How many sentences became rules, are described only, or are out of scope."""
    if not policy.coverage.sentences:
        return labels("policy.show.no_coverage")
    counts = Counter(sentence.treatment for sentence in policy.coverage.sentences)
    return labels(
        "policy.show.coverage",
        sentences=counts.total() - counts[Treatment.HEADING],
        rule=counts[Treatment.RULE],
        sheet=counts[Treatment.SHEET],
        described=counts[Treatment.DESCRIBED],
        outside=counts[Treatment.OUTSIDE],
    )


def treatment_text(sentence: Sentence, labels: Labels) -> str:
    """What became of a sentence, in words."""
    join = labels("list.separator").join
    rules, sheets = join(sentence.rules), join(sheet_in_book(labels, sheet) for sheet in sentence.sheets)
    return labels(f"policy.show.treatment.{sentence.treatment.value}", rules=rules, sheets=sheets, because=sentence.because)


def _value(policy: Policy, loc: Loc, value: Any, labels: Labels) -> str:
    basis = value.timing.value if hasattr(value, "timing") else value.basis.value
    said = _said(policy, value, labels)
    name = name_of(value) or labels(f"policy.show.{loc[0]}")
    return _line(policy, name, said, value.clause, basis, value.checked_on, value.source, labels)


def _said(policy: Policy, value: Any, labels: Labels) -> str:
    """The value itself, as far as one line holds it."""
    if hasattr(value, "marks"):
        symbols = {mark.id: mark.symbols[0] for mark in policy.competency.marks}
        return " ".join(f"{policy.rank_name(rank)}{symbols.get(mark, mark)}" for rank, mark in value.marks.items()) or value.gist
    if hasattr(value, "symbols"):
        return f"{''.join(value.symbols)} {value.points}"
    if hasattr(value, "ages"):
        return labels("list.separator").join(labels("policy.show.ages", year=a.first_year, age=a.age) for a in value.ages)
    if hasattr(value, "age"):
        return labels("policy.show.age", age=value.age)
    if hasattr(value, "rank") and not hasattr(value, "ability"):
        return policy.rank_name(value.rank)
    return str(
        next((getattr(value, key) for key in ("gist", "note", "group", "attitude", "indicator") if getattr(value, key, "")), "")
    )


def _line(policy: Policy, name: str, value: str, clause: str, basis: str, checked: str, source: str, labels: Labels) -> str:
    return labels(
        "policy.show.value",
        name=name,
        value=value,
        clause=policy.place(clause) or labels("policy.show.no_clause"),
        basis=labels(f"basis.{basis}"),
        checked=labels("policy.show.checked", day=checked or policy.checked_on) if checked or policy.checked_on else "",
        source=labels("policy.show.source", source=source) if source else "",
    )
