"""Rows of the roster for which nothing was made, and people who are not judged, each with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hrbook.core.assessment import Outside
from hrbook.findings import load_catalogue
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.organisation.desk import Desk

ORDER = 90
WIDTHS = (12, 20, 30, 18, 11, 43, 43)
LOOKS = ("staff_id", "name", "td_wrap", "code wrap", "td_center small shrink", "td_wrap", "td_wrap")


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet in two parts; each says so where it is empty."""
    labels, run = desk.labels, desk.view.assessment
    canvas = Canvas(desk.sheet_name("org_not_made"), WIDTHS)
    key = "finding" if run.roster.set_aside else "finding_none"
    rows, people, read = len(run.roster.set_aside), len(run.outside), f"{run.roster.rows_read:,}"
    desk.band(canvas, "org_not_made", labels(f"org.not_made.{key}", rows=rows, people=people, read=read))
    _aside(desk, canvas)
    canvas.row += 1
    _outside(desk, canvas)
    page = replace(desk.page("org_not_made"), repeat_rows=(0, 1))
    return (canvas.sheet(page, tab="alarm" if run.roster.set_aside else "grey"),)


def _aside(desk: Desk, canvas: Canvas) -> None:
    """Rows set aside, in the order of the roster, with the finding that says why."""
    run = desk.view.assessment
    catalogue = load_catalogue(desk.labels.language)
    said = {(f.code, f.sheet, _row(f.cell)): f for f in run.findings}
    _head(desk, canvas, "aside", ("staff_id", "name", "where", "cell", "code", "why", "remedy"))
    for entry in sorted(run.roster.set_aside, key=lambda s: (s.ref.source.sheet, s.ref.row)):
        source = entry.ref.source
        finding = said.get((entry.code, source.sheet, str(entry.ref.row)))
        place = f"{source.sheet}!{finding.cell if finding else entry.ref.row}"
        words = (catalogue.message(finding), catalogue.remedy(finding)) if finding else (catalogue.title(entry.code), "")
        _line(canvas, (entry.staff_id, entry.name, source.file, place, entry.code, *words))
    if not run.roster.set_aside:
        _nothing(desk, canvas)


def _outside(desk: Desk, canvas: Canvas) -> None:
    """People of the roster who are not judged in this run."""
    labels = desk.labels
    _head(desk, canvas, "outside", ("staff_id", "name", "post", "cell", "status", "why", "remedy"))
    for employee, reason in desk.view.assessment.outside:
        coming = reason is Outside.NOT_YET_HIRED
        day = employee.hired if coming else employee.left
        shown = labels.day(day) if isinstance(day, date) else labels("org.unknown")
        why = labels(f"org.not_made.why.{reason.value}", day=shown)
        where = labels("org.not_made.post", bureau=employee.post.bureau, department=employee.post.department)
        place = f"{employee.ref.source.sheet}!{employee.ref.address('hired' if coming else 'left')}"
        status, nothing = labels(f"org.not_made.status.{reason.value}"), labels("org.not_made.nothing_to_do")
        _line(canvas, (employee.staff_id, employee.name, where, place, status, why, nothing))
    if not desk.view.assessment.outside:
        _nothing(desk, canvas)


def _row(cell: str) -> str:
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _head(desk: Desk, canvas: Canvas, part: str, keys: tuple[str, ...]) -> None:
    row = canvas.row
    canvas.put(row, 0, desk.labels(f"org.not_made.{part}"), "h2", cols=len(WIDTHS))
    canvas.line(row + 1, 0, [desk.labels(f"org.not_made.head.{key}") for key in keys], "th")
    canvas.heights.update({row: 24, row + 1: 22})
    canvas.row = row + 2


def _line(canvas: Canvas, texts: tuple[str, ...]) -> None:
    for col, (text, look) in enumerate(zip(texts, LOOKS, strict=True)):
        canvas.put(canvas.row, col, text or None, look)
    canvas.row += 1


def _nothing(desk: Desk, canvas: Canvas) -> None:
    canvas.put(canvas.row, 0, desk.labels("org.not_made.none"), "caption", cols=len(WIDTHS))
    canvas.row += 1
