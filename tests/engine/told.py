"""All that is told of a person as plain lines: the facts of the year, the stays, every judgement, and the cells behind each.

`told(assessment, person)`; tests/golden/cases.txt holds it for the situations of tests/cases, each under HR's own sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from hrbook.core.assessment import Assessed, Assessment
from hrbook.core.finding import Finding
from hrbook.core.judgement import Judgement, Result
from hrbook.core.source import Evidence
from hrbook.core.spell_types import Spell

QUIET = "not_applicable"


def told(assessment: Assessment, person: Assessed) -> Iterator[str]:
    """The lines of one person."""
    yield said(
        "facts",
        {
            "service_year": person.service_year,
            "rank_year": person.rank_year,
            "age": person.age_of_year,
            "year_in_unit": person.stay_years,
            "on_leave": person.on_leave,
            "post_managerial": person.post_managerial,
            "register_from": assessment.register_start,
        },
    )
    yield from (stay(spell) for spell in person.spells)
    yield from (f"announced {cells([Evidence(order.ref, 'on', order.on)])}" for order in person.future_orders)
    quiet: dict[str, list[str]] = {}
    for one in person.judgements():
        if one.status == QUIET and one.rule.id.startswith("training."):
            quiet.setdefault(one.result.reason, []).append(one.rule.id.removeprefix("training."))
        else:
            yield from judged(one)
    yield from (f"{QUIET} ({reason}): {' '.join(codes)}" for reason, codes in quiet.items())
    yield from (noticed(finding) for finding in assessment.findings)


def judged(one: Judgement[Result]) -> Iterator[str]:
    yield said(f"{one.rule.id} [{one.degree.value}] {one.status}", one.result.values())
    if one.evidence:
        yield f"    from {cells(one.evidence)}"


def stay(spell: Spell) -> str:
    names = dict.fromkeys((spell.name, spell.name_now))
    marks = {
        f"unit {spell.ordinal}": spell.ordinal is not None,
        "seconded": spell.secondment,
        "present": spell.present,
        "end unknown": not spell.end_known,
    }
    words = [f"{spell.start or '?'}..{spell.end}", "->".join(names), *(word for word, holds in marks.items() if holds)]
    return f"stay {' '.join(words)} from {cells(spell.evidence)}"


def noticed(finding: Finding) -> str:
    place = f"{finding.code} {finding.severity.value} {finding.sheet}!{finding.cell} {finding.found}"
    return said(place, {"understood": finding.understood, **finding.facts})


def said(head: str, values: Mapping[str, object]) -> str:
    """A head with those of the values that say something; 0 does."""
    full = {key: value for key, value in values.items() if key != "name" and (value or (value == 0 and value is not False))}
    return f"{head} {json.dumps(full, ensure_ascii=False, default=str)}"


def cells(evidence: Iterable[Evidence]) -> str:
    """Sheet by sheet in the order in which they are first named: address, field, and what was understood."""
    sheets: dict[str, list[str]] = {}
    for one in evidence:
        cell = one.cell()
        sheets.setdefault(cell.sheet, []).append(f"{cell.cell} {one.field}={'' if cell.value is None else cell.value}")
    return "; ".join(f"{sheet}: {', '.join(found)}" for sheet, found in sheets.items())
