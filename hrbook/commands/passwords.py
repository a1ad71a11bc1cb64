"""`hrbook passwords`: a list of passwords for `hrbook build --password-file`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hrbook.commands._shared import BUREAUS, DONE, Talk, by_option, reading_options, shared_command


@shared_command
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@reading_options
@by_option
@click.option("--force", is_flag=True)
def command(
    talk: Talk,
    file: Path,
    what: dict[str, Any],
    by: str,
    force: bool,
) -> int:
    """Write FILE with a new password for every department of the roster, readable by its owner alone."""
    from hrbook import batch, judging
    from hrbook.core.fault import Fault
    from hrbook.guard.passwords import new_list
    from hrbook.guard.stage import write_file
    from hrbook.ledger import safe_text
    from hrbook.options import Options

    if file.exists() and not force:
        raise Fault("file_exists", usage=True, file=str(file))
    loaded = judging.load(Options(**what, by_bureau=by in BUREAUS))
    stems = [Path(path).stem for path in batch.book_paths(loaded.departments, loaded.labels).values()]
    write_file(file, new_list([safe_text(stem) for stem in stems]), private=True)
    talk.say("passwords.written", file=str(file), count=len(stems))
    talk.say("next.passwords", file=str(file))
    return DONE
