"""Typed numbers in a part that are no days: only the format of its cell tells 46113 from a date."""

from __future__ import annotations

import re
from collections.abc import Collection

from hrbook.guard.package import Package

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))  # built-in formats of days and times
_FORMAT = re.compile(rb'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"')
_CELLS = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.S)
_XF = re.compile(rb'<xf numFmtId="(\d+)"')
# <v> of a cell, <c:v> of a chart, but no place in the list of shared texts as the writer puts it; a fixed beginning is found
# fastest.
_NUMBER = re.compile(rb'v>(?<! t="s"><v>)0*([1-9]\d{4,})(?:\.0+)?</')
_CELL = re.compile(rb"(<c [^>]*>)(?:<f[^>]*>[^<]*</f>)?<")
_STYLE = re.compile(rb' s="(\d+)"')
_WORDS = re.compile(rb"&quot;.*?&quot;|\\.|\[[^\]]*\]")


def numbers_of(name: str, data: bytes) -> list[bytes]:
    """Typed whole numbers of five digits and more on a worksheet or in a chart; days are among them."""
    return _NUMBER.findall(data) if name.startswith(("xl/worksheets/", "xl/charts/")) else []


def typed_numbers(package: Package, data: bytes, numbers: Collection[str]) -> set[str]:
    """Those of `numbers` that stand in the part as a typed number and not as a day or as the place of a shared text. One pass,
    however many there are: the days of a large city's book are as large as the numbers of its staff."""
    dates = _date_styles(package.part("xl/styles.xml"))
    found: set[str] = set()
    end = 0
    for value in _NUMBER.finditer(data):
        number = value[1].decode()
        if number in numbers and number not in found:
            opened = data.rfind(b"<c ", end, value.start())
            cell = _CELL.fullmatch(data, opened, value.start()) if opened >= 0 else None
            head = cell[1] if cell is not None else b""
            style = _STYLE.search(head)
            if b't="s"' not in head and (style is None or int(style[1]) not in dates):
                found.add(number)
        end = value.end()
    return found


def _date_styles(styles: bytes) -> frozenset[int]:
    """Indexes of the cell formats that show a day or a time."""
    own = {int(number) for number, code in _FORMAT.findall(styles) if re.search(rb"[ymdhsge]", _WORDS.sub(b"", code.lower()))}
    cells = _CELLS.search(styles)
    formats = _XF.findall(cells[0]) if cells else []
    return frozenset(index for index, number in enumerate(formats) if int(number) in _DATES | own)
