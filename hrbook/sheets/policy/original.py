"""The last sheet: the file itself, a line a row, so that comments and order come back with what was edited."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.policy.desk import FIRST, Desk

WIDTH = 160.0
LINE = 15.0


def original(desk: Desk, text: str) -> Sheet:
    """The file's lines from row FIRST on; above them its line ends and its SHA-256, by which a change is noticed."""
    words = desk.plan.original
    canvas = Canvas(words["name"], (WIDTH, 4.0, 4.0))
    desk.top(canvas, words["heading"], words["why"])
    canvas.put(FIRST - 2, 0, mark_of(text), "code muted")
    canvas.put(FIRST - 1, 0, desk.file, "th_left")
    for row, line in enumerate(lines_of(text), start=FIRST):
        canvas.put(row, 0, line or None, "code nowrap small")
        canvas.heights[row] = LINE
    page = replace(desk.page(words["name"], (WIDTH,)), repeat_rows=(FIRST - 1, FIRST - 1))
    return canvas.sheet(page, protected=True, tab="line")


def mark_of(text: str) -> str:
    """How the text is put together again, and by what it is known."""
    ends = "CRLF" if "\r\n" in text else "LF"
    return f"{ends} {hashlib.sha256(text.encode('utf-8')).hexdigest()}"


def lines_of(text: str) -> list[str]:
    """The lines without their ends; a last end gives an empty line, which stands for it."""
    return text.replace("\r\n", "\n").split("\n")
