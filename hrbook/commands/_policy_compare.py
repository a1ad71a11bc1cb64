"""`hrbook policy diff` and `impact`: what two policies say differently, and for whom that would matter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hrbook.commands._policy_edit import refuse_existing
from hrbook.commands._progress import Progress
from hrbook.commands._shared import (
    DEFAULT_ROSTER,
    DONE,
    INCOMPLETE,
    Talk,
    as_of_option,
    roster_argument,
    settings_option,
    shared_command,
    this_fiscal_year,
    year_option,
)

if TYPE_CHECKING:
    from hrbook.compare.impact import Impact, Turn
    from hrbook.policy_book.differences import Difference
    from hrbook.sample.tables import Table

SHOWN = 5  # people named below each line of the summary


@shared_command
@click.argument("old")
@click.argument("new")
def diff(talk: Talk, old: str, new: str) -> int:
    """What two policies or editions say differently, entry by entry."""
    from hrbook.ingest.editions import read_edition
    from hrbook.policy_book.differences import differences

    one, other = (read_edition(name, this_fiscal_year) for name in (old, new))
    for text in (one, other):
        text.policy()
    found = list(differences(one.raw, other.raw))
    for sheet, group in groupby(found, key=lambda d: d.sheet):
        click.echo(talk.labels("policy.diff.heading", name=sheet))
        for difference in group:
            click.echo(_line(talk, difference))
    talk.say("policy.diff.total" if found else "policy.diff.same", count=len(found))
    return INCOMPLETE if found else DONE


def _line(talk: Talk, d: Difference) -> str:
    labels = talk.labels
    nothing = labels("policy.diff.nothing")
    field = labels("policy.diff.of_field", field=d.field) if d.field else ""
    clause = labels("policy.diff.of_clause", clause=d.clause) if d.clause else ""
    return labels(f"policy.diff.{d.kind}", item=d.item, field=field, old=d.old or nothing, new=d.new or nothing, clause=clause)


@shared_command
@click.argument("old")
@click.argument("new")
@roster_argument
@settings_option
@year_option
@as_of_option
@click.option("--report", type=click.Path(path_type=Path), metavar="FILE.xlsx")
@click.option("--force", is_flag=True)
def impact(
    talk: Talk,
    old: str,
    new: str,
    roster: Path | None,
    settings: Path | None,
    year: int | None,
    as_of: datetime | None,
    report: Path | None,
    force: bool,
) -> int:
    """Who would be judged differently under another policy, before anything is switched."""
    from hrbook.compare.impact import impact as weigh
    from hrbook.excel.plain import write_tables
    from hrbook.guard.stage import write_file
    from hrbook.options import Options

    if report is not None:
        refuse_existing(report, force)
    options = Options(
        roster=roster or DEFAULT_ROSTER,
        settings=settings,
        year=year,
        as_of=as_of.date() if as_of else None,
        language=talk.labels.language,
        clock_year=this_fiscal_year(),
    )
    with Progress(talk) as progress:
        found = weigh(options, old, new, talk.labels, progress)
    for line in _summary(talk, found):
        click.echo(line)
    if report is not None:
        title = talk.labels("policy.impact.title", old=old, new=new)
        write_file(report, write_tables(_tables(talk, found, title), title, title))
        talk.say("policy.impact.report", file=str(report))
    return INCOMPLETE if found.turns else DONE


def _summary(talk: Talk, found: Impact) -> Iterator[str]:
    labels = talk.labels
    if not found.turns:
        yield labels("policy.impact.same", people=found.people)
        return
    yield labels("policy.impact.total", people=found.people, changed=found.changed, judgements=len(found.turns))
    for (rule, old, new), count in found.counted():
        yield labels("policy.impact.counted", rule=rule, old=_word(talk, old), new=_then(talk, old, new), count=count)
        who = [turn for turn in found.turns if (turn.rule_name, turn.old, turn.new) == (rule, old, new)]
        for turn in who if talk.verbose else who[:SHOWN]:
            yield labels("policy.impact.person", staff_id=turn.staff_id, department=turn.department, name=turn.name)
        if len(who) > SHOWN and not talk.verbose:
            yield labels("policy.impact.more", count=len(who) - SHOWN)


def _word(talk: Talk, status: str) -> str:
    return status or talk.labels("policy.impact.none")


def _then(talk: Talk, old: str, new: str) -> str:
    return talk.labels("policy.impact.value") if old == new else _word(talk, new)


def _tables(talk: Talk, found: Impact, note: str) -> tuple[Table, Table]:
    from hrbook.sample.tables import Table

    labels = talk.labels

    def heads(*keys: str) -> tuple[str, ...]:
        return tuple(labels(f"policy.impact.col.{key}") for key in keys)

    def row(turn: Turn) -> tuple[str, ...]:
        old, new = _word(talk, turn.old), _then(talk, turn.old, turn.new)
        return (turn.staff_id, turn.name, turn.department, turn.rule, turn.rule_name, old, new, turn.old_why, turn.new_why)

    counted = tuple((rule, _word(talk, old), _then(talk, old, new), count) for (rule, old, new), count in found.counted())
    keys = ("staff_id", "name", "department", "rule", "rule_name", "old", "new", "old_why", "new_why")
    return (
        Table(labels("policy.impact.summary"), note, heads("rule_name", "old", "new", "people"), counted),
        Table(labels("policy.impact.sheet"), note, heads(*keys), tuple(map(row, found.turns))),
    )
