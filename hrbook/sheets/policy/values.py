"""A sheet with one row a value: its name, the value, what it means; for the reading also where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrbook.policy_book.spelling import plain
from hrbook.policy_book.tables import Rows, entries
from hrbook.sheets.book import ListCheck, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.policy.desk import FIRST, Desk

ITEM, VALUE, WHY, CLAUSE, BASIS = 24.0, 56.0, 56.0, 20.0, 11.0


def values(desk: Desk, found: Rows) -> Sheet:
    """The sheet of the single values of some part of the policy."""
    plan, words = found.plan, desk.plan.words
    cited = _cited(desk) if plan.cited else {}
    widths = (ITEM, VALUE, *((CLAUSE, BASIS) if plan.cited else ()), WHY)
    canvas = Canvas(plan.name, widths)
    desk.top(canvas, plan.name, plan.why)
    heads = ["item", "value", *(["clause", "basis"] if plan.cited else []), "explanation"]
    for col, key in enumerate(heads):
        canvas.put(FIRST - 1, col, words[key], "th" if key == "value" else "th_grey")
    canvas.heights[FIRST - 1] = 24
    for row, (field, (header, cell)) in enumerate(zip(plan.fields, found.rows, strict=True), start=FIRST):
        canvas.put(row, 0, plain(header), f"td_box wrap fill_soft{' bold' if field.required else ''}")
        canvas.put(row, 1, cell, "td_box wrap left unlocked")
        if plan.cited:
            entry = cited.get(field.path[-1], {}) if field.path[:2] == plan.cited else {}
            clause, basis = (desk.say.say(kind, entry.get(kind)) for kind in ("clause", "basis"))
            canvas.put(row, 2, clause, "td_box wrap muted")
            canvas.put(row, 3, basis, "td_box center muted")
        canvas.put(row, len(widths) - 1, field.why or None, "td_box wrap muted")
        check = desk.check(field.kind, row, 1, row)
        if isinstance(check, ListCheck):
            canvas.checks.append(check)
    return canvas.sheet(desk.page(plan.name, widths), freeze=(FIRST, 1), tab="navy")


def _cited(desk: Desk) -> dict[str, Mapping[str, Any]]:
    """Where the values of the reading come from, by name."""
    found = (entry for entry in entries(desk.raw, ("rotation", "cited")) if isinstance(entry, Mapping))
    return {str(entry.get("value")): entry for entry in found}
