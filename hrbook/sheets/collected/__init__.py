"""The book of results: how far everybody has answered, what needs a decision, what came back."""

from __future__ import annotations

from hrbook.sheets.book import Book
from hrbook.sheets.collected.desk import Desk
from hrbook.sheets.discovery import modules_of


def book(desk: Desk, path: str) -> Book:
    """The workbook as data; a module of this package that defines ORDER and sheets(desk) is part of it."""
    labels, year = desk.labels, desk.labels.fiscal_year(desk.year)
    return Book(
        path=path,
        title=labels("collect.book.title", year=year),
        subject=labels("collect.book.subject"),
        company=desk.city,
        comments=labels("collect.book.comments"),
        sheets=tuple(sheet for module in modules_of(__name__) for sheet in module.sheets(desk)),
        custom={"hrbook-kind": "collected", "hrbook-year": str(desk.year)},
    )
