"""Contender (b), what a good programmer in HR would write: read the roster with pandas, group it by department, write the same
cells with openpyxl. Tuned where openpyxl is slow: a style is worked out once a book and then shared by its cells, as openpyxl's
own worksheet copy does; fonts, fills and borders set cell by cell take several times as long.

`straightforward.py ROSTER NOTES OUT` reads, then writes every noted book below OUT."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

STAFF, ID, UNIT = "職員名簿", "職員番号", ["部", "課"]
EDGES = (None, "thin", "medium", "dashed", "dotted", "thick", "double", "hair")
VALIGN = {"vcenter": "center", "vjustify": "justify", "vdistributed": "distributed"}


def read(roster: Path) -> dict[tuple[Any, ...], dict[str, pd.DataFrame]]:
    """The rows of every sheet that belongs to people, by bureau and department."""
    sheets = pd.read_excel(roster, sheet_name=None, engine="openpyxl", dtype={ID: str})
    units = sheets[STAFF].drop_duplicates(ID).set_index(ID)[UNIT].rename(columns="現{}".format)
    grouped: dict[tuple[Any, ...], dict[str, pd.DataFrame]] = {}
    for name, frame in sheets.items():
        if ID in frame:
            joined = frame.join(units, on=ID)
            for unit, rows in joined.groupby(list(units.columns), dropna=False, sort=False):
                grouped.setdefault(unit, {})[name] = rows
    return grouped


def noted(notes: Path) -> Iterator[Any]:
    """The noted books, one at a time."""
    with notes.open("rb") as stream:
        while True:
            try:
                yield pickle.load(stream)
            except EOFError:
                return


def turned(angle: int) -> int:
    """An angle (-90 to 90 degrees, 270 upright) as the file format says it."""
    return 255 if angle == 270 else angle if angle >= 0 else 90 - angle


def look(cell: Any, wanted: dict[str, Any]) -> Any:
    """The noted properties as openpyxl keeps them, to be shared by many cells; `cell` is one to try them on."""
    colour = {key: value[1:] for key, value in wanted.items() if key.endswith("_color")}
    cell.font = Font(
        name=wanted["font_name"],
        size=wanted["font_size"],
        bold=wanted.get("bold"),
        italic=wanted.get("italic"),
        strike=wanted.get("font_strikeout"),
        underline="single" if "underline" in wanted else None,
        color=colour.get("font_color"),
    )
    cell.fill = PatternFill("solid", fgColor=colour["bg_color"]) if "bg_color" in colour else PatternFill()
    sides = [side for side in ("left", "right", "top", "bottom") if side in wanted]
    cell.border = Border(**{side: Side(EDGES[wanted[side]], colour.get(f"{side}_color")) for side in sides})
    cell.alignment = Alignment(
        horizontal=wanted.get("align"),
        vertical=VALIGN.get(wanted.get("valign", ""), wanted.get("valign")),
        wrap_text=wanted.get("text_wrap"),
        shrink_to_fit=wanted.get("shrink"),
        indent=wanted.get("indent", 0),
        text_rotation=turned(wanted.get("rotation", 0)),
    )
    cell.number_format = wanted["num_format"]
    cell.protection = Protection(locked=wanted.get("locked", True))
    return copy(cell._style)


def write(target: Path, styles: list[dict[str, Any]], sheets: list[Any]) -> None:
    """Write one book."""
    book = Workbook()
    scratch = book.active
    looks = [look(scratch["A1"], wanted) for wanted in styles]
    book.remove(scratch)
    for title, cells, widths in sheets:
        sheet = book.create_sheet(title)
        for first, last, width in widths:
            for col in range(first, last + 1):
                sheet.column_dimensions[get_column_letter(col + 1)].width = width
        for row, col, value, formula, style, end in cells:
            cell = sheet.cell(row + 1, col + 1, value)
            if not formula and isinstance(value, str):
                cell.data_type = "s"  # a text that looks like a formula or an error stays a text
            if end is None:
                cell._style = looks[style]
                continue
            # merge_cells() looks through all areas merged so far and works out every border anew: minutes in sheets of thousands.
            sheet.merged_cells.ranges.add(CellRange(min_row=row + 1, min_col=col + 1, max_row=end[0] + 1, max_col=end[1] + 1))
            for inside in sheet.iter_rows(row + 1, end[0] + 1, col + 1, end[1] + 1):
                for part in inside:
                    part._style = looks[style]
    book.save(target)


def main(roster: Path, notes: Path, out: Path) -> None:
    """The whole job."""
    read(roster)
    for path, styles, sheets in noted(notes):
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write(target, styles, sheets)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
