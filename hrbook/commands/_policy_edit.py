"""`hrbook policy export` and `import`: the policy as a workbook, and back."""

from __future__ import annotations

from pathlib import Path

import click

from hrbook.commands._shared import DONE, Talk, shared_command, this_fiscal_year

BLANK = "policy_blank.toml"


@shared_command
@click.argument("policy", required=False)
@click.option("--blank", is_flag=True)
@click.option("--out", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True)
def export(talk: Talk, policy: str | None, blank: bool, out: Path | None, force: bool) -> int:
    """Write a policy as a workbook that people can edit."""
    from hrbook import judging, resources
    from hrbook.excel.writer import render
    from hrbook.guard.stage import write_file
    from hrbook.ingest.editions import read_edition
    from hrbook.ingest.policy import policy_text
    from hrbook.sheets.policy import book

    if blank:
        found = policy_text(resources.read_bytes(BLANK), BLANK)
    else:
        found = read_edition(policy or judging.default_policy(), this_fiscal_year)
        found.policy()
    name = found.source.name
    target = out or Path(f"{Path(name).stem}.xlsx")
    refuse_existing(target, force)
    text = found.text if found.book is None else found.book.text()
    write_file(target, render(book(found.raw, text, f"{Path(name).stem}.toml", target.name)))
    talk.say("policy.export.written", file=str(target))
    return DONE


@shared_command
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True)
def import_(talk: Talk, workbook: Path, out: Path | None, force: bool) -> int:
    """Turn an edited workbook back into a policy file."""
    from hrbook.core.fault import Fault
    from hrbook.guard.stage import write_file
    from hrbook.ingest.policy import read_policy

    found = read_policy(str(workbook))
    if found.book is None:
        raise Fault("policy_not_for_import", usage=True, file=str(workbook))
    found.policy()
    target = out or workbook.with_suffix(".toml")
    refuse_existing(target, force)
    write_file(target, found.book.text().encode("utf-8"))
    if not found.book.commented:
        talk.warn(talk.labels("policy.import.uncommented"))
    talk.say("policy.import.written", file=str(target))
    return DONE


def refuse_existing(target: Path, force: bool) -> None:
    """Raises Fault where a file would be replaced without being asked."""
    from hrbook.core.fault import Fault

    if target.exists() and not force:
        raise Fault("file_exists", usage=True, file=str(target))
