"""`hrbook survey`: anonymous engagement forms out, safe aggregates back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hrbook.commands._house import HouseGroup
from hrbook.commands._progress import Progress
from hrbook.commands._shared import DONE, INCOMPLETE, Talk, paragraph, reading_options, roster_options, shared_command

out_option = click.option("--out", type=click.Path(path_type=Path), default=Path("survey"))
year_option = click.option("--year", type=click.IntRange(1950, 2200))
folder_argument = click.argument("folder", type=click.Path(path_type=Path))


@click.group(cls=HouseGroup)
def command() -> None:
    """Make anonymous engagement forms, and read them into results that give nobody away."""


@shared_command
@reading_options
@roster_options
@out_option
def make(talk: Talk, what: dict[str, Any], how: dict[str, Any], out: Path) -> int:
    """Write one anonymous form for every department of the roster."""
    from hrbook.options import Options
    from hrbook.survey.issue import make as issue

    options = Options(**what, **how, out=out)
    with Progress(talk) as progress:
        done = issue(options, progress)
    facts = {"forms": len(done.issue.asked), "people": sum(done.issue.asked.values()), "folder": str(done.folder)}
    if done.kept is not None:
        talk.say("survey.say.kept", folder=str(done.kept))
    if done.set_aside:
        talk.warn(talk.labels("build.incomplete", count=done.set_aside))
    talk.say("survey.say.unchanged" if done.unchanged else "survey.say.made", **facts)
    return INCOMPLETE if done.set_aside else DONE


@shared_command
@folder_argument
@year_option
@click.option("--close", is_flag=True)
@out_option
def read(talk: Talk, folder: Path, year: int | None, close: bool, out: Path) -> int:
    """Count the forms in FOLDER; with --close write the results, as far as they give nobody away."""
    from hrbook.survey.run import read as read_forms

    with Progress(talk) as progress:
        done = read_forms(folder, out, year, close, talk.labels, progress)
    for one in done.refused:
        talk.warn(paragraph(one.fault, talk.labels))
    talk.say("survey.say.came", came=sum(done.came.values()), asked=sum(done.issue.asked.values()), refused=len(done.refused))
    if done.release is None:
        talk.say("survey.say.open", folder=str(done.folder))
    else:
        hidden = sum(1 for unit in done.issue.asked if unit not in done.release.figures)
        key = "survey.say.same" if done.unchanged else "survey.say.closed"
        talk.say(key, folder=str(done.folder), units=len(done.issue.asked), hidden=hidden)
    return INCOMPLETE if done.refused else DONE


@shared_command
@folder_argument
@year_option
@click.option("--seed", type=int, default=2026)
@out_option
def sample(talk: Talk, folder: Path, year: int | None, seed: int, out: Path) -> int:
    """Fill the issued forms with invented answers, to try the reading; FOLDER must not be there yet."""
    from hrbook.survey.invent import invent

    with Progress(talk) as progress:
        count = invent(folder, out, year, seed, talk.labels, progress)
    talk.say("survey.say.sample", folder=str(folder), forms=count)
    return DONE


for _name, _part in (("make", make), ("read", read), ("sample", sample)):
    command.add_command(_part, _name)
