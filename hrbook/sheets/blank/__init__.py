"""Blank forms of the inputs: a page that explains every field, example rows apart from the data, the sheets to fill in."""

from __future__ import annotations

from hrbook.sheets.blank.explained import explained
from hrbook.sheets.blank.filled import example_rows
from hrbook.sheets.blank.plan import FormBook
from hrbook.sheets.blank.table import Choices, table
from hrbook.sheets.book import Book, Sheet
from hrbook.words import Labels


def form(plan: FormBook, labels: Labels, further: tuple[Sheet, ...] = ()) -> Book:
    """The form as a book; `further` sheets for people stand behind the explanation."""
    choices = Choices(labels("blank.sheet.choices"))
    tables = [table(sheet, choices, labels) for sheet in plan.sheets]
    pages = [explained(plan, labels), *further]
    if plan.example:
        pages.append(example_rows(plan, labels))
    lists = choices.sheet(labels)
    sheets = (*pages, *tables, *((lists,) if lists is not None else ()))
    return Book(path=plan.path, title=plan.title, subject=plan.title, company="", comments="", sheets=sheets)
