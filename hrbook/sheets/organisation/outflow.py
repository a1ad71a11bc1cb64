"""The moves that the guide implies, by department and spring: as usual stays would give them, and at the latest."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.calendar import first_day
from hrbook.core.outflow import later_moves, outflow_of, springs_of
from hrbook.sheets.book import Sheet, Value
from hrbook.sheets.canvas import Canvas, breaks
from hrbook.sheets.organisation.desk import Desk, heat, list_departments

ORDER = 55
HEAD, BODY = 3, 5
HEIGHT = 18.0


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet; none where the policy counts no places."""
    return (_page(desk),) if desk.reading.rotation.requirements else ()


def _page(desk: Desk) -> Sheet:
    labels, springs = desk.labels, springs_of(desk.reading)
    canvas = Canvas(desk.sheet_name("org_outflow"), (18, 26, 8, 12, *(10.5,) * (2 * len(springs))))
    desk.band(canvas, "org_outflow", _finding(desk))
    for col, key in enumerate(("level.bureau", "level.department", "org.departments.people", "org.outflow.inside")):
        canvas.put(HEAD, col, labels(key), "th", rows=2)
    for number, spring in enumerate(springs):
        col = 4 + 2 * number
        canvas.put(HEAD, col, labels.short_day(first_day(spring)), "th_blue", cols=2)
        canvas.line(HEAD + 1, col, [labels("org.outflow.usual"), labels("org.outflow.latest")], "th2")
    canvas.heights.update({HEAD: 20, HEAD + 1: 24})
    flows = {d.key: outflow_of(d.people, desk.reading) for d in desk.departments}
    top = max((max((*f.usual.values(), *f.latest.values())) for f in flows.values()), default=0)
    for at in list_departments(desk, canvas, BODY, HEIGHT):
        flow = flows[at.department.key]
        canvas.put(at.row, 3, flow.people, f"count{at.edge}")
        for number, spring in enumerate(springs):
            for offset, count in enumerate((flow.usual[spring], flow.latest[spring])):
                canvas.put(at.row, 4 + 2 * number + offset, count or None, heat(count, top) + at.edge)
    row = BODY + len(desk.departments)
    canvas.put(row, 0, labels("org.departments.total"), "totals_label", cols=2)
    sums: list[Value] = [sum(len(d.people) for d in desk.departments), sum(f.people for f in flows.values())]
    for spring in springs:
        sums += [sum(f.usual[spring] for f in flows.values()), sum(f.latest[spring] for f in flows.values())]
    canvas.line(row, 2, sums, "totals")
    more = later_moves(desk.view.assessment.people, desk.reading)
    canvas.put(row + 1, 0, labels("org.outflow.later"), "td_wrap", cols=4)
    for number, spring in enumerate(springs):
        canvas.put(row + 1, 4 + 2 * number, None, "td")
        canvas.put(row + 1, 5 + 2 * number, more[spring], "count")
    canvas.heights.update({row: 22, row + 1: HEIGHT})
    usual = desk.reading.rotation.usual_stay_years
    note = labels("org.outflow.note", years=usual, caveat=desk.policy.rotation.caveat)
    canvas.put(row + 2, 0, note, "caption_wrap", cols=len(canvas.columns))
    page = replace(desk.page("org_outflow"), repeat_rows=(HEAD, BODY - 1))
    page = replace(page, row_breaks=breaks(canvas, page, BODY, [HEIGHT] * len(desk.departments), 60))
    return canvas.sheet(page, freeze=(BODY, 2), tab="blue")


def _finding(desk: Desk) -> str:
    labels, reading = desk.labels, desk.reading
    springs = springs_of(reading)
    flows = [outflow_of(d.people, reading) for d in desk.departments]
    facts = {
        "people": f"{sum(f.people for f in flows):,}",
        "usual": f"{sum(f.usual[springs[0]] for f in flows):,}",
        "latest": f"{sum(f.latest[springs[0]] for f in flows):,}",
        "departments": f"{sum(1 for f in flows if f.latest[springs[0]]):,}",
    }
    return labels("org.outflow.finding", spring=labels.day(first_day(springs[0])), **facts)
