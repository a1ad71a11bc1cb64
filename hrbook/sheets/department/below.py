"""A bureau's departments at a glance: one row a department, counts only, no names. Only in a bureau's own book."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.sheets.book import DataBar, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.department.frame import band, page_of
from hrbook.sheets.marks import Marks, load_marks
from hrbook.sheets.tally import Tally, tally
from hrbook.sheets.view import DepartmentView

ORDER = 15
FIRST = 5  # row of the first department
NAME, PEOPLE, NUMBER, STATUS = 26, 9, 9, 9.5  # widths
_TRAINING = (
    ("due", TrainingStatus.IN_TARGET),
    ("late", TrainingStatus.OVERDUE),
    ("share", None),
    ("upcoming", TrainingStatus.UPCOMING),
    ("unclear", TrainingStatus.UNDETERMINED),
)
_ROTATION = tuple(status for status in RotationStatus if status is not RotationStatus.NOT_APPLICABLE)
_ALARM = (RotationStatus.OUT_OF_REACH, RotationStatus.NOT_REACHED, RotationStatus.NEEDS_PLAN)


def sheets(view: DepartmentView) -> tuple[Sheet, ...]:
    """Nothing for a department's book."""
    if not view.below:
        return ()
    labels = view.labels
    counted = [(d.department, d.counted) for d in view.below]
    rows = [*counted, (labels("below.own"), view.department.counted)]
    whole = tally_of_all(view)
    widths = (NAME, PEOPLE, *((NUMBER,) * len(_TRAINING)), NUMBER, *((STATUS,) * len(_ROTATION)))
    canvas = Canvas(labels("sheet.below.name"), widths)
    band(view, canvas, labels("below.title"), _finding(view, rows, whole))
    _heads(canvas, view, load_marks(labels))
    for row, (name, count) in enumerate(rows, start=FIRST):
        _row(canvas, row, name, count, "")
        canvas.heights[row] = 24
    end = FIRST + len(rows)
    _row(canvas, end, labels("below.total"), whole, "totals")
    canvas.put(end + 1, 0, labels("below.note"), "caption_wrap", cols=len(widths))
    canvas.heights[end] = 24
    canvas.bars.append(DataBar(FIRST, 1, end - 1, 1, "data_bar"))
    page = replace(page_of(view, "below"), repeat_rows=(FIRST - 2, FIRST - 1))
    return (canvas.sheet(page, freeze=(FIRST, 1), tab="navy"),)


def tally_of_all(view: DepartmentView) -> Tally:
    """The department's own people and those of the departments below it, together."""
    return tally(p for d in (*view.below, view.department) for p in d.people)


def _heads(canvas: Canvas, view: DepartmentView, marks: Marks) -> None:
    labels = view.labels
    top, across = FIRST - 2, len(_TRAINING)
    canvas.put(top, 0, labels("below.department"), "th", rows=2)
    canvas.put(top, 1, labels("below.people"), "th", rows=2)
    canvas.put(top, 2, labels("below.training"), "th_dark", cols=across)
    canvas.put(top, 2 + across, labels("below.rotation"), "th_blue", cols=1 + len(_ROTATION))
    for col, (name, _) in enumerate(_TRAINING, start=2):
        canvas.put(top + 1, col, labels(f"below.{name}"), "th2")
    canvas.put(top + 1, 2 + across, labels("below.in_guide"), "th2")
    for col, status in enumerate(_ROTATION, start=3 + across):
        canvas.put(top + 1, col, f"{marks.rotation[status].mark}\n{marks.rotation[status].word}", "th2")
    canvas.heights.update({top: 20, top + 1: 46})


def _row(canvas: Canvas, row: int, name: str, count: Tally, look: str) -> None:
    canvas.put(row, 0, name, "totals_label" if look else "name")
    canvas.put(row, 1, count.people, f"{look or 'td_right'} people")
    col = 2
    for _, status in _TRAINING:
        if status is None:
            share = count.done_share
            canvas.put(row, col, None if share is None else share / 100, f"{look or 'td_center'} percent")
        else:
            number = count.training[status]
            strong = " bold alarm" if status is TrainingStatus.OVERDUE and number else ""
            canvas.put(row, col, number, (look or "count") + strong)
        col += 1
    canvas.put(row, col, count.in_guide, look or "count")
    for standing in _ROTATION:
        col += 1
        number = count.rotation[standing]
        strong = " bold alarm" if standing in _ALARM and number else ""
        canvas.put(row, col, number, (look or "count") + strong)


def _finding(view: DepartmentView, rows: list[tuple[str, Tally]], whole: Tally) -> str:
    name, most = max(rows, key=lambda r: r[1].to_look_at)
    return view.labels(
        "below.finding" if most.to_look_at else "below.finding_well",
        departments=len(view.below),
        people=whole.people,
        look=whole.to_look_at,
        most=name,
        count=most.to_look_at,
        late=whole.training[TrainingStatus.OVERDUE],
    )
