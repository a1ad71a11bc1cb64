"""The book of one department. A module of this package that defines ORDER and sheets(view) is part of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from hrbook.sheets import form, form_editions
from hrbook.sheets.book import Book, DataSheet, Sheet
from hrbook.sheets.discovery import modules_of
from hrbook.sheets.view import DepartmentView

FORM_EDITION = form_editions.NOW
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
        custom={
            "hrbook-run": view.run.run_id,
            "hrbook-department": "/".join(part for part in view.department.key if part),
            "hrbook-form-edition": FORM_EDITION,
            "hrbook-year": str(reading.year),
        },
        names=_names(view),
    )


def _names(view: DepartmentView) -> dict[str, str]:
    """What the properties say once more, and the place of every form under its number: names survive where cells move."""
    sheet, run = view.labels("sheet.interview.name"), view.run.run_id
    quoted = sheet.replace("'", "''")
    places = {
        form.name_of(form.form_id(run, person.employee.staff_id)): f"'{quoted}'!$A${number * form.ROWS + 1}"
        for number, person in enumerate(view.forms)
    }
    return {form.BOOK_NAME: f'"{run}|{view.reading.year}|{FORM_EDITION}"', **places}


@cache
def _parts() -> tuple[Describe, ...]:
    """The sheets(view) of every part, in the order of the book."""
    return tuple(module.sheets for module in modules_of(__name__))
