"""The command group. A command is a module of hrbook.commands, found by being there; nothing else is imported at start."""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module

import click

from hrbook import __version__
from hrbook import commands as room
from hrbook.commands._house import Everything, dressed
from hrbook.words import LANGUAGES


class Commands(Everything):
    """Looks commands up in hrbook.commands: `name.py` holds `command`; modules that begin with "_" are shared parts."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(m.name for m in pkgutil.iter_modules(room.__path__) if not m.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{room.__name__}.{cmd_name}").command
        return dressed(command, (cmd_name,))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--lang", type=click.Choice(LANGUAGES), expose_value=False)
@click.version_option(__version__, prog_name="hrbook")
def main() -> None:
    """The whole tool."""


def run() -> None:
    """Entry point: consoles that cannot show a character get a substitute instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    main()
