"""What the look of a cell says of its value: zeros that only the number format shows, rows struck out or greyed."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree

ZEROS = re.compile(r"0{2,}")
GREY = re.compile("(?:FF)?([0-9A-F]{2})\\1\\1", re.IGNORECASE)
DARKEST, LIGHTEST = 0x50, 0xEC  # a grey between black and white
TINT = -0.05  # theme colour 0 is white; made darker it is a grey
STYLED = re.compile(rb'<(?:\w+:)?c\b([^>]*?\bs="(\d{1,6})"[^>]*?)(/?)>')
VALUED = re.compile(rb'<(?:\w+:)?c\b([^>]*?\bs="(\d{1,6})"[^>]*?)><(?:\w+:)?v>(\d{1,18})</')
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


class Looks(NamedTuple):
    """Numbers of cell styles: `zeros` gives the digits that the format always shows; `struck` and `grey` are looks."""

    zeros: dict[int, int]
    struck: frozenset[int]
    grey: frozenset[int]


NONE = Looks({}, frozenset(), frozenset())


def read_looks(styles: bytes) -> Looks:
    """The looks of a styles part that matter; cheap where there are none."""
    root = ElementTree.fromstring(styles)
    formats = {e.get("numFmtId", ""): e.get("formatCode", "") for e in _children(root, "numFmts")}
    struck = {str(n) for n, font in enumerate(_children(root, "fonts")) if _on(font, "strike")}
    grey = {str(n) for n, fill in enumerate(_children(root, "fills")) if _grey(fill)}
    zeros: dict[int, int] = {}
    rows_struck: set[int] = set()
    rows_grey: set[int] = set()
    for number, style in enumerate(_children(root, "cellXfs")):
        code = formats.get(style.get("numFmtId", ""), "")
        if ZEROS.fullmatch(code):
            zeros[number] = len(code)
        if style.get("fontId") in struck:
            rows_struck.add(number)
        if style.get("fillId") in grey:
            rows_grey.add(number)
    return Looks(zeros, frozenset(rows_struck), frozenset(rows_grey))


def padded(sheet: bytes, looks: Looks) -> dict[tuple[int, int], str]:
    """0-based (row, column) -> the digits that Excel shows, where a number format adds zeros in front."""
    if not looks.zeros:
        return {}
    found: dict[tuple[int, int], str] = {}
    for attributes, style, digits in VALUED.findall(sheet):
        width = looks.zeros.get(int(style), 0)
        if len(digits) < width and (b't="' not in attributes or b't="n"' in attributes) and (place := place_of(attributes)):
            found[place] = digits.decode().zfill(width)
    return found


def marked_rows(sheet: bytes, styles: frozenset[int], filled: list[int]) -> list[int]:
    """0-based rows in which at least half of the filled cells have one of `styles`; `filled` counts them by row."""
    if not styles:
        return []
    counted: dict[int, int] = {}
    for attributes, style, empty in STYLED.findall(sheet):
        if int(style) in styles and not empty and (place := place_of(attributes)):
            counted[place[0]] = counted.get(place[0], 0) + 1
    return sorted(row for row, count in counted.items() if row < len(filled) and count * 2 >= filled[row] > 0)


def place_of(attributes: bytes) -> tuple[int, int] | None:
    """0-based (row, column) of a cell from its attributes."""
    match = REFERENCE.search(attributes)
    if match is None:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + letter - 64
    return int(match.group(2)) - 1, column - 1


def _children(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    for child in root:
        if child.tag.rpartition("}")[2] == name:
            return list(child)
    return []


def _on(font: ElementTree.Element, name: str) -> bool:
    marks = [child for child in font if child.tag.rpartition("}")[2] == name]
    return any(mark.get("val", "1") in ("1", "true", "on") for mark in marks)


def _grey(fill: ElementTree.Element) -> bool:
    for element in fill.iter():
        if element.tag.rpartition("}")[2] != "fgColor":
            continue
        match = GREY.fullmatch(element.get("rgb", ""))
        if match:
            return DARKEST <= int(match.group(1), 16) <= LIGHTEST
        return element.get("theme") == "0" and float(element.get("tint", "0")) < TINT
    return False
