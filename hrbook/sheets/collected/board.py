"""The status board: one row a department, and what to do about it."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.receipts import DepartmentState, DepartmentStatus, FormState
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.collected.desk import Desk

ORDER = 10
WIDTHS = (28, 13, 6.5, 6.5, 6.5, 6.5, 6.5, 36, 62)
BODY = 4
NAMED = 6  # people named in a remark
CHIPS = {
    DepartmentState.RETURNED: "chip_met",
    DepartmentState.PARTLY: "chip_needs_plan",
    DepartmentState.MISSING: "chip_not_applicable",
    DepartmentState.REFUSED: "chip_error",
}


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet; the departments in the order of the run."""
    canvas = desk.canvas("collect_board", WIDTHS, _finding(desk))
    keys = ("department", "state", "people", "done", "partly", "blank", "asked", "files", "remark")
    desk.heads(canvas, BODY - 1, keys, "board")
    for row, status in enumerate(desk.departments, start=BODY):
        _line(desk, canvas, row, status)
    last = BODY + len(desk.departments)
    canvas.put(last, 0, desk.labels("collect.board.total"), "totals_label")
    canvas.put(last, 1, None, "totals")
    counts = [sum(column) for column in zip(*(_counts(s) for s in desk.departments), strict=True)]
    canvas.line(last, 2, counts, "totals")
    canvas.fill(last, 7, 8, "totals")
    canvas.put(last + 1, 0, desk.labels("collect.board.note"), "caption_wrap", cols=len(WIDTHS))
    canvas.heights.update({last: 20, last + 1: 28})
    page = replace(desk.page("collect_board"), repeat_rows=(BODY - 1, BODY - 1))
    return (canvas.sheet(page, freeze=(BODY, 1), autofilter=(BODY - 1, 0, last - 1, len(WIDTHS) - 1), tab="navy"),)


def _counts(status: DepartmentStatus) -> tuple[int, ...]:
    return (len(status.people), *(status.count(state) for state in FormState), status.asked)


def _line(desk: Desk, canvas: Canvas, row: int, status: DepartmentStatus) -> None:
    labels = desk.labels
    canvas.put(row, 0, desk.sender(status.department), "td bold wrap")
    canvas.put(row, 1, labels(f"collect.department.{status.state.value}"), CHIPS[status.state])
    canvas.line(row, 2, _counts(status), "count")
    names = [receipt.name for receipt in status.files if receipt.read] or [receipt.name for receipt in status.files]
    canvas.put(row, 7, "\n".join(names) or None, "td_wrap small")
    canvas.put(row, 8, _remark(desk, status) or None, "td_wrap small")


def _remark(desk: Desk, status: DepartmentStatus) -> str:
    labels = desk.labels
    parts = [labels.fault(r.fault, r.facts) for r in status.files if not r.read]
    if status.state is DepartmentState.PARTLY:
        lacking = [p.name for p in status.people if p.lacking and not p.excused]
        names = labels("list.separator").join(lacking[:NAMED])
        if len(lacking) > NAMED:
            names = labels("collect.board.more", names=names, count=len(lacking) - NAMED)
        if lacking:
            parts.append(labels("collect.board.lacking", names=names))
    away = sum(1 for p in status.people if p.excused and p.lacking)
    if away:
        parts.append(labels("collect.board.excused", count=away))
    if not status.intact:
        parts.append(labels("collect.board.changed"))
    return "\n".join(parts)


def _finding(desk: Desk) -> str:
    states = {state.value: sum(1 for d in desk.departments if d.state is state) for state in DepartmentState}
    people = sum(len(d.people) for d in desk.departments)
    done = sum(d.count(FormState.DONE) for d in desk.departments)
    asked = sum(1 for d in desk.differences if d.verdict.value == "ask")
    facts = {"departments": len(desk.departments), "people": people, "done": done, "asked": asked, **states}
    return desk.labels("collect.board.finding", **facts)
