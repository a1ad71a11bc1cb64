"""The rows and cells of a sheet by number, as its XML has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hrbook.forms.xml import Element, Part

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Place = tuple[int, int]  # row and column from 1


@dataclass(slots=True)
class Row:
    """A row in the making; `element` None where the sheet has none yet."""

    number: int
    element: Element | None = None
    cells: dict[int, Element] = field(default_factory=dict)


def column_of(letters: str) -> int:
    """The column from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def merges_of(part: Part) -> tuple[str, ...]:
    """The merged areas of a sheet."""
    merged = part.root.child("mergeCells")
    return tuple(m.attributes.get("ref", "") for m in merged.children) if merged else ()


def rows_of(part: Part) -> dict[int, Row]:
    """The rows of a sheet by number; numbers and references that are left out are counted."""
    found: dict[int, Row] = {}
    number = 0
    data = part.root.child("sheetData")
    for element in data.children if data else ():
        number = int(element.attributes.get("r", number + 1))
        row = found[number] = Row(number, element)
        column = 0
        for cell in element.children:
            match = _CELL.fullmatch(cell.attributes.get("r", ""))
            column = column_of(match[1]) if match else column + 1
            row.cells[column] = cell
    return found


def shared_formulas(part: Part) -> dict[str, tuple[str, Place]]:
    """The formulas that cells share, by their number, with the cell in which each is written."""
    found = {}
    for row in rows_of(part).values():
        for column, cell in row.cells.items():
            formula = cell.child("f")
            if formula is not None and formula.attributes.get("t") == "shared" and formula.text:
                found[formula.attributes.get("si", "")] = (formula.text, (row.number, column))
    return found


def column_styles(part: Part) -> Sequence[tuple[int, int, str]]:
    cols = part.root.child("cols")
    return [
        (int(c.attributes["min"]), int(c.attributes["max"]), c.attributes["style"])
        for c in (cols.children if cols else ())
        if "style" in c.attributes
    ]
