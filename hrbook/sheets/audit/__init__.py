"""The auditors' book: who was judged, every judgement that deserves a look, on what it rests, and how it can be checked."""

from __future__ import annotations

from collections.abc import Mapping

from hrbook.checks import run_checks
from hrbook.sheets.audit.desk import Desk, reading_ids
from hrbook.sheets.book import Book
from hrbook.sheets.discovery import modules_of
from hrbook.sheets.marks import load_marks
from hrbook.sheets.view import View


def book(view: View, path: str, used: Mapping[str, tuple[str, str]] | None = None) -> Book:
    """The workbook as data; `path` is where it will stand, `used` the templates of the run (name -> place, SHA-256)."""
    labels, reading = view.labels, view.reading
    desk = Desk(view, load_marks(labels), used or {}, run_checks(view), reading_ids(reading))
    sheets = tuple(sheet for module in modules_of(__name__) for sheet in module.sheets(desk))
    return Book(
        path=path,
        title=labels("audit.book.title", year=labels.fiscal_year(reading.year)),
        subject=labels("audit.book.subject", policy=view.policy.title),
        company=view.reading.city,
        comments=labels("audit.book.comments", day=labels.day(reading.as_of)),
        sheets=sheets,
        custom={
            "hrbook-run": view.run.run_id,
            "hrbook-version": view.run.version,
            "hrbook-year": str(reading.year),
            "hrbook-as-of": reading.as_of.isoformat(),
        },
    )
