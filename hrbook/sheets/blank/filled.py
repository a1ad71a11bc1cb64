"""Example rows: one filled-in row of each sheet, on a page of their own, so that they never stand among the data."""

from __future__ import annotations

from hrbook.sheets.blank.plan import FormBook
from hrbook.sheets.book import Page, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.words import Labels

ACROSS = 9  # fields side by side; longer rows go on below
WIDTH = 16.0
ROWS = 21  # rows of one page


def example_rows(plan: FormBook, labels: Labels) -> Sheet:
    """Heading and example of every sheet."""
    canvas = Canvas(labels("blank.sheet.example"), (WIDTH,) * ACROSS)
    canvas.put(0, 0, labels("blank.example.title"), "title", cols=ACROSS)
    canvas.put(1, 0, labels("blank.example.about"), "finding", cols=ACROSS)
    canvas.heights.update({0: 30, 1: 24})
    row = 2
    breaks: list[int] = []
    for sheet in plan.sheets:
        row += 1
        if row - max([0, *breaks]) + 1 + 2 * -(-len(sheet.fields) // ACROSS) > ROWS:
            breaks.append(row)
        canvas.put(row, 0, sheet.name, "h2", cols=ACROSS)
        row += 1
        for first in range(0, len(sheet.fields), ACROSS):
            for col, field in enumerate(sheet.fields[first : first + ACROSS]):
                canvas.put(row, col, field.header, "th" if field.required else "th_grey")
                canvas.put(row + 1, col, field.example or None, "td_box wrap as_text")
            canvas.heights[row] = 22
            row += 2
    page = Page(header=("", plan.title, ""), footer=("", "{page} / {pages}", ""), row_breaks=tuple(breaks))
    return canvas.sheet(page, tab="orange")
