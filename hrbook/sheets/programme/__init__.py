"""The book of the city's five-year plan, for its committee (policy chapter 8): how far the measures are, what the figures
mean, and who has which duty. Nobody is named in it."""

from __future__ import annotations

from hrbook.sheets.book import Book
from hrbook.sheets.discovery import modules_of
from hrbook.sheets.programme.desk import Desk


def book(desk: Desk, path: str) -> Book:
    """The workbook as data; a module of this package that defines ORDER and sheets(desk) is part of it."""
    labels, reading = desk.labels, desk.reading
    return Book(
        path=path,
        title=labels("programme.book.title", year=labels.fiscal_year(reading.year)),
        subject=labels("programme.book.subject", policy=reading.policy.title),
        company=reading.city,
        comments=labels("programme.book.comments", day=labels.day(reading.as_of)),
        sheets=tuple(sheet for module in modules_of(__name__) for sheet in module.sheets(desk)),
        custom={"hrbook-kind": "programme", "hrbook-run": desk.run.run_id, "hrbook-year": str(reading.year)},
    )
