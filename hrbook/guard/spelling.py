"""Names and numbers under every way of writing them: two spellings of one name have one key. For searching only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from hrbook.resources import load_toml

FILE = "spellings.toml"
HIRAGANA, KATAKANA, KANA_LETTERS = 0x3041, 0x30A1, 86
SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))  # variants of one letter


class _Tables:
    """Translation tables of the templates in use; made anew where another working folder brings others."""

    def __init__(self) -> None:
        self._source: dict[str, Any] | None = None
        self.letters: dict[int, int | str | None] = {}
        self.between: dict[int, None] = {}

    def current(self) -> _Tables:
        source = load_toml(FILE)
        if source is not self._source:
            self._source = source
            self.letters = {HIRAGANA + i: KATAKANA + i for i in range(KANA_LETTERS)}
            for pair in source["letters"]:
                self.letters.update({ord(a): ord(b) for a, b in zip(pair["from"], pair["to"], strict=True) if a != b})
            self.letters.update(dict.fromkeys(SELECTORS))
            self.between = {ord(sign): None for sign in source["between"]["signs"]}
        return self


_tables = _Tables()


def spaced(text: str) -> str:
    """Width, case, kana and letters of one meaning made equal; blanks and signs kept, so that words stay words."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_tables.current().letters)


def closed(text: str) -> str:
    """A spaced text without blanks and without the signs that stand between the parts of a name."""
    return "".join(text.translate(_tables.current().between).split())


def names_of(name: str) -> tuple[str, ...]:
    """The keys of a person's name: as written, and with its parts the other way round."""
    words = spaced(name).translate(_tables.current().between).split()
    return tuple(dict.fromkeys(key for key in ("".join(words), "".join(reversed(words))) if key))


def places_of(key: str, words: str) -> Iterator[tuple[int, int]]:
    """Where the letters of a key stand in a text one after the other, with nothing but blanks and signs between them. Walked
    by hand: there are as many keys as people, and to compile a pattern for each takes ten times as long as the search."""
    if not key.isalnum():  # a key with signs in it: only a pattern can tell them from those between its letters
        yield from (found.span() for found in re.finditer(r"[\W_]*".join(map(re.escape, key)), words))
        return
    start = words.find(key[0])
    while start >= 0:
        end = start + 1
        for letter in key[1:]:
            while end < len(words) and not words[end].isalnum():
                end += 1
            if not words.startswith(letter, end):
                break
            end += 1
        else:
            yield start, end
            start = words.find(key[0], end)
            continue
        start = words.find(key[0], start + 1)
