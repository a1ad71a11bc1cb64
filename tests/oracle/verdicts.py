"""What the oracle says of generated people: slow to work out, so once a process (a mutation campaign: once for all of its)."""

from __future__ import annotations

from functools import lru_cache

from .generate import generate
from .orders import Person, World
from .rules import Judgement, judge

SEEDS = (0, *range(1, 38, 2))  # odd seeds draw a reading of their own
PEOPLE = 50


@lru_cache(maxsize=len(SEEDS))
def verdicts(seed: int, size: int = PEOPLE) -> tuple[list[Person], World, list[dict[str, Judgement]]]:
    """People, their world, and of each of them the judgement on every rule. To be read only."""
    people, world = generate(seed, size)
    return people, world, [judge(person, world) for person in people]
