"""Which language a command line speaks, and click's own words in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

import click.shell_completion  # noqa: F401 - its words are exchanged with the others

from hrbook.resources import load_toml
from hrbook.words import LANGUAGES

LANGUAGE_VARIABLE = "HRBOOK_LANG"
OPTION = "--lang"
_spoken = ""


def spoken() -> str:
    """The language of this command line: "ja" or "en"."""
    return _spoken or asked((), os.environ)


def asked(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language that a command line asks for, wherever `--lang` stands; else that of HRBOOK_LANG, else Japanese."""
    found = environment.get(LANGUAGE_VARIABLE, "")
    for place, word in enumerate(words):
        if word == "--":
            break
        name, sign, value = word.partition("=")
        if name == OPTION:
            given = value if sign else next(iter(words[place + 1 : place + 2]), "")
            found = given if given in LANGUAGES else found
    return found if found in LANGUAGES else LANGUAGES[0]


def speak(language: str) -> None:
    """From here on click says its own words in `language`. It asks a function `_` in each of its modules for them, and
    the standard one would look for a compiled catalogue on the disk by the system's language, not by ours."""
    global _spoken  # one command line a process speaks one language
    _spoken = language
    table = {entry["en"]: entry[language] for entry in load_toml("labels/click.toml")["click"].values()}

    def said(text: str) -> str:
        return str(table.get(text, text))

    def counted(one: str, more: str, count: int) -> str:
        return said(one if count == 1 else more)

    for name, module in list(sys.modules.items()):
        if name.startswith("click."):
            for key, function in (("_", said), ("ngettext", counted)):
                if key in vars(module):
                    setattr(module, key, function)
