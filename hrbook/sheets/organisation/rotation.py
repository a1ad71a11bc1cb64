"""How the careers stand to the rotation guide: departments x statuses, window running or over, last chances by spring."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.calendar import first_day
from hrbook.core.judgement import RotationStatus
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas, breaks
from hrbook.sheets.organisation.desk import FEW, Desk, heat, list_departments
from hrbook.sheets.reasons import RotationWords
from hrbook.sheets.tally import GOING_WELL, TO_LOOK_AT
from hrbook.summary import SOON, UNKNOWN

ORDER = 50
HEIGHT = 18.0
STATUSES = tuple(RotationStatus)


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet: the springs on top, the departments below."""
    canvas = Canvas(desk.sheet_name("org_rotation"), (18, 26, 8, *(11,) * len(STATUSES), 9, 9, 9))
    desk.band(canvas, "org_rotation", _finding(desk))
    _springs(desk, canvas)
    head = canvas.row
    _heads(desk, canvas, head)
    body = head + 2
    _rows(desk, canvas, body)
    page = replace(desk.page("org_rotation"), repeat_rows=(head, head + 1))
    page = replace(page, row_breaks=breaks(canvas, page, body, [HEIGHT] * len(desk.departments), 50))
    return (canvas.sheet(page, tab="blue"),)


def _springs(desk: Desk, canvas: Canvas) -> None:
    """For how many people which 1 April is the last one at which the next move keeps the guide within reach."""
    labels, table = desk.labels, desk.summary.last_chance
    row, last = canvas.row, len(canvas.columns) - 1
    canvas.put(row, 0, labels("org.rotation.springs"), "h2", cols=7)
    canvas.put(row, 7, labels("org.rotation.springs_note"), "h2_note", cols=last - 6)
    canvas.heights[row] = 22
    years = [int(str(y)) for y in table.rows][: last - 3]
    canvas.put(row + 1, 0, labels("org.rotation.spring"), "th", cols=2)
    canvas.line(row + 1, 2, [labels("org.rotation.april", year=labels.short_year(y)) for y in years], "th2")
    top = max((sum(table.row(y)) for y in years), default=0)
    for offset, status in enumerate(SOON, start=2):
        chip = desk.marks.rotation[status]
        canvas.put(row + offset, 0, chip.text, chip.look, cols=2)
        canvas.line(row + offset, 2, [table.at(y, status.value) for y in years], "count")
        canvas.heights[row + offset] = HEIGHT
    below = row + 2 + len(SOON)
    canvas.put(below, 0, labels("org.departments.total"), "totals_label", cols=2)
    for col, year in enumerate(years, start=2):
        canvas.put(below, col, sum(table.row(year)), heat(sum(table.row(year)), top))
    canvas.heights.update({row + 1: 24, below: 20, below + 1: 10})
    canvas.row = below + 2


def _heads(desk: Desk, canvas: Canvas, head: int) -> None:
    labels = desk.labels
    for col, key in enumerate(("level.bureau", "level.department", "org.departments.people")):
        canvas.put(head, col, labels(key), "th", rows=2)
    words = RotationWords(labels, desk.policy, desk.reading.rotation)
    canvas.put(head, 3, words.guide(), "th_blue", cols=len(STATUSES))
    for col, status in enumerate(STATUSES, start=3):
        canvas.put(head + 1, col, desk.marks.rotation[status].text, f"{desk.marks.rotation[status].look} small wrap")
    at = 3 + len(STATUSES)
    canvas.put(head, at, labels("org.rotation.window"), "th_dark", cols=3)
    canvas.line(head + 1, at, [labels(f"org.rotation.{key}") for key in ("running", "over", "unknown")], "th2")
    canvas.heights.update({head: 20, head + 1: 32})


def _rows(desk: Desk, canvas: Canvas, body: int) -> None:
    labels, table, window = desk.labels, desk.summary.rotation, desk.summary.window
    inside = {d.key: sum(window.row(d.key)) for d in desk.departments}
    for at in list_departments(desk, canvas, body, HEIGHT):
        row, department, edge = at.row, at.department, at.edge
        for col, status in enumerate(STATUSES, start=3):
            value = table.at(department.key, status.value)
            outside = status is RotationStatus.NOT_APPLICABLE
            look = "td_center muted" if outside else heat(value, inside[department.key], FEW)
            canvas.put(row, col, value or None, look + edge)
        for col, key in enumerate(("running", "over", UNKNOWN), start=3 + len(STATUSES)):
            canvas.put(row, col, window.at(department.key, key), f"count{edge}")
    row = body + len(desk.departments)
    canvas.put(row, 0, labels("org.departments.total"), "totals_label", cols=2)
    canvas.line(row, 2, [sum(len(d.people) for d in desk.departments), *table.totals(), *window.totals()], "totals")
    canvas.heights[row] = 22
    note = labels("org.rotation.note", caveat=desk.policy.rotation.caveat)
    canvas.put(row + 1, 0, note, "caption_wrap", cols=len(canvas.columns))


def _finding(desk: Desk) -> str:
    total = {s: desk.summary.rotation.total_of(s.value) for s in STATUSES}
    facts = {
        "inside": sum(n for s, n in total.items() if s is not RotationStatus.NOT_APPLICABLE),
        "well": sum(total[s] for s in GOING_WELL),
        "look": sum(total[s] for s in TO_LOOK_AT),
        "soon": sum(desk.summary.last_chance.row(desk.reading.year + 1)),
    }
    spring = desk.labels.day(first_day(desk.reading.year + 1))
    return desk.labels("org.rotation.finding", spring=spring, **{k: f"{v:,}" for k, v in facts.items()})
