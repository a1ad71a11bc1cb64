"""Commands in our own words: help from templates/labels/help.toml, pages for full-width characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from hrbook.commands._language import asked, speak, spoken
from hrbook.commands._terminal import Page
from hrbook.resources import load_toml

WORDS = "labels/help.toml"
SHARED = "shared"  # options that mean the same for every command
ABOUT = "about"
NUMBER, PATH = "integer", "path"


class Manner(click.Context):
    """Every page of help is laid out by ours."""

    formatter_class = Page


class HouseCommand(click.Command):
    """A command whose help comes from the words of the language that is spoken."""

    context_class = Manner


class HouseGroup(click.Group):
    """A group whose commands are dressed in words as they are looked up. `path` are the names above it, without ours."""

    context_class = Manner
    command_class = HouseCommand
    path: tuple[str, ...] = ()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        return None if found is None else dressed(found, (*self.path, cmd_name))


class Everything(HouseGroup):
    """The outermost group: it finds out which language is spoken before anything is said."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **more: Any) -> Any:
        import os
        import sys

        speak(asked(list(sys.argv[1:] if args is None else args), os.environ))
        dressed(self, ())
        return super().main(args, *rest, **more)


def dressed(command: click.Command, path: tuple[str, ...]) -> click.Command:
    """The command with its help, and that of its options and arguments, in the language that is spoken."""
    if isinstance(command, HouseGroup):
        command.path = path
        command.subcommand_metavar = _said(load_toml("labels/click.toml")["click"]["command_metavar"])
    command.help = about(path) or command.help
    command.options_metavar = _said(load_toml("labels/click.toml")["click"]["options_metavar"])
    vars(command).pop("_help_option", None)  # it keeps the words in which it was first asked for
    command._help_option = None
    for param in command.params:
        if isinstance(param, (click.Option, click.Argument)):
            param.help = meaning(path, str(param.name)) or param.help
            _name_value(param)
    return command


def about(path: tuple[str, ...]) -> str:
    """What a command does; the empty string where nobody has said it."""
    return _said(_entry((*path, ABOUT)))


def meaning(path: tuple[str, ...], param: str) -> str:
    """What an option or argument of a command means, else what it means everywhere."""
    return _said(_entry((*path, param)) or _entry((SHARED, param)))


def _name_value(param: click.Option | click.Argument) -> None:
    """The word for the value, such as FILE, where the language has one."""
    if isinstance(param, click.Option) and (param.is_flag or param.count):
        return
    own = vars(param).setdefault("own_metavar", param.metavar)
    if isinstance(param.type, click.Choice) and own is None:
        return
    kind = _kind(param.type)
    word = own or (str(param.name) if isinstance(param, click.Argument) else kind)
    said = _said(load_toml(WORDS).get("metavar", {}).get(word.lower().replace(" ", "_").replace(".", "_").replace("=", "_")))
    if not said:
        return
    if kind in (NUMBER, PATH):
        param.type.name = said.lower()  # said where a value is no number
    if isinstance(param, click.Argument):
        said = said if param.required else f"[{said}]"
        said += "..." if param.nargs != 1 else ""
    param.metavar = said


def _kind(kind: click.ParamType[Any]) -> str:
    if isinstance(kind, click.DateTime):
        return "date"
    if isinstance(kind, click.Path):  # its name is in the language that was spoken when it was made
        return PATH
    return NUMBER if isinstance(kind, click.IntRange) or kind is click.INT else kind.name


def _entry(path: tuple[str, ...]) -> Any:
    found: Any = load_toml(WORDS)["help"]
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _said(entry: Any) -> str:
    """The words of an entry in the language that is spoken; none where it is no entry of words."""
    text = entry.get(spoken()) if isinstance(entry, dict) else None
    return text if isinstance(text, str) else ""
