"""Names and numbers under every way of writing them: two spellings of one name have one key. For searching only."""

from __future__ import annotations

import unicodedata
from functools import cache

from hrbook.resources import load_toml

FILE = "spellings.toml"
HIRAGANA, KATAKANA, KANA_LETTERS = 0x3041, 0x30A1, 86
SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))  # variants of one letter


@cache
def _letters() -> dict[int, int | str | None]:
    table: dict[int, int | str | None] = {HIRAGANA + i: KATAKANA + i for i in range(KANA_LETTERS)}
    for pair in load_toml(FILE)["letters"]:
        table.update({ord(a): ord(b) for a, b in zip(pair["from"], pair["to"], strict=True) if a != b})
    table.update(dict.fromkeys(SELECTORS))
    return table


@cache
def _between() -> dict[int, None]:
    return {ord(sign): None for sign in load_toml(FILE)["between"]["signs"]}


def spaced(text: str) -> str:
    """Width, case, kana and letters of one meaning made equal; blanks and signs kept, so that words stay words."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_letters())


def closed(text: str) -> str:
    """A spaced text without blanks and without the signs that stand between the parts of a name."""
    return "".join(text.translate(_between()).split())


def names_of(name: str) -> tuple[str, ...]:
    """The keys of a person's name: as written, and with its parts the other way round."""
    words = spaced(name).translate(_between()).split()
    return tuple(dict.fromkeys(key for key in ("".join(words), "".join(reversed(words))) if key))
