"""What the personnel department agreed to correct on the roster. The roster itself is never changed by a program."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.reconcile import Kind, Verdict
from hrbook.sheets.book import Sheet
from hrbook.sheets.collected.desk import Desk, field_name, place_of

ORDER = 50
BODY = 4
KEYS = ("staff_id", "name", "field", "issued", "value", "today", "place")
WIDTHS = (11, 18, 26, 30, 30, 30, 44, 12)


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet; no sheet where nothing was agreed."""
    labels = desk.labels
    listed = [d for d in desk.differences if d.seen.kind is Kind.CORRECTION and d.verdict is Verdict.ACCEPT]
    if not listed:
        return ()
    listed.sort(key=lambda d: (d.reason == "already", d.staff_id, d.seen.field))
    already = sum(1 for d in listed if d.reason == "already")
    finding = labels("collect.corrections.finding", accepted=len(listed), already=already)
    canvas = desk.canvas("collect_corrections", WIDTHS, finding)
    desk.heads(canvas, BODY - 1, KEYS)
    canvas.put(BODY - 1, len(KEYS), labels("collect.corrections.done"), "th")
    for row, one in enumerate(listed, start=BODY):
        seen = one.seen
        texts = (desk.name(one.staff_id), field_name(labels, seen), seen.issued, one.value, one.today, place_of(seen))
        canvas.put(row, 0, one.staff_id or None, "staff_id")
        canvas.line(row, 1, [text or None for text in texts], "td_wrap small")
        done = one.reason == "already"
        canvas.put(
            row, len(KEYS), labels(f"collect.corrections.{'yes' if done else 'no'}"), "chip_met" if done else "chip_needs_plan"
        )
    page = replace(desk.page("collect_corrections"), repeat_rows=(BODY - 1, BODY - 1))
    return (canvas.sheet(page, freeze=(BODY, 2), autofilter=(BODY - 1, 0, BODY + len(listed) - 1, len(KEYS)), tab="orange"),)
