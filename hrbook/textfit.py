"""How much room Japanese text takes in a cell, and where its lines may end. Widths are in half-width units or pixels.

A full-width letter is two units of half an em each, as BIZ UD Gothic draws them; LibreOffice gives 2/3 pixel (96 dpi)
a unit and point, and an indent of three blanks. The constants add two percent (bold: five) for other renderers."""

from __future__ import annotations

import math
import unicodedata
from functools import cache, lru_cache
from typing import Any

from hrbook.kinsoku import never_ends, never_starts

PX_PER_UNIT = 0.682  # pixels of one unit per point of font size, so 7.5 at 11 points
BOLD = 1.03
PADDING = 12  # pixels of a column beside its text, for widths chosen by us
MARGIN = 7  # pixels of a cell that its text cannot use
INDENT = 22  # pixels of one step of indent: three blanks of the Normal font
LINE = 1.32  # height of a line per point of font size
AIR = 5.0  # points above and below the lines of a row
MAX_HEIGHT = 409.0  # points; Excel's limit for a row
DIGIT = 7  # pixels of a digit of the Normal font, the unit of column widths
CELL = 5  # pixels of a column that its width does not count

Span = tuple[int, int]
"""First and past-the-end index of one line in its text."""


@lru_cache(maxsize=8192)
def char_units(char: str) -> int:
    """Units of one character: 2 for wide and ambiguous ones (as Japanese fonts draw them), 0 for what has no width."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc", "Cs"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def units(text: str) -> int:
    """Units of the widest line of a text."""
    if text.isascii() and "\n" not in text:
        return len(text)
    return max(sum(map(char_units, line)) for line in text.split("\n"))


def text_px(text: str, size: float = 11.0, bold: bool = False) -> float:
    """Pixels of the widest line of a text at a font size in points."""
    return units(text) * size * PX_PER_UNIT * (BOLD if bold else 1.0)


def usable_px(px: float, indent: int = 0) -> float:
    """Pixels for text in a cell `px` wide."""
    return max(1.0, px - MARGIN - indent * INDENT)


def column_px(width: float) -> int:
    """Pixels of a column whose width is given in characters, as Excel rounds them."""
    return int(width * (DIGIT + CELL) + 0.5) if width < 1 else int(width * DIGIT + 0.5) + CELL


def column_width(px: float) -> float:
    """Characters of a column that is to be `px` wide."""
    return round(px / (DIGIT + CELL), 2) if px < DIGIT + CELL else round((px - CELL) / DIGIT, 2)


def width_for(text: str, size: float = 11.0, bold: bool = False, indent: int = 0) -> float:
    """Characters of a column that shows `text` on one line."""
    return column_width(math.ceil(text_px(text, size, bold)) + PADDING + indent * INDENT)


def row_height(lines: int, size: float = 11.0) -> float:
    """Points of a row with so many lines, in quarters of a point (a third of a pixel), at most Excel's limit."""
    return min(MAX_HEIGHT, math.ceil((max(1, lines) * size * LINE + AIR) * 4) / 4)


def wrap(text: str, px: float, size: float = 11.0, bold: bool = False) -> tuple[str, ...]:
    """Lines of `text` for `px` usable pixels."""
    return tuple(text[start:end] for start, end in spans(text, px, size, bold))


@lru_cache(maxsize=16384)
def spans(text: str, px: float, size: float = 11.0, bold: bool = False) -> tuple[Span, ...]:
    """Where the lines of `text` begin and end. Own line ends are kept; blanks around new ones belong to no line.
    A phrase moves to the next line as a whole; one wider than the cell ends between kinds of letters; a word or a
    number is split only if it alone is wider than the cell."""
    room = px / (size * PX_PER_UNIT * (BOLD if bold else 1.0))
    found: list[Span] = []
    start = 0
    for line in text.split("\n"):
        found.extend((start + first, start + last) for first, last in _lines(line, room))
        start += len(line) + 1
    return tuple(found)


def _lines(line: str, room: float) -> list[Span]:
    if units(line) <= room:
        return [(0, len(line))]
    ends = [0]
    for char in line:
        ends.append(ends[-1] + char_units(char))
    ranks = _ranks(line)
    found: list[Span] = []
    start, last = 0, len(line)
    while ends[last] - ends[start] > room:
        stop = _stop(ends, ranks, start, room)
        found.append((start, _trimmed(line, start, stop)))
        start = stop
        while start < last and line[start].isspace():
            start += 1
    if start < last or not found:
        found.append((start, last))
    return found


def _trimmed(line: str, start: int, stop: int) -> int:
    end = stop
    while end > start and line[end - 1].isspace():
        end -= 1
    return end if end > start else stop


def _stop(ends: list[int], ranks: list[int], start: int, room: float) -> int:
    """The best place to end a line: the farthest of the best rank that fits; at least one letter, however wide."""
    fits = start + 1
    while fits + 1 < len(ends) and (ranks[fits] == NEVER or ends[fits + 1] - ends[start] <= room):
        fits += 1
    for rank in (PHRASE, KIND, LETTER, KANA, ANY):
        for place in range(fits, start, -1):
            if ranks[place] <= rank:
                return place
    return fits


PHRASE, KIND, LETTER, KANA, ANY, NEVER = range(6)


def _ranks(line: str) -> list[int]:
    """How good a line end is at each place of a line (lower is better)."""
    phrases = {0}
    place = 0
    for phrase in _parser().parse(line):
        place += len(phrase)
        phrases.add(place)
    ranks = [PHRASE]
    before = line[0]
    for place, after in enumerate(line[1:], start=1):
        if char_units(after) == 0:
            ranks.append(NEVER)
        else:
            ranks.append(_rank(before, after, place in phrases))
            before = after
    return [*ranks, PHRASE]


def _rank(before: str, after: str, phrase: bool) -> int:
    if after.isspace() or before.isspace():
        return PHRASE if before.isspace() or not never_ends(before) else ANY
    first, second = _kind(before), _kind(after)
    if never_starts(after) or never_ends(before) or (first == second == "run"):
        return ANY
    if (before.isdigit() and second != "run") or (first == "cjk" and after.isdigit()):
        return LETTER  # a number stays with its era and with what it counts
    if phrase:
        return PHRASE
    if first != second:
        return LETTER if second == "hiragana" else KIND
    return KANA if second in ("hiragana", "katakana") else LETTER


@lru_cache(maxsize=8192)
def _kind(char: str) -> str:
    """Letters of one kind make a word: Latin and digits "run", else the script, else the sign itself."""
    plain = unicodedata.normalize("NFKC", char)
    if plain.isascii() and (plain.isalnum() or plain in "-_.,/:'%+&@#"):
        return "run"
    if unicodedata.category(char) == "Co":
        return "cjk"  # letters that a city made itself stand in names
    name = unicodedata.name(char, "")
    scripts = (("KATAKANA", "katakana"), ("HIRAGANA", "hiragana"), ("CJK UNIFIED", "cjk"), ("IDEOGRAPH", "cjk"))
    return next((kind for word, kind in scripts if word in name and unicodedata.category(char)[0] == "L"), char)


@cache
def _parser() -> Any:
    import budoux  # commands that write no workbook measure no text: they do without

    return budoux.load_default_japanese_parser()
