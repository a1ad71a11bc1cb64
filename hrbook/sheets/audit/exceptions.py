"""Exceptions: the register of reasons, each with the judgement that it touches and whether it holds on the as-of date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from hrbook.core.assessment import Assessed
from hrbook.core.judgement import RotationStatus
from hrbook.core.roster import MaybeDate, Reason
from hrbook.core.rotation import in_force
from hrbook.sheets.audit.desk import Addresses, Desk
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas

ORDER = 40
HEAD = 3
WIDTHS = (10, 18, 30, 34, 12, 10, 12, 10, 12, 15, 15, 16)
LOOKS = {"holds": "chip_ok", "over": "chip_not_applicable", "unclear": "chip_undetermined"}
HEADS = (
    "staff_id", "name", "department", "text", "registered_by", "registered_on", "approved_by", "approved_on", "expires",
    "force", "verdict", "cell",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One reason with its person."""

    person: Assessed
    reason: Reason
    holds: bool | None  # None: cannot be told
    used: bool


def entries_of(desk: Desk) -> list[Entry]:
    """Every reason on the register of a person judged, for any rule."""
    as_of = desk.reading.as_of
    return [
        Entry(p, r, in_force(r, as_of), r.rule == p.rotation.rule.id and p.rotation.result.status is RotationStatus.EXCUSED)
        for p in desk.view.assessment.people
        for r in p.employee.reasons
    ]


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet; it says so where the register is empty."""
    labels = desk.labels
    canvas = Canvas(desk.sheet_name("audit_exceptions"), WIDTHS)
    entries = entries_of(desk)
    excused = {e.person.employee.staff_id for e in entries if e.used and e.holds}
    holding = sum(1 for e in entries if e.holds)
    finding = labels("audit.exceptions.finding", people=len(excused), count=len(entries), over=len(entries) - holding)
    desk.band(canvas, "audit_exceptions", finding)
    canvas.line(HEAD, 0, [labels(f"audit.exceptions.{key}") for key in HEADS], "th")
    canvas.heights[HEAD] = 32
    departments, addresses = desk.departments(), Addresses(labels("audit.join"))
    row = HEAD
    for row, entry in enumerate(entries, start=HEAD + 1):
        _entry(desk, canvas, row, entry, departments, addresses)
    if not entries:
        row += 1
        canvas.put(row, 0, labels("audit.none"), "caption", cols=len(WIDTHS))
    canvas.put(row + 1, 0, labels("audit.exceptions.note"), "caption_wrap", cols=len(WIDTHS))
    page = replace(desk.page("audit_exceptions"), repeat_rows=(HEAD, HEAD))
    filtered = (HEAD, 0, row, len(WIDTHS) - 1) if entries else None
    return (canvas.sheet(page, freeze=(HEAD + 1, 2), autofilter=filtered, tab="orange"),)


def _entry(desk: Desk, canvas: Canvas, row: int, entry: Entry, departments: dict[str, str], addresses: Addresses) -> None:
    labels, person, reason = desk.labels, entry.person, entry.reason
    canvas.put(row, 0, person.employee.staff_id, "staff_id")
    canvas.put(row, 1, person.employee.name, "name")
    canvas.put(row, 2, departments.get(person.employee.staff_id), "td_wrap")
    canvas.put(row, 3, reason.text or None, "td_wrap")
    values = (
        (reason.registered_by or None, "td_small shrink"), (_day(desk, reason.registered_on), "td_small"),
        (reason.approved_by or None, "td_small shrink"), (_day(desk, reason.approved_on), "td_small"),
        (_day(desk, reason.expires), "td_small"),
    )  # fmt: skip
    for col, (value, look) in enumerate(values, start=4):
        canvas.put(row, col, value, look)
    state = "unclear" if entry.holds is None else "holds" if entry.holds else "over"
    canvas.put(row, 9, labels(f"audit.exceptions.is.{state}"), LOOKS[state])
    chip = desk.marks.rotation[person.rotation.result.status]
    if reason.rule == person.rotation.rule.id:
        canvas.put(row, 10, chip.text, chip.look)
    else:
        canvas.put(row, 10, reason.rule, "code shrink")
    canvas.put(row, 11, addresses.of(reason.ref, "text"), "code")


def _day(desk: Desk, day: MaybeDate) -> str | None:
    if isinstance(day, date):
        return desk.labels.short_day(day)
    return None if day is None else desk.labels("audit.unreadable")
