"""The cells of one sheet that are not blank, by place; rows and columns are 0-based."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hrbook.core.source import Scalar, column_letters
from hrbook.ingest.values import read_text
from hrbook.ingest.workbook import Broken, Sheet, UnsavedFormula

Place = tuple[int, int]
Grid = Mapping[Place, Scalar]
OWN_FORMULAS = ("=HYPERLINK(", "=SUBTOTAL(")
ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def grid_of(sheet: Sheet) -> dict[Place, Scalar]:
    """The cells of a sheet that hold more than blanks; not our own formulas that some program saved without their values."""
    return {
        (row, col): value
        for row, values in enumerate(sheet.rows)
        for col, value in enumerate(values)
        if value is not None and not (type(value) is str and not value.strip()) and not _own_formula(value)
    }


def _own_formula(value: Scalar) -> bool:
    return isinstance(value, UnsavedFormula) and value.startswith(OWN_FORMULAS)


def said(value: Scalar) -> str:
    """A cell as text, dates in ISO form; what stands in a broken cell as Excel shows it."""
    return str.strip(value) if isinstance(value, Broken) else read_text(value)


def address(place: Place) -> str:
    """The A1 address of a place."""
    return f"{column_letters(place[1])}{place[0] + 1}"


def place_of(cell: str) -> Place | None:
    """The place of an A1 address; None for anything else."""
    found = ADDRESS.fullmatch(cell)
    if found is None:
        return None
    col = 0
    for letter in found.group(1):
        col = col * 26 + ord(letter) - 64
    return int(found.group(2)) - 1, col - 1
