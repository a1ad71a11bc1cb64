"""The cover's three native charts. Their numbers stand on the sheet of counts; their alternative texts say them in words."""

from __future__ import annotations

from collections.abc import Mapping

from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.sheets.book import Chart, Series
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.data import sheet_name
from hrbook.sheets.department.data_summary import ITEM, PLANNED, TABLE, VALUE, Summary, planned_section, summary_of
from hrbook.sheets.marks import load_marks
from hrbook.sheets.tally import Tally
from hrbook.sheets.view import DepartmentView

SLIVER = 14  # a share below one fourteenth of the ring has no room for its number
CHART_ROWS = 11  # rows below the heading
PX = 96 / 72  # pixels of a point
_RING = {
    RotationStatus.MET: "blue",
    RotationStatus.ON_TRACK: "sky",
    RotationStatus.NEEDS_PLAN: "orange",
    RotationStatus.OUT_OF_REACH: "alarm",
    RotationStatus.NOT_REACHED: "alarm2",
    RotationStatus.EXCUSED: "grey2",
    RotationStatus.UNDETERMINED: "grey",
}
_BARS = {TrainingStatus.IN_TARGET: "orange", TrainingStatus.OVERDUE: "alarm", TrainingStatus.UPCOMING: "grey2"}


def put_charts(canvas: Canvas, view: DepartmentView, counted: Tally, row: int, row_height: float) -> None:
    """Three charts side by side below their headings, which stand in row `row`; `row_height` in points."""
    summary = summary_of(view, counted)
    labels = view.labels
    guide = view.reading.rotation.requirements
    rotation = (
        labels("cover.chart.rotation", window=view.reading.rotation.window_years, minimum=guide[0].minimum)
        if guide
        else labels("cover.chart.rotation_plain")
    )
    for col, text, cols in ((0, labels("cover.chart.ranks"), 7), (8, rotation, 7), (16, labels("cover.chart.courses"), 8)):
        canvas.put(row, col, text, "h2", cols=cols)
    canvas.heights.update({row: 24, **{row + 1 + offset: row_height for offset in range(CHART_ROWS)}})
    height = int((CHART_ROWS - 0.2) * row_height * PX)
    _ranks(canvas, view, summary, row + 1, height)
    _rotation(canvas, view, counted, summary, row + 1, height)
    _courses(canvas, view, summary, row + 1, height)


def _ranks(canvas: Canvas, view: DepartmentView, summary: Summary, row: int, height: int) -> None:
    labels = view.labels
    items = [item for item in summary.section("rank") if item.id != "unknown" or item.value]
    parts = [labels("cover.chart.part", name=item.name, count=item.value) for item in items]
    first, _ = summary.span("rank")
    series = Series(
        labels("cover.chart.staff"),
        *_ranges(view, first, first + len(items) - 1),
        "navy2",
    )
    most = max(item.value for item in items)
    alt = labels("cover.chart.ranks_alt", parts=labels("list.separator").join(parts))
    canvas.charts.append(
        Chart(row, 0, "bar", (series,), 355, height, alt, number_format="people", maximum=most * 1.18 if most else 1, gap=45)
    )


def _rotation(canvas: Canvas, view: DepartmentView, counted: Tally, summary: Summary, row: int, height: int) -> None:
    labels = view.labels
    if not counted.in_guide:
        canvas.put(row + 1, 8, labels("cover.chart.no_rotation"), "caption_wrap", rows=2, cols=7)
        return
    items = {item.id: item for item in summary.section("rotation")}
    values = {status: items[status.value].value for status in _RING}
    parts = [labels("cover.chart.part", name=items[s.value].name, count=n) for s, n in values.items() if n]
    first, _ = summary.span("rotation")
    name = labels("cover.chart.rotation_plain")
    series = Series(name, *_ranges(view, first, first + len(_RING) - 1), "blue", tuple(_RING.values()))
    alt = labels("cover.chart.rotation_alt", people=counted.in_guide, parts=labels("list.separator").join(parts))
    legible = min(n for n in values.values() if n) * SLIVER >= counted.in_guide
    canvas.charts.append(Chart(row, 8, "doughnut", (series,), 196, height, alt, labels=legible))
    _ring_key(canvas, view, {**values, RotationStatus.NOT_APPLICABLE: items[RotationStatus.NOT_APPLICABLE.value].value}, row)


def _ring_key(canvas: Canvas, view: DepartmentView, values: Mapping[RotationStatus, int], row: int) -> None:
    """Every status beside the ring with its number, in the ring's colours."""
    marks = load_marks(view.labels)
    for offset, (status, number) in enumerate(values.items(), start=1):
        muted = "" if number else " muted"
        key = "" if status not in _RING else f" key_{_RING[status]}"
        canvas.put(row + offset, 12, marks.rotation[status].word, f"caption indent1{muted}{key}", cols=2)
        canvas.put(row + offset, 14, number, f"cell right people_dash{muted or ' bold'}")


def _courses(canvas: Canvas, view: DepartmentView, summary: Summary, row: int, height: int) -> None:
    labels = view.labels
    columns = {status: summary.section(planned_section(status)) for status in PLANNED}
    if not any(item.value for items in columns.values() for item in items):
        canvas.put(row + 1, 16, labels("cover.chart.no_courses"), "caption_wrap", rows=2, cols=8)
        return
    names = [item.name for item in columns[PLANNED[0]]]
    parts = [
        labels("cover.chart.part_courses", name=name, **{s.value: columns[s][index].value for s in PLANNED})
        for index, name in enumerate(names)
        if any(columns[s][index].value for s in PLANNED)
    ]
    series = tuple(
        Series(labels(f"cover.chart.{s.value}"), *_ranges(view, *summary.span(planned_section(s))), _BARS[s]) for s in PLANNED
    )
    alt = labels("cover.chart.courses_alt", parts=labels("list.separator").join(parts))
    canvas.charts.append(Chart(row, 16, "stacked_bar", series, 408, height, alt, legend=True, gap=45))


def _ranges(view: DepartmentView, first: int, last: int) -> tuple[tuple[str, int, int, int, int], tuple[str, int, int, int, int]]:
    """Names and values of the rows `first` to `last` of the sheet of counts."""
    sheet = sheet_name(view.labels, TABLE)
    return (sheet, first, ITEM, last, ITEM), (sheet, first, VALUE, last, VALUE)
