"""How much one printed page holds, and where a long list is broken, so that its pages are filled evenly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from hrbook.sheets.book import Page
from hrbook.styles import load_styles
from hrbook.textfit import PX_PER_UNIT, char_units, column_px, spans, units, usable_px

LEAST_SHOWN = 20  # half-width letters of a text that has no room
DPI = 96
A4 = (8.27, 11.69)  # inches
SLACK = 0.96  # rows come out a little taller in some programs
LEADING, AROUND = 1.3, 3.0  # height of a line for a point of its letters; points above and below the lines of a cell


def pixels(width: float) -> int:
    """Pixels of a column of `width` characters; a column without width is hidden."""
    return column_px(width) if width else 0


def size_of(look: str) -> float:
    """Points of the letters of a look."""
    return load_styles().look(look).size


def units_in(px: float, look: str) -> float:
    """Half-width letters of a look that `px` pixels hold."""
    return px / (size_of(look) * PX_PER_UNIT)


def room_for(px: float, look: str) -> int:
    """Half-width letters of a look that a cell `px` wide shows on one line, its indent not counted."""
    return int(units_in(usable_px(px), look))


def cut(text: str, room: int) -> str:
    """The beginning of a text that takes at most `room` half-width letters."""
    taken = 0
    for index, char in enumerate(text):
        taken += char_units(char)
        if taken > room:
            return text[:index]
    return text


def shortened(
    parts: Sequence[tuple[Callable[[str], str], str]], line: Callable[[Sequence[str]], str], room: int, mark: str
) -> str:
    """A line of at most `room` half-width letters, with `mark` behind it where something has no room. Each part is a text and
    what is said with it; a text of which less than LEAST_SHOWN would be seen is left out: so short a beginning says nothing,
    and may be no more than the name of somebody."""
    shown: list[str] = []
    for said, text in parts:
        plain = text.replace("\n", " ")
        if units(line([*shown, said(plain)])) > room:
            left = room - units(line([*shown, said("")]))
            shown += [said(cut(plain, left))] if left >= LEAST_SHOWN else []
            return line(shown) + mark
        shown.append(said(plain))
    return line(shown)


def capacity(columns: Sequence[float], page: Page) -> float:
    """Points of rows on one A4 page when columns of these widths (characters) are fitted to the page's width."""
    short, long = A4
    wide, high = (long, short) if page.landscape else (short, long)
    left, right, top, bottom = page.margins
    scale = min(1.0, (wide - left - right) * DPI / sum(pixels(width) for width in columns))
    return (high - top - bottom) * 72 / scale * SLACK


def page_starts(heights: Sequence[float], tail: float, room: float) -> tuple[int, ...]:
    """Indices of the rows that begin a new page, so that all pages are filled about alike.

    `heights` are the rows' points, `tail` is what must stay with the last of them, `room` what one page holds."""
    pages = max(1, -int(-(sum(heights) + tail) // room))
    while True:
        starts = _evenly(heights, tail, pages)
        edges = [0, *starts, len(heights)]
        filled = [sum(heights[first:last]) for first, last in pairwise(edges)]
        filled[-1] += tail
        if max(filled) <= room or pages > len(heights):
            return starts
        pages += 1


def _evenly(heights: Sequence[float], tail: float, pages: int) -> tuple[int, ...]:
    share = (sum(heights) + tail) / pages
    starts: list[int] = []
    filled = 0.0
    for index, height in enumerate(heights):
        if filled + height / 2 > share * (len(starts) + 1) and len(starts) + 1 < pages:
            starts.append(index)
        filled += height
    return tuple(starts)


def lines(text: str, px: float, look: str) -> int:
    """Lines that a text takes in a cell of this look, `px` wide."""
    letters = load_styles().look(look)
    return len(spans(text, usable_px(px, letters.indent), letters.size, letters.bold))


def line_height(look: str) -> float:
    """Points of a line."""
    return size_of(look) * LEADING


def text_height(text: str, width: float, look: str) -> float:
    """Points of the lines that a text takes in a cell of this look, `width` characters wide."""
    return lines(text, pixels(width), look) * line_height(look)


def kept_together(rows: Sequence[tuple[float, bool]], room: float) -> tuple[int, ...]:
    """Indices of the rows that begin a new page. A row is (points, stays with the next one): no heading is left alone,
    and a chain of such rows moves as a whole unless it is longer than a page."""
    starts: list[int] = []
    filled = 0.0
    first = 0
    for index, (height, _) in enumerate(rows):
        if filled + height > room and index > first:
            start = index
            while start > first and rows[start - 1][1]:
                start -= 1
            start = start if start > first else index
            starts.append(start)
            first = start
            filled = sum(points for points, _ in rows[start:index])
        filled += height
    return tuple(starts)
