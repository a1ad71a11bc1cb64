"""The organisation's book, for the personnel department: figures, demand, rotation, and what could not be made."""

from __future__ import annotations

from hrbook.sheets.book import Book
from hrbook.sheets.discovery import modules_of
from hrbook.sheets.marks import load_marks
from hrbook.sheets.organisation.desk import Desk
from hrbook.sheets.view import View
from hrbook.summary import summarise


def book(view: View, path: str) -> Book:
    """The workbook as data; `path` is where it will stand below the output folder."""
    labels, reading = view.labels, view.reading
    desk = Desk(view, summarise(view.assessment, view.departments), load_marks(labels))
    sheets = tuple(sheet for module in modules_of(__name__) for sheet in module.sheets(desk))
    return Book(
        path=path,
        title=labels("org.book.title", year=labels.fiscal_year(reading.year)),
        subject=labels("org.book.subject", policy=view.policy.title),
        company=view.reading.city,
        comments=labels("org.book.comments", day=labels.day(reading.as_of)),
        sheets=sheets,
        custom={
            "hrbook-run": view.run.run_id,
            "hrbook-version": view.run.version,
            "hrbook-year": str(reading.year),
            "hrbook-as-of": reading.as_of.isoformat(),
        },
    )
