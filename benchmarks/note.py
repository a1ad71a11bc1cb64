"""Note what stands in the finished books, for the contenders to write again. Not measured.

`python -m benchmarks.note FOLDER NOTES`. NOTES is a row of pickles, one a book, so that nobody must hold all of them: (path,
styles, sheets). `styles` are xlsxwriter properties; a sheet is (name, cells, widths); a cell (row, column, value, is a formula,
style, (last row, last column) or None); a width (first column, last column, width). Rows and columns are 0-based, values what a
re-reader finds: formulas as text."""

from __future__ import annotations

import io
import pickle
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils import range_boundaries

Properties = dict[str, Any]
Place = tuple[int, int]
Noted = tuple[int, int, Any, bool, int, Place | None]
Width = tuple[int, int, float]
NotedSheet = tuple[str, list[Noted], list[Width]]
NotedBook = tuple[str, list[Properties], list[NotedSheet]]

EDGES = ("", "thin", "medium", "dashed", "dotted", "thick", "double", "hair")  # by xlsxwriter's numbers
UPRIGHT = 255
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
VALIGN = {"top": "top", "center": "vcenter", "justify": "vjustify", "distributed": "vdistributed"}
ALIGN = {"left", "center", "right", "fill", "justify", "distributed"}


def note(folder: Path, target: Path) -> tuple[int, int]:
    """Note every book below `folder`; how many books and cells there were."""
    books = cells = 0
    with target.open("wb") as stream:
        for path in finished(folder):
            book = _book(path, path.relative_to(folder).as_posix())
            pickle.dump(book, stream, protocol=pickle.HIGHEST_PROTOCOL)
            books += 1
            cells += sum(len(sheet[1]) for sheet in book[2])
    return books, cells


def finished(folder: Path) -> list[Path]:
    """The workbooks that a run wrote, without the copies of its inputs."""
    return sorted(p for p in folder.rglob("*.xlsx") if "inputs" not in p.relative_to(folder).parts)


def noted(notes: Path) -> Iterator[NotedBook]:
    """The noted books, one at a time."""
    with notes.open("rb") as stream:
        while stream.peek(1):
            yield pickle.load(stream)


def _book(path: Path, name: str) -> NotedBook:
    numbers: dict[int, int] = {}
    styles: list[Properties] = []

    def style(cell: Any) -> int:
        if cell._style_id not in numbers:
            numbers[cell._style_id] = len(styles)
            styles.append(_properties(cell))
        return numbers[cell._style_id]

    book = load_workbook(path, read_only=True)
    with zipfile.ZipFile(path) as package:
        sheets = [_sheet(sheet, package.read(sheet._worksheet_path), style) for sheet in book.worksheets]
    book.close()
    return name, styles, sheets


def _sheet(sheet: Any, xml: bytes, style: Callable[[Any], int]) -> NotedSheet:
    """One sheet; openpyxl reads it row by row, which leaves merged cells and widths to us."""
    ends, covered, widths = _merged_and_widths(xml)
    cells: list[Noted] = []
    for row in sheet.iter_rows():
        for cell in row:
            if cell is EMPTY_CELL:
                continue
            at = cell.row - 1, cell.column - 1
            if at not in covered:
                cells.append((*at, cell.value, cell.data_type == "f", style(cell), ends.get(at)))
    return sheet.title, cells, widths


def _merged_and_widths(xml: bytes) -> tuple[dict[Place, Place], set[Place], list[Width]]:
    """Where merged areas begin and end, the cells they cover, and the widths of columns."""
    ends: dict[Place, Place] = {}
    covered: set[Place] = set()
    widths: list[Width] = []
    for _, element in ElementTree.iterparse(io.BytesIO(xml)):
        if element.tag == f"{MAIN}mergeCell":
            left, top, right, bottom = range_boundaries(element.attrib["ref"])
            ends[top - 1, left - 1] = bottom - 1, right - 1
            covered |= {(row - 1, col - 1) for row in range(top, bottom + 1) for col in range(left, right + 1)}
        elif element.tag == f"{MAIN}col":
            first, last, width = (element.attrib[key] for key in ("min", "max", "width"))
            widths.append((int(first) - 1, int(last) - 1, float(width)))
        elif element.tag == f"{MAIN}row":
            element.clear()
    return ends, covered - ends.keys(), widths


def _properties(cell: Any) -> Properties:
    font, fill, edge, place = cell.font, cell.fill, cell.border, cell.alignment
    found: Properties = {"font_name": font.name, "font_size": font.sz, "num_format": cell.number_format}
    found |= {key: True for key, flag in (("bold", font.b), ("italic", font.i), ("font_strikeout", font.strike)) if flag}
    if font.u:
        found["underline"] = 1
    found |= _colour("font_color", font.color)
    if fill.fill_type == "solid":
        found |= {"pattern": 1, **_colour("bg_color", fill.fgColor)}
    for side in ("left", "right", "top", "bottom"):
        line = getattr(edge, side)
        if line is not None and line.style:
            found |= {side: EDGES.index(line.style), **_colour(f"{side}_color", line.color)}
    if place.horizontal in ALIGN:
        found["align"] = place.horizontal
    if place.vertical in VALIGN:
        found["valign"] = VALIGN[place.vertical]
    turned = place.textRotation if place.textRotation <= 90 else 270 if place.textRotation == UPRIGHT else 90 - place.textRotation
    asked = ("text_wrap", place.wrapText), ("shrink", place.shrinkToFit), ("indent", place.indent), ("rotation", turned)
    found |= {key: value for key, value in asked if value}
    if not cell.protection.locked:
        found["locked"] = False
    return found


def _colour(key: str, colour: Any) -> Properties:
    """A colour of its own; theme colours are left to the writer's default."""
    return {key: f"#{colour.rgb[-6:]}"} if colour is not None and isinstance(colour.rgb, str) else {}


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # openpyxl says of every book what it leaves out: charts' and bars' extensions
    made = note(Path(sys.argv[1]), Path(sys.argv[2]))
    print(*made)
