"""The list of decisions: what is not clear, with drop-downs. `collect --decisions` reads it back by its headings."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.reconcile import Choice, Difference, Verdict
from hrbook.sheets.book import ListCheck, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.collected.desk import Desk, field_name, place_of, reason_of

ORDER = 20
BODY = 4
COLUMNS = (
    ("number", 11),
    ("department", 13),
    ("staff_id", 9),
    ("name", 12),
    ("field", 14),
    ("issued", 12),
    ("returned", 27),
    ("today", 12),
    ("reason", 24),
    ("choice", 9),
    ("value", 14),
    ("note", 11),
    ("place", 19),
)
PLACES = {key: col for col, (key, _) in enumerate(COLUMNS)}


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet: what is open first, then what was decided."""
    labels = desk.labels
    listed = [d for d in desk.differences if d.verdict is Verdict.ASK] + [
        d for d in desk.differences if d.reason in ("decided", "decided_not")
    ]
    waiting = sum(1 for d in listed if d.verdict is Verdict.ASK)
    key = "finding" if listed else "none"
    finding = labels(f"collect.decisions.{key}", open=waiting, decided=len(listed) - waiting)
    canvas = desk.canvas("collect_decisions", [width for _, width in COLUMNS], finding)
    desk.heads(canvas, BODY - 1, [key for key, _ in COLUMNS])
    for row, one in enumerate(listed, start=BODY):
        _line(desk, canvas, row, one)
    last = BODY + max(len(listed), 1) - 1
    items = tuple(labels(f"collect.choice.{choice.value}") for choice in Choice)
    col = PLACES["choice"]
    if listed:
        canvas.checks.append(ListCheck(BODY, col, last, col, items, error=labels("collect.decisions.pick")))
    page = replace(desk.page("collect_decisions"), repeat_rows=(BODY - 1, BODY - 1))
    tab = "orange" if waiting else "grey"
    return (canvas.sheet(page, freeze=(BODY, 4), autofilter=(BODY - 1, 0, last, len(COLUMNS) - 1), tab=tab),)


def _line(desk: Desk, canvas: Canvas, row: int, one: Difference) -> None:
    seen, labels, decision = one.seen, desk.labels, one.decision
    values = {
        "number": (one.id, "code tiny"),
        "department": (desk.sender(seen.origin.sender), "td_wrap small"),
        "staff_id": (one.staff_id or None, "input_center as_text"),
        "name": (desk.name(one.staff_id), "td_wrap"),
        "field": (field_name(labels, seen), "td_wrap small"),
        "issued": (seen.issued or None, "td_wrap small"),
        "returned": (seen.returned, "td_wrap"),
        "today": (one.today or None, "td_wrap small"),
        "reason": (reason_of(labels, one, desk.names), "td_wrap small"),
        "choice": (labels(f"collect.choice.{decision.choice.value}") if decision else None, "input_center"),
        "value": (_value(one), "input wrap as_text"),
        "note": (decision.note if decision and decision.note else None, "input wrap as_text"),
        "place": (place_of(seen), "td_wrap tiny"),
    }
    for key, (value, look) in values.items():
        canvas.put(row, PLACES[key], value, look)


def _value(one: Difference) -> str | None:
    """What the personnel department entered; else what was read where that is not what stands there."""
    if one.decision and one.decision.value:
        return one.decision.value
    return one.seen.value if one.seen.value != one.seen.returned else None
