"""What one person's own dates say against each other. Notes only: the values stand as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hrbook.core.calendar import completion_day
from hrbook.core.finding import Finding
from hrbook.core.roster import Employee, Presence
from hrbook.ingest import codes

YOUNGEST = 15  # nobody is hired before the end of compulsory school (Labour Standards Act, art. 56)


def cross_check(employee: Employee) -> Iterator[Finding]:
    """Findings on dates that cannot both be right."""
    ref, sid, hired, left = employee.ref, employee.staff_id, employee.hired, employee.left
    if employee.presence is Presence.GONE and left is None:
        yield codes.GONE_WITHOUT_DATE.at(ref, "left" if "left" in ref.source.columns else "presence", staff_id=sid)
    if not isinstance(hired, date):
        return
    if isinstance(employee.birth, date) and hired <= completion_day(employee.birth, YOUNGEST):
        yield codes.YOUNG_HIRE.at(ref, "hired", staff_id=sid)
    if isinstance(employee.rank_start, date) and employee.rank_start < hired:
        yield codes.RANK_BEFORE_HIRE.at(ref, "rank_start", staff_id=sid)
    for row in employee.completions:
        if isinstance(row.on, date) and row.on < hired:
            yield codes.COURSE_BEFORE_HIRE.at(row.ref, "on", staff_id=sid)
    for leave in employee.leaves:
        early = isinstance(leave.start, date) and leave.start < hired
        late = isinstance(left, date) and any(isinstance(day, date) and day > left for day in (leave.start, leave.end))
        if early or late:
            yield codes.LEAVE_OUTSIDE.at(leave.ref, "start", staff_id=sid)
