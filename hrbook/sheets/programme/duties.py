"""The duties of the three actors, what a workbook asks of each of them, and on which sheet (policy chapter 8, section 2)."""

from __future__ import annotations

from dataclasses import replace

from hrbook.sheets.book import Sheet
from hrbook.sheets.programme.desk import Desk
from hrbook.sheets.sheet_names import sheet_in_book

ORDER = 15
HEAD, BODY = 3, 4
WIDTHS = (18, 42, 60, 62, 16)


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet; none where the policy names no duties."""
    labels, duties = desk.labels, desk.programme.duties
    if not duties:
        return ()
    actors = list(dict.fromkeys(duty.actor for duty in duties))
    names = labels("list.separator").join(actors)
    canvas = desk.canvas("programme_duties", WIDTHS, labels("programme.duties_finding", actors=names, count=len(duties)))
    desk.heads(canvas, HEAD, ("actor", "duty", "asks", "sheets", "clause"))
    row, before = BODY, ""
    for duty in duties:
        edge = "" if duty.actor == before or row == BODY else " group_top"
        canvas.put(row, 0, duty.actor, f"td_wrap bold{edge}" if duty.actor != before else f"td_wrap muted{edge}")
        before = duty.actor
        canvas.put(row, 1, duty.gist, f"td_wrap{edge}")
        canvas.put(row, 2, duty.asks, f"td_wrap{edge}")
        listed = labels("list.separator").join(sheet_in_book(labels, sheet) for sheet in duty.sheets)
        canvas.put(row, 3, listed, f"td_wrap small{edge}")
        canvas.put(row, 4, desk.reading.policy.place(duty.clause), f"td_wrap small{edge}")
        row += 1
    canvas.put(row, 0, labels("programme.duties_note"), "caption_wrap", cols=len(WIDTHS))
    page = replace(desk.page("programme_duties"), repeat_rows=(HEAD, HEAD))
    return (canvas.sheet(page, freeze=(BODY, 1), tab="blue"),)
