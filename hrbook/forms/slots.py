"""The defined names of a form: which cell takes which field, and which rows are the block."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrbook.core.fault import Fault
from hrbook.core.fold import fold
from hrbook.core.source import column_letters
from hrbook.forms.catalogue import Catalogue, Field
from hrbook.forms.pieces import Block
from hrbook.forms.references import corners, rows_of

_PLACE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!,()]+))!([^,!()]+)(?:,|$)")


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name as the workbook has it; `home` is the sheet that it belongs to alone, empty for all."""

    name: str
    text: str
    home: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell that takes a field. `last`: no higher number of the field stands on this form. `dated`: its number format
    shows dates. `prefix` is that of the sheet's XML."""

    field: Field
    number: int
    sheet: str
    row: int
    column: int
    inside: bool
    name: str
    last: bool = False
    dated: bool = False
    prefix: str = ""

    @property
    def cell(self) -> str:
        return f"{column_letters(self.column - 1)}{self.row}"


def find_block(file: str, names: Sequence[Name], catalogue: Catalogue, sheets: Sequence[str]) -> Block | None:
    """The rows to repeat; None where no name asks for it. Raises Fault where it is not one stretch of rows."""
    found: list[Block] = []
    for name in names:
        asked = catalogue.asked(name.name)
        meant = None if asked is None else catalogue.meant(asked)
        if meant is None or meant.field is not None:
            continue
        for sheet, area in _places(file, name, sheets):
            rows = rows_of(area)
            if rows is None:
                raise Fault("form_block_place", file=file, name=name.name, found=name.text)
            found.append(Block(sheet, *rows))
    if len(found) > 1:
        said = [f"{b.sheet}!{b.first}:{b.last}" for b in found]
        raise Fault("form_two_blocks", file=file, found=said[0], other=said[1])
    return found[0] if found else None


def find_slots(
    file: str,
    names: Sequence[Name],
    catalogue: Catalogue,
    merges: Mapping[str, Sequence[str]],
    block: Block | None,
    language: str,
) -> tuple[Slot, ...]:
    """Every cell to fill, by sheet and place; `merges` are the merged areas by sheet. Raises Fault for a name that the
    catalogue does not know, and for one that is not exactly one cell."""
    found: dict[tuple[str, int, int], Slot] = {}
    for name in names:
        asked = catalogue.asked(name.name)
        if asked is None:
            continue
        meant = catalogue.meant(asked)
        if meant is None:
            near = catalogue.near(asked, language)
            raise Fault("form_unknown", file=file, found=name.name, cell=name.text, near=_list(catalogue.prefix(language), near))
        if meant.field is None:
            continue
        for sheet, area in _places(file, name, list(merges)):
            row, column = _one_cell(file, name, area, merges[sheet])
            inside = block is not None and block.sheet == sheet and row in block
            slot = Slot(meant.field, meant.number, sheet, row, column, inside, name.name)
            other = found.setdefault((sheet, row, column), slot)
            if other is not slot:
                raise Fault("form_twice", file=file, sheet=sheet, cell=slot.cell, found=other.name, other=name.name)
            if block is not None and meant.field.of == "person" and not inside:
                raise Fault("form_outside", file=file, sheet=sheet, cell=slot.cell, found=name.name)
    return tuple(found[place] for place in sorted(found))


def forgotten(names: Sequence[Name], catalogue: Catalogue) -> tuple[Name, ...]:
    """Names that are those of fields but for the prefix: nothing is filled in there."""
    return tuple(n for n in names if catalogue.asked(n.name) is None and catalogue.looks_meant(n.name))


def _places(file: str, name: Name, sheets: Sequence[str]) -> list[tuple[str, str]]:
    """Sheet and area of each place of a name."""
    found, at = [], 0
    known = {fold(sheet): sheet for sheet in sheets}
    for match in _PLACE.finditer(name.text):
        sheet = known.get(fold((match[1] or match[2]).replace("''", "'")))
        if match.start() != at or sheet is None or not _is_area(match[3]):
            break
        found.append((sheet, match[3]))
        at = match.end()
    if not found or at != len(name.text):
        raise Fault("form_place", file=file, name=name.name, found=name.text)
    return found


def _is_area(text: str) -> bool:
    try:
        corners(text)
    except ValueError:
        return False
    return True


def _one_cell(file: str, name: Name, area: str, merges: Sequence[str]) -> tuple[int, int]:
    one, other = corners(area)
    bare = area.replace("$", "")
    if one.row is None or not one.number or (other is not None and bare not in merges and corners(bare)[0] != corners(bare)[1]):
        raise Fault("form_place", file=file, name=name.name, found=name.text)
    for merged in merges:
        first, last = corners(merged)
        if last is None or first.row is None or last.row is None:
            continue
        within = first.row <= one.row <= last.row and first.number <= one.number <= last.number
        if within and (first.row, first.number) != (one.row, one.number):
            raise Fault("form_place", file=file, name=name.name, found=name.text)
    return one.row, one.number


def _list(prefix: str, near: Sequence[str]) -> str:
    return " / ".join(prefix + word for word in near) or "-"
