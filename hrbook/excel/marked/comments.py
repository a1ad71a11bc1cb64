"""Comments on cells: a comments part and its drawing, new or joined to those that the sheet has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from hrbook.excel.marked.cells import _index
from hrbook.excel.marked.parts import Parts
from hrbook.excel.marked.xml import legal, prefix_of, top_tags

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
# What may follow a sheet's comment drawing, in the order of the standard.
AFTER = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
    *("AlternateContent", ""),
)
LONGEST = 2_000  # characters of a comment: more does not fit its box
DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{n}"/>'
    "</o:shapelayout></xml>"
)
SHAPE_KIND = (
    '<v:shapetype id="_hr202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke '
    'joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
SHAPE = (
    '<v:shape id="_hr{id}" type="#_hr202" style="position:absolute;width:260pt;height:{height}pt;z-index:{z};'
    'visibility:hidden" fillcolor="#fff9db" o:insetmode="auto"><v:fill color2="#fff9db"/><v:textbox/>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{column}, 15, {row}, 2, {right}, 31, '
    "{bottom}, 9</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{at_row}</x:Row><x:Column>{at_column}</x:Column>"
    "</x:ClientData></v:shape>"
)


def add_comments(parts: Parts, part: str, sheet: str, texts: Mapping[str, str], author: str) -> str:
    """The sheet's XML with a comment on every cell of `texts`; a cell that has one already keeps its own alone."""
    relations = parts.relations(part)
    known = next((r["Target"] for r in relations if r.get("Type", "").endswith("/comments")), None)
    found = parts.find(known) if known is not None else None
    if found is None:
        found = parts.free("xl/commentsHr{n}.xml")
        start = f'<comments xmlns="{parts.space}"><authors></authors><commentList></commentList></comments>'
        parts.put(found, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{start}', KIND)
        parts.relate(part, "comments", found)
    text = parts.text(found)
    taken = set(re.findall(r'<(?:\w+:)?comment\b[^>]*?\bref="([A-Z]+\d+)"', text))
    new = {cell: legal(said)[:LONGEST] for cell, said in texts.items() if cell not in taken}
    parts.put(found, _joined(text, new, author))
    return _drawn(parts, part, sheet, new)


def _joined(text: str, new: Mapping[str, str], author: str) -> str:
    p = prefix_of(text, "comments")
    text = re.sub(rf"<({p}(?:authors|commentList))\s*/>", r"<\1></\1>", text)
    number = len(re.findall(rf"<{p}author\b", text))
    text = text.replace(f"</{p}authors>", f"<{p}author>{escape(author)}</{p}author></{p}authors>", 1)
    added = "".join(
        f'<{p}comment ref="{cell}" authorId="{number}"><{p}text><{p}r><{p}t xml:space="preserve">{escape(said)}</{p}t></{p}r>'
        f"</{p}text></{p}comment>"
        for cell, said in new.items()
    )
    place = text.rindex(f"</{p}commentList>")
    return text[:place] + added + text[place:]


def _drawn(parts: Parts, part: str, sheet: str, new: Mapping[str, str]) -> str:
    """The shapes that Excel wants for comments, in the sheet's old drawing of that kind or in a new one."""
    relations = {r.get("Id", ""): r["Target"] for r in parts.relations(part)}
    match = re.search(r'<(?:\w+:)?legacyDrawing\b[^>]*?\w+:id="([^"]+)"', sheet)
    name = parts.find(relations.get(match.group(1), "")) if match else None
    if name is None:
        name = parts.free("xl/drawings/vmlDrawingHr{n}.vml")
        parts.put(name, DRAWING.format(n=500 + len(re.findall(r"\d", name))))
        parts.default("vml", VML)
        sheet = _linked(sheet, parts.relate(part, "vmlDrawing", name), parts.office)
    drawing = parts.text(name)
    shapes = "".join(_shape(number, cell, said) for number, (cell, said) in enumerate(new.items(), 1))
    place = drawing.rindex("</")
    spaces = {"v": "urn:schemas-microsoft-com:vml", "o": "urn:schemas-microsoft-com:office:office"}
    if all(f'xmlns:{p}="{uri}"' in drawing for p, uri in spaces.items()) and "xmlns:x=" in drawing:
        parts.put(name, drawing[:place] + SHAPE_KIND + shapes + drawing[place:])
    return sheet


def _linked(sheet: str, relation: str, office: str) -> str:
    """The sheet with the reference to its comment drawing at the place that the standard gives it."""
    p = prefix_of(sheet, "worksheet")
    start = max(sheet.find(f"</{p}sheetData>") + len(f"</{p}sheetData>"), 0)
    place = next(position for name, position in top_tags(sheet, start) if name in AFTER)
    tag = f'<{p}legacyDrawing xmlns:r="{office}/relationships" r:id="{relation}"/>'
    return sheet[:place] + tag + sheet[place:]


def _shape(number: int, cell: str, said: str) -> str:
    letters = cell.rstrip("0123456789")
    row, column = int(cell[len(letters) :]) - 1, _index(letters) - 1
    lines = sum(1 + len(line) // 24 for line in said.split("\n"))
    return SHAPE.format(
        id=number,
        z=number,
        height=min(400, 24 + 15 * lines),
        column=column + 1,
        row=max(0, row - 1),
        right=column + 4,
        bottom=row + 1 + lines,
        at_row=row,
        at_column=column,
    )
