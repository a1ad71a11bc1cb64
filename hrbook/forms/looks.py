"""What a form's cells look like, as far as filling must know: whether a cell shows a date, and whether its text wraps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hrbook.forms.xml import Part

BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE = re.compile(r"[ymdge]", re.IGNORECASE)
_NO_DATE = re.compile(r"general|e[+-]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Looks:
    """By number of a cell's style."""

    dates: tuple[bool, ...] = ()
    wrapped: tuple[bool, ...] = ()

    def shows_date(self, style: str | None) -> bool:
        """Whether a cell of this style shows a number as a date."""
        return _at(self.dates, style)

    def wraps(self, style: str | None) -> bool:
        """Whether a cell of this style breaks its text into lines."""
        return _at(self.wrapped, style)


def _at(values: tuple[bool, ...], style: str | None) -> bool:
    number = int(style or 0)
    return number < len(values) and values[number]


def looks_of(styles: Part | None) -> Looks:
    """The looks of a workbook."""
    if styles is None:
        return Looks()
    root = styles.root
    formats, cells = root.child("numFmts"), root.child("cellXfs")
    codes = {f.attributes.get("numFmtId", ""): f.attributes.get("formatCode", "") for f in (formats.children if formats else ())}
    dates, wrapped = [], []
    for look in cells.children if cells else ():
        number = look.attributes.get("numFmtId", "0")
        alignment = look.child("alignment")
        dates.append(_is_date(codes[number]) if number in codes else int(number) in BUILT_IN_DATES)
        wrapped.append(alignment is not None and alignment.attributes.get("wrapText") in ("1", "true"))
    return Looks(tuple(dates), tuple(wrapped))


def _is_date(code: str) -> bool:
    return _DATE.search(_NO_DATE.sub("", _LITERAL.sub("", code))) is not None
