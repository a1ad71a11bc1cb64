"""The files that a run makes, each on its own: what it is made from, who it is for, and how. So that any process can make
any of them, a part carries all it needs and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hrbook.core.assessment import Assessed
from hrbook.core.reading import Reading
from hrbook.core.roster import Employee
from hrbook.guard.place import stream_new
from hrbook.guard.release import Content, File
from hrbook.ledger import pieces
from hrbook.sheets.book import Book
from hrbook.sheets.programme.desk import Desk
from hrbook.sheets.view import DepartmentView, View, department_name


class Part(File, Protocol):
    """One file of the run, and its bytes."""

    def make(self) -> Content:
        """The bytes of the file, or that it was written where it will stand. Raises Fault where its content cannot be."""
        ...


@dataclass(frozen=True, slots=True)
class DepartmentBook:
    """The workbook of one department."""

    path: str
    view: DepartmentView
    design: None = None

    @property
    def rows(self) -> int:
        return len(self.view.people)

    @property
    def audience(self) -> str:
        return department_name(self.view.department, self.view.labels)

    @property
    def readers(self) -> Sequence[Employee]:
        """The department's own people, and the heads whose forms stand in its book."""
        return tuple(person.employee for person in (*self.view.people, *self.view.department.guests))

    def counted(self) -> frozenset[int]:
        from hrbook.sheets.department.counts import counted

        return counted(self.view)

    def make(self) -> bytes:
        from hrbook.sheets import department

        return _rendered(department.book(self.view, self.path))


@dataclass(frozen=True, slots=True)
class Organisation:
    """The workbook on the whole city."""

    path: str
    view: View
    audience: str = "hr"
    readers: None = None
    design: None = None

    @property
    def rows(self) -> int:
        return len(self.view.assessment.people)

    def counted(self) -> tuple[int, ...]:
        return ()  # its readers may see everybody

    def make(self) -> bytes:
        from hrbook.sheets import organisation

        return _rendered(organisation.book(self.view, self.path))


@dataclass(frozen=True, slots=True)
class Audit:
    """The auditors' workbook; it names the templates that shaped the run."""

    path: str
    view: View
    templates: Mapping[str, tuple[str, str]]
    audience: str = "auditor"
    readers: None = None
    design: None = None

    @property
    def rows(self) -> int:
        return len(self.view.assessment.people)

    def counted(self) -> tuple[int, ...]:
        return ()  # its readers may see everybody

    def make(self) -> bytes:
        from hrbook.sheets import audit

        return _rendered(audit.book(self.view, self.path, self.templates))


@dataclass(frozen=True, slots=True)
class Programme:
    """The book of the five-year plan. Its readers are a committee, so it may name nobody."""

    path: str
    desk: Desk
    audience: str = "committee"
    readers: tuple[Employee, ...] = ()
    design: None = None

    @property
    def rows(self) -> int:
        return len(self.desk.items)

    def counted(self) -> frozenset[int]:
        figures = [figure for past in self.desk.pasts for figure in past.figures]
        return frozenset((self.desk.people, *(n for figure in figures for n in (figure.part, figure.whole))))

    def make(self) -> bytes:
        from hrbook.sheets import programme

        return _rendered(programme.book(self.desk, self.path))


@dataclass(frozen=True, slots=True)
class Ledger:
    """ledger.csv: every judgement of the people of the run. It is as long as the whole run, so it is written row by row,
    into the folder `stage`."""

    path: str
    stage: Path
    people: tuple[Assessed, ...]
    reading: Reading
    rules: int
    audience: str = "hr"
    readers: None = None
    design: None = None

    @property
    def rows(self) -> int:
        return len(self.people) * self.rules

    def counted(self) -> tuple[int, ...]:
        return ()  # its readers may see everybody

    def make(self) -> Content:
        return stream_new(self.stage / self.path, pieces(self.people, self.reading))


def load_makers(*, whole: bool) -> None:
    """Import what makes the files (`whole`: also those on the whole city) ahead of need: for a run that waits for its roster
    anyway, and for processes that are forked afterwards."""
    from hrbook.excel import writer  # noqa: F401
    from hrbook.sheets import department  # noqa: F401

    if whole:
        from hrbook import summary
        from hrbook.sheets import audit, organisation, programme  # noqa: F401

        summary.load_library()


def _rendered(book: Book) -> bytes:
    from hrbook.excel.writer import render

    return render(book)
