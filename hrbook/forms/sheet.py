"""One sheet of a form in pieces: cells with slots, formulas that follow, the block of rows and all that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from hrbook.core.source import column_letters
from hrbook.forms import references
from hrbook.forms.looks import Looks
from hrbook.forms.pieces import After, Block, Hole, Own, Piece, Repeat, Times, joined
from hrbook.forms.references import Where
from hrbook.forms.xml import Element, Part, opening, quoted

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
RULES = ("conditionalFormatting", "dataValidation")
TEXTS = ("formula", "formula1", "formula2", "f")
AREAS = ("protectedRange", "ignoredError", "cellWatch")
DRAWN = ("oleObjects", "controls")

Place = tuple[int, int]  # row and column from 1
Tell = Callable[[str, str, str], None]  # kind of doubt, cell, what was found


class Cut(Exception):
    """A merged area of which the block holds a part only."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a sheet must know of the form: its own name, the block of the form, names to be written as cells, looks,
    and where doubts go."""

    sheet: str
    block: Block | None
    names: dict[str, str]
    looks: Looks
    tell: Tell

    @property
    def mine(self) -> Block | None:
        """The block, where it is on this sheet."""
        return self.block if self.block is not None and self.block.sheet == self.sheet else None

    def formula(self, text: str, where: Where, cell: str) -> Iterator[Piece]:
        """A formula of this sheet in pieces."""
        if self.block is None:
            yield text
            return
        kind = "rule" if where in (Where.RULE, Where.TALL_RULE) else "partial"
        yield from references.formula(text, self.sheet, self.block, where, self.names, lambda area: self.tell(kind, cell, area))


@dataclass(slots=True)
class Row:
    """A row in the making; `element` None where the sheet has none yet."""

    number: int
    element: Element | None = None
    cells: dict[int, Element] = field(default_factory=dict)


def column_of(letters: str) -> int:
    """The column from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def merges_of(part: Part) -> tuple[str, ...]:
    """The merged areas of a sheet."""
    merged = part.root.child("mergeCells")
    return tuple(m.attributes.get("ref", "") for m in merged.children) if merged else ()


def rows_of(part: Part) -> dict[int, Row]:
    """The rows of a sheet by number; numbers and references that are left out are counted."""
    found: dict[int, Row] = {}
    number = 0
    data = part.root.child("sheetData")
    for element in data.children if data else ():
        number = int(element.attributes.get("r", number + 1))
        row = found[number] = Row(number, element)
        column = 0
        for cell in element.children:
            match = _CELL.fullmatch(cell.attributes.get("r", ""))
            column = column_of(match[1]) if match else column + 1
            row.cells[column] = cell
    return found


def pieces_of(part: Part, around: Around, slots: Mapping[Place, int]) -> tuple[Piece, ...]:
    """The whole sheet in pieces. Raises Cut (with the area) where the block cuts a merged area."""
    return joined(_Sheet(part, around, slots).pieces())


