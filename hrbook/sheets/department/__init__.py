"""The book of one department. A module of this package that defines ORDER and sheets(view) is part of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from hrbook.sheets.book import Book, DataSheet, Sheet
from hrbook.sheets.discovery import modules_of
from hrbook.sheets.view import DepartmentView

FORM_EDITION = "1"  # layout of the interview form and of the data sheets; a new one for every change that a reader notices
Describe = Callable[[DepartmentView], tuple[Sheet | DataSheet, ...]]


def book(view: DepartmentView, path: str) -> Book:
    """The department's workbook, to stand at `path` below the output folder."""
    labels, reading = view.labels, view.reading
    made = tuple(sheet for describe in _parts() for sheet in describe(view))
    year = labels.fiscal_year(reading.year)
    return Book(
        path=path,
        title=labels("department.book.title", year=year, unit=view.name),
        subject=labels("department.book.subject", policy=reading.policy.title),
        company=view.reading.city,
        comments=labels("department.book.comments", day=labels.day(reading.as_of)),
        sheets=made,
        audience=labels("department.book.audience", unit=view.name),
        rows={sheet.name: len(sheet.rows) for sheet in made if isinstance(sheet, DataSheet)},
        custom={
            "hrbook-run": view.run.run_id,
            "hrbook-department": "/".join(part for part in view.department.key if part),
            "hrbook-form-edition": FORM_EDITION,
        },
    )


@cache
def _parts() -> tuple[Describe, ...]:
    """The sheets(view) of every part, in the order of the book."""
    return tuple(module.sheets for module in modules_of(__name__))
