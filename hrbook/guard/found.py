"""What the search of a book finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was found in a book that must not be there."""

    NUMBER = "number"
    NAME = "name"
    READING = "reading"
    MAIL = "mail"
    FOREIGN = "foreign"  # a part, a link or bytes that hrbook does not write: a macro, an object, something appended
    DAMAGED = "damaged"  # the book cannot be searched, so it cannot be let go


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """One finding: the part of the package, what was found there, and whose it is (empty where nobody's)."""

    part: str
    kind: Kind
    staff_id: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A key that stands in a text."""

    kind: Kind
    key: str
