"""`survey read`: forms that came back, who has answered; with the closing, results that never change again.

Results that were told once and told again with one more form would give that form away by subtraction: so there are no
results before the closing, and after it the same year takes no other forms. Returned forms are never kept, their answers
only as sums, and of these only what may be shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hrbook.collect.find import find
from hrbook.core.fault import Fault
from hrbook.core.safe_aggregates import Unit
from hrbook.core.survey import Answers, Release, release
from hrbook.guard.lock import only_run
from hrbook.guard.stage import put_in_place
from hrbook.ingest.released import CLOSED
from hrbook.judging import Tell, quiet
from hrbook.sheets.book import Book
from hrbook.sheets.survey.frame import Frame
from hrbook.sheets.survey.leave import leave_sheet
from hrbook.sheets.survey.results import Told, department_book, organisation_book
from hrbook.sheets.survey.status import status_book
from hrbook.survey.issue import file_names
from hrbook.survey.reading import Opened, Reader, Refused, Returned
from hrbook.survey.record import ISSUED, Issue, read_issue, release_bytes, releases
from hrbook.words import Labels

AHEAD = 2  # files that are read while one is looked at


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call did. `release` is None as long as the survey is open; `folder` holds the status, or the results."""

    issue: Issue
    came: dict[Unit, int]
    refused: tuple[Refused, ...]
    release: Release | None
    folder: Path
    unchanged: bool


@dataclass(slots=True)
class _Counted:
    """Everything that came back, without a name on it."""

    answers: dict[Unit, list[Answers]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)


def read(folder: Path, out: Path, year: int | None, close: bool, labels: Labels, tell: Tell = quiet) -> Outcome:
    """The whole call. Raises Fault where it cannot go on; then nothing was changed."""
    results, forms = labels("survey.path.results"), issued(out, year, labels)
    home, issue = forms.parent, read_issue(forms)
    if not close and (home / results / CLOSED).is_file():
        raise Fault("survey_is_closed", file=(home / results).as_posix(), year=issue.year)
    counted = _count(folder, Reader(issue), tell)
    came = {unit: len(people) for unit, people in sorted(counted.answers.items())}
    frame = Frame(labels, issue.city, issue.year, issue.survey, issue.number)
    tell("survey_results", 0, 0)
    told = None
    if close:
        told = release(issue.year, issue.number, issue.survey, issue.asked, counted.answers)
    digest = hashlib.sha256("\n".join(sorted(counted.digests)).encode()).hexdigest()
    with only_run(home):
        past = list(releases(out, results))
        same = next((one for one in past if one[0].year == issue.year), None)
        if same is not None and (same[1] != digest or same[0].survey != issue.number):
            raise Fault("survey_closed", file=(home / results).as_posix(), year=issue.year)
        status = _written([_status(frame, issue, came, counted.refused, labels)])
        place = labels("survey.path.status")
        unchanged, _ = put_in_place(home, place, status)
        if told is not None:
            earlier = [one for one, _ in past if one.year < issue.year]
            files = _results(Told(frame, (*earlier, told)), issue, labels)
            files[CLOSED] = release_bytes(told, issue.survey, digest)
            place = results
            unchanged, _ = put_in_place(home, place, files)
    return Outcome(issue, came, tuple(counted.refused), told, home / place, unchanged)


def issued(out: Path, year: int | None, labels: Labels) -> Path:
    """The folder of the forms of `year`, or of the newest survey. Raises Fault where there is none."""
    forms = labels("survey.path.forms")
    return out / str(year if year is not None else _newest(out, forms)) / forms


def _newest(out: Path, forms: str) -> int:
    years = [int(path.parent.parent.name) for path in out.glob(f"[12][0-9][0-9][0-9]/{forms}/{ISSUED}")]
    if not years:
        raise Fault("survey_not_issued", found=out.as_posix())
    return max(years)


def _count(folder: Path, reader: Reader, tell: Tell) -> _Counted:
    """All answers of a folder; the same file twice counts once."""
    counted, seen = _Counted(), dict[str, str]()
    for done, one in enumerate(_read_ahead(Opened(found) for found in find(folder)), start=1):
        tell("survey_read", done, 0)
        read: Returned = reader.read(one)
        if read.sha256 in seen and read.sha256:
            facts = {"file": read.file, "other": seen[read.sha256]}
            counted.refused.append(Refused(read.file, "returned_duplicate", facts))
            continue
        seen[read.sha256] = read.file
        counted.refused += read.refused
        if read.answers:
            counted.digests.append(read.sha256)
        for unit, answers in read.answers:
            counted.answers.setdefault(unit, []).append(answers)
    return counted


def _read_ahead(opened: Iterable[Opened]) -> Iterator[Opened]:
    """The same, a few files ahead of who looks at them."""
    waiting: list[Opened] = []
    for one in opened:
        waiting.append(one)
        if len(waiting) > AHEAD:
            yield waiting.pop(0)
    yield from waiting


def _status(frame: Frame, issue: Issue, came: dict[Unit, int], refused: Iterable[Refused], labels: Labels) -> Book:
    said = [(one.file, labels.fault(one.key, one.facts)) for one in refused]
    return status_book(frame, labels("survey.path.status_book"), issue.asked, came, said)


def _results(told: Told, issue: Issue, labels: Labels) -> dict[str, bytes]:
    """The workbook of the organisation and one of every department that was asked."""
    leaves = [(one.year, one.people, one.kinds) for one in issue.leaves]
    books = [organisation_book(told, labels("survey.path.results_book"), (leave_sheet(told.frame, leaves),))]
    folder = labels("path.departments")
    books += [department_book(told, unit, f"{folder}/{name}") for unit, name in file_names(issue.asked, labels)]
    return _written(books)


def _written(books: Iterable[Book]) -> dict[str, bytes]:
    from hrbook.excel.writer import render

    return {book.path: render(book) for book in books}
