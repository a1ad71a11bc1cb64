"""What came back, by person: every difference with its three values, its verdict and its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrbook.core.reconcile import Difference, Kind, Verdict
from hrbook.sheets.book import Sheet
from hrbook.sheets.collected.desk import Desk, field_name, place_of, reason_of

ORDER = 30
BODY = 4
KEYS = ("department", "staff_id", "name", "group", "field", "issued", "returned", "today", "verdict", "why", "place")
WIDTHS = (18, 10, 15, 9, 20, 14, 44, 14, 11, 28, 34)
CHIPS = {Verdict.ACCEPT: "td_center small", Verdict.REJECT: "chip_not_applicable", Verdict.ASK: "chip_needs_plan"}
VERDICTS = (Verdict.ACCEPT, Verdict.ASK, Verdict.REJECT)


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet, sorted by department, person and the order of the form."""
    labels = desk.labels
    order = {field: number for number, field in enumerate(desk.fields)}
    departments = {d.department: number for number, d in enumerate(desk.departments)}
    listed = sorted(desk.differences, key=lambda d: _order(d, departments, order))
    counts = [sum(1 for d in listed if d.verdict is verdict) for verdict in VERDICTS]
    facts = dict(zip(("accepted", "asked", "rejected"), counts, strict=True))
    people = len({d.staff_id for d in listed if d.staff_id})
    canvas = desk.canvas(
        "collect_entries", WIDTHS, labels("collect.entries.finding", people=people, entries=len(listed), **facts)
    )
    desk.heads(canvas, BODY - 1, KEYS)
    before = ""
    for row, one in enumerate(listed, start=BODY):
        seen = one.seen
        top = " group_top" if row > BODY and one.staff_id != before else ""
        before = one.staff_id
        group = (
            labels(f"collect.kind.{seen.kind.value}")
            if seen.kind is not Kind.ENTRY
            else labels(f"collect.group.{desk.fields[seen.field].group.value}")
        )
        shown = one.value if one.verdict is Verdict.ACCEPT else seen.returned
        cells = (
            (desk.sender(seen.origin.sender), "td_small shrink"),
            (one.staff_id or None, "staff_id"),
            (desk.name(one.staff_id), "name shrink"),
            (group, "td_small"),
            (field_name(labels, seen), "td_wrap small"),
            (seen.issued or None, "td_wrap small"),
            (shown, "td_wrap"),
            (one.today or None, "td_wrap small"),
            (labels(f"collect.verdict.{one.verdict.value}"), CHIPS[one.verdict]),
            (reason_of(labels, one, desk.names), "td_wrap small muted"),
            (place_of(seen), "td_wrap tiny muted"),
        )
        for col, (value, look) in enumerate(cells):
            canvas.put(row, col, value, look + top)
    last = BODY + max(len(listed), 1) - 1
    page = replace(desk.page("collect_entries"), repeat_rows=(BODY - 1, BODY - 1))
    return (canvas.sheet(page, freeze=(BODY, 3), autofilter=(BODY - 1, 0, last, len(KEYS) - 1), tab="navy2"),)


def _order(one: Difference, departments: Mapping[str, int], order: Mapping[str, int]) -> tuple[int, str, int, str, str, str]:
    seen = one.seen
    at = departments.get(seen.origin.sender, len(departments))
    return (at, one.staff_id or "\uffff", order.get(seen.field, len(order)), seen.item, seen.origin.file, seen.origin.cell)
