"""Text on a terminal, where full-width characters take two places: lengths, lines, pages of help."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import click

from hrbook.kinsoku import never_ends, never_starts

PIECE = re.compile(r"[\x21-\u02ff]+|\s+|.", re.DOTALL)  # a word in half width is never parted


def width(text: str) -> int:
    """Places that a text takes; marks that join the character before them take none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in click.unstyle(text)
    )


def lines(text: str, room: int) -> list[str]:
    """The lines of one paragraph, each at most `room` places wide where its words allow that: no line begins with a full
    stop or a closing bracket, none ends with an opening one."""
    found: list[str] = [""]
    for part in _unparted(text):
        if part.isspace():
            found[-1] += " " if found[-1] else ""
        elif found[-1].strip() and width(found[-1]) + width(part) > room:
            found.append(part)
        else:
            found[-1] += part
    return [line.rstrip() for line in found]


def _unparted(text: str) -> Iterator[str]:
    """Pieces between which a line may end."""
    held = ""
    for piece in PIECE.findall(text):
        closes = never_starts(piece[0])
        if (held and not (closes or never_ends(held[-1]))) or piece.isspace() or held.isspace():
            if held:
                yield held
            held = ""
        held += piece
    if held:
        yield held


class Page(click.HelpFormatter):
    """A page of help that counts full-width characters as two places."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line; further lines begin under its first argument."""
        from click import formatting

        start = f"{prefix or vars(formatting)['_']('Usage:') + ' '}{prog} "
        self._hang(start, args)

    def write_text(self, text: str) -> None:
        """Paragraphs, divided by blank lines."""
        for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
            if number:
                self.write("\n")
            self._hang(" " * self.current_indent, " ".join(paragraph.replace("\b", "").split()))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Terms and what they mean, in two columns; a term that is too long stands on a line of its own."""
        table = list(rows)
        first = min(max((width(term) for term, _ in table), default=0), col_max) + col_spacing
        for term, meaning in table:
            start = " " * self.current_indent + term
            if width(term) > first - col_spacing and meaning:
                self.write(f"{start}\n")
                start = ""
            self._hang(start + " " * (self.current_indent + first - width(start)), meaning)

    def _hang(self, start: str, text: str) -> None:
        indent = width(start)
        rows = lines(text, max(self.width - indent, 20))
        self.write("\n".join([f"{start}{rows[0]}".rstrip(), *(" " * indent + row for row in rows[1:])]) + "\n")
