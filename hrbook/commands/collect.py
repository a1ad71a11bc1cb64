"""`hrbook collect`: take the filled-in books back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from hrbook.commands._progress import Progress
from hrbook.commands._shared import (
    DEFAULT_ROSTER,
    DONE,
    INCOMPLETE,
    Talk,
    policy_option,
    roster_options,
    settings_option,
    shared_command,
    warn_open_list,
)


@shared_command
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--issued", multiple=True, required=True, type=click.Path(path_type=Path), metavar="RUN")
@click.option("--roster", type=click.Path(path_type=Path))
@settings_option
@policy_option
@roster_options
@click.option("--decisions", type=click.Path(path_type=Path))
@click.option("--remind", is_flag=True)
@click.option("--password-file", multiple=True, type=click.Path(path_type=Path), metavar="FILE")
@click.option("--out", type=click.Path(path_type=Path), default=Path("collected"))
def command(
    talk: Talk,
    folder: Path,
    issued: tuple[Path, ...],
    roster: Path | None,
    settings: Path | None,
    policy: str | None,
    decisions: Path | None,
    remind: bool,
    password_file: tuple[Path, ...],
    out: Path,
    how: Mapping[str, Any],
) -> int:
    """Find returned books in FOLDER (also in zip files), compare them with what was issued and with today's roster."""
    from hrbook.collect.run import Options, collect
    from hrbook.commands._collected import open_things, tell_collected

    # Where a roster is named, its continuations are those that are named with it; else those of the issued run.
    more = how["more"] or (None if roster is None else ())
    if roster is None and DEFAULT_ROSTER.is_file():
        roster = DEFAULT_ROSTER
    if roster is None:
        talk.say("collect.say.no_roster")
    options = Options(
        folder=folder,
        issued=issued,
        roster=roster,
        settings=settings,
        policy=policy,
        out=out,
        decisions=decisions,
        remind=remind,
        passwords=password_file,
        language=talk.labels.language,
        **{**how, "more": more},
    )
    for path in password_file:
        warn_open_list(talk, path)
    with Progress(talk) as progress:
        outcome = collect(options, progress)
    tell_collected(talk, outcome)
    return INCOMPLETE if open_things(outcome) else DONE
