"""What came back in returned books: one value each, with the file, sheet and cell that it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """The sheets of the returned data set."""

    WISH = "wishes"
    SCORE = "scores"
    COURSE = "courses"
    GOAL = "goals"
    TALK = "talks"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was read: file as it was found, sheet, A1 address, SHA-256 of the file, when it was saved (ISO, as the
    file says, else as the file system does), and the department whose book it is."""

    file: str
    sheet: str
    cell: str
    sha256: str
    saved: str
    sender: str

    @property
    def version(self) -> tuple[str, str]:
        """The form sheet of one file: two of them are two versions."""
        return (self.sha256, self.sheet)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that was accepted. `field` is an id of templates/returned.toml, `item` the ability or the course that the
    field is about; `code` is the number of the choice, empty for free text; dates are ISO texts. `decided`: a person of the
    personnel department accepted it; else it was clear."""

    staff_id: str
    year: int
    group: Group
    field: str
    item: str
    code: str
    value: str
    origin: Origin
    decided: bool

    @property
    def order(self) -> tuple[str, int, str, str, str, str, str]:
        """Canonical order: person, year, group, field, item, then where it came from."""
        return (self.staff_id, self.year, self.group.value, self.field, self.item, self.origin.sender, self.origin.cell)
