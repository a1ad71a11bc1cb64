"""`survey make`: one anonymous form a department, and the record that says what was issued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hrbook.core.safe_aggregates import Unit
from hrbook.guard.lock import only_run
from hrbook.guard.stage import put_in_place
from hrbook.judging import Loaded, Tell, load, quiet
from hrbook.options import Options
from hrbook.sheets.survey.form import form_book
from hrbook.sheets.survey.frame import Frame
from hrbook.survey.leave import leave_figures
from hrbook.survey.questions import load_survey
from hrbook.survey.record import ISSUED, Issue, issue_bytes, number_of
from hrbook.words import Labels


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was issued, where, and where the forms before went to (None: there were none)."""

    issue: Issue
    folder: Path
    unchanged: bool
    kept: Path | None
    set_aside: int


def make(options: Options, tell: Tell = quiet) -> Outcome:
    """The whole call. Raises Fault where it cannot go on; then nothing was changed."""
    loaded = load(options, tell)
    issue = _issue(loaded)
    tell("survey_forms", 0, 0)
    files = {**form_files(issue, loaded.labels), ISSUED: issue_bytes(issue)}
    out, name = options.out / str(issue.year), loaded.labels("survey.path.forms")
    with only_run(out):
        unchanged, kept = put_in_place(out, name, files)
    return Outcome(issue, out / name, unchanged, kept, len(loaded.assessment.roster.set_aside))


def form_files(issue: Issue, labels: Labels) -> dict[str, bytes]:
    """The forms by file name."""
    from hrbook.excel.writer import render

    frame = Frame(labels, issue.city, issue.year, issue.survey, issue.number)
    return {name: render(form_book(frame, unit, name)) for unit, name in file_names(issue.asked, labels)}


def file_names(units: Iterable[Unit], labels: Labels) -> list[tuple[Unit, str]]:
    """Departments with the name of their file."""
    from hrbook.excel.names import unique_file_names

    every = sorted(units)
    stems = [
        labels("path.department", bureau=unit[0], department=unit[1]) if unit[1] else labels("path.bureau_own", bureau=unit[0])
        for unit in every
    ]
    return list(zip(every, unique_file_names(stems, suffix=".xlsx"), strict=True))


def _issue(loaded: Loaded) -> Issue:
    survey = load_survey(loaded.labels.language)
    year, city = loaded.reading.year, loaded.reading.city
    asked: dict[Unit, int] = {d.key: len(d.people) for d in loaded.departments if d.people}
    people = [person.employee for d in loaded.departments for person in d.people]
    leaves = leave_figures(people, year, survey.care.least)
    return Issue(year, number_of(year, city, survey, asked), city, loaded.labels.language, survey, asked, leaves)
