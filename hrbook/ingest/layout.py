"""Where the tables of a sheet are: below titles, side by side, one under another, each with its own heading and caption."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hrbook.core.source import column_letters
from hrbook.ingest.captions import Captions, Fixed
from hrbook.ingest.dictionary import SheetSpec
from hrbook.ingest.header import SEARCHED_ROWS, Binding, Headings
from hrbook.ingest.vocabulary import RowWords
from hrbook.ingest.workbook import Sheet


@dataclass(frozen=True, slots=True)
class Area:
    """One table of a sheet: its heading and the 0-based row after its last. `sheet` shows nothing beside the table.

    `fixed` gives fields that have no column, from a caption or the sheet's name; `further` marks a table after the
    first of its sheet."""

    spec: SheetSpec
    sheet: Sheet
    binding: Binding
    stop: int
    fixed: Fixed
    further: bool

    @property
    def cell(self) -> str:
        """The address of the heading's first cell."""
        return f"{column_letters(min(self.binding.columns.values()))}{self.binding.row + 1}"


class Kinds:
    """The kinds of sheet that may stand in a workbook, with the city's own headings."""

    def __init__(self, specs: Sequence[SheetSpec], columns: Mapping[tuple[str, str], str]) -> None:
        self.headings = {
            spec.id: Headings(spec, {name: header for (sheet, name), header in columns.items() if sheet == spec.id})
            for spec in specs
        }

    def of(self, sheet: Sheet, row: int, captions: Captions) -> tuple[SheetSpec, Binding] | None:
        """The kind of sheet whose heading begins in a row, the one with most columns; None where there is none."""
        found: tuple[SheetSpec, Binding] | None = None
        for headings in self.headings.values():
            binding = headings.at(sheet, row, captions.fields)
            if binding is not None and (found is None or len(binding.columns) > len(found[1].columns)):
                found = headings.spec, binding
        return found


def areas(file: str, sheet: Sheet, spec: SheetSpec, kinds: Kinds, words: RowWords) -> list[Area]:
    """Every table of a sheet of the kind `spec`. Raises Fault where its heading is not as it must be."""
    found: list[Area] = []
    blocks = _blocks(sheet, kinds.headings[spec.id])
    for number, block in enumerate(blocks):
        captions = Captions(block, spec, words)
        headings = kinds.headings[spec.id]
        if number == 0 or headings.first(block, captions.fields) is not None:
            first = headings.bind(file, block, captions.fields)
            found.extend(_stacked(block, spec, first, kinds, captions, bool(found)))
            continue
        other = next((o for row in range(min(SEARCHED_ROWS, len(block.rows))) if (o := kinds.of(block, row, captions))), None)
        if other is not None:
            found.extend(_stacked(block, *other, kinds, captions, True))
    return found


def _blocks(sheet: Sheet, headings: Headings) -> list[Sheet]:
    """The sheet, or its parts where tables stand side by side: each begins with a heading of the key of its own."""
    rows = headings.spec.row
    if not rows or headings.first(sheet) is not None:
        return [sheet]
    for row in range(min(SEARCHED_ROWS, len(sheet.rows))):
        places = headings.places(sheet, row, rows[0])
        if len(places) < 2 or headings.fields_in(sheet, row) < 2 * len(places):
            continue
        cells = sheet.rows[row]
        edges = [0]
        for before, place in itertools.pairwise(places):
            gaps = [c for c in range(before + 1, place) if cells[c] is None]
            edges.append(max(gaps) + 1 if gaps else place)
        edges.append(sheet.width)
        blocks = [_only(sheet, first, last) for first, last in itertools.pairwise(edges)]
        return blocks if headings.first(blocks[0]) is not None else [sheet]
    return [sheet]


def _only(sheet: Sheet, first: int, last: int) -> Sheet:
    """The sheet with nothing outside the columns from `first` to before `last`."""
    left, right = (None,) * first, (None,) * (sheet.width + 1 - last)
    rows = tuple((*left, *row[first:last], *right) for row in sheet.rows)
    return replace(sheet, rows=rows)


def _stacked(sheet: Sheet, spec: SheetSpec, first: Binding, kinds: Kinds, captions: Captions, further: bool) -> list[Area]:
    """The table that begins with `first`, and those under it that have another heading or another caption."""
    fixed, _ = captions.above(first.top)
    found = [Area(spec, sheet, first, len(sheet.rows), _lacking(fixed, first), further)]
    row = first.row + 1
    while row < len(sheet.rows):
        area = found[-1]
        if not _may_be_heading(sheet, row, area, kinds):
            row += 1
            continue
        own = kinds.headings[area.spec.id].at(sheet, row, captions.fields)
        other = (area.spec, own) if own is not None else kinds.of(sheet, row, captions)
        if other is None:
            row += 1
            continue
        kind, binding = other
        caption, begin = captions.above(row)
        missing = _lacking(caption, binding)
        if kind is area.spec and dict(binding.columns) == dict(area.binding.columns) and missing == area.fixed:
            row = binding.row + 1
            continue
        found[-1] = replace(area, stop=begin)
        found.append(Area(kind, sheet, binding, len(sheet.rows), missing, True))
        row = binding.row + 1
    return found


def _may_be_heading(sheet: Sheet, row: int, area: Area, kinds: Kinds) -> bool:
    """A cheap look first: rows with a staff number are data, and a heading has texts only, most of them known."""
    cells = sheet.rows[row]
    key_column = area.binding.columns.get(area.spec.row[0]) if area.spec.row else None
    cell = cells[key_column] if key_column is not None else None
    if type(cell) is int or (type(cell) is str and cell[0] in "0123456789"):
        return False
    filled = sum(1 for value in cells if value is not None)
    if filled < 2 or any(value is not None and type(value) is not str for value in cells):
        return False
    known = max(headings.fields_in(sheet, row) for headings in kinds.headings.values())
    return known >= 2 and known * 2 >= filled


def _lacking(fixed: Fixed, binding: Binding) -> Fixed:
    """What a caption gives that the table has no column for: the bureau, and the department where it has neither."""
    if "bureau" in binding.columns or "code" in binding.columns:
        return {}
    if "department" in binding.columns:
        return {field: value for field, value in fixed.items() if field == "bureau"}
    return fixed
