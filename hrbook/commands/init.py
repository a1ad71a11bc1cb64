"""`hrbook init`: a working folder with blank forms; with `--from`, what is understood of the city's own roster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hrbook.commands._shared import DONE, Talk, paragraph, policy_option, shared_command, this_fiscal_year, year_option

if TYPE_CHECKING:
    from hrbook.start.understanding import Understanding

SHOWN = 3  # titles named on the screen; all stand in the proposal


@shared_command
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--from", "source", type=click.Path(path_type=Path), metavar="FILE")
@policy_option
@year_option
def command(talk: Talk, folder: Path | None, source: Path | None, policy: str | None, year: int | None) -> int:
    """Lay out a working folder; nothing that is there is ever replaced."""
    from hrbook import judging
    from hrbook.core.calendar import first_day
    from hrbook.core.fault import Fault
    from hrbook.excel.writer import render
    from hrbook.ingest.editions import load_edition
    from hrbook.start.folder import INPUT, ROSTER, SETTINGS, Laid, free, lay_out, put
    from hrbook.start.forms import roster_form, settings_form
    from hrbook.start.pages import pages, settings_rows
    from hrbook.start.understanding import understand

    place = folder or Path()
    if place.exists() and not place.is_dir():
        raise Fault("init_not_folder", usage=True, file=str(place))
    chosen = year or this_fiscal_year()
    rules, _ = load_edition(policy or judging.default_policy(), lambda: chosen)
    found = understand(source, rules, first_day(chosen)) if source is not None else None
    labels = talk.labels
    inputs = place / INPUT
    laid: list[Laid] = []
    if found is None:
        laid.append(put(inputs / ROSTER, render(roster_form(rules, labels, ROSTER))))
        laid.append(put(inputs / SETTINGS, render(settings_form(rules, labels, SETTINGS))))
        to_open = inputs / ROSTER
    else:
        assert source is not None
        blank = labels("init.file.form")
        laid.append(put(inputs / blank, render(roster_form(rules, labels, blank))))
        copy = inputs / f"roster{source.suffix.lower()}"
        if not (copy.exists() and copy.samefile(source)):
            laid.append(put(copy, found.data, private=True))
        stopped = "" if found.fault is None else paragraph(found.fault, labels)
        titles, headings = settings_rows(found, labels)
        to_open = free(inputs / labels("init.file.proposal"))
        further = pages(found, stopped, labels)
        book = settings_form(rules, labels, to_open.name, titles=titles, headings=headings, further=further)
        laid.append(put(to_open, render(book)))
    laid.extend(lay_out(place, labels))
    for entry in laid:
        if not entry.written:
            talk.say("init.kept", file=str(entry.path))
    talk.say("init.laid", folder=str(place.resolve()), count=sum(entry.written for entry in laid))
    if found is not None:
        _tell(talk, found, stopped)
        talk.say("init.next_from", file=str(to_open), settings=SETTINGS)
    else:
        talk.say("init.next", file=str(to_open))
    return DONE


def _tell(talk: Talk, found: Understanding, stopped: str) -> None:
    """What was understood, in a few lines."""
    if stopped:
        talk.warn(talk.labels("init.stopped", why=stopped))
    else:
        talk.say("init.read", file=found.file, people=found.people, departments=len(found.departments))
    if found.proposed:
        talk.say("init.proposed", count=len(found.proposed))
    if found.titles:
        named = talk.labels("list.separator").join(title.title for title in found.titles[:SHOWN])
        talk.say("init.titles", count=len(found.titles), titles=named)
