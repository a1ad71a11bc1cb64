"""The cover: what does the head have to do? One A4 page: figures, three charts, what to look at first, contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.sheets.book import Link, Logo, Run, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.department.attention import points_of
from hrbook.sheets.department.contents import held
from hrbook.sheets.department.cover_charts import CHART_ROWS, put_charts
from hrbook.sheets.department.cover_first import lines_of, put_first
from hrbook.sheets.department.frame import page_of
from hrbook.sheets.tally import TO_LOOK_AT, Tally
from hrbook.sheets.view import DepartmentView

ORDER = 10
COLUMNS = 24
WIDTH = 6.57  # characters
LINE, TALL_LINE = 18.0, 25.0  # points of a line of what to look at first: fewer lines get more air
CHART_ROW, MOST_MORE = 15.0, 6.0  # points of a row behind the charts, and how much it may grow
SPARE = 184.0  # points of the page that the lines may take
SEAL = 2  # columns of a seal box
MOST_SEALS = 6
CONTENTS = 8  # sheets named side by side; more stand in two lines
TITLE_LINE, GIST_LINE = 18.0, 15.0
LOGO = 4  # columns at the end of the title band that the city's mark may take


def sheets(view: DepartmentView) -> tuple[Sheet, ...]:
    canvas = Canvas(view.labels("sheet.cover.name"), (WIDTH,) * COLUMNS)
    counted = view.department.counted
    _title(canvas, view, counted)
    _figures(canvas, view, counted)
    points, names = points_of(view), held(view)
    lines = -(-len(names) // CONTENTS)
    spare = max(0.0, SPARE - (lines - 1) * (TITLE_LINE + GIST_LINE) - LINE * lines_of(points))
    line = min(TALL_LINE, LINE + spare / 2 / lines_of(points))
    chart_row = CHART_ROW + min(MOST_MORE, (spare - (line - LINE) * lines_of(points)) / CHART_ROWS)
    put_charts(canvas, view, counted, 8, chart_row)
    put_first(canvas, view, points, 20, line)
    _contents(canvas, view, names, lines)
    made = canvas.sheet(replace(page_of(view, "cover"), fit_height=1, area=(0, 0, canvas.row, COLUMNS - 1)), tab="navy")
    return (made,)


def _title(canvas: Canvas, view: DepartmentView, counted: Tally) -> None:
    labels, reading, head = view.labels, view.reading, view.department.head
    seals = reading.approvals.get("cover", ())[:MOST_SEALS]
    width = COLUMNS - SEAL * len(seals)
    department = view.department
    unit = (
        labels("cover.unit_of", bureau=department.bureau, department=department.department)
        if department.department and department.bureau
        else labels("cover.unit", unit=view.name)
    )
    parts = [unit, labels("cover.people", count=counted.people)]
    if head is not None:
        parts.append(labels("cover.head", title=head.employee.title, name=head.employee.name))
    title = labels("cover.title", year=labels.fiscal_year(reading.year))
    basis = labels("cover.basis", day=labels.day(reading.as_of), policy=reading.policy.title)
    canvas.put(0, 0, title, "title_large", rows=2, cols=width)
    canvas.put(2, 0, labels("cover.gap").join(parts), "subtitle", cols=width)
    canvas.put(3, 0, basis, "band_small", cols=width)
    for index, heading in enumerate(seals):
        canvas.put(0, width + SEAL * index, heading, "seal_head", cols=SEAL)
        canvas.put(1, width + SEAL * index, None, "seal_box", rows=3, cols=SEAL)
    canvas.logo = Logo(0, width - LOGO, 3, width - 1, labels("excel.logo", city=reading.city))
    canvas.heights.update({0: 17, 1: 20, 2: 20, 3: 17, 4: 8})


def _figures(canvas: Canvas, view: DepartmentView, counted: Tally) -> None:
    labels = view.labels
    due, late = TrainingStatus.IN_TARGET, TrainingStatus.OVERDUE
    done = counted.training[TrainingStatus.COMPLETED]
    people, cases = labels("summary.unit.people"), labels("cover.cases")
    share = counted.done_share
    share_text = labels("cover.none") if share is None else str(share)
    share_note = labels("cover.figure.share_note", done=done, all=done + counted.training[late])
    figures = (
        ("staff", str(counted.people), people, _groups(view, counted), ""),
        ("due", str(counted.training[due]), cases, _due_note(view, counted), "_blue"),
        (
            "overdue",
            str(counted.training[late]),
            cases,
            labels("cover.figure.overdue_note", people=counted.with_status[late], mark=labels("mark.training.overdue"))
            if counted.training[late]
            else labels("cover.figure.overdue_none"),
            "_alarm" if counted.training[late] else "_blue",
        ),
        (
            "share",
            share_text,
            labels("cover.percent") if share is not None else "",
            share_note if share is not None else labels("cover.figure.share_none"),
            "_blue",
        ),
        ("well", str(counted.going_well), people, _well_note(view, counted), "_blue"),
        ("look", str(counted.to_look_at), people, _look_note(view, counted), "_alarm" if counted.to_look_at else "_blue"),
    )
    width = COLUMNS // len(figures)
    for index, (name, number, unit, note, kind) in enumerate(figures):
        col = width * index
        canvas.put(5, col, labels(f"cover.figure.{name}"), f"kpi_label{kind}", cols=width)
        runs = (Run(number), Run(f" {unit}", "kpi_unit regular"))
        canvas.put(6, col, f"{number} {unit}", f"kpi_number{kind}", cols=width, runs=runs)
        canvas.put(7, col, note, f"kpi_note{kind} shrink", cols=width)
    canvas.heights.update({5: 18, 6: 32, 7: 18})


def _groups(view: DepartmentView, counted: Tally) -> str:
    """People by the policy's groups of ranks, low to high; people whose rank is unknown last."""
    labels = view.labels
    sums: dict[str, int] = {}
    for rank in view.policy.ranks:
        sums[rank.group] = sums.get(rank.group, 0) + counted.ranks[rank.id]
    names = {group: labels(f"cover.group.{group}") if f"cover.group.{group}" in labels else group for group in sums}
    parts = [labels("cover.figure.staff_part", group=names[g], count=n) for g, n in sums.items()]
    if counted.ranks[None]:
        parts.append(labels("cover.figure.staff_part", group=labels("cover.rank_unknown"), count=counted.ranks[None]))
    return labels("cover.slash").join(parts)


