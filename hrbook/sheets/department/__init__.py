"""The book of one department. A module of this package that defines ORDER and sheets(view) is part of it."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module

from hrbook.sheets.book import Book, DataSheet, Sheet
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
        company="",
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
    """The sheets(view) of every part, by ORDER, then by name."""
    modules = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    parts = sorted((m for m in modules if hasattr(m, "ORDER")), key=lambda m: (m.ORDER, m.__name__))
    return tuple(m.sheets for m in parts)
