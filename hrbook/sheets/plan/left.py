"""Who is left out of a course this year, and what stood against each session of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hrbook.core.nomination import Urgency
from hrbook.core.seating import Bar
from hrbook.sheets.book import Sheet
from hrbook.sheets.plan.desk import Desk

ORDER = 30
HEAD, BODY = 3, 4
WIDTHS = (9, 30, 14, 20, 11, 18, 13, 60)


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet, by course, whoever would go first at the top of it; people whose time has no end stand in the data alone."""
    labels, plan, names = desk.labels, desk.plan, desk.departments()
    entries = [(c, entry) for c in plan.courses for entry in c.left]
    pressing = [(c, e) for c, e in entries if plan.urgency(e.request) is not Urgency.OPEN]
    canvas = desk.canvas("plan_left", WIDTHS, _finding(desk, len(entries), len(pressing)))
    desk.heads(canvas, HEAD, "left", ("code", "course", "urgency", "department", "staff_id", "name", "rank", "why"))
    ranks = {rank.id: rank.name for rank in desk.view.policy.ranks}
    row, before = BODY, ""
    for course, entry in pressing:
        request = entry.request
        who = plan.people[request.staff_id].employee
        edge = "" if request.course == before else " group_top"
        before = request.course
        canvas.put(row, 0, request.course, f"code center{edge}")
        canvas.put(row, 1, course.course.name, f"td bold shrink{edge}")
        canvas.put(row, 2, labels(f"plan.urgency.{plan.urgency(request).value}"), f"td_center shrink{edge}")
        canvas.put(row, 3, names[request.unit], f"td shrink{edge}")
        canvas.put(row, 4, who.staff_id, f"staff_id{edge}")
        canvas.put(row, 5, who.name, f"td shrink{edge}")
        canvas.put(row, 6, ranks.get(who.rank or "", labels("org.unknown")), f"td_center{edge}")
        canvas.put(row, 7, desk.why(entry), f"td_wrap{edge}")
        row += 1
    note = labels("plan.left.note", name=desk.sheet_name("plan_data_left"))
    canvas.put(row, 0, note, "caption_wrap", cols=len(WIDTHS))
    page = replace(desk.page("plan_left"), repeat_rows=(0, HEAD))
    last = max(row - 1, BODY)
    return (canvas.sheet(page, freeze=(BODY, 2), autofilter=(HEAD, 0, last, len(WIDTHS) - 1), tab="orange"),)


def _finding(desk: Desk, everybody: int, pressing: int) -> str:
    labels = desk.labels
    if not everybody:
        return labels("plan.left.none")
    bars = Counter(bar for c in desk.plan.courses for e in c.left for bar in e.reasons)
    past = sum(1 for c in desk.plan.courses for e in c.left if not e.bars)
    told = [labels("plan.left.because", why=labels(f"plan.bar.{bar.value}"), count=f"{bars[bar]:,}") for bar in Bar if bars[bar]]
    told += [labels("plan.left.because", why=labels("plan.bar.past"), count=f"{past:,}")] if past else []
    return labels("plan.left.finding", count=f"{everybody:,}", pressing=f"{pressing:,}", why=labels("plan.join").join(told))
