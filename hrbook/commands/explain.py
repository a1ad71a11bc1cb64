"""`hrbook explain`: the chain behind every judgement on one person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hrbook.commands._shared import DONE, Talk, reading_options, roster_options, shared_command


@shared_command
@click.argument("staff_id")
@reading_options
@roster_options
@click.option("--rule")
@click.option("--xlsx", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--force", is_flag=True)
def command(
    talk: Talk,
    what: dict[str, Any],
    how: dict[str, Any],
    staff_id: str,
    rule: str | None,
    xlsx: Path | None,
    force: bool,
) -> int:
    """Tell how each judgement on one person came about: clause, cells, steps."""
    from hrbook import judging
    from hrbook.core.fault import Fault
    from hrbook.explain import chains_of, explanation
    from hrbook.options import Options
    from hrbook.sheets.reasons import RotationWords

    if xlsx is not None and xlsx.exists() and not force:
        raise Fault("file_exists", usage=True, file=str(xlsx))

    loaded = judging.load(Options(**what, **how))
    reading = loaded.reading
    declared = RotationWords(loaded.labels, reading.policy, reading.rotation).declared()
    if xlsx is None:
        for line in explanation(loaded.assessment, loaded.labels, staff_id, rule, declared):
            click.echo(line)
        return DONE
    from hrbook.excel.writer import render
    from hrbook.guard.stage import write_file
    from hrbook.sheets.explanation import book
    from hrbook.sheets.view import View

    tell, chains = chains_of(loaded.assessment, loaded.labels, staff_id, rule, declared)
    view = View(loaded.assessment, loaded.departments, loaded.labels, loaded.facts)
    write_file(xlsx, render(book(view, xlsx.name, tell.who, chains, whole=rule is None)))
    talk.say("explanation.written", file=str(xlsx))
    talk.say("next.open", file=str(xlsx))
    return DONE
