"""References in formulas and attributes: cell, area, list of areas; which of their rows move when a block is repeated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from hrbook.core.source import column_letters
from hrbook.forms.pieces import After, Block, Own, Piece, Repeat, joined

_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_AREA = rf"{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}}"
_SHEET = r"(?:'(?:[^']|'')*'|[\w.\[\]]+(?::[\w.]+)?)!"
_TOKEN = re.compile(
    rf'"(?:[^"]|"")*"|(?P<sheet>{_SHEET})?(?P<area>{_AREA})(?![\w.(!])|\[(?:[^\[\]]|\[[^\[\]]*\])*\]'
    rf"|(?P<name>(?:{_SHEET})?[\w.\\?]+)(?P<call>\()?|.",
    re.DOTALL,
)
_PARTS = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]{0,7})")

Doubt = Callable[[str], None]  # is told of every reference that cannot follow


class Where(Enum):
    """Where a formula stands: outside the block, in one of its cells, or in a rule over cells of the block (whose
    references are relative to the first of them)."""

    OUTSIDE = 1
    INSIDE = 2
    RULE = 3  # over one row: absolute and relative can be exchanged
    TALL_RULE = 4  # over several rows: they cannot


@dataclass(frozen=True, slots=True)
class Corner:
    """One end of an area: letters and row, either of which may be missing, each with its dollar sign."""

    column: str
    dollar: str
    row: int | None

    @property
    def number(self) -> int:
        """The column from 1; 0 where there is none."""
        number = 0
        for letter in self.column.lstrip("$").upper():
            number = number * 26 + ord(letter) - 64
        return number


def corners(area: str) -> tuple[Corner, Corner | None]:
    """Both ends of an area such as $A$1:B7; the second is None for one cell. Raises ValueError for anything else."""
    found = [_corner(part) for part in area.split(":")]
    if len(found) > 2:
        raise ValueError(area)
    return found[0], found[1] if len(found) == 2 else None


def _corner(text: str) -> Corner:
    match = _PARTS.fullmatch(text)
    if match is None or not (match[2] or match[4]):
        raise ValueError(text)
    if not match[2]:  # a whole row
        return Corner("", match[1] or match[3], int(match[4]))
    return Corner(match[1] + match[2], match[3], int(match[4]) if match[4] else None)


def rows_of(area: str) -> tuple[int, int] | None:
    """First and last row of an area; None for whole columns."""
    one, other = corners(area)
    ends = [c.row for c in (one, other or one)]
    return (min(r for r in ends if r is not None), max(r for r in ends if r is not None)) if None not in ends else None


def formula(text: str, home: str, block: Block, where: Where, names: dict[str, str], doubt: Doubt) -> Iterator[Piece]:
    """A formula on sheet `home` in pieces. `names` are defined names (casefolded) to be written as their cell."""
    for token in _TOKEN.finditer(text):
        area, sheet = token["area"], token["sheet"] or ""
        if token["name"] and not token["call"] and token["name"].casefold() in names:
            sheet, _, area = names[token["name"].casefold()].rpartition("!")
            sheet += "!"
        if area is None or not _same(sheet, home, block):
            yield token[0]
            continue
        yield sheet
        yield from _area(area, block, where, doubt)


def _same(sheet: str, home: str, block: Block) -> bool:
    name = sheet[:-1] if sheet else home
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    return name.casefold() == block.sheet.casefold()


def _area(area: str, block: Block, where: Where, doubt: Doubt) -> Iterator[Piece]:
    one, other = corners(area)
    if where is Where.OUTSIDE:
        yield from outside(area, block, doubt)
        return
    for number, corner in enumerate((one, other)):
        if corner is None:
            continue
        yield ":" if number else ""
        yield from _inside(corner, area, block, where, doubt)


def _inside(corner: Corner, area: str, block: Block, where: Where, doubt: Doubt) -> Iterator[Piece]:
    row, dollar = corner.row, corner.dollar
    if row is None:
        yield corner.column
        return
    within = row in block
    if where is Where.RULE:
        dollar = "" if within else "$"
    elif where is Where.TALL_RULE and within is bool(dollar):
        doubt(area)
    yield corner.column + dollar
    if within:
        yield Own(row)
    else:
        yield After(row) if row > block.last else str(row)


def outside(area: str, block: Block, doubt: Doubt) -> Iterator[Piece]:
    """An area that stands outside the block: what lies below moves; one that holds the whole block grows with it."""
    one, other = corners(area)
    rows = rows_of(area)
    if rows is None or rows[1] < block.first:
        yield area
        return
    low, high = rows
    whole = other is not None and low <= block.first and high >= block.last
    if not whole and (low in block or high in block):
        doubt(area)
    upside_down = other is not None and other.row == low != high
    for number, corner in enumerate((one, other)):
        if corner is None or corner.row is None:
            continue
        yield (":" if number else "") + corner.column + corner.dollar
        end = bool(number) is not upside_down
        yield After(corner.row) if corner.row > block.last or (whole and end) else str(corner.row)


def areas(text: str, block: Block) -> tuple[tuple[Piece, ...], Where]:
    """A list of areas to which a rule applies, over all copies; and where the rule stands."""
    found: list[list[Piece]] = []
    where = Where.OUTSIDE
    for number, area in enumerate(text.split()):
        rows = rows_of(area)
        if rows is None or rows[0] not in block or rows[1] not in block:
            found.append(list(outside(area, block, lambda _: None)))
            continue
        if number == 0:
            where = Where.RULE if rows[0] == rows[1] else Where.TALL_RULE
        one, other = corners(area)
        if rows == (block.first, block.last):  # whole columns of the block join into one area
            last = other or one
            found.append([one.column + one.dollar, str(block.first), ":" + last.column + last.dollar, After(block.last)])
        else:
            found.append([Repeat(joined(copied(area)), " ")])
    pieces: list[Piece] = []
    for area_pieces in found:
        pieces += [" ", *area_pieces] if pieces else area_pieces
    return joined(pieces), where


def copied(area: str) -> Iterator[Piece]:
    """An area inside the block: its place in each copy."""
    one, other = corners(area)
    yield one.column + one.dollar
    if one.row is not None:
        yield Own(one.row)
    if other is not None:
        yield ":" + other.column + other.dollar
        if other.row is not None:
            yield Own(other.row)


def shifted(text: str, rows: int, columns: int) -> str:
    """A formula as another cell shares it: what has no dollar sign moves along."""

    def moved(token: re.Match[str]) -> str:
        if token["area"] is None:
            return token[0]
        ends = []
        for corner in corners(token["area"]):
            if corner is None:
                continue
            column, row = corner.column, corner.row
            if column and not column.startswith("$"):
                if corner.number + columns < 1:
                    return "#REF!"
                column = column_letters(corner.number + columns - 1)
            if row is not None and not corner.dollar:
                row += rows
                if row < 1:
                    return "#REF!"
            ends.append(f"{column}{corner.dollar}{'' if row is None else row}")
        return (token["sheet"] or "") + ":".join(ends)

    return _TOKEN.sub(moved, text)
