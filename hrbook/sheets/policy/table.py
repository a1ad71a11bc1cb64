"""A sheet with one row an entry, and empty rows for more."""

from __future__ import annotations

from dataclasses import replace

from hrbook.policy_book.tables import Rows
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.policy.desk import FIRST, Desk, checked

LOOKS = {"integer": "td_box center", "id": "td_box", "basis": "td_box center", "yes": "td_box center", "matrix": "td_box center"}
TALL = 22.0
WIDEST_PORTRAIT = 100.0
PRINTED_SPARE = 2  # empty rows on paper; the rest is for the screen


def table(desk: Desk, found: Rows) -> Sheet:
    """The sheet of one list of the policy."""
    plan = found.plan
    widths = tuple(column.field.width for column in found.columns)
    canvas = Canvas(plan.name, widths)
    why = plan.why if found.rows else f"{plan.why}{desk.plan.words['none']}"
    desk.top(canvas, plan.name, why)
    for col, column in enumerate(found.columns):
        canvas.put(FIRST - 2, col, column.field.why or None, "caption_wrap")
        canvas.put(FIRST - 1, col, column.header, "th" if column.field.required else "th_grey")
    looks = [f"{LOOKS.get(column.field.kind, 'td_box')} wrap unlocked" for column in found.columns]
    for row, cells in enumerate(found.rows, start=FIRST):
        for col, (cell, look) in enumerate(zip(cells, looks, strict=True)):
            canvas.put(row, col, cell, look)
    last = desk.last_row(plan)
    for row in range(FIRST + len(found.rows), last + 1):
        canvas.heights[row] = TALL
        for col, look in enumerate(looks):
            canvas.put(row, col, None, look)
    canvas.heights[FIRST - 1] = 24
    if last >= FIRST:
        kinds = (desk.check(column.field.kind, FIRST, col, last) for col, column in enumerate(found.columns))
        canvas.checks.extend(checked(kinds))
    page = desk.page(plan.name, widths, landscape=sum(widths) > WIDEST_PORTRAIT)
    shown = FIRST + len(found.rows) + PRINTED_SPARE - 1 if found.rows else last
    page = replace(page, area=(0, 0, max(FIRST, min(last, shown)), len(widths) - 1))
    return canvas.sheet(page, freeze=(FIRST, 1), tab="blue")
