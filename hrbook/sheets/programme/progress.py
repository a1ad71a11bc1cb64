"""One row a measure: who is in charge, the figure of this run, the goal of the year, and what the committee is told."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.indicators import kind_of, reached
from hrbook.core.programme import Item
from hrbook.sheets.book import ListCheck, Logo, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.programme.desk import Desk, look_of

ORDER = 10
HEAD, BODY = 3, 4
WIDTHS = (7, 30, 15, 16, 27, 10, 10, 10, 17.5, 10, 11, 30)
KEYS = ("number", "measure", "clause", "owner", "indicator", "before", "now", "goal", "gap", "last", "status", "remark")
BEFORE, NOW, GOAL, GAP, LAST, STATUS, REMARK = range(5, 12)
STATES = ("not_begun", "preparing", "running", "done", "review")


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet; what no run can compute is left open to be written in."""
    labels, items = desk.labels, desk.items
    canvas = desk.canvas("programme_progress", WIDTHS, _finding(desk))
    canvas.logo = Logo(0, REMARK, 0, REMARK, labels("excel.logo", city=desk.reading.city))
    years = {"year": labels.short_year(desk.now.year), "years": str(desk.programme.years)}
    years["past"] = labels.short_year(desk.before.year) if desk.before else labels("programme.none")
    desk.heads(canvas, HEAD, KEYS, **years)
    row = BODY
    for item in items:
        _line(desk, canvas, row, item)
        row += 1
    states = tuple(labels(f"programme.state.{state}") for state in STATES)
    if items:
        title, prompt, error = (labels(f"programme.status_{key}") for key in ("title", "prompt", "error"))
        canvas.checks.append(ListCheck(BODY, STATUS, row - 1, STATUS, states, "", title, prompt, error))
    key = "note" if desk.reading.programme.first_year is not None else "note_no_year"
    canvas.put(row, 0, labels(f"programme.{key}", states=labels("list.separator").join(states)), "caption_wrap", cols=len(WIDTHS))
    page = replace(desk.page("programme_progress"), repeat_rows=(HEAD, HEAD))
    return (canvas.sheet(page, freeze=(BODY, 2), tab="orange"),)


def _line(desk: Desk, canvas: Canvas, row: int, item: Item) -> None:
    labels, plan = desk.labels, desk.reading.programme
    canvas.put(row, 0, item.id, "td_center")
    canvas.put(row, 1, item.name, "td_wrap bold")
    place = desk.reading.policy.place(item.clause) if item.clause else labels("programme.own")
    canvas.put(row, 2, place, "td_wrap small")
    canvas.put(row, 3, item.owner or labels("programme.unset"), "td_wrap small" if item.owner else "td_wrap small muted")
    goal, last = item.goal(plan, desk.now.year), item.goals[-1] if item.goals else None
    if not item.indicator:
        canvas.put(row, 4, labels("programme.by_hand"), "td_wrap small muted")
        canvas.put(row, BEFORE, None, "td_empty")
        canvas.put(row, NOW, None, "input_number")
        for col, value in ((GOAL, goal), (LAST, last)):
            canvas.put(row, col, labels("programme.unset") if value is None else float(value), "td_center small")
        canvas.put(row, GAP, None, "td_empty")
    else:
        look = look_of(item.indicator)
        canvas.put(row, 4, desk.name(item.indicator), "td_wrap small")
        before = desk.before.figure(item.indicator) if desk.before else None
        figure = desk.now.figure(item.indicator)
        canvas.put(row, BEFORE, desk.said(before), f"td center {look}")
        told = desk.said(figure)
        canvas.put(row, NOW, labels("programme.not_told") if told is None else told, f"td center bold shrink {look}")
        for col, value in ((GOAL, goal), (LAST, last)):
            shown = labels("programme.unset") if value is None else round(float(value), 4)
            canvas.put(row, col, shown, f"td center {look}" if value is not None else "td_center small muted")
        canvas.put(row, GAP, *_gap(desk, item))
    canvas.put(row, STATUS, None, "input_center")
    canvas.put(row, REMARK, None, "input")


def _gap(desk: Desk, item: Item) -> tuple[str | None, str]:
    """How far the figure is from the goal of the year, and the look."""
    figure, goal = desk.now.figure(item.indicator), item.goal(desk.reading.programme, desk.now.year)
    there = reached(figure, goal)
    if there is None or figure is None or figure.value is None or goal is None:
        return None, "td_empty"
    if there:
        return desk.labels("programme.reached"), "chip_met"
    gap = desk.apart(kind_of(item.indicator), goal - figure.value, "")
    return desk.labels("programme.short", gap=gap), "td_center small"


def _finding(desk: Desk) -> str:
    labels, items = desk.labels, desk.items
    figures = {item.id: desk.now.figure(item.indicator) for item in items if item.indicator}
    told = {name for name, figure in figures.items() if figure is not None and figure.value is not None}
    goals = [item for item in items if item.id in told and item.goal(desk.reading.programme, desk.now.year) is not None]
    there = [reached(figures[item.id], item.goal(desk.reading.programme, desk.now.year)) for item in goals]
    facts = {
        "items": len(items),
        "told": len(told),
        "blank": len(figures) - len(told),
        "open": len(items) - len(figures),
        "goals": len(goals),
        "reached": there.count(True),
    }
    text = labels("programme.finding", **facts)
    return text if goals else labels("programme.finding_no_goals", **facts)
