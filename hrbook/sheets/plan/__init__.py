"""The book of the training plan, for the personnel department; nomination lists are books of their own."""

from __future__ import annotations

from hrbook.core.training_plan import TrainingPlan
from hrbook.sheets.book import Book
from hrbook.sheets.discovery import modules_of
from hrbook.sheets.plan.desk import Desk
from hrbook.sheets.view import View


def book(view: View, plan: TrainingPlan, path: str) -> Book:
    """The workbook as data; a module of this package that defines ORDER and sheets(desk) is part of it."""
    labels, reading, desk = view.labels, view.reading, Desk(view, plan)
    sheets = tuple(sheet for module in modules_of(__name__) for sheet in module.sheets(desk))
    return Book(
        path=path,
        title=labels("plan.book.title", year=labels.fiscal_year(reading.year)),
        subject=labels("plan.book.subject", policy=view.policy.title),
        company=reading.city,
        comments=labels("plan.book.comments", day=labels.day(reading.as_of)),
        sheets=sheets,
        custom={"hrbook-kind": "plan", "hrbook-run": view.run.run_id, "hrbook-year": str(reading.year)},
    )
