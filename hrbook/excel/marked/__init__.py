"""A copy of somebody's own workbook with coloured cells, comments and a sheet of findings on top, all else untouched.

The package is changed part by part, never loaded and saved: charts, pictures, shapes, sparklines, pivots, saved results of
formulas and what no library knows stay byte for byte. Macros, controls that need them and signatures are left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrbook.excel.marked.cells import coloured
from hrbook.excel.marked.comments import add_comments
from hrbook.excel.marked.front import Front, front_sheet
from hrbook.excel.marked.parts import Parts
from hrbook.excel.marked.styles import StyleBook

COMMENTS = 3_000  # a sheet: more make it slow to open, and the findings sheet lists them all


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell to mark: `severity` is error, warning or note, `text` stands in the comment."""

    sheet: str
    cell: str
    severity: str
    text: str


def marked_copy(data: bytes, marks: Sequence[Mark], front: Front, author: str) -> bytes:
    """The copy of the workbook `data` (one that has passed the preflight). The same input gives the same bytes.

    Raises KeyError or ValueError where the package lacks what every workbook has."""
    parts = Parts(data)
    styles = StyleBook(parts)
    by_sheet: dict[str, dict[str, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks:
        if mark.cell and mark.cell[0].isalpha():
            by_sheet[mark.sheet][mark.cell].append(mark)
    for name, part in parts.sheets.items():
        cells = by_sheet.get(name, {})
        text = parts.text(part).replace(' tabSelected="1"', "").replace(' tabSelected="true"', "")
        if cells:
            text = coloured(text, {cell: _worst(found) for cell, found in cells.items()}, styles)
            text = add_comments(parts, part, text, _texts(cells), author)
        parts.put(part, text)
    front_sheet(parts, styles, front)
    styles.save()
    return parts.packed()


def _worst(marks: Sequence[Mark]) -> str:
    severities = {mark.severity for mark in marks}
    return next(kind for kind in ("error", "warning", "note") if kind in severities)


def _texts(cells: Mapping[str, Sequence[Mark]]) -> dict[str, str]:
    texts = {cell: "\n".join(dict.fromkeys(mark.text for mark in found)) for cell, found in cells.items()}
    return dict(list(texts.items())[:COMMENTS])
