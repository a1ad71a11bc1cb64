"""`hrbook check`: what is wrong with a roster, before anything is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hrbook.commands._report import line
from hrbook.commands._shared import DONE, INCOMPLETE, Talk, as_json, reading_options, roster_options, shared_command, tell_open


@shared_command
@reading_options
@roster_options
@click.option("--report", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(
    talk: Talk,
    what: dict[str, Any],
    how: dict[str, Any],
    form: str,
    report: Path | None,
) -> int:
    """List every finding of a roster with its cell and its remedy."""
    from hrbook import judging
    from hrbook.findings import load_catalogue
    from hrbook.ledger import plain
    from hrbook.options import Options

    options = Options(**what, **how, advise=True)
    tell_open(talk, options.roster)
    loaded = judging.load(options, forms=True)
    assessment = loaded.assessment
    catalogue = load_catalogue(talk.labels.language)
    set_aside = len(assessment.roster.set_aside)
    if form == "json":
        listed = [
            {
                "code": f.code,
                "severity": f.severity.value,
                "file": f.file,
                "sheet": f.sheet,
                "cell": f.cell,
                "found": plain(f.found),
                "understood": plain(f.understood),
                "message": catalogue.message(f),
                "remedy": catalogue.remedy(f),
            }
            for f in assessment.findings
        ]
        body = {"findings": listed, "people": len(assessment.people), "set_aside": set_aside}
        click.echo(as_json(body))
    else:
        for finding in assessment.findings:
            click.echo(line(talk, finding))
        talk.say("check.totals", findings=len(assessment.findings), people=len(assessment.people), set_aside=set_aside)
    opened: Path | None = None
    if report is not None:
        from hrbook.commands._marked import write_marked

        books = {name: (book.file, book.data) for name, book in loaded.side.books.named()}
        given = (options.roster, options.settings, options.history, options.training, *options.more)
        inputs = [path for path in given if path is not None]
        for path in write_marked(talk, books, assessment.findings, report, inputs):
            talk.say("check.report", file=str(path))
            opened = opened or path
    if opened is not None:
        talk.say("next.check_report", file=str(opened))
    elif form != "json":
        talk.say("next.mend" if set_aside else "next.check" if assessment.people else "next.nobody")
    return INCOMPLETE if set_aside else DONE
