"""Leave (休業等): on which days, and what of it cannot be told."""

from datetime import date
from typing import Any

from .dates import ONE_DAY, day, merged
from .logic import Truth, any3
from .orders import Person, World, text


def covers(leave: dict[str, Any], d: date) -> Truth:
    """Is d a day of this leave? A blank end is open; an unreadable one is unknown."""
    start, end = day(leave["start"]), day(leave["end"])
    if start is None:
        return False if end is not None and end < d else None
    if start > d:
        return False
    if end is not None:
        return d <= end
    return True if leave["end"] is None else None


def on_leave(person: Person, world: World) -> Truth:
    word = text(person["status_word"])
    if "休" in word and "復" not in word:
        return True
    return any3(covers(leave, world["as_of"]) for leave in person["leaves"])


def readable(person: Person, world: World) -> list[tuple[date, date]]:
    """The stretches of leave begun by the as-of date and fully known; date.max = open."""
    found = []
    for leave in person["leaves"]:
        start, end = day(leave["start"]), day(leave["end"])
        if start is not None and start <= world["as_of"] and (end is not None or leave["end"] is None):
            found.append((start, end or date.max))
    return merged(found)


def unreadable(person: Person, world: World) -> bool:
    """Some leave has a start or an end that cannot be read and may reach into the time before the as-of date."""
    for leave in person["leaves"]:
        start = day(leave["start"])
        if start is None or (leave["end"] is not None and day(leave["end"]) is None and start <= world["as_of"]):
            return True
    return False


def days_so_far(person: Person, world: World, since: date) -> int:
    total = 0
    for start, end in readable(person, world):
        a, b = max(start, since), min(end, world["as_of"])
        total += max(0, (b - a).days + 1)
    return total


def stretch_over(person: Person, world: World, start: date, end: date) -> date | None:
    """The day of the return (date.max = not known) if start..end lies wholly in one stretch of leave, else None."""
    for a, b in readable(person, world):
        if a <= start and end <= b:
            return b if b == date.max else b + ONE_DAY
    return None
