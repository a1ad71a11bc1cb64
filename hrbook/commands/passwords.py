"""`hrbook passwords`: a list of passwords for `hrbook build --password-file`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from hrbook.commands._shared import DEFAULT_ROSTER, DONE, Talk, reading_options, shared_command, this_fiscal_year


@shared_command
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@reading_options
@click.option("--by", type=click.Choice(["課", "部", "department", "bureau"]), default="department")
@click.option("--force", is_flag=True)
def command(
    talk: Talk,
    file: Path,
    roster: Path | None,
    settings: Path | None,
    policy: str | None,
    year: int | None,
    as_of: datetime | None,
    by: str,
    force: bool,
) -> int:
    """Write FILE with a new password for every department of the roster, readable by its owner alone."""
    from hrbook import batch, judging
    from hrbook.core.fault import Fault
    from hrbook.guard.passwords import new_list
    from hrbook.guard.stage import write_file
    from hrbook.ledger import safe_text

    if file.exists() and not force:
        raise Fault("file_exists", usage=True, file=str(file))
    options = judging.Options(
        roster=roster or DEFAULT_ROSTER,
        settings=settings,
        policy=policy,
        year=year,
        as_of=as_of.date() if as_of else None,
        by_bureau=by in ("部", "bureau"),
        language=talk.labels.language,
        clock_year=this_fiscal_year(),
    )
    loaded = judging.load(options)
    stems = [Path(path).stem for path in batch.book_paths(loaded.departments, loaded.labels).values()]
    write_file(file, new_list([safe_text(stem) for stem in stems]), private=True)
    talk.say("passwords.written", file=str(file), count=len(stems))
    return DONE
