"""Cells of a sheet's XML with another style; cells and rows that are not there yet are put in their place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from hrbook.excel.marked.styles import StyleBook
from hrbook.excel.marked.xml import prefix_of

DATA = re.compile(r"<(?:\w+:)?sheetData\b[^>]*?(?:/>|>(.*)</(?:\w+:)?sheetData>)", re.DOTALL)
ROW = re.compile(r"<(?:\w+:)?row\b[^>]*?/>|<(?:\w+:)?row\b.*?</(?:\w+:)?row>", re.DOTALL)
CELL = re.compile(r"<(?:\w+:)?c\b[^>]*?/>|<(?:\w+:)?c\b.*?</(?:\w+:)?c>", re.DOTALL)
HEAD = re.compile(r"<[^>]*?(?=/?>)")
NUMBER = re.compile(r'\br="(\d+)"')
PLACE = re.compile(r'\br="([A-Z]+)(\d+)"')
STYLE = re.compile(r'\ss="(\d+)"')
Wanted = dict[int, dict[int, str]]  # row -> column -> severity, from 1


def coloured(text: str, cells: Mapping[str, str], styles: StyleBook) -> str:
    """The sheet with every cell of `cells` (A1 address -> severity) in the colour of its severity."""
    wanted: Wanted = defaultdict(dict)
    for address, severity in cells.items():
        letters = address.rstrip("0123456789")
        wanted[int(address[len(letters) :])][_index(letters)] = severity
    data = DATA.search(text)
    if data is None:
        return text
    p = prefix_of(text, "worksheet")
    inside = _rows(data.group(1) or "", wanted, styles, p)
    return f"{text[: data.start()]}<{p}sheetData>{inside}</{p}sheetData>{text[data.end() :]}"


def _rows(text: str, wanted: Wanted, styles: StyleBook, p: str) -> str:
    waiting = sorted(wanted)
    out: list[str] = []
    end = 0
    for match in ROW.finditer(text):
        number = NUMBER.search(HEAD.match(match.group()).group())  # type: ignore[union-attr]  # the pattern begins so
        out.append(text[end : match.start()])
        end = match.end()
        while number and waiting and waiting[0] < int(number.group(1)):
            out.append(_new_row(waiting[0], wanted[waiting.pop(0)], styles, p))
        if number and waiting and waiting[0] == int(number.group(1)):
            out.append(_row(match.group(), waiting[0], wanted[waiting.pop(0)], styles, p))
        else:
            out.append(match.group())
    out.append(text[end:])
    out.extend(_new_row(row, wanted[row], styles, p) for row in waiting)
    return "".join(out)


def _new_row(row: int, cells: Mapping[int, str], styles: StyleBook, p: str) -> str:
    inside = "".join(_new_cell(row, column, cells[column], 0, styles, p) for column in sorted(cells))
    return f'<{p}row r="{row}">{inside}</{p}row>'


def _new_cell(row: int, column: int, severity: str, style: int, styles: StyleBook, p: str) -> str:
    return f'<{p}c r="{_letters(column)}{row}" s="{styles.marked(style, severity)}"/>'


def _row(text: str, row: int, cells: Mapping[int, str], styles: StyleBook, p: str) -> str:
    head = HEAD.match(text)
    if head is None:
        return text
    start = re.sub(r'\sspans="[^"]*"', "", head.group())  # the span is a hint that new cells may break
    style = STYLE.search(start)
    plain = int(style.group(1)) if style else 0
    inside = "" if text.endswith("/>") and head.end() == len(text) - 2 else text[head.end() + 1 : text.rindex("</")]
    waiting = sorted(cells)
    out: list[str] = []
    end = 0
    for match in CELL.finditer(inside):
        place = PLACE.search(match.group())
        column = _index(place.group(1)) if place else 0
        out.append(inside[end : match.start()])
        end = match.end()
        while place and waiting and waiting[0] < column:
            new = waiting.pop(0)
            out.append(_new_cell(row, new, cells[new], plain, styles, p))
        if place and waiting and waiting[0] == column:
            out.append(_cell(match.group(), cells[waiting.pop(0)], styles))
        else:
            out.append(match.group())
    out.append(inside[end:])
    out.extend(_new_cell(row, column, cells[column], plain, styles, p) for column in waiting)
    return f"{start}>{''.join(out)}</{p}row>"


def _cell(text: str, severity: str, styles: StyleBook) -> str:
    head = HEAD.match(text)
    if head is None:
        return text
    style = STYLE.search(head.group())
    number = styles.marked(int(style.group(1)) if style else 0, severity)
    start = STYLE.sub("", head.group())
    return f'{start} s="{number}"{text[head.end() :]}'


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
