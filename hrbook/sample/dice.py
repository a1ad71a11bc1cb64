"""Chance that can be repeated: every draw comes from `random()` alone, whose sequence Python promises to keep."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import sqrt
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Wheel(Generic[T]):
    """Items with weights, ready to be drawn often."""

    __slots__ = ("_limits", "items")

    def __init__(self, pairs: Iterable[tuple[T, float]]) -> None:
        kept = [(item, weight) for item, weight in pairs if weight > 0]
        if not kept:
            raise ValueError("nothing to draw from")
        self.items = [item for item, _ in kept]
        self._limits = list(accumulate(weight for _, weight in kept))

    def at(self, share: float) -> T:
        """The item at `share` (0 <= share < 1) of the whole weight."""
        return self.items[min(bisect(self._limits, share * self._limits[-1]), len(self.items) - 1)]


class Dice:
    """A stream of chance for one purpose. The same words in the constructor give the same stream."""

    __slots__ = ("unit",)

    def __init__(self, *purpose: str | int) -> None:
        self.unit = Random("/".join(str(word) for word in purpose)).random

    def chance(self, share: float) -> bool:
        """True in `share` of all cases."""
        return self.unit() < share

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.unit() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """One of `items`, all equally likely."""
        return items[int(self.unit() * len(items))]

    def spin(self, wheel: Wheel[T]) -> T:
        """One of the wheel's items by its weight."""
        return wheel.at(self.unit())

    def peaked(self, low: int, mode: int, high: int) -> int:
        """A whole number from low to high that is most often near `mode` (a triangle)."""
        left, width, share = low - 0.5, high - low + 1.0, self.unit()
        rise = (mode - left) / width
        if share < rise:
            value = left + width * sqrt(share * rise)
        else:
            value = left + width * (1 - sqrt((1 - share) * (1 - rise)))
        return min(high, max(low, round(value)))

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different ones of `items` (all of them where there are fewer), in the order of `items`."""
        left = list(range(len(items)))
        for place in range(min(count, len(left))):
            other = place + int(self.unit() * (len(left) - place))
            left[place], left[other] = left[other], left[place]
        return [items[index] for index in sorted(left[:count])]
