"""What is kept of a survey: what was issued (survey.json), and after the closing what may be told (results.json)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hrbook.core.fault import Fault
from hrbook.core.safe_aggregates import Care, Unit
from hrbook.core.survey import Question, Release, Survey, Topic
from hrbook.guard.manifest import written
from hrbook.ingest.released import CLOSED, SCHEMA, asked_of, read_json, read_release

ISSUED = "survey.json"


@dataclass(frozen=True, slots=True)
class Leaves:
    """People of the roster on leave at some time of a fiscal year, by kind; a kind with fewer people than may be shown is
    not among `kinds`. `people` None: too few altogether, or what is not among the kinds would be too few."""

    year: int
    people: int | None
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Issue:
    """An issued survey: forms by department, and the roster's own figures on leave of that day."""

    year: int
    number: str
    city: str
    language: str
    survey: Survey
    asked: Mapping[Unit, int]
    leaves: tuple[Leaves, ...]


def number_of(year: int, city: str, survey: Survey, asked: Mapping[Unit, int]) -> str:
    """The survey's own number: the same questions to the same departments have the same."""
    said = [str(year), city, *(f"{q.id}={q.text}" for q in survey.questions), *("/".join(u) for u in sorted(asked))]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]


def issue_bytes(issue: Issue) -> bytes:
    """The record of the forms, beside them."""
    survey = issue.survey
    return written(
        {
            "schema": SCHEMA,
            "kind": "survey",
            "fiscal_year": issue.year,
            "survey": issue.number,
            "city": issue.city,
            "language": issue.language,
            "least": survey.care.least,
            "margin": survey.care.margin,
            "topics": [[t.id, t.name, t.gist, t.clause, t.cycle] for t in survey.topics],
            "questions": [[q.id, q.topic, q.text] for q in survey.questions],
            "choices": [[value, words] for value, words in survey.choices.items()],
            "departments": [[*unit, people] for unit, people in sorted(issue.asked.items())],
            "leave": [[one.year, one.people, dict(one.kinds)] for one in issue.leaves],
        }
    )


def read_issue(folder: Path) -> Issue:
    """The record in a folder of forms. Raises Fault where there is none or it is damaged."""
    path = folder / ISSUED
    said = read_json(path)
    try:
        choices = {int(value): str(words) for value, words in said["choices"]}
        survey = Survey(
            tuple(Topic(str(t[0]), str(t[1]), str(t[2]), str(t[3]), t[4] is True) for t in said["topics"]),
            tuple(Question(*map(str, q)) for q in said["questions"]),
            choices,
            Care(int(said["least"]), min(choices), max(choices), float(said["margin"])),
        )
        asked = asked_of(said)
        leaves = tuple(Leaves(int(year), people, dict(kinds)) for year, people, kinds in said["leave"])
        numbers = (int(said["fiscal_year"]), str(said["survey"]), str(said["city"]), str(said["language"]))
        return Issue(*numbers, survey, asked, leaves)
    except (KeyError, TypeError, ValueError) as error:
        raise Fault("survey_record", file=path.as_posix(), found=str(error)) from error


def release_bytes(release: Release, survey: Survey, answers: str) -> bytes:
    """What may be told, for the years to come; `answers` is the digest of the forms that were counted."""
    return written(
        {
            "schema": SCHEMA,
            "kind": "survey-results",
            "fiscal_year": release.year,
            "survey": release.survey,
            "answers": answers,
            "topics": [[t.id, t.name] for t in survey.topics],
            "departments": [[*unit, people] for unit, people in release.asked.items()],
            "figures": [
                {"unit": list(unit), "means": {key: [f.count, str(f.mean), f.end] for key, f in sorted(means.items())}}
                for unit, means in release.figures.items()
            ],
        }
    )


def releases(out: Path, results: str) -> Iterator[tuple[Release, str]]:
    """The closed surveys of a folder, year by year; `results` is the folder of the results in each year's."""
    for path in sorted(out.glob(f"[12][0-9][0-9][0-9]/{results}/{CLOSED}")):
        yield read_release(path)
