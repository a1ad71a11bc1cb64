"""What stands around the cells of a form's sheet: merged areas, links, page breaks, rules, print set-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hrbook.forms import references
from hrbook.forms.around import Around, Cut, escaped
from hrbook.forms.pieces import Block, Piece, Repeat, Times, joined
from hrbook.forms.references import Where
from hrbook.forms.xml import Element, Part, opening

RULES = ("conditionalFormatting", "dataValidation")
TEXTS = ("formula", "formula1", "formula2", "f")
AREAS = ("protectedRange", "ignoredError", "cellWatch")
DRAWN = ("oleObjects", "controls")


class Surroundings:
    """The elements of one sheet beside its cells."""

    def __init__(self, part: Part, around: Around) -> None:
        self.part = part
        self.around = around
        self.block = around.mine
        self.fitted = part.root.child("sheetPr") is not None and any(
            e.name == "pageSetUpPr" and e.attributes.get("fitToPage") in ("1", "true") for e in part.root.walk()[:20]
        )

    def of(self, element: Element) -> Iterator[Piece]:
        """One element beside the cells, in pieces."""
        if self.around.block is None:
            yield self.part.cut(element.start, element.end)
            return
        match element.name:
            case "mergeCells" if self.block is not None:
                yield from self._listed(element, self._merge)
            case "hyperlinks":
                yield from self._listed(element, self._link)
            case "rowBreaks" if self.block is not None:
                yield from self._breaks(element, self.block)
            case "dimension" | "autoFilter" if self.block is not None:
                yield from self._with(element, "ref", self.around.outside(element.attributes.get("ref", "A1")))
            case "pageSetup" if self.block is not None and self.fitted and element.attributes.get("fitToHeight", "1") == "1":
                self.around.tell("fitted", "", "")
                yield from self._with(element, "fitToHeight", ("0",))
            case _:
                if self.block is not None and element.name in DRAWN:
                    self.around.tell("control", "", element.name)
                yield from self._searched(element)

    def _listed(self, element: Element, each: Callable[[Element], Iterator[Piece]]) -> Iterator[Piece]:
        """A list whose entries stand for one area each; its count is optional and left out."""
        yield opening(element, "count") + ">"
        for child in element.children:
            yield from each(child)
        yield f"</{element.tag}>"

    def _merge(self, element: Element) -> Iterator[Piece]:
        area, block = element.attributes["ref"], self.block
        rows = references.rows_of(area)
        if block is None or rows is None:
            yield self.part.cut(element.start, element.end)
            return
        low, high = rows
        if low in block and high in block:
            yield Repeat(joined(self._with(element, "ref", references.copied(area))))
            return
        if (low in block or high in block) and not (low <= block.first and high >= block.last):
            raise Cut(area)
        yield from self._with(element, "ref", self.around.outside(area))

    def _link(self, element: Element) -> Iterator[Piece]:
        area, block = element.attributes.get("ref", "A1"), self.block
        rows = references.rows_of(area)
        inside = block is not None and rows is not None and rows[0] in block and rows[1] in block
        tag = opening(element, "ref", "location", "xr:uid")
        pieces: list[Piece] = [tag + ' ref="', *(references.copied(area) if inside else self.around.outside(area)), '"']
        if "location" in element.attributes:
            where = Where.INSIDE if inside else Where.OUTSIDE
            location = self.around.formula(element.attributes["location"], where, area)
            pieces += [' location="', *escaped(location, attribute=True), '"']
        pieces.append("/>")
        yield from [Repeat(joined(pieces))] if inside else pieces

    def _breaks(self, element: Element, block: Block) -> Iterator[Piece]:
        counts = {"count": [0, 0], "manualBreakCount": [0, 0]}
        pieces: list[Piece] = []
        for entry in element.children:
            row = int(entry.attributes.get("id", 0))
            inside = row in block
            counts["count"][inside] += 1
            counts["manualBreakCount"][inside] += entry.attributes.get("man") in ("1", "true")
            made = joined(self._with(entry, "id", (self.around.number(row),)))
            pieces += [Repeat(made)] if inside else made
        yield opening(element, *counts)
        for name, (once, each) in counts.items():
            yield f' {name}="'
            yield Times(once, each)
            yield '"'
        yield ">"
        yield from pieces
        yield f"</{element.tag}>"

    def _with(self, element: Element, name: str, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """An element with one attribute set anew."""
        yield f'{opening(element, name)} {name}="'
        yield from pieces
        yield '"' + ("/>" if element.inner == element.end else ">" + self.part.cut(element.inner, element.end))

    def _searched(self, element: Element) -> Iterator[Piece]:
        """An element of any kind: rules inside it follow, everything else stays as it is."""
        if element.name in RULES:
            yield from self._rule(element)
        elif element.name in AREAS and self.block is not None and "sqref" in element.attributes:
            yield from self._with(element, "sqref", references.areas(element.attributes["sqref"], self.block)[0])
        else:
            at = element.start
            for child in element.children:
                yield self.part.cut(at, child.start)
                yield from self._searched(child)
                at = child.end
            yield self.part.cut(at, element.end)

    def _rule(self, element: Element) -> Iterator[Piece]:
        """A conditional format or a validation: its areas and the formulas in it."""
        said = element.attributes.get("sqref") or next((e.text for e in element.children if e.name == "sqref"), "")
        sqref, where = references.areas(said, self.block) if self.block is not None else ((said,), Where.OUTSIDE)
        if "sqref" in element.attributes:
            yield opening(element, "sqref") + ' sqref="'
            yield from sqref
            yield '">' if element.inner != element.end else '"/>'
        else:
            yield self.part.cut(element.start, element.inner)
        at = element.inner
        for inner in element.walk()[1:]:
            if inner.children or (inner.name not in TEXTS and inner.name != "sqref"):
                continue
            yield self.part.cut(at, inner.inner)
            yield from sqref if inner.name == "sqref" else escaped(self.around.formula(inner.text, where, said))
            at = inner.close
        yield self.part.cut(at, element.end)
