"""What captions, group rows and sheet names say of the unit of a table that has no column for it."""

from __future__ import annotations

import re
import unicodedata

from hrbook.core.source import Scalar, column_letters
from hrbook.ingest.dictionary import SheetSpec
from hrbook.ingest.vocabulary import RowWords
from hrbook.ingest.workbook import Sheet

ABOVE = 3  # rows over a heading in which its caption may stand
BELOW = 2  # rows under the first of a heading in which the first group row may stand
FEW = 2  # a caption is one cell, perhaps with the number of people beside it
FRAME = re.compile("^[\\s\\d.\u3010\\[(<\u25a0\u25cf\u25cb\u25c6\u203b*]+|[\\s\u3011\\])>:]+$")
Fixed = dict[str, tuple[str, str]]  # field -> (value, A1 cell; empty for the sheet's name)


def unit_of(text: str, words: RowWords) -> dict[str, str]:
    """The bureau and the department that a text names and nothing else; empty where it says more or less than that."""
    plain = unicodedata.normalize("NFKC", text)
    plain = FRAME.sub("", FRAME.sub("", plain))
    for noise in words.caption_noise:
        plain = plain.removesuffix(noise).rstrip()
    parts = [part for part in re.split(r"[\s/\u30fb>]+", plain) if part]
    if len(parts) == 1:
        match = words.unit.fullmatch(parts[0])
        return {k: v for k, v in match.groupdict().items() if v} if match else {}
    if len(parts) == 2 and words.bureau.fullmatch(parts[0]) and words.department.fullmatch(parts[1]):
        return {"bureau": parts[0], "department": parts[1]}
    return {}


class Captions:
    """The units that the surroundings of tables name, for one sheet. Only tables of people in bureaus have any."""

    def __init__(self, sheet: Sheet, spec: SheetSpec, words: RowWords) -> None:
        self._sheet, self._words = sheet, words
        self._useful = "staff_id" in spec.row and any(field.id == "bureau" for field in spec.fields)
        self._named: Fixed = {}
        if self._useful:
            self._named = {field: (value, "") for field, value in unit_of(sheet.name, words).items()}

    def fields(self, row: int) -> tuple[str, ...]:
        """The fields that the caption above a 0-based heading row gives, or the sheet's name."""
        return tuple(self.above(row)[0])

    def above(self, row: int) -> tuple[Fixed, int]:
        """Those fields with value and cell, and the 0-based row of the caption (`row` itself where there is none)."""
        if not self._useful:
            return {}, row
        for upper in range(row - 1, max(-1, row - 1 - ABOVE), -1):
            found = self.group(upper)
            if found:
                return {**self._named, **found}, upper
        for lower in range(row + 1, min(row + 1 + BELOW, len(self._sheet.rows))):
            found = self.group(lower)
            if found:
                return {**self._named, **found}, row
        return self._named, row

    def group(self, row: int) -> Fixed:
        """The unit that a row names which holds hardly anything else."""
        cells: list[tuple[int, Scalar]] = [(c, cell) for c, cell in enumerate(self._sheet.rows[row]) if cell is not None]
        if not self._useful or not cells or len(cells) > FEW or type(cells[0][1]) is not str:
            return {}
        column, text = cells[0]
        address = f"{column_letters(column)}{row + 1}"
        return {field: (value, address) for field, value in unit_of(str(text), self._words).items()}
