"""Invented names: family and given name with their readings, paired, each kept to the letter."""

from __future__ import annotations

from dataclasses import dataclass

from hrbook.sample.dice import Dice, Wheel
from hrbook.sample.node import Node

Pair = tuple[str, str]
HEAD = 14  # flattens the frequencies of family names: the commonest is about ten times the rarest


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written and its reading in katakana."""

    text: str
    kana: str


@dataclass(frozen=True, slots=True)
class _Generation:
    until: int
    given: tuple[tuple[Pair, ...], tuple[Pair, ...]]


class Names:
    """A source of names from the data's [names]."""

    def __init__(self, node: Node) -> None:
        self._divider = node.text("divider")
        self._families = Wheel((pair, 1 / (place + HEAD)) for place, pair in enumerate(node.pairs("families")))
        self._rare = node.pairs("rare")
        self._rare_share = node.share("rare_share")
        self._generations = tuple(
            _Generation(part.whole("until"), (part.pairs("women"), part.pairs("men"))) for part in node.nodes("given")
        )

    def draw(self, dice: Dice, birth_year: int, number: int) -> Name:
        """A name for somebody born in `birth_year`. Every 50th `number` has a rare family name, each in its turn."""
        turn, rest = divmod(number, 50)
        rare = rest == 7
        generation = next(part for part in self._generations if birth_year <= part.until)
        given = dice.pick(dice.pick(generation.given))
        family = dice.spin(self._families)
        if rare:
            family = self._rare[turn % len(self._rare)]
        elif dice.chance(self._rare_share):
            family = dice.pick(self._rare)
        return Name(f"{family[0]}{self._divider}{given[0]}", f"{family[1]}{self._divider}{given[1]}")
