"""The texts that any book may show, whoever reads it: words, policy, settings, organisation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

from hrbook.core.assessment import Assessment
from hrbook.guard.leak import Guard
from hrbook.guard.people import everybody
from hrbook.sheets.view import Department, RunFacts, department_name
from hrbook.words import Labels


def guard_of(assessment: Assessment, departments: Iterable[Department], labels: Labels, run: RunFacts) -> Guard:
    """The guard of a run: it looks for everybody whom the roster names."""
    return Guard(everybody(assessment.roster), public_texts(assessment, departments, labels, run))


def public_texts(assessment: Assessment, departments: Iterable[Department], labels: Labels, run: RunFacts) -> tuple[str, ...]:
    """Each text once. People's own cells are not among them, the names of their units are."""
    reading, roster = assessment.reading, assessment.roster
    found = dict.fromkeys(map(labels, labels.keys()))
    found.update(dict.fromkeys(_strings(reading.policy)))
    for value in reading.values:
        found.update(dict.fromkeys((value.key, value.value, value.default)))
    for row in roster.organisation:
        found.update(dict.fromkeys(text for text in row.ref.raw if isinstance(text, str)))
    for employee in roster.employees:
        post = employee.post
        found.update(dict.fromkeys((post.bureau, post.department, post.section, post.code, employee.title, employee.job_family)))
    found.update(dict.fromkeys(department_name(department, labels) for department in departments))
    facts = (run.city, run.roster_file, run.settings_file, run.policy_id, run.version, run.run_id, run.run_id[:8])
    year = str(reading.year)  # every book says it, and it may also be somebody's number
    found.update(dict.fromkeys((*facts, year, reading.city, reading.submit_to, reading.retention)))
    return tuple(text for text in found if text)


def _strings(value: object) -> Iterator[str]:
    """Every text within a policy."""
    if isinstance(value, str):
        yield str(value)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _strings(getattr(value, part.name))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _strings(key)
            yield from _strings(part)
    elif isinstance(value, tuple | list | frozenset):
        for part in value:
            yield from _strings(part)
