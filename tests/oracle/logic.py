"""Three-valued logic: True, False and None for "cannot be told"."""

from collections.abc import Iterable

Truth = bool | None


def all3(values: Iterable[Truth]) -> Truth:
    """AND: False as soon as one value is False, else None if one is unknown, else True."""
    seen = list(values)
    if any(value is False for value in seen):
        return False
    return None if any(value is None for value in seen) else True


def any3(values: Iterable[Truth]) -> Truth:
    """OR: True as soon as one value is True, else None if one is unknown, else False."""
    seen = list(values)
    if any(value is True for value in seen):
        return True
    return None if any(value is None for value in seen) else False


def not3(value: Truth) -> Truth:
    return None if value is None else not value


def same3(values: Iterable[Truth]) -> Truth:
    """The common value of all possibilities, None if they differ."""
    seen = set(values)
    return seen.pop() if len(seen) == 1 else None
