"""`hrbook plan`: training demand of the coming years, and nominations for the sessions of this one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hrbook.commands._progress import Progress
from hrbook.commands._shared import DONE, INCOMPLETE, Talk, reading_options, roster_options, shared_command


@shared_command
@reading_options
@roster_options
@click.option("--years", type=click.IntRange(1, 9), default=5)
@click.option("--out", type=click.Path(path_type=Path), default=Path("plan"))
def command(
    talk: Talk,
    what: dict[str, Any],
    how: dict[str, Any],
    years: int,
    out: Path,
) -> int:
    """Say how many people each course will need seats for, give this year's seats to people, and write nomination lists."""
    from hrbook.commands._report import tell_findings
    from hrbook.options import Options
    from hrbook.planning.run import make

    options = Options(**what, **how, out=out)
    with Progress(talk) as progress:
        done = make(options, years, progress)
    tell_findings(talk, done.findings)
    courses = done.plan.courses
    facts = {
        "courses": sum(1 for c in courses if c.nominated),
        "nominated": sum(c.nominated for c in courses),
        "left": sum(len(c.left) for c in courses),
        "first": talk.labels.fiscal_year(done.plan.forecast.years[0]),
        "last": talk.labels.fiscal_year(done.plan.forecast.years[-1]),
    }
    talk.say("plan.say.totals", **facts)
    if done.kept is not None:
        talk.say("plan.say.kept", folder=str(done.kept))
    talk.say("plan.say.unchanged" if done.unchanged else "plan.say.written", folder=str(done.folder), files=len(done.files))
    if done.set_aside:
        talk.warn(talk.labels("build.incomplete", count=done.set_aside))
    return INCOMPLETE if done.set_aside else DONE
