"""Where everything stands in a TOML text: the places of keys, values and entries, so that a value can be changed and the
rest of the file, comments and order included, stays as it is. Takes only what tomllib has read without complaint."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

from hrbook.ingest.shape import Loc

BARE = re.compile(r"[A-Za-z0-9_-]+")
BLANK = re.compile(r"[ \t]*")
SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
REST = re.compile(r"[ \t]*(?:#[^\n\r]*)?")
LINE_END = re.compile(r"\r?\n|$")
ATOM = re.compile(r"[^,\]}#\r\n]+")
QUOTES = ('"""', "'''", '"', "'")


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` up to and without `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Element:
    """An element of an array: what stands before it (blanks, comments), its value, and the rest of its line after the comma."""

    lead: Span
    value: Span
    tail: Span


@dataclass(slots=True)
class Places:
    """The places of one text. A pair in a table is its whole line (all lines of its value), in braces from key to value.
    A block is an entry of [[...]] or a table of its own: its header with the comment lines right above it, up to the end
    of its last pair. `order` lists the blocks as they stand."""

    text: str
    values: dict[Loc, Span] = field(default_factory=dict)
    pairs: dict[Loc, Span] = field(default_factory=dict)
    arrays: dict[Loc, list[Element]] = field(default_factory=dict)
    braces: set[Loc] = field(default_factory=set)
    blocks: dict[Loc, Span] = field(default_factory=dict)
    order: list[Loc] = field(default_factory=list)

    def head(self) -> Span:
        """The part before the first header."""
        return Span(0, self.blocks[self.order[0]].start if self.order else len(self.text))


def scan(text: str) -> Places:
    """The places of a text that tomllib has read."""
    return _Scanner(text).run()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places = Places(text)
        self._counts: dict[Loc, int] = {}

    def run(self) -> Places:
        text = self.text
        table: Loc = ()
        if text.startswith("\ufeff"):
            self.at = 1
        while True:
            self._skip(SPACE)
            if self.at >= len(text):
                return self.places
            if text[self.at] == "[":
                table = self._header()
            else:
                self._pair_line(table)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _header(self) -> Loc:
        start, listed = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if listed else 1
        keys = self._keys()
        self.at += 2 if listed else 1
        self._skip(REST)
        self._skip(LINE_END)
        table = self._entered(keys, listed)
        self.places.blocks[table] = Span(self._with_comments(start), self.at)
        self.places.order.append(table)
        return table

    def _entered(self, keys: tuple[str, ...], listed: bool) -> Loc:
        """The place that a header names: a list on the way means its last entry."""
        loc: Loc = ()
        for number, key in enumerate(keys, start=1):
            loc = (*loc, key)
            if listed and number == len(keys):
                self._counts[loc] = self._counts.get(loc, -1) + 1
            if loc in self._counts:
                loc = (*loc, self._counts[loc])
        return loc

    def _with_comments(self, start: int) -> int:
        """The start of the comment lines right above a header."""
        while start > 0:
            before = self.text.rfind("\n", 0, start - 1) + 1
            if not self.text[before:start].lstrip(" \t").startswith("#"):
                break
            start = before
        return start

    def _pair_line(self, table: Loc) -> None:
        start = self.text.rfind("\n", 0, self.at) + 1
        if self.text.startswith("\ufeff") and start == 0:
            start = 1
        loc = self._pair(table)
        self._skip(REST)
        self._skip(LINE_END)
        self.places.pairs[loc] = Span(start, self.at)
        block = self.places.blocks.get(table)
        if block is not None:
            self.places.blocks[table] = Span(block.start, self.at)

    def _pair(self, table: Loc) -> Loc:
        loc: Loc = (*table, *self._keys())
        self.at += 1  # the sign of equality
        self._skip(BLANK)
        self._value(loc)
        return loc

    def _keys(self) -> tuple[str, ...]:
        """A key, dotted or not; the position is left behind the blanks that follow it."""
        keys: list[str] = []
        while True:
            self._skip(BLANK)
            if self.text[self.at] in "\"'":
                start = self.at
                self._string()
                keys.append(_plain(self.text[start : self.at]))
            else:
                match = BARE.match(self.text, self.at)
                assert match is not None  # tomllib has read it
                keys.append(match.group())
                self.at = match.end()
            self._skip(BLANK)
            if self.text[self.at] != ".":
                return tuple(keys)
            self.at += 1

    def _value(self, loc: Loc) -> None:
        start, sign = self.at, self.text[self.at]
        if sign == "[":
            self._array(loc)
        elif sign == "{":
            self._braces(loc)
        elif sign in "\"'":
            self._string()
        else:
            match = ATOM.match(self.text, self.at)
            assert match is not None
            self.at = start + len(match.group().rstrip())
        self.places.values[loc] = Span(start, self.at)

    def _string(self) -> None:
        quote = next(q for q in QUOTES if self.text.startswith(q, self.at))
        self.at += len(quote)
        while not self.text.startswith(quote, self.at):
            self.at += 2 if self.text[self.at] == "\\" and quote[0] == '"' else 1
        self.at += len(quote)
        while len(quote) == 3 and self.at < len(self.text) and self.text[self.at] == quote[0]:
            self.at += 1  # a long string may end with quotes of its own

    def _array(self, loc: Loc) -> None:
        elements: list[Element] = []
        self.at += 1
        while True:
            lead = self.at
            self._skip(SPACE)
            if self.text[self.at] == "]":
                self.at += 1
                break
            start = self.at
            self._value((*loc, len(elements)))
            end = self.at
            self._skip(SPACE)
            if self.text[self.at] == ",":
                self.at += 1
                after = self.at
                self._skip(REST)
            else:
                after = self.at = end
            elements.append(Element(Span(lead, start), Span(start, end), Span(after, self.at)))
        self.places.arrays[loc] = elements

    def _braces(self, loc: Loc) -> None:
        self.places.braces.add(loc)
        self.at += 1
        while True:
            self._skip(BLANK)
            if self.text[self.at] == "}":
                self.at += 1
                return
            start = self.at
            inner = self._pair(loc)
            self.places.pairs[inner] = Span(start, self.at)
            self._skip(BLANK)
            if self.text[self.at] == ",":
                self.at += 1


def _plain(quoted: str) -> str:
    """The text of a quoted key."""
    return next(iter(tomllib.loads(f"{quoted} = 0")))
