"""The page that explains a form: what to do, then every field of every sheet."""

from __future__ import annotations

from dataclasses import replace

from hrbook.sheets.blank.plan import FormBook, FormField, FormSheet
from hrbook.sheets.book import Link, Page, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.paper import capacity, kept_together, line_height, lines, pixels, text_height
from hrbook.words import Labels

WIDTHS = (17.0, 6.0, 33.0, 18.0, 40.0, 30.0)
LAST = len(WIDTHS) - 1
HEADS = ("header", "required", "how", "example", "why", "accepts")
LOOKS = ("td_box bold wrap", "td_box center", *("td_box wrap small as_text",) * 3, "td_box wrap small muted")
INTRO, ROOM = "cell wrap", 6.0  # look of what is said first; points around the lines of a row
HEADING, TOLD, HEAD = 24.0, 24.0, 20.0


def explained(plan: FormBook, labels: Labels) -> Sheet:
    """The first sheet of a form."""
    canvas = Canvas(labels("blank.sheet.about"), WIDTHS)
    canvas.put(0, 0, plan.title, "title", cols=LAST + 1)
    canvas.heights.update({0: 30.0, 1: 8.0})
    together = [True, True]  # whether each row stays on the page of the next
    across = sum(map(pixels, WIDTHS))
    for line in plan.intro:
        row = len(together)
        canvas.put(row, 0, f"\u30fb{line}", INTRO, cols=LAST + 1)
        canvas.heights[row] = lines(line, across, INTRO) * line_height(INTRO) + ROOM
        together.append(True)
    for sheet in plan.sheets:
        _sheet(canvas, sheet, labels, together)
    page = Page(header=("", plan.title, ""), footer=("", "{page} / {pages}", ""))
    rows = [(canvas.heights[row], stays) for row, stays in enumerate(together)]
    return canvas.sheet(replace(page, row_breaks=kept_together(rows, capacity(WIDTHS, page))), tab="orange")


def _sheet(canvas: Canvas, sheet: FormSheet, labels: Labels, together: list[bool]) -> None:
    """The fields of one sheet, after a gap; its headings stay with its first fields."""
    row = len(together)
    must = labels(f"blank.sheet.{'required' if sheet.required else 'optional'}")
    canvas.put(row + 1, 0, f"{sheet.name}\u3000{must}", "h2", cols=LAST + 1, link=Link(sheet.name))
    canvas.put(row + 2, 0, sheet.why, "finding", cols=LAST + 1)
    for col, head in enumerate(HEADS):
        canvas.put(row + 3, col, labels(f"blank.head.{head}"), "th")
    canvas.heights.update({row: 10.0, row + 1: HEADING, row + 2: TOLD, row + 3: HEAD})
    together.extend((False, True, True, True))
    for number, field in enumerate(sheet.fields):
        texts = _texts(field, labels)
        for col, (text, look) in enumerate(zip(texts, LOOKS, strict=True)):
            canvas.put(len(together), col, text or None, look)
        tallest = max(text_height(text, width, look) for text, width, look in zip(texts, WIDTHS, LOOKS, strict=True))
        canvas.heights[len(together)] = tallest + ROOM
        together.append(number == 0)


def _texts(field: FormField, labels: Labels) -> tuple[str, ...]:
    others = labels("list.separator").join(field.accepts)
    return (field.header, labels("blank.must") if field.required else "", field.how, field.example, field.why, others)
