"""The book of `hrbook diff`: what changed from one finished run to another, by cause, with every change."""

from __future__ import annotations

from hrbook.sheets.audit import changes
from hrbook.sheets.audit.desk import Desk, reading_ids
from hrbook.sheets.book import Book
from hrbook.sheets.marks import load_marks
from hrbook.sheets.view import View


def book(view: View, path: str) -> Book:
    """The workbook as data; `view` is the newer run with its changes."""
    labels, reading = view.labels, view.reading
    desk = Desk(view, load_marks(labels), {}, (), reading_ids(reading), front=False)
    sheets = changes.sheets(desk)
    return Book(
        path=path,
        title=labels("diff.book_title", year=labels.fiscal_year(reading.year)),
        subject=labels("audit.book.subject", policy=view.policy.title),
        company=reading.city,
        comments=labels("audit.book.comments", day=labels.day(reading.as_of)),
        sheets=sheets,
        custom={"hrbook-run": view.run.run_id, "hrbook-version": view.run.version},
    )
