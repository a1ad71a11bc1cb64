"""The words of a form: the city's own, which stay, and those of its sample, which must not.

A form is often made from one that was filled in, so its sample may be a real person: texts that stand in no cell but
those to be filled are taken out of the package."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from hrbook.forms.grid import rows_of
from hrbook.forms.pieces import Piece, joined
from hrbook.forms.slots import Slot
from hrbook.forms.xml import Element, Part, read

HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_DRAWN = re.compile(r"/(?:comments|drawing|threadedComment)[^/]*\.xml$")


def texts_of(
    parts: Mapping[str, bytes], sheets: Mapping[str, tuple[str, Part]], slots: Sequence[Slot], table: str
) -> tuple[tuple[str, ...], dict[str, tuple[Piece, ...]]]:
    """The form's own words, each once, and the table of shared texts (part `table`; empty: none) without the sample's."""
    found = [e.text for name in sorted(parts) if _DRAWN.search(name) for e in read(parts[name]).root.walk()]
    found += [e.text for _, part in sheets.values() for e in part.root.walk() if e.name in HEADERS]
    used, inline = _used(sheets, slots)
    found += inline
    cleared = {}
    if table:
        pieces, kept = _cleared(read(parts[table]), used)
        cleared[table] = pieces
        found += kept
    return tuple(dict.fromkeys(text for text in found if text.strip())), cleared


def _used(sheets: Mapping[str, tuple[str, Part]], slots: Sequence[Slot]) -> tuple[set[int], list[str]]:
    """The texts of the cells that stay as they are: shared ones by number, and those that stand in their cell."""
    filled = {(slot.sheet, slot.row, slot.column) for slot in slots}
    used: set[int] = set()
    inline: list[str] = []
    for sheet, (_, part) in sheets.items():
        for number, row in rows_of(part).items():
            for column, cell in row.cells.items():
                if (sheet, number, column) in filled:
                    continue
                value, text = cell.child("v"), cell.child("is")
                if cell.attributes.get("t") == "s" and value is not None and value.text.strip().isdigit():
                    used.add(int(value.text))
                elif text is not None:
                    inline.append(_said(text))
    return used, inline


def _said(text: Element) -> str:
    return "".join(e.text for e in text.walk() if e.name == "t")


def _cleared(table: Part, used: set[int]) -> tuple[tuple[Piece, ...], list[str]]:
    """The table with an empty text in the place of every other, and the texts that stay."""
    pieces: list[Piece] = []
    kept: list[str] = []
    at = 0
    for number, entry in enumerate(table.root.children):
        if number in used:
            kept.append(_said(entry))
        elif entry.name == "si":
            pieces += [table.cut(at, entry.start), f"<{entry.tag}><{entry.prefix}t/></{entry.tag}>"]
            at = entry.end
    pieces.append(table.cut(at, len(table.data)))
    return joined(pieces), kept
