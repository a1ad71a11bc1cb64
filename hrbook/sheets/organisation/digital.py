"""Digital talent by tier and department."""

from __future__ import annotations

from dataclasses import replace

from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.organisation.desk import Desk, breaks, list_departments
from hrbook.sheets.view import Department
from hrbook.summary import UNKNOWN

ORDER = 70
HEAD = 3
BODY = 4
HEIGHT = 18.0
LEADS = (("nobody", "td_center muted"), ("one", "chip_needs_plan"), ("some", "chip_ok"))  # by their number: none, one, more


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet: people by tier, and whether the department has anybody above the default tier."""
    labels, table = desk.labels, desk.summary.tiers
    tiers = desk.policy.digital.tiers
    unknown = table.total_of(UNKNOWN) > 0
    names = [*(t.name for t in tiers), *([labels("org.unknown")] if unknown else [])]
    canvas = Canvas(desk.sheet_name("org_digital"), (26, 38, 11, *(64 / max(1, len(names)),) * len(names), 31))
    desk.band(canvas, "org_digital", _finding(desk))
    heads = [labels(key) for key in ("level.bureau", "level.department", "org.departments.people")]
    canvas.line(HEAD, 0, [*heads, *names, labels("org.digital.leads")], "th")
    canvas.heights[HEAD] = 26
    for at in list_departments(desk, canvas, BODY, HEIGHT):
        canvas.line(at.row, 3, table.row(at.department.key)[: len(names)], f"count{at.edge}")
        lead = _leads(desk, at.department)
        key, look = LEADS[min(lead, 2)]
        canvas.put(at.row, 3 + len(names), labels(f"org.digital.{key}"), f"{look}{at.edge}")
    row = BODY + len(desk.departments)
    canvas.put(row, 0, labels("org.departments.total"), "totals_label", cols=2)
    people = sum(len(d.people) for d in desk.departments)
    canvas.line(row, 2, [people, *table.totals()[: len(names)]], "totals")
    canvas.put(row, 3 + len(names), labels("org.digital.units", count=_with_leads(desk)), "totals")
    canvas.heights[row] = 22
    gist = labels("org.figures.join").join(labels("org.digital.tier", name=t.name, gist=t.gist) for t in tiers)
    canvas.put(row + 1, 0, labels("org.digital.note", gist=gist), "caption_wrap", cols=len(canvas.columns))
    page = replace(desk.page("org_digital"), repeat_rows=(HEAD, HEAD))
    page = replace(page, row_breaks=breaks(canvas, page, BODY, len(desk.departments), HEIGHT, 44))
    return (canvas.sheet(page, freeze=(BODY, 2), tab="blue"),)


def _leads(desk: Desk, department: Department) -> int:
    """People above the default tier."""
    return sum(desk.summary.tiers.at(department.key, t.id) for t in desk.policy.digital.tiers if not t.default)


def _with_leads(desk: Desk) -> int:
    return sum(1 for d in desk.departments if _leads(desk, d))


def _with_one(desk: Desk) -> int:
    """Departments that the transfer of one person would leave uncovered (policy 7-2-2)."""
    return sum(1 for d in desk.departments if _leads(desk, d) == 1)


def _finding(desk: Desk) -> str:
    labels, table = desk.labels, desk.summary.tiers
    parts = labels("org.figures.join").join(
        labels("org.digital.count", name=t.name, people=f"{table.total_of(t.id):,}") for t in desk.policy.digital.tiers
    )
    units = len(desk.departments)
    return labels("org.digital.finding", parts=parts, units=units, without=units - _with_leads(desk), one=_with_one(desk))
