"""What a run says at its end: totals, findings by kind, and what to open next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING

from hrbook.commands._shared import Talk
from hrbook.core.finding import Finding, Severity
from hrbook.findings import load_catalogue

if TYPE_CHECKING:  # the list of commands is shown without loading the engine
    from hrbook.batch import Outcome

SHOWN = 10
OF_A_BOOK = 3  # leaks of one book: a book that holds another department has hundreds


def tell_outcome(talk: Talk, outcome: Outcome, *, dry_run: bool) -> None:
    """The closing lines of `build`."""
    tell_findings(talk, outcome.findings)
    talk.say("build.totals", **outcome.totals)
    if dry_run:
        for path in outcome.planned:
            talk.text(f"  {outcome.folder / path}")
        talk.say("build.dry_run", folder=str(outcome.folder))
        talk.say("next.build_dry")
        return
    if outcome.kept is not None:
        talk.say("build.kept", folder=str(outcome.kept))
    done = "build.unchanged" if outcome.unchanged else "build.partial" if outcome.partial else "build.written"
    talk.say(done, folder=str(outcome.folder), files=len(outcome.files))
    sealed = sum(entry.encrypted for entry in outcome.files)
    if sealed:
        talk.say("build.encrypted", count=sealed)
    if outcome.withheld:
        _tell_withheld(talk, outcome.withheld)
    if outcome.forms:
        talk.say("build.forms", forms=outcome.forms, files=outcome.form_files)
    if outcome.incomplete:
        talk.warn(talk.labels("build.incomplete", count=outcome.totals["set_aside"]))
    if outcome.totals["people"]:
        talk.say("next.build", file=str(outcome.folder / _first(talk, outcome)))
    else:
        talk.say("next.nobody")


def _tell_withheld(talk: Talk, leaks: Sequence[Finding]) -> None:
    """The books that were held back, each with its first leaks."""
    books = {file: list(found) for file, found in groupby(leaks, key=lambda leak: leak.file)}
    for file, found in books.items() if talk.verbose else islice(books.items(), SHOWN):
        for leak in found if talk.verbose else found[:OF_A_BOOK]:
            talk.warn(line(talk, leak))
        if len(found) > OF_A_BOOK and not talk.verbose:
            talk.warn(talk.labels("build.withheld_more", file=file, count=len(found) - OF_A_BOOK))
    if len(books) > SHOWN and not talk.verbose:
        talk.warn(talk.labels("build.withheld_books", count=len(books) - SHOWN))
    talk.warn(talk.labels("build.withheld", count=len(books)))


def _first(talk: Talk, outcome: Outcome) -> str:
    """What to open first: the organisation's book, else the first book of a department, else the auditors'."""
    paths = [entry.path for entry in outcome.files if entry.path.endswith(".xlsx")]
    whole = [path for path in paths if path == talk.labels("path.organisation")]
    books = [path for path in paths if path.startswith(f"{talk.labels('path.departments')}/")]
    return next(iter([*whole, *books, *paths]), "")


def tell_findings(talk: Talk, findings: Sequence[Finding]) -> None:
    """Errors one by one with their cell; the rest counted by code, or all of them with --verbose."""
    catalogue = load_catalogue(talk.labels.language)
    errors = [f for f in findings if f.severity is Severity.ERROR]
    rest = [f for f in findings if f.severity is not Severity.ERROR]
    for finding in errors if talk.verbose else errors[:SHOWN]:
        talk.warn(line(talk, finding))
    if len(errors) > SHOWN and not talk.verbose:
        talk.warn(talk.labels("findings.more", count=len(errors) - SHOWN))
    if talk.verbose:
        for finding in rest:
            talk.text(line(talk, finding))
        return
    counts = Counter((f.severity, f.code) for f in rest)
    for (severity, code), count in sorted(counts.items()):
        if severity is Severity.WARNING:
            talk.say("findings.counted", code=code, title=catalogue.title(code), count=count)
    notes = sum(count for (severity, _), count in counts.items() if severity is Severity.NOTE)
    if notes:
        talk.say("findings.notes", count=notes)


def line(talk: Talk, finding: Finding) -> str:
    """One finding: severity, code, place (file!sheet!cell), message, remedy."""
    catalogue = load_catalogue(talk.labels.language)
    place = "!".join(part for part in (finding.file, finding.sheet, finding.cell) if part)
    severity = talk.labels(f"marked.{finding.severity.value}")
    return f"{severity} {finding.code} {place}  {catalogue.message(finding)} {catalogue.remedy(finding)}"