class _Sheet:
    def __init__(self, part: Part, around: Around, slots: Mapping[Place, int]) -> None:
        self.part = part
        self.around = around
        self.slots = slots
        self.block = around.mine
        self.shared = _shared(part) if around.block is not None else {}
        self.styles = _column_styles(part)
        self.fitted = part.root.child("sheetPr") is not None and any(
            e.name == "pageSetUpPr" and e.attributes.get("fitToPage") in ("1", "true") for e in part.root.walk()[:20]
        )

    def pieces(self) -> Iterator[Piece]:
        part, at = self.part, 0
        for element in part.root.children:
            yield part.cut(at, element.start)
            yield from self._data(element) if element.name == "sheetData" else self._rest(element)
            at = element.end
        yield part.cut(at, len(part.data))

    # cells ---------------------------------------------------------------------------------------------------

    def _data(self, data: Element) -> Iterator[Piece]:
        rows, block = rows_of(self.part), self.block
        for row, _ in self.slots:
            rows.setdefault(row, Row(row))
        yield opening(data) + ">"
        own: list[Piece] = []
        done = False
        for number in sorted(rows):
            if block is not None and number > block.last and own and not done:
                yield Repeat(joined(own))
                done = True
            if block is not None and number in block:
                own += self._row(rows[number], data.prefix)
            else:
                yield from self._row(rows[number], data.prefix)
        if own and not done:
            yield Repeat(joined(own))
        yield f"</{data.tag}>"

    def _row(self, row: Row, prefix: str) -> Iterator[Piece]:
        number = self._number(row.number)
        places = {column: slot for (line, column), slot in self.slots.items() if line == row.number}
        if row.element is None:
            yield f'<{prefix}row r="'
            yield number
            yield '"'
        else:
            left_out = ("r", "ht") if self._grows(row, places) else ("r",)
            tag = f"<{row.element.tag}"
            yield f'{tag} r="'
            yield number
            yield '"' + opening(row.element, *left_out)[len(tag) :]
        yield ">"
        for column in sorted({*row.cells, *places}):
            cell = row.cells.get(column)
            if column in places:
                yield from self._slot(row, column, cell, places[column], prefix)
            elif cell is not None:
                yield from self._cell(row.number, column, cell)
        yield f"</{prefix}row>"

    def _number(self, row: int) -> Piece:
        if self.block is not None and row in self.block:
            return Own(row)
        return After(row) if self.block is not None and row > self.block.last else str(row)

    def _grows(self, row: Row, places: Mapping[int, int]) -> bool:
        """Whether the row fits itself to its text: then the height of the sample text is not kept."""
        fixed = row.element is None or row.element.attributes.get("customHeight") in ("1", "true")
        return not fixed and any(self.around.looks.wraps(self._style(row, column)) for column in places)

    def _style(self, row: Row, column: int) -> str | None:
        if column in row.cells:
            return row.cells[column].attributes.get("s")
        of_row = row.element.attributes if row.element is not None else {}
        if of_row.get("customFormat") in ("1", "true"):
            return of_row.get("s")
        return next((style for first, last, style in self.styles if first <= column <= last), None)

    def _slot(self, row: Row, column: int, cell: Element | None, slot: int, prefix: str) -> Iterator[Piece]:
        style = self._style(row, column)
        yield f'<{cell.tag if cell is not None else prefix + "c"} r="{column_letters(column - 1)}'
        yield self._number(row.number)
        yield '"' + (f' s="{style}"' if style is not None else "")
        yield Hole(slot)

    def _cell(self, row: int, column: int, cell: Element) -> Iterator[Piece]:
        formula = cell.child("f")
        number = self._number(row)
        if formula is not None and formula.attributes.get("t") != "dataTable":
            yield from self._formula(row, column, cell, formula)
        elif isinstance(number, str):
            yield self.part.cut(cell.start, cell.end)
        else:
            tag = f"<{cell.tag}"
            yield f'{tag} r="{column_letters(column - 1)}'
            yield number
            yield '"' + opening(cell, "r")[len(tag) :] + ("/>" if cell.inner == cell.end else ">")
            yield self.part.cut(cell.inner, cell.end)

    def _formula(self, row: int, column: int, cell: Element, formula: Element) -> Iterator[Piece]:
        """The cell with its formula and without its value, which is the sample's: it is worked out when the book opens."""
        place = f"{column_letters(column - 1)}{row}"
        tag = f"<{cell.tag}"
        yield f'{tag} r="{column_letters(column - 1)}'
        yield self._number(row)
        yield '"' + opening(cell, "r", "t")[len(tag) :] + ">"
        if self.around.block is None:
            yield self.part.cut(formula.start, formula.end)
        else:
            inside = self.block is not None and row in self.block
            text = formula.text
            if formula.attributes.get("t") == "shared":
                master, home = self.shared[formula.attributes.get("si", "")]
                text = references.shifted(master, row - home[0], column - home[1])
                yield opening(formula, "t", "si", "ref")
            elif "ref" in formula.attributes:
                area = formula.attributes["ref"]
                yield opening(formula, "ref") + ' ref="'
                yield from references.copied(area) if inside else self._outside(area)
                yield '"'
            else:
                yield opening(formula)
            yield ">"
            yield from escaped(self.around.formula(text, Where.INSIDE if inside else Where.OUTSIDE, place))
            yield f"</{formula.tag}>"
        yield f"</{cell.tag}>"

    def _outside(self, area: str) -> Iterator[Piece]:
        if self.block is None:
            yield area
        else:
            yield from references.outside(area, self.block, lambda _: None)

    # everything around the cells -----------------------------------------------------------------------------

    def _rest(self, element: Element) -> Iterator[Piece]:
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
                yield from self._with(element, "ref", self._outside(element.attributes.get("ref", "A1")))
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
        yield from self._with(element, "ref", self._outside(area))

    def _link(self, element: Element) -> Iterator[Piece]:
        area, block = element.attributes.get("ref", "A1"), self.block
        rows = references.rows_of(area)
        inside = block is not None and rows is not None and rows[0] in block and rows[1] in block
        tag = opening(element, "ref", "location", "xr:uid")
        pieces: list[Piece] = [tag + ' ref="', *(references.copied(area) if inside else self._outside(area)), '"']
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
            made = joined(self._with(entry, "id", (self._number(row),)))
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


def escaped(pieces: Iterable[Piece], *, attribute: bool = False) -> Iterator[Piece]:
    """Pieces of a formula as XML holds them."""
    for piece in pieces:
        if isinstance(piece, str):
            yield quoted(piece) if attribute else escape(piece, quote=False)
        else:
            yield piece


def _shared(part: Part) -> dict[str, tuple[str, Place]]:
    """The formulas that cells share, by their number, with the cell in which each is written."""
    found = {}
    for row in rows_of(part).values():
        for column, cell in row.cells.items():
            formula = cell.child("f")
            if formula is not None and formula.attributes.get("t") == "shared" and formula.text:
                found[formula.attributes.get("si", "")] = (formula.text, (row.number, column))
    return found


def _column_styles(part: Part) -> Sequence[tuple[int, int, str]]:
    cols = part.root.child("cols")
    return [
        (int(c.attributes["min"]), int(c.attributes["max"]), c.attributes["style"])
        for c in (cols.children if cols else ())
        if "style" in c.attributes
    ]
