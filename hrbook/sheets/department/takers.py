"""Who takes what this year, course by course: the list from which a department enrols its people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from hrbook.core.judgement import TrainingStatus
from hrbook.core.training_policy import Course
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.department.contents import held
from hrbook.sheets.department.frame import band, page_of
from hrbook.sheets.department.rows import paged
from hrbook.sheets.department.training_blocks import ordered_courses
from hrbook.sheets.paper import AROUND, capacity, line_height, pixels, room_for, text_height
from hrbook.sheets.view import DepartmentView
from hrbook.textfit import units

ORDER = 41
HEAD = 3  # row of the heads
NAMES, COURSE, DATES = "td_wrap", "td_wrap normal bold", "td_wrap center"  # looks of texts of several lines
LOW, HIGH, TOTAL = 16.5, 22.0, 20.0  # row heights
MOST = 40  # names in one cell
_COLUMNS = (
    ("group", 21),
    ("course", 28),
    ("degree", 6.5),
    ("timing", 9.5),
    ("days", 7),
    ("dates", 12),
    ("due", 7.5),
    ("due_names", 38),
    ("late", 8.5),
    ("late_names", 34),
)
_WIDTH = dict(_COLUMNS)
_Written = tuple[str | None, str | None]  # names of those due and those late, on as many lines as they need
_TAKEN = (TrainingStatus.IN_TARGET, TrainingStatus.OVERDUE)


def sheets(view: DepartmentView) -> tuple[Sheet, ...]:
    if "takers" not in held(view):
        return ()
    labels = view.labels
    names: dict[TrainingStatus, dict[str, list[str]]] = {status: defaultdict(list) for status in _TAKEN}
    for person in view.people:
        for code, judgement in person.trainings.items():
            if judgement.result.status in names:
                names[judgement.result.status][code].append(person.employee.name)
    due, late = (names[status] for status in _TAKEN)
    courses = [c for c in ordered_courses(view) if c.code in due or c.code in late]
    canvas = Canvas(labels("sheet.takers.name"), [width for _, width in _COLUMNS])
    band(view, canvas, labels("takers.title"), _finding(view, due, late))
    for col, (name, _) in enumerate(_COLUMNS):
        canvas.put(HEAD, col, labels(f"takers.{name}"), "th")
    canvas.heights[HEAD] = 32
    page = replace(page_of(view, "takers"), repeat_rows=(0, HEAD))
    room = capacity(canvas.columns, page) - sum(canvas.heights.values())
    rooms = [room_for(pixels(_WIDTH[column]), NAMES) - 1 for column in ("due_names", "late_names")]
    written = [(_names(view, due[c.code], rooms[0]), _names(view, late[c.code], rooms[1])) for c in courses]
    needs = [_need(course, names) for course, names in zip(courses, written, strict=True)]
    heights, starts = paged(needs, LOW, HIGH, room, TOTAL)
    canvas.heights.update(enumerate(heights, start=HEAD + 1))
    for row, (course, names_of_course) in enumerate(zip(courses, written, strict=True), start=HEAD + 1):
        new_group = row > HEAD + 1 and _group(course) != _group(courses[row - HEAD - 2])
        counts = len(due[course.code]), len(late[course.code])
        _line(canvas, view, row, course, counts, names_of_course, " group_top" if new_group else "")
    end = HEAD + 1 + len(courses)
    canvas.put(end, 0, labels("takers.total"), "totals_label", cols=6)
    for col, names_of in ((6, due), (8, late)):
        canvas.put(end, col, sum(len(found) for found in names_of.values()), "totals")
        canvas.put(end, col + 1, None, "totals")
    canvas.heights[end] = TOTAL
    page = replace(page, row_breaks=tuple(HEAD + 1 + start for start in starts))
    return (canvas.sheet(page, freeze=(HEAD + 1, 2), autofilter=(HEAD, 0, max(HEAD, end - 1), len(_COLUMNS) - 1), tab="orange"),)


def _group(course: Course) -> tuple[str, str]:
    return (course.provider, course.category)


def _need(course: Course, names: _Written) -> float:
    """Points that the row of a course needs for its wrapped cells."""
    most = max((text or "").count("\n") + 1 for text in names)
    name, dates = text_height(course.name, _WIDTH["course"], COURSE), text_height(course.dates, _WIDTH["dates"], DATES)
    return AROUND + max(name, dates, most * line_height(NAMES))


def _line(
    canvas: Canvas, view: DepartmentView, row: int, course: Course, counts: tuple[int, int], names: _Written, top: str
) -> None:
    labels, training = view.labels, view.policy.training
    provider = next(p.short for p in training.providers if p.id == course.provider)
    category = next(c.name for c in training.categories if c.id == course.category)
    dash = labels("takers.dash")
    degree = labels("degree.mandatory" if course.mandatory else "degree.guide")
    canvas.put(row, 0, labels("department.course_group", provider=provider, category=category), f"td_small{top}")
    canvas.put(row, 1, course.name, f"{COURSE}{top}")
    canvas.put(row, 2, degree, "tag_mandatory" if course.mandatory else f"td_muted center{top}")
    canvas.put(row, 3, labels(f"basis.{course.timing.value}"), f"td_small center{top}")
    canvas.put(row, 4, course.days or dash, f"td_small center as_text{top}")
    canvas.put(row, 5, course.dates or dash, f"{DATES}{top}")
    (due, late), (due_names, late_names) = counts, names
    canvas.put(row, 6, due, f"count bold{top}")
    canvas.put(row, 7, due_names, f"{NAMES}{top}")
    canvas.put(row, 8, late, f"count bold alarm{top}" if late else f"count{top}")
    canvas.put(row, 9, late_names, f"{NAMES}{top}")


def _names(view: DepartmentView, names: Sequence[str], room: int) -> str | None:
    """Names on as many lines as they need; a name stays on one line."""
    separator = view.labels("list.separator")
    lines = [""]
    for number, name in enumerate(names[:MOST], start=1):
        word = name if number == len(names) else name + separator
        if lines[-1] and units(lines[-1] + word) > room:
            lines.append("")
        lines[-1] += word
    text = "\n".join(lines)
    return view.labels("takers.more", names=text, count=len(names) - MOST) if len(names) > MOST else text or None


def _finding(view: DepartmentView, due: dict[str, list[str]], late: dict[str, list[str]]) -> str:
    labels = view.labels
    if not due and not late:
        return labels("takers.none")
    return labels(
        "takers.finding",
        courses=labels("takers.courses", count=len(due)),
        due=sum(map(len, due.values())),
        late_courses=labels("takers.courses", count=len(late)),
        late=sum(map(len, late.values())),
    )
