"""The staff list: who is here? One row a person, high ranks first; filter, frozen names, links to the forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from hrbook.core.assessment import Assessed
from hrbook.core.judgement import TrainingStatus
from hrbook.sheets.book import DataBar, Formula, Sheet, Value
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.department.frame import band, page_of
from hrbook.sheets.department.places import STAFF_ROW, Places
from hrbook.sheets.department.rows import paged
from hrbook.sheets.marks import Marks, load_marks
from hrbook.sheets.paper import capacity
from hrbook.sheets.view import DepartmentView

ORDER = 20
LOW, HIGH = 18.0, 24.0  # row heights in points: few people get more air
HEAD = 34.0
TAIL = 52.0  # points of the totals and the notes
LONGEST = 42  # years of service that fill a bar


@dataclass(frozen=True, slots=True)
class _Column:
    id: str
    width: float
    look: str
    value: Callable[[Assessed], Value]


def sheets(view: DepartmentView) -> tuple[Sheet, ...]:
    labels = view.labels
    marks, places = load_marks(labels), Places(view)
    columns = _columns(view)
    canvas = Canvas(labels("sheet.staff.name"), [c.width for c in columns] + [16.5, 13.5, 7.3])
    chip, remark, form = len(columns), len(columns) + 1, len(columns) + 2
    band(view, canvas, labels("staff.title"), _finding(view))
    for col, name in enumerate((*(c.id for c in columns), "rotation", "remark", "form")):
        canvas.put(STAFF_ROW - 1, col, labels(f"staff.column.{name}"), "th")
    canvas.heights[STAFF_ROW - 1] = HEAD
    page = replace(page_of(view, "staff"), repeat_rows=(0, STAFF_ROW - 1))
    room = capacity(canvas.columns, page) - sum(canvas.heights.values())
    heights, starts = paged([LOW] * len(view.people), LOW, HIGH, room, TAIL)
    canvas.heights.update(enumerate(heights, start=STAFF_ROW))
    opens, elsewhere = labels("staff.open"), labels("staff.elsewhere")
    before: str | None = None
    for row, person in enumerate(view.people, start=STAFF_ROW):
        top = " group_top" if row > STAFF_ROW and person.employee.rank != before else ""
        before = person.employee.rank
        for col, column in enumerate(columns):
            canvas.put(row, col, column.value(person), column.look + top)
        _chip(canvas, marks, person, row, chip)
        canvas.put(row, remark, _remark(view, person), "td_muted shrink" + top)
        link = places.interview(person)
        canvas.put(row, form, opens if link else elsewhere, ("link_center" if link else "td_muted center") + top, link=link)
    _totals(canvas, view, columns)
    last = STAFF_ROW + len(view.people) - 1
    service = next(i for i, c in enumerate(columns) if c.id == "service")
    canvas.bars.append(DataBar(STAFF_ROW, service, last, service, "data_bar", LONGEST))
    filtered = (STAFF_ROW - 1, 0, last, len(canvas.columns) - 1)
    page = replace(page, row_breaks=tuple(STAFF_ROW + start for start in starts))
    return (canvas.sheet(page, freeze=(STAFF_ROW, 2), autofilter=filtered, tab="navy2"),)


def _columns(view: DepartmentView) -> tuple[_Column, ...]:
    labels = view.labels
    ranks = {rank.id: rank.name for rank in view.policy.ranks}
    none, unknown = labels("staff.none"), labels("staff.unknown")

    def count(status: TrainingStatus) -> Callable[[Assessed], Value]:
        return lambda p: sum(1 for j in p.trainings.values() if j.result.status is status)

    def hired(person: Assessed) -> Value:
        day = person.employee.hired
        return day if isinstance(day, date) else unknown

    whole = view.department.whole_bureau

    def place(person: Assessed) -> Value:
        post = person.employee.post
        parts = (post.department, post.section) if whole else (post.section,)
        return labels("staff.gap").join(part for part in parts if part) or none

    return (
        _Column("staff_id", 9.6, "staff_id", lambda p: p.employee.staff_id),
        _Column("name", 16.5, "name shrink", lambda p: p.employee.name),
        _Column("kana", 16.5, "kana shrink", lambda p: p.employee.kana),
        _Column("rank", 6.3, "td_center", lambda p: ranks.get(p.employee.rank or "", unknown)),
        _Column("title", 13, "td_small shrink", lambda p: p.employee.title),
        _Column("place" if whole else "section", 14, "td_small shrink", place),
        _Column("hired", 14.5, "td era_date", hired),
        _Column("service", 8.4, "td_right nth_year", lambda p: p.service_year if p.service_year is not None else unknown),
        _Column("stay", 7.4, "td_right nth_year", lambda p: p.stay_years if p.stay_years is not None else unknown),
        _Column("units", 8, "count", lambda p: p.rotation.result.count if p.rotation.result.counts else none),
        _Column(
            "stage",
            10.5,
            "td_small center",
            lambda p: p.career.result.name or labels(f"status.assigned.{p.career.result.status.value}"),
        ),
        _Column("due", 7.2, "count", count(TrainingStatus.IN_TARGET)),
        _Column("late", 6.2, "count", count(TrainingStatus.OVERDUE)),
    )


def _chip(canvas: Canvas, marks: Marks, person: Assessed, row: int, col: int) -> None:
    chip = marks.rotation[person.rotation.result.status]
    canvas.put(row, col, chip.text, chip.look)


def _remark(view: DepartmentView, person: Assessed) -> str | None:
    """What one should know before reading the row: leave, the step-down, a move that is already ordered."""
    labels = view.labels
    parts = []
    if person.on_leave:
        parts.append(labels("staff.remark.on_leave"))
    if person.post_managerial:
        parts.append(labels("staff.remark.post_managerial"))
    days = [order.on for order in person.future_orders if isinstance(order.on, date)]
    if days:
        parts.append(labels("staff.remark.future", day=labels.short_day(min(days))))
    return labels("list.separator").join(parts) or None


def _totals(canvas: Canvas, view: DepartmentView, columns: tuple[_Column, ...]) -> None:
    """Sums that follow the filter, and the notes below."""
    labels, row = view.labels, STAFF_ROW + len(view.people)
    canvas.put(row, 0, labels("staff.total"), "totals_label")
    canvas.fill(row, 1, len(canvas.columns) - 1, "totals")
    for col, column in enumerate(columns):
        if column.id in ("due", "late"):
            letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[col]
            value = sum(v for p in view.people if isinstance(v := column.value(p), int))
            canvas.put(row, col, Formula(f"SUBTOTAL(109,{letter}{STAFF_ROW + 1}:{letter}{row})", value), "totals")
    count = Formula(f"SUBTOTAL(103,A{STAFF_ROW + 1}:A{row})", len(view.people))
    canvas.put(row, 1, count, "totals people left")
    canvas.put(row + 1, 0, labels("staff.note"), "caption", cols=len(canvas.columns))
    canvas.put(row + 2, 0, labels("staff.note_filtered"), "caption", cols=len(canvas.columns))
    canvas.heights.update({row: 20, row + 1: 18, row + 2: 14})


def _finding(view: DepartmentView) -> str:
    counted = view.department.counted
    facts = {
        "people": counted.people,
        "look": counted.to_look_at,
        "late": counted.with_status[TrainingStatus.OVERDUE],
        "leave": counted.on_leave,
    }
    return view.labels("staff.finding_leave" if counted.on_leave else "staff.finding", **facts)
