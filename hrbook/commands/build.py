"""`hrbook build`: the yearly run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from hrbook.commands._progress import Progress
from hrbook.commands._shared import (
    BUREAUS,
    DONE,
    INCOMPLETE,
    Talk,
    by_option,
    reading_options,
    roster_options,
    shared_command,
    tell_open,
    warn_open_list,
)


@shared_command
@reading_options
@roster_options
@click.option("--out", type=click.Path(path_type=Path), default=Path("output"))
@by_option
@click.option("--department", multiple=True, metavar="NAME")
@click.option("--jobs", type=click.IntRange(1, 64))
@click.option("--cluster", metavar="ADDRESS")
@click.option("--previous", type=click.Path(path_type=Path), metavar="RUN")
@click.option("--survey", type=click.Path(path_type=Path), metavar="RESULTS")
@click.option("--password-file", type=click.Path(path_type=Path))
@click.option("--no-keep-inputs", is_flag=True)
@click.option("--dry-run", is_flag=True)
def command(
    talk: Talk,
    what: dict[str, Any],
    how: dict[str, Any],
    out: Path,
    by: str,
    department: tuple[str, ...],
    jobs: int | None,
    cluster: str | None,
    previous: Path | None,
    survey: Path | None,
    password_file: Path | None,
    no_keep_inputs: bool,
    dry_run: bool,
) -> int:
    """Judge everybody on the roster and write the workbooks."""
    from hrbook import batch
    from hrbook.commands._report import tell_outcome
    from hrbook.options import Options

    options = Options(
        **what,
        out=out,
        by_bureau=by in BUREAUS,
        departments=department,
        jobs=jobs or min(4, os.cpu_count() or 1),
        keep_inputs=not no_keep_inputs,
        previous=previous,
        surveys=() if survey is None else (survey,),
        passwords=password_file,
        **how,
    )
    warn_open_list(talk, password_file)
    tell_open(talk, options.roster)
    executor = None
    if cluster is not None and not dry_run:
        from hrbook.cluster.executor import Cluster

        executor = Cluster(cluster, options.jobs)
    with Progress(talk) as progress:
        outcome = batch.build(options, progress, dry_run=dry_run, executor=executor)
    tell_outcome(talk, outcome, dry_run=dry_run)
    return INCOMPLETE if outcome.incomplete or outcome.withheld else DONE
