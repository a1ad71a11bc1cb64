"""What became of every file that came back, and how far every department and every person has answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hrbook.core.source import Scalar


class FileState(StrEnum):
    """The first two were read; every other file was refused, by name."""

    TAKEN = "taken"
    BLANK = "blank"
    DUPLICATE = "duplicate"
    WRONG_YEAR = "wrong_year"
    OTHER_RUN = "other_run"
    NO_FORM = "no_form"
    FOREIGN = "foreign"
    ENCRYPTED = "encrypted"
    NOT_WORKBOOK = "not_workbook"
    DAMAGED = "damaged"


READ = (FileState.TAKEN, FileState.BLANK)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One file: its name as found, SHA-256 ("" where it could not be read), when it was saved, and what became of it.

    `sender` is the department whose book it is, "" where that is not known; `fault` names the wording of the reason
    ("fault.<fault>"), filled in with `facts`; `others` are numbers of forms in it that were never issued."""

    name: str
    sha256: str
    saved: str
    state: FileState
    sender: str = ""
    run_id: str = ""
    fault: str = ""
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    @property
    def read(self) -> bool:
        return self.state in READ


class FormState(StrEnum):
    """How far one person's form was filled in."""

    DONE = "done"
    PARTLY = "partly"
    BLANK = "blank"


class DepartmentState(StrEnum):
    """How far a department has answered; `refused`: only files that could not be read came from it."""

    RETURNED = "returned"
    PARTLY = "partly"
    MISSING = "missing"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PersonStatus:
    """One issued form: what came back. `lacking` are the ids of needed fields that are blank; `excused`: the person is
    away, so that nothing is lacking."""

    staff_id: str
    name: str
    department: str
    state: FormState
    filled: int
    lacking: tuple[str, ...]
    asked: int
    excused: bool


@dataclass(frozen=True, slots=True)
class DepartmentStatus:
    """One issued book: who is on it and which files came for it. `title` is how people call it."""

    department: str
    title: str
    state: DepartmentState
    people: tuple[PersonStatus, ...]
    files: tuple[Receipt, ...]
    asked: int
    intact: bool

    def count(self, state: FormState) -> int:
        """People whose form is in that state."""
        return sum(1 for person in self.people if person.state is state)
