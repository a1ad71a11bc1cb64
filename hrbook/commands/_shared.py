"""What every command has in common: options, manner of messages, exit codes (spec/contract.md, "Commands")."""

from __future__ import annotations

import functools
import json
import os
import sys
import traceback
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from hrbook import resources
from hrbook.commands._house import HouseCommand
from hrbook.commands._language import spoken
from hrbook.core.calendar import fiscal_year
from hrbook.core.fault import Fault
from hrbook.words import LANGUAGES, Labels, load_labels

DONE, INCOMPLETE, MISUSED, STOPPED = 0, 1, 2, 3


class Talk:
    """Says things on standard error, in the chosen language; standard output belongs to results."""

    def __init__(self, labels: Labels, quiet: bool, verbose: bool) -> None:
        self.labels = labels
        self.quiet = quiet
        self.verbose = verbose

    def say(self, key: str, /, **facts: Any) -> None:
        """A message for people; nothing with --quiet."""
        if not self.quiet:
            click.echo(self.labels(key, **facts), err=True)

    def text(self, text: str) -> None:
        """A ready text for people; nothing with --quiet."""
        if not self.quiet:
            click.echo(text, err=True)

    def warn(self, text: str) -> None:
        """What must be seen even with --quiet."""
        click.echo(text if os.environ.get("NO_COLOR") else click.style(text, fg="yellow"), err=True)


def shared_command(function: Callable[..., int]) -> click.Command:
    """Make a command: adds --lang, --quiet and --verbose, turns a Fault into one paragraph and its exit code.

    The function gets `talk` and its own options, and returns the exit code."""

    @click.option("--lang", type=click.Choice(LANGUAGES), default=None)
    @click.option("--quiet", is_flag=True)
    @click.option("--verbose", is_flag=True)
    @functools.wraps(function)
    def wrapped(lang: str | None, quiet: bool, verbose: bool, **rest: Any) -> None:
        language = lang or spoken()
        labels: Labels | None = None
        try:
            resources.use_folder(Path("templates"))
            labels = load_labels(language)
            code = function(talk=Talk(labels, quiet, verbose), **rest)
        except Fault as fault:
            if labels is None:  # the working folder's own words cannot be read: say so in the package's
                resources.use_folder(None)
                labels = load_labels(language)
            click.echo(paragraph(fault, labels), err=True)
            if verbose:
                traceback.print_exc()
            code = MISUSED if fault.usage else STOPPED
        except BrokenPipeError:  # whoever reads our output has seen enough (`| head`): click ends without a word
            raise
        except Exception:  # a fault of ours: first in words, then as whoever mends it needs it
            if labels is not None:
                click.echo(labels("fault.unexpected"), err=True)
            traceback.print_exc()
            code = STOPPED
        sys.exit(code)

    return click.command(cls=HouseCommand)(wrapped)


def as_json(body: Any) -> str:
    """JSON for standard output; where that cannot show every character, with escapes that are JSON's own."""
    return json.dumps(body, ensure_ascii=(sys.stdout.encoding or "").lower() not in ("utf-8", "utf8"), indent=1)


def tell_open(talk: Talk, path: Path) -> None:
    """Say that somebody has the roster open: what they have not saved is not read."""
    from hrbook.safe.owner import open_by

    owner = open_by(path) if path.is_file() else None
    if owner is not None:
        talk.say("roster.open" if owner else "roster.open_unnamed", file=path.name, owner=owner)


def paragraph(fault: Fault, labels: Labels) -> str:
    """A fault in one paragraph."""
    return labels.fault(fault.key, fault.facts)


def this_fiscal_year() -> int:
    """The fiscal year of today: used only where no option and no setting says which year is meant."""
    return fiscal_year(this_day())


def this_day() -> date:
    """Today."""
    return date.today()  # noqa: DTZ011, TID251  the one place that may ask the clock


roster_argument = click.argument("roster", required=False, type=click.Path(path_type=Path))
settings_option = click.option("--settings", type=click.Path(path_type=Path))
policy_option = click.option("--policy")
year_option = click.option("--year", type=click.IntRange(1950, 2200))
as_of_option = click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]))


def reading_options(function: Callable[..., int]) -> Callable[..., int]:
    """The options that choose what is judged, and as of when; the roster first. The function gets them in one mapping,
    `what`, for `options.Options`, with the language and the fiscal year of today."""

    @functools.wraps(function)
    def wrapped(
        talk: Talk,
        roster: Path | None,
        settings: Path | None,
        policy: str | None,
        year: int | None,
        as_of: datetime | None,
        **rest: Any,
    ) -> int:
        what = {
            "roster": roster or DEFAULT_ROSTER,
            "settings": settings,
            "policy": policy,
            "year": year,
            "as_of": as_of.date() if as_of else None,
            "language": talk.labels.language,
            "clock_year": this_fiscal_year(),
        }
        return function(talk=talk, what=what, **rest)

    made: Callable[..., int] = wrapped
    for option in (as_of_option, year_option, policy_option, settings_option, roster_argument):
        made = option(made)
    return made


def roster_options(function: Callable[..., int]) -> Callable[..., int]:
    """The options that say how the roster is read; the function gets them in one mapping, `how`, for `options.Options`."""

    @click.option("--history", type=click.Path(path_type=Path), metavar="FILE")
    @click.option("--training", type=click.Path(path_type=Path), metavar="FILE")
    @click.option("--more", type=click.Path(path_type=Path), multiple=True, metavar="FILE")
    @click.option("--map", "maps", multiple=True, metavar="OWN=STANDARD")
    @click.option("--accept", multiple=True, metavar="CODE")
    @functools.wraps(function)
    def wrapped(
        history: Path | None,
        training: Path | None,
        more: tuple[Path, ...],
        maps: tuple[str, ...],
        accept: tuple[str, ...],
        **rest: Any,
    ) -> int:
        how = {"history": history, "training": training, "more": more, "maps": maps, "accept": accept}
        return function(how=how, **rest)

    return wrapped


by_option = click.option("--by", type=click.Choice(["課", "部", "department", "bureau"]), default="department")
BUREAUS = ("部", "bureau")  # words of --by for one book a bureau


def warn_open_list(talk: Talk, path: Path | None) -> None:
    """Say so where others can read the list of passwords."""
    from hrbook.guard.passwords import open_to_others

    if path is not None and path.is_file() and open_to_others(path):
        talk.warn(talk.labels("build.password_list_open", file=str(path)))


DEFAULT_ROSTER = Path("input/roster.xlsx")
