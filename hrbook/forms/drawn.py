"""What lies on the block's sheet beside its cells: drawings, charts, notes, tables. What is below the block moves with it;
what lies in it cannot be repeated, stands once, and is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hrbook.forms import references
from hrbook.forms.around import Tell, escaped
from hrbook.forms.pieces import After, Block, Piece, joined
from hrbook.forms.xml import Element, Part, opening

_BOX = re.compile(r"(<x:(?:Anchor|Row)>)([^<]*)(?=</x:)")
FROM_ROW, TO_ROW = 2, 6  # places in the anchor of a note's box


def _moved(row: int, block: Block) -> Piece:
    """A row counted from 0."""
    return After(row) if row + 1 > block.last else str(row)


def anchors(part: Part, block: Block, tell: Tell) -> tuple[Piece, ...]:
    """A drawing: pictures, shapes and charts with their anchors."""
    pieces: list[Piece] = []
    at = 0
    for element in part.root.walk():
        if element.name != "row" or element.children:
            continue
        row = int(element.text)
        pieces += [part.cut(at, element.inner), _moved(row, block)]
        at = element.close
    pieces.append(part.cut(at, len(part.data)))
    for anchor in part.root.children:
        start = anchor.child("from")
        row_of = start.child("row") if start else None
        if row_of is not None and int(row_of.text) + 1 in block:
            tell("drawing", str(int(row_of.text) + 1), _title(anchor))
    return joined(pieces)


def _title(anchor: Element) -> str:
    named = next((e for e in anchor.walk() if e.name == "cNvPr"), None)
    return named.attributes.get("name", "") if named is not None else ""


def notes(part: Part, block: Block, tell: Tell) -> tuple[Piece, ...]:
    """Notes and comments by the cell they belong to."""

    def pieces() -> Iterator[Piece]:
        at = 0
        for element in part.root.walk():
            if "ref" not in element.attributes or element.name not in ("comment", "threadedComment"):
                continue
            area = element.attributes["ref"]
            rows = references.rows_of(area)
            if rows is not None and rows[0] in block:
                tell("note", area, "")
            yield part.cut(at, element.start) + opening(element, "ref") + ' ref="'
            yield from references.outside(area, block, lambda _: None)
            yield '"'
            at = element.inner - 1 - (element.inner == element.end)
        yield part.cut(at, len(part.data))

    return joined(pieces())


def boxes(text: str, block: Block) -> tuple[Piece, ...]:
    """The boxes of notes, in the drawing language of their own."""

    def pieces() -> Iterator[Piece]:
        at = 0
        for match in _BOX.finditer(text):
            yield text[at : match.start(2)]
            numbers = match[2].split(",")
            for place, number in enumerate(numbers):
                yield "," if place else ""
                row = len(numbers) == 1 or place in (FROM_ROW, TO_ROW)
                yield _moved(int(number), block) if row else number
            at = match.end()
        yield text[at:]

    return joined(pieces())


def chart(part: Part, block: Block, tell: Tell) -> tuple[Piece, ...]:
    """A chart anywhere in the workbook: a range that holds the whole block grows with it."""

    def pieces() -> Iterator[Piece]:
        at = 0
        for element in part.root.walk():
            if element.name != "f" or element.children:
                continue
            yield part.cut(at, element.inner)
            doubt = lambda area: tell("partial", "", area)  # noqa: E731
            yield from escaped(references.formula(element.text, "", block, references.Where.OUTSIDE, {}, doubt))
            at = element.close
        yield part.cut(at, len(part.data))

    return joined(pieces())


def table(part: Part, block: Block) -> tuple[Piece, ...]:
    """A table that holds the block grows with it."""

    def pieces() -> Iterator[Piece]:
        at = 0
        for element in part.root.walk():
            if "ref" not in element.attributes:
                continue
            yield part.cut(at, element.start) + opening(element, "ref") + ' ref="'
            yield from references.outside(element.attributes["ref"], block, lambda _: None)
            yield '"'
            at = element.inner - 1 - (element.inner == element.end)
        yield part.cut(at, len(part.data))

    return joined(pieces())