def _due_note(view: DepartmentView, counted: Tally) -> str:
    labels = view.labels
    people, mandatory = counted.with_status[TrainingStatus.IN_TARGET], counted.mandatory[TrainingStatus.IN_TARGET]
    deferred = counted.training[TrainingStatus.DEFERRED]
    if mandatory:
        return labels("cover.figure.due_note_mandatory", people=people, mandatory=mandatory)
    if deferred:
        return labels("cover.figure.due_note_deferred", people=people, deferred=deferred)
    return labels("cover.figure.due_note", people=people)


def _well_note(view: DepartmentView, counted: Tally) -> str:
    excused, unclear = counted.rotation[RotationStatus.EXCUSED], counted.rotation[RotationStatus.UNDETERMINED]
    if not excused and not unclear:
        return view.labels("cover.figure.well_note", people=counted.in_guide)
    return view.labels("cover.figure.well_note_unclear", people=counted.in_guide, excused=excused, undetermined=unclear)


def _look_note(view: DepartmentView, counted: Tally) -> str:
    labels = view.labels
    parts = [
        labels("cover.figure.look_part", status=labels(f"cover.figure.look_short.{s.value}"), count=counted.rotation[s])
        for s in TO_LOOK_AT
        if counted.rotation[s]
    ]
    return labels("cover.dot").join(parts) if parts else labels("cover.figure.look_none")


def _contents(canvas: Canvas, view: DepartmentView, names: Sequence[str], lines: int) -> None:
    """What the book holds, each with a link; begins at the canvas's row and leaves it at the last row used."""
    labels, row = view.labels, canvas.row
    across = -(-len(names) // lines)
    width = COLUMNS // max(across, CONTENTS if lines == 1 else 1)
    canvas.put(row, 0, labels("cover.contents.heading"), "h2", cols=COLUMNS)
    canvas.heights[row] = 22
    for index, name in enumerate(names):
        title = labels(f"sheet.{name}.name")
        kind = {"interview": " accent_orange", "legend": " accent_grey"}.get(name, " accent_blue")
        line, col = row + 1 + 2 * (index // across), width * (index % across)
        canvas.put(line, col, title, f"cell link indent1{kind}", cols=width, link=Link(title))
        canvas.put(line + 1, col, labels(f"cover.contents.{name}"), f"caption indent1{kind}", cols=width)
        canvas.heights.update({line: TITLE_LINE, line + 1: GIST_LINE})
    canvas.row = row + 2 * lines
