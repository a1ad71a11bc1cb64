"""The first sheet: how to use the book, and a list of its sheets."""

from __future__ import annotations

from dataclasses import replace

from hrbook.sheets.book import Link, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.policy.desk import Desk

WIDTHS = (22.0, 10.0, 76.0, 10.0)


def intro(desk: Desk) -> Sheet:
    """What to do, and where everything stands."""
    plan, words = desk.plan, desk.plan.intro
    canvas = Canvas(words["name"], WIDTHS)
    canvas.put(0, 0, plan.title, "title", cols=len(WIDTHS))
    canvas.put(1, 0, desk.band or desk.file, "finding", cols=len(WIDTHS))
    canvas.heights.update({0: 30, 1: 24, 2: 6})
    canvas.put(3, 0, words["heading"], "h2", cols=len(WIDTHS))
    row = 4
    for line in words["lines"]:
        canvas.put(row, 0, f"\u30fb{line.format(file=desk.file)}", "cell wrap", cols=len(WIDTHS))
        row += 1
    row += 1
    for col, key in enumerate(("sheets", "rows", "about", "link")):
        canvas.put(row, col, words[key], "th")
    canvas.heights[row] = 22
    for sheet in plan.sheets:
        row += 1
        count = len(desk.rows[sheet.id].rows)
        canvas.put(row, 0, sheet.name, "td_box bold")
        canvas.put(row, 1, plan.words["count"].format(count=count), "td_box center")
        canvas.put(row, 2, sheet.why, "td_box wrap")
        canvas.put(row, 3, words["link"], "td_box link_center", link=Link(sheet.name))
    page = desk.page(words["name"], WIDTHS, landscape=False)
    return canvas.sheet(replace(page, repeat_rows=None), tab="navy")
