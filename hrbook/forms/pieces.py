"""A part of a form taken apart: text that stays, numbers of rows that move, and places for values.

A form's block of rows (1-based `first` to `last`) is repeated once a person. With n copies everything below the block
moves by (n - 1) x its height; row numbers inside copy i move by i x its height."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """The rows that are repeated, on which sheet."""

    sheet: str
    first: int
    last: int

    @property
    def height(self) -> int:
        return self.last - self.first + 1

    def __contains__(self, row: int) -> bool:
        return self.first <= row <= self.last


@dataclass(frozen=True, slots=True)
class After:
    """A row number below the block, or the end of an area that grows with it."""

    row: int


@dataclass(frozen=True, slots=True)
class Own:
    """A row number inside the block: each copy has its own."""

    row: int


@dataclass(frozen=True, slots=True)
class Hole:
    """Where the value of slot `number` goes: what follows the opening of its cell."""

    number: int


@dataclass(frozen=True, slots=True)
class Times:
    """A count: so many, and so many for each copy."""

    once: int
    each: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """Pieces that stand once for each copy, with `between` between the copies."""

    pieces: tuple[Piece, ...]
    between: str = ""


Piece = str | After | Own | Hole | Times | Repeat
Contents = Callable[[int], str]  # number of a slot -> what follows the opening of its cell


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same pieces with texts that follow each other made one."""
    found: list[Piece] = []
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece)
            continue
        if texts:
            found.append("".join(texts))
            texts.clear()
        found.append(piece)
    if texts:
        found.append("".join(texts))
    return tuple(found)


def put_together(pieces: Sequence[Piece], block: Block | None, own: Contents, copies: Sequence[Contents]) -> str:
    """The text of a part. `own` fills the slots outside the block, each of `copies` those of one copy."""
    height = block.height if block else 0
    down = (len(copies) - 1) * height if block else 0
    out: list[str] = []
    for piece in pieces:
        match piece:
            case str():
                out.append(piece)
            case After(row):
                out.append(str(row + down))
            case Own(row):
                out.append(str(row))
            case Hole(number):
                out.append(own(number))
            case Times(once, each):
                out.append(str(once + each * len(copies)))
            case Repeat(inner, between):
                out.append(_repeated(inner, between, height, down, copies))
    return "".join(out)


def _repeated(pieces: Sequence[Piece], between: str, height: int, down: int, copies: Sequence[Contents]) -> str:
    """One template string filled once a copy: a block has hundreds of row numbers, and this is the cheapest way."""
    template: list[str] = []
    rows: list[int] = []  # row numbers of the first copy; -1 - n stands for slot n
    for piece in pieces:
        match piece:
            case str():
                template.append(piece.replace("%", "%%"))
            case After(row):
                template.append(str(row + down))
            case Own(row):
                template.append("%s")
                rows.append(row)
            case Hole(number):
                template.append("%s")
                rows.append(-1 - number)
            case _:
                raise TypeError(f"{type(piece).__name__} inside a block")
    text = "".join(template)
    return between.join(
        text % tuple([row + copy * height if row >= 0 else fill(-1 - row) for row in rows]) for copy, fill in enumerate(copies)
    )
