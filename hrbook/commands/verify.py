"""`hrbook verify`: a finished run made again from its inputs, and compared with what stands there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hrbook.commands._progress import Progress
from hrbook.commands._shared import DONE, INCOMPLETE, Talk, as_json, paragraph, shared_command

if TYPE_CHECKING:
    from hrbook.compare.report import Difference, Report

SHOWN = 20
LONGEST = 120  # characters of a value that are shown


@shared_command
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--inputs", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--public-key", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--jobs", type=click.IntRange(1, 64))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(talk: Talk, run: Path, inputs: Path | None, public_key: Path | None, jobs: int | None, form: str) -> int:
    """Make a finished RUN again and name every file and cell that differs."""
    from hrbook.compare.verify import verify

    with Progress(talk) as progress:
        report = verify(run, moved=inputs, key=public_key, jobs=jobs or min(4, os.cpu_count() or 1), tell=progress)
    if form == "json":
        click.echo(as_json(_as_json(talk, report)))
    else:
        _tell(talk, run, report, public_key)
    return DONE if report.agrees else INCOMPLETE


def _tell(talk: Talk, run: Path, report: Report, public_key: Path | None) -> None:
    labels = talk.labels
    for number, difference in enumerate(report.differences):
        if number == 0:
            click.echo(labels("verify.first", text=_line(talk, difference)))
        elif number < SHOWN or talk.verbose:
            click.echo(f"  {_line(talk, difference)}")
    if report.stopped is not None:
        click.echo(labels("verify.stopped", why=paragraph(report.stopped, labels)))
    for note in report.notes:
        talk.text(_line(talk, note))
    if report.agrees:
        click.echo(labels("verify.agrees", folder=str(run), files=report.files))
        if public_key is not None:
            click.echo(labels("verify.signed"))
    else:
        click.echo(labels("verify.total", folder=str(run), count=report.total, files=report.files))


def _line(talk: Talk, difference: Difference) -> str:
    return talk.labels(
        f"verify.kind.{difference.kind}",
        file=difference.file,
        sheet=difference.sheet,
        place=difference.place,
        recorded=_short(talk, difference.recorded),
        found=_short(talk, difference.found),
    )


def _short(talk: Talk, text: str) -> str:
    if not text:
        return talk.labels("verify.nothing")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _as_json(talk: Talk, report: Report) -> dict[str, object]:
    return {
        "agrees": report.agrees,
        "differences": report.total,
        "files": report.files,
        "stopped": None if report.stopped is None else paragraph(report.stopped, talk.labels),
        "list": [_entry(talk, d) for d in report.differences],
        "notes": [_entry(talk, n) for n in report.notes],
    }


def _entry(talk: Talk, d: Difference) -> dict[str, str]:
    return {
        "kind": d.kind,
        "file": d.file,
        "sheet": d.sheet,
        "place": d.place,
        "recorded": d.recorded,
        "found": d.found,
        "message": _line(talk, d),
    }
