"""What people call a sheet, and the workbook that it stands in, by the sheet's id."""

from __future__ import annotations

from hrbook.words import Labels


def sheet_in_book(labels: Labels, sheet: str) -> str:
    """Name of the sheet and its workbook; the id itself where no workbook has such a sheet. The first part of an id says
    the book ("org_recruit"); a department's sheets have one part only."""
    name = f"sheet.{sheet}.name"
    if name not in labels:
        return sheet
    book = f"book_of.{sheet.partition('_')[0]}"
    return labels("book_of.sheet", sheet=labels(name), book=labels(book if book in labels else "book_of.department"))
