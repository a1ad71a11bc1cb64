"""Goals of the whole city, its bureaus and its departments for one year."""

from __future__ import annotations

from collections.abc import Iterator

from hrbook.sample.dice import Dice
from hrbook.sample.node import Node
from hrbook.sample.organisation import Organisation
from hrbook.sample.tables import Row


def goal_rows(data: Node, organisation: Organisation, year: int, seed: int) -> Iterator[Row]:
    """Year, bureau, department, goal: one of the city, one a bureau, two of most departments; some have none of their own."""
    node = data.node("goals")
    yield (year, None, None, node.text("city"))
    for bureau in organisation.bureaus:
        yield (year, bureau.bureau, None, Dice(seed, "goals", bureau.bureau).pick(node.texts("bureau")))
    for unit in organisation.departments:
        dice = Dice(seed, "goals", unit.bureau, unit.department)
        if unit.department and dice.chance(node.share("share")):
            for text in dice.some(node.texts("department"), 2):
                yield (year, unit.bureau, unit.department, text)
