"""A finished department book of the small city, its readers, and a guard that also knows one invented outsider."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hrbook import batch, judging
from hrbook.core.roster import Employee
from hrbook.guard.found import Leak
from hrbook.guard.leak import Guard, opened
from hrbook.guard.people import Person, everybody
from hrbook.guard.public import public_texts
from hrbook.guard.spelling import names_of
from hrbook.options import Options
from hrbook.parts import DepartmentBook

OUTSIDER = Person("77123", "77123", names_of("鷲塚　凪沙"), names_of("ワシヅカ　ナギサ"), ("w.nagisa@city.example.jp",))


@dataclass(frozen=True)
class Stand:
    """What a test of the guard needs."""

    guard: Guard
    book: bytes
    readers: tuple[Employee, ...]
    loaded: judging.Loaded

    def leaks(self, data: bytes) -> tuple[Leak, ...]:
        """What the guard says of a book for these readers."""
        return self.guard.check(opened(data), self.readers)


def make_stand(roster: Path) -> Stand:
    """The largest department's book of a roster."""
    loaded = judging.load(Options(roster, clock_year=2026))
    public = public_texts(loaded.assessment, loaded.departments, loaded.labels, loaded.facts)
    guard = Guard((*everybody(loaded.assessment.roster), OUTSIDER), public)
    department = max(loaded.departments, key=lambda d: len(d.people))
    part = DepartmentBook(batch.book_paths(loaded.departments, loaded.labels)[department.key], batch.view_of(loaded, department))
    return Stand(guard, part.make(), tuple(part.readers), loaded)
