"""Typed numbers on a sheet that are no days: only the format of its cell tells 46113 from a date."""

from __future__ import annotations

import re
from collections.abc import Collection

from hrbook.guard.package import Package

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))  # built-in formats of days and times
_FORMAT = re.compile(rb'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"')
_CELLS = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.S)
_XF = re.compile(rb'<xf numFmtId="(\d+)"')
_WORDS = re.compile(rb"&quot;.*?&quot;|\\.|\[[^\]]*\]")


def typed_numbers(package: Package, name: str, data: bytes, numbers: Collection[str]) -> set[str]:
    """Those of `numbers` that stand in the part as a typed number and not as a day or as the place of a shared text."""
    dates = _date_styles(dict(package.parts).get("xl/styles.xml", b""))
    found = set()
    for number in numbers:
        value = rb"<(?:c:)?v>0*" + number.encode() + rb"(?:\.0+)?</"
        for before in re.finditer(rb"(<c [^>]*>)?(?:<f[^>]*>[^<]*</f>)?" + value, data):
            cell = before[1] or b""
            style = re.search(rb' s="(\d+)"', cell)
            if b't="s"' not in cell and (style is None or int(style[1]) not in dates):
                found.add(number)
    return found


def _date_styles(styles: bytes) -> frozenset[int]:
    """Indexes of the cell formats that show a day or a time."""
    own = {int(number) for number, code in _FORMAT.findall(styles) if re.search(rb"[ymdhsge]", _WORDS.sub(b"", code.lower()))}
    cells = _CELLS.search(styles)
    formats = _XF.findall(cells[0]) if cells else []
    return frozenset(index for index, number in enumerate(formats) if int(number) in _DATES | own)
