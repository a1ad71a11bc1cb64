"""What a sheet of a form must know of the form as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape

from hrbook.forms import references
from hrbook.forms.looks import Looks
from hrbook.forms.pieces import After, Block, Own, Piece
from hrbook.forms.references import Where
from hrbook.forms.xml import quoted

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

    def number(self, row: int) -> Piece:
        """The number of a row of this sheet."""
        if self.mine is not None and row in self.mine:
            return Own(row)
        return After(row) if self.mine is not None and row > self.mine.last else str(row)

    def outside(self, area: str) -> Iterator[Piece]:
        """An area of this sheet outside the block in pieces; what of it does not follow is told elsewhere."""
        if self.mine is None:
            yield area
        else:
            yield from references.outside(area, self.mine, lambda _: None)


def escaped(pieces: Iterable[Piece], *, attribute: bool = False) -> Iterator[Piece]:
    """Pieces of a formula as XML holds them."""
    for piece in pieces:
        if isinstance(piece, str):
            yield quoted(piece) if attribute else escape(piece, quote=False)
        else:
            yield piece
