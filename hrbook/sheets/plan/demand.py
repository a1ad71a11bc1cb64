"""Demand for every course in the coming years, as a range, against the seats of a year."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.source import Basis
from hrbook.core.training_plan import CoursePlan
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.paper import capacity, kept_together
from hrbook.sheets.plan.desk import Desk

ORDER = 10
HEAD, BODY = 3, 5
HEIGHT = 18.0
BEFORE, AFTER = 5, 5  # columns before the years and after them
TAGS = {Basis.INFERRED: "tag_inferred"}


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet, a heading row for each provider and category."""
    labels, years = desk.labels, desk.years
    columns = (9, 33, 11, 7.5, 7.5, *(12.5,) * len(years), 13, 7.5, 7.5, 7.5, 8.5)
    canvas = desk.canvas("plan_demand", columns, _finding(desk))
    _heads(desk, canvas)
    row = BODY
    for text, courses in desk.grouped():
        canvas.put(row, 0, text, "th2_left bold", cols=len(columns))
        canvas.heights[row] = HEIGHT
        row += 1
        for course in courses:
            _line(desk, canvas, row, course)
            row += 1
    groups = {cell.row for cell in canvas.cells if cell.look.startswith("th2_left")}
    chained = [(canvas.heights[r], r in groups) for r in range(BODY, row)]
    canvas.put(row, 0, labels("plan.demand.note", years=len(years)), "caption_wrap", cols=len(columns))
    page = replace(desk.page("plan_demand"), repeat_rows=(HEAD, BODY - 1))
    above = sum(canvas.heights.get(r, HEIGHT) for r in range(BODY))
    starts = kept_together(chained, capacity(canvas.columns, page) - above - 30)
    page = replace(page, row_breaks=tuple(BODY + start for start in starts))
    return (canvas.sheet(page, freeze=(BODY, 2), tab="orange"),)


def _heads(desk: Desk, canvas: Canvas) -> None:
    labels, years = desk.labels, desk.years
    for col, key in enumerate(("code", "course", "timing")):
        canvas.put(HEAD, col, labels(f"org.demand.{key}"), "th", rows=2)
    for col, key in ((3, "overdue"), (4, "unknown")):
        canvas.put(HEAD, col, labels(f"plan.demand.{key}"), "th", rows=2)
    canvas.put(HEAD, BEFORE, labels("plan.demand.years"), "th_blue", cols=len(years) + 1)
    canvas.line(HEAD + 1, BEFORE, [labels.short_year(year) for year in years], "th2")
    canvas.put(HEAD + 1, BEFORE + len(years), labels("plan.demand.total", years=len(years)), "th2")
    col = BEFORE + len(years) + 1
    canvas.put(HEAD, col, labels("plan.demand.this_year", year=labels.short_year(years[0])), "th_dark", cols=AFTER - 2)
    for offset, key in enumerate(("seats", "nominated", "left")):
        canvas.put(HEAD + 1, col + offset, labels(f"plan.demand.{key}"), "th2")
    canvas.put(HEAD, col + 3, labels("plan.demand.waiting", year=labels.short_year(years[-1])), "th", rows=2)
    canvas.heights.update({HEAD: 20, HEAD + 1: 30})


def _line(desk: Desk, canvas: Canvas, row: int, plan: CoursePlan) -> None:
    labels, course, demand = desk.labels, plan.course, plan.demand
    canvas.put(row, 0, course.code, "code center")
    canvas.put(row, 1, course.name, "td bold shrink")
    canvas.put(row, 2, labels(f"basis.{course.timing.value}"), TAGS.get(course.timing, "tag"))
    canvas.put(row, 3, demand.overdue, "count" + (" alarm" if demand.overdue else " muted"))
    canvas.put(row, 4, demand.unknown, "count muted")
    across = len(desk.years)
    if course.timing is Basis.UNSET:
        canvas.put(row, BEFORE, labels("plan.demand.unset"), "td_muted", cols=across + 1)
    else:
        for col, band in enumerate(demand.counts, start=BEFORE):
            canvas.put(row, col, band.expected if band.low == band.high else desk.range(band), "td center integer_dash shrink")
        canvas.put(row, BEFORE + across, desk.range(demand.total), "td center bold shrink")
    col = BEFORE + across + 1
    canvas.put(row, col, plan.seats, "number_center")
    canvas.put(row, col + 1, plan.nominated, "count")
    canvas.put(row, col + 2, len(plan.left), "count" + (" bold alarm" if plan.left else " muted"))
    waits = plan.waiting[-1] if plan.waiting else None
    canvas.put(row, col + 3, waits, "number_center" + (" bold alarm" if waits else ""))
    canvas.heights[row] = HEIGHT


def _finding(desk: Desk) -> str:
    labels, plan = desk.labels, desk.plan
    lacking = sum(1 for c in plan.courses if c.waiting and c.waiting[-1])
    facts = {
        "nominated": f"{sum(c.nominated for c in plan.courses):,}",
        "courses": f"{sum(1 for c in plan.courses if c.nominated)}",
        "left": f"{sum(len(c.left) for c in plan.courses):,}",
    }
    text = labels("plan.demand.finding", year=labels.fiscal_year(desk.years[0]), **facts)
    return text + (labels("plan.demand.lacking", count=lacking, last=labels.fiscal_year(desk.years[-1])) if lacking else "")
