"""Every session of the year: its days, seats, and people nominated by how pressing it is for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hrbook.core.nomination import Urgency
from hrbook.sheets.book import Sheet
from hrbook.sheets.plan.desk import Desk

ORDER = 20
HEAD, BODY = 3, 4
WIDTHS = (9, 34, 7, 22, 24, 9, 9, 9, *(11,) * len(Urgency))


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet; courses nobody is due for are left out."""
    labels, plan = desk.labels, desk.plan
    shown = [c for c in plan.courses if c.wanted]
    seats = [(c, s, people) for c in shown for s, people in c.sessions]
    dated = sum(1 for _, s, _ in seats if s.first is not None)
    full = sum(1 for _, s, people in seats if s.seats is not None and len(people) >= s.seats)
    finding = labels("plan.sessions.finding", courses=len(shown), sessions=dated, full=full)
    canvas = desk.canvas("plan_sessions", WIDTHS, finding)
    desk.heads(canvas, HEAD, "sessions", ("code", "course", "number", "days", "place", "seats", "nominated", "spare"))
    for col, why in enumerate(Urgency, start=8):
        canvas.put(HEAD, col, labels(f"plan.urgency.{why.value}"), "th")
    canvas.heights[HEAD] = 32
    row, before = BODY, ""
    for course, session, people in seats:
        code = course.course.code
        edge = "" if code == before else " group_top"
        before = code
        canvas.put(row, 0, code, f"code center{edge}")
        canvas.put(row, 1, course.course.name, f"td bold shrink{edge}")
        canvas.put(row, 2, session.number if session.first else None, f"td_center{edge}")
        held = labels("plan.bar.past") if course.past else desk.when(session) if session.first else course.course.dates
        canvas.put(row, 3, held or desk.when(session), f"td shrink{edge}")
        canvas.put(row, 4, session.place or None, f"td_small shrink{edge}")
        canvas.put(row, 5, session.seats, f"number_center{edge}")
        canvas.put(row, 6, len(people), f"count bold{edge}")
        spare = None if session.seats is None or course.past else session.seats - len(people)
        canvas.put(row, 7, spare, f"number_center{edge}" + (" alarm" if spare == 0 else ""))
        counts = Counter(plan.urgency(r) for r in people)
        canvas.line(row, 8, [counts[why] for why in Urgency], f"count{edge}")
        canvas.heights[row] = 18
        row += 1
    canvas.put(row, 0, labels("plan.sessions.note"), "caption_wrap", cols=len(WIDTHS))
    page = replace(desk.page("plan_sessions"), repeat_rows=(0, HEAD))
    return (canvas.sheet(page, freeze=(BODY, 2), tab="blue"),)
