"""One sheet of a form in pieces: cells with slots, formulas that follow, the block of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hrbook.core.source import column_letters
from hrbook.forms import references
from hrbook.forms.around import Around, escaped
from hrbook.forms.grid import Place, Row, column_styles, rows_of, shared_formulas
from hrbook.forms.pieces import Hole, Piece, Repeat, joined
from hrbook.forms.references import Where
from hrbook.forms.surroundings import Surroundings
from hrbook.forms.xml import Element, Part, opening


def pieces_of(part: Part, around: Around, slots: Mapping[Place, int]) -> tuple[Piece, ...]:
    """The whole sheet in pieces. Raises Cut (with the area) where the block cuts a merged area."""
    return joined(_Sheet(part, around, slots).pieces())


class _Sheet:
    def __init__(self, part: Part, around: Around, slots: Mapping[Place, int]) -> None:
        self.part = part
        self.around = around
        self.slots = slots
        self.block = around.mine
        self.shared = shared_formulas(part) if around.block is not None else {}
        self.styles = column_styles(part)
        self.surroundings = Surroundings(part, around)

    def pieces(self) -> Iterator[Piece]:
        part, at = self.part, 0
        for element in part.root.children:
            yield part.cut(at, element.start)
            yield from self._data(element) if element.name == "sheetData" else self.surroundings.of(element)
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
        number = self.around.number(row.number)
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
        yield self.around.number(row.number)
        yield '"' + (f' s="{style}"' if style is not None else "")
        yield Hole(slot)

    def _cell(self, row: int, column: int, cell: Element) -> Iterator[Piece]:
        formula = cell.child("f")
        number = self.around.number(row)
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
        yield self.around.number(row)
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
                yield from references.copied(area) if inside else self.around.outside(area)
                yield '"'
            else:
                yield opening(formula)
            yield ">"
            yield from escaped(self.around.formula(text, Where.INSIDE if inside else Where.OUTSIDE, place))
            yield f"</{formula.tag}>"
        yield f"</{cell.tag}>"
