"""Typed reading of parsed TOML: a wrong kind of value is told with its place, and never gets further in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

T = TypeVar("T")


class Node:
    """One table of the data. Raises ValueError with the path of what is missing or of the wrong kind."""

    __slots__ = ("_values", "path")

    def __init__(self, values: Mapping[str, object], path: str = "sample") -> None:
        self._values = values
        self.path = path

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def _get(self, key: str, kind: type[T]) -> T:
        if key not in self._values:
            raise ValueError(f"{self.path}.{key} is missing")
        return self._as(self._values[key], kind, key)

    def _as(self, value: object, kind: type[T], key: str) -> T:
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise ValueError(f"{self.path}.{key} must be {kind.__name__}, not {value!r}")
        return value

    def text(self, key: str) -> str:
        value = self._values.get(key)
        return value if type(value) is str else self._get(key, str)

    def day(self, key: str) -> date:
        return self._get(key, date)

    def whole(self, key: str) -> int:
        return self._get(key, int)

    def share(self, key: str) -> float:
        """A number of any kind, as float."""
        value = self._values.get(key)
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else self._get(key, float)

    def flag(self, key: str) -> bool:
        """True or False; False where it is not given."""
        return self._get(key, bool) if key in self._values else False

    def value(self, key: str) -> str | int | date:
        """A text, a whole number or a date."""
        found = self._get(key, object)
        if isinstance(found, (str, int, date)) and not isinstance(found, bool):
            return found
        raise ValueError(f"{self.path}.{key} must be a text, a whole number or a date, not {found!r}")

    def items(self, key: str) -> Sequence[object]:
        return self._get(key, list)

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(self._as(item, str, key) for item in self.items(key))

    def wholes(self, key: str) -> tuple[int, ...]:
        return tuple(self._as(item, int, key) for item in self.items(key))

    def shares(self, key: str) -> tuple[float, ...]:
        return tuple(float(self._as(item, float, key)) for item in self.items(key))

    def lists(self, key: str) -> tuple[Sequence[object], ...]:
        """A list of lists."""
        return tuple(self._as(item, list, key) for item in self.items(key))

    def number_lists(self, key: str) -> tuple[tuple[float, ...], ...]:
        """A list of lists of numbers."""
        return tuple(tuple(Node({key: n}, self.path).share(key) for n in row) for row in self.lists(key))

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """A list of [text, text]."""
        return tuple((self._as(a, str, key), self._as(b, str, key)) for a, b in self.lists(key))

    def weights(self, key: str) -> tuple[tuple[str, float], ...]:
        """A list of [text, number]."""
        return tuple((self._as(a, str, key), self._as(b, float, key)) for a, b in self.lists(key))

    def node(self, key: str) -> Node:
        return Node(self._get(key, dict), f"{self.path}.{key}")

    def nodes(self, key: str) -> tuple[Node, ...]:
        """A list of tables; none where it is not given."""
        found = self._get(key, list) if key in self._values else []
        return tuple(Node(self._as(item, dict, key), f"{self.path}.{key}[{n}]") for n, item in enumerate(found))
