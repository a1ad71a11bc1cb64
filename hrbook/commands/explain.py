"""`hrbook explain`: the chain behind every judgement on one person."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from hrbook.commands._shared import DEFAULT_ROSTER, DONE, Talk, reading_options, roster_options, shared_command, this_fiscal_year


@shared_command
@click.argument("staff_id")
@reading_options
@roster_options
@click.option("--rule", help="Only this rule, e.g. rotation.three-in-ten or training.TS-K01.")
def command(
    talk: Talk,
    how: dict[str, Any],
    staff_id: str,
    roster: Path | None,
    settings: Path | None,
    policy: str | None,
    year: int | None,
    as_of: datetime | None,
    rule: str | None,
) -> int:
    """Tell how each judgement on one person came about: clause, cells, steps."""
    from hrbook import batch
    from hrbook.explain import explanation

    options = batch.Options(
        roster=roster or DEFAULT_ROSTER,
        settings=settings,
        policy=policy,
        year=year,
        as_of=as_of.date() if as_of else None,
        language=talk.labels.language,
        clock_year=this_fiscal_year(),
        **how,
    )
    loaded = batch.load(options)
    for line in explanation(loaded.assessment, loaded.labels, staff_id, rule):
        click.echo(line)
    return DONE
