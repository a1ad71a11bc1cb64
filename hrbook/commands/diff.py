"""`hrbook diff`: what changed from one finished run to another, each verdict with its cause."""

from __future__ import annotations

from pathlib import Path

import click

from hrbook.commands._progress import Progress
from hrbook.commands._shared import DONE, Talk, as_json, shared_command


@shared_command
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--inputs", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--force", is_flag=True)
def command(talk: Talk, old: Path, new: Path, out: Path | None, inputs: Path | None, form: str, force: bool) -> int:
    """Compare two finished runs: every changed verdict with exactly one main cause, as a workbook."""
    from hrbook.compare.diff import diff
    from hrbook.core.factors import Cause
    from hrbook.core.fault import Fault
    from hrbook.guard.stage import write_file

    labels = talk.labels
    if out is not None and out.exists() and not force:
        raise Fault("file_exists", usage=True, file=str(out))
    with Progress(talk) as progress:
        found = diff(old, new, moved=inputs, language=labels.language, tell=progress)
    changes, as_of = found.changes, found.loaded.reading.as_of
    days = {"old": changes.old_as_of.isoformat(), "new": as_of.isoformat()}
    path = out or Path(labels("diff.path", **days))
    if out is None and path.exists() and not force:
        raise Fault("file_exists", usage=True, file=str(path))
    write_file(path, found.book)
    told = changes.by_cause()
    stayed = sum(1 for c in changes.changes if c.of_status and c.before is not None and c.after is not None)
    mixed = told[Cause.MIXED]
    if form == "json":
        click.echo(
            as_json(
                {
                    **days,
                    "changed": sum(told.values()),
                    "in_both_runs": stayed,
                    "values_changed": sum(1 for c in changes.changes if not c.of_status),
                    "causes": {cause.value: told[cause] for cause in Cause},
                    "changes": [
                        {
                            "staff_id": c.who.employee.staff_id,
                            "rule_id": c.rule_id,
                            "before": None if c.before is None else c.before.status,
                            "after": None if c.after is None else c.after.status,
                            "kind": "status" if c.of_status else "value",
                            "cause": c.cause.value,
                            "parts": [part.value for part in c.parts],
                            "proof": c.proof.value,
                        }
                        for c in changes.changes
                    ],
                },
            )
        )
    else:
        share = f"{100 * mixed / stayed if stayed else 0:.1f}"
        click.echo(labels("diff.totals", total=sum(told.values()), stayed=stayed, mixed=mixed, share=share, **days))
        for cause in Cause:
            if told[cause]:
                click.echo(labels("diff.cause", cause=labels(f"changes.cause.{cause.value}"), count=told[cause]))
        click.echo(labels("diff.values", count=sum(1 for c in changes.changes if not c.of_status)))
    talk.say("diff.written", file=str(path))
    talk.say("next.open", file=str(path))
    return DONE
