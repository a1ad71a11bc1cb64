"""`hrbook build`: the yearly run."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from hrbook.commands._progress import Progress
from hrbook.commands._shared import (
    DEFAULT_ROSTER,
    DONE,
    INCOMPLETE,
    Talk,
    reading_options,
    roster_options,
    shared_command,
    tell_open,
    this_fiscal_year,
    warn_open_list,
)


@shared_command
@reading_options
@roster_options
@click.option("--out", type=click.Path(path_type=Path), default=Path("output"))
@click.option("--by", type=click.Choice(["課", "部", "department", "bureau"]), default="department")
@click.option("--department", multiple=True, metavar="NAME")
@click.option("--jobs", type=click.IntRange(1, 64))
@click.option("--previous", type=click.Path(path_type=Path), metavar="RUN")
@click.option("--password-file", type=click.Path(path_type=Path))
@click.option("--no-keep-inputs", is_flag=True)
@click.option("--dry-run", is_flag=True)
def command(
    talk: Talk,
    how: dict[str, Any],
    roster: Path | None,
    settings: Path | None,
    policy: str | None,
    year: int | None,
    as_of: datetime | None,
    out: Path,
    by: str,
    department: tuple[str, ...],
    jobs: int | None,
    previous: Path | None,
    password_file: Path | None,
    no_keep_inputs: bool,
    dry_run: bool,
) -> int:
    """Judge everybody on the roster and write the workbooks."""
    from hrbook import batch, judging
    from hrbook.commands._report import tell_outcome

    options = judging.Options(
        roster=roster or DEFAULT_ROSTER,
        settings=settings,
        policy=policy,
        year=year,
        as_of=as_of.date() if as_of else None,
        out=out,
        by_bureau=by in ("部", "bureau"),
        departments=department,
        jobs=jobs or min(4, os.cpu_count() or 1),
        language=talk.labels.language,
        keep_inputs=not no_keep_inputs,
        previous=previous,
        passwords=password_file,
        clock_year=this_fiscal_year(),
        **how,
    )
    warn_open_list(talk, password_file)
    tell_open(talk, options.roster)
    with Progress(talk) as progress:
        outcome = batch.build(options, progress, dry_run=dry_run)
    tell_outcome(talk, outcome, dry_run=dry_run)
    return INCOMPLETE if outcome.incomplete or outcome.withheld else DONE
