"""The cover's list of what to look at first, with links to the people's places."""

from __future__ import annotations

from collections import Counter

from hrbook.core.judgement import TrainingStatus
from hrbook.sheets.book import Link
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.department.attention import Point, Topic, chosen
from hrbook.sheets.department.ojt import words_of
from hrbook.sheets.department.places import Places
from hrbook.sheets.ojt_words import OjtWords
from hrbook.sheets.reasons import RotationWords
from hrbook.sheets.view import DepartmentView

MOST = 10  # lines that fit the page
COURSES = 2  # courses named in one line
_LOOKS = {
    Topic.MANDATORY: "chip_overdue",
    Topic.OUT_OF_REACH: "chip_out_of_reach",
    Topic.NEEDS_PLAN: "chip_needs_plan",
    Topic.OVERDUE: "chip_overdue",
    Topic.OJT: "chip_warning",
    Topic.NOT_REACHED: "chip_not_reached",
    Topic.ROTATION_UNDETERMINED: "chip_undetermined",
    Topic.TRAINING_UNDETERMINED: "chip_training_undetermined",
}
_SPANS = (("kind", 0, 3), ("name", 3, 3), ("state", 6, 9), ("ask", 15, 6), ("sheet", 21, 3))


def lines_of(points: tuple[Point, ...]) -> int:
    """How many lines the list takes below its heading."""
    return max(1, min(MOST, len(points)))


def put_first(canvas: Canvas, view: DepartmentView, points: tuple[Point, ...], row: int, height: float) -> None:
    """Heading, at most MOST lines of `height` points, what is left in the last of them; leaves the canvas's row at the
    next free one."""
    labels = view.labels
    canvas.put(row, 0, labels("cover.first.heading"), "h2", cols=15)
    canvas.put(row, 15, labels("cover.first.hint") if points else None, "h2_note", cols=9)
    canvas.heights[row] = 24
    row += 1
    if not points:
        canvas.put(row, 0, labels("cover.first.none"), "caption indent1", cols=24)
        canvas.heights[row] = 24
        canvas.row = row + 1
        return
    for name, col, cols in _SPANS:
        canvas.put(row, col, labels(f"cover.first.column_{name}"), "th_plain", cols=cols)
    canvas.heights[row] = 14
    shown = points if len(points) <= MOST else chosen(points, MOST - 1)
    places, words = Places(view), words_of(view)
    for point in shown:
        row += 1
        _line(canvas, view, words, places, point, row)
        canvas.heights[row] = height
    left = len(points) - len(shown)
    if left:
        row += 1
        counts = Counter(point.topic for point in points)
        counts.subtract(point.topic for point in shown)
        parts = [
            labels("cover.first.more_part", topic=labels(f"cover.topic.{topic.name.lower()}"), count=counts[topic])
            for topic in sorted(counts)
            if counts[topic]
        ]
        text = labels("cover.first.more", count=left, parts=labels("cover.dot").join(parts))
        canvas.put(row, 0, text, "caption indent1 rule", cols=24)
        canvas.heights[row] = height
    canvas.row = row + 1


def _line(canvas: Canvas, view: DepartmentView, words: OjtWords, places: Places, point: Point, row: int) -> None:
    labels = view.labels
    topic = point.topic.name.lower()
    link = _place(places, point)
    state, ask = _state(view, words, point), _ask(view, point)
    canvas.put(row, 0, labels(f"cover.topic.{topic}"), _look(point), cols=3)
    canvas.put(row, 3, point.person.employee.name, "name link shrink", cols=3, link=places.interview(point.person) or link)
    canvas.put(row, 6, state, "td_small shrink", cols=9)
    canvas.put(row, 15, ask, "td_small shrink", cols=6)
    canvas.put(row, 21, link.sheet, "td_small link", cols=3, link=link)


def _place(places: Places, point: Point) -> Link:
    """Where the book says more."""
    if point.topic is Topic.OJT:
        return places.ojt
    return places.rotation(point.person) if point.topic.rotation else places.training(point.person)


def _look(point: Point) -> str:
    """A binding course that is due, and not yet late, looks like what is due."""
    late = any(judgement.result.status is TrainingStatus.OVERDUE for _, judgement in point.courses)
    return "chip_in_target" if point.topic is Topic.MANDATORY and not late else _LOOKS[point.topic]


def _state(view: DepartmentView, words: OjtWords, point: Point) -> str:
    labels, result = view.labels, point.person.rotation.result
    if point.topic is Topic.OJT:
        newcomer = None if point.person.ojt is None else point.person.ojt.newcomer
        return "" if newcomer is None else words.reason(point.person, newcomer)
    if point.topic is Topic.ROTATION_UNDETERMINED:
        return RotationWords(labels, view.policy, view.reading.rotation).reason(result)
    if point.topic.rotation:
        facts = {
            "service": result.service_year,
            "window": result.window_years,
            "count": result.count,
            "minimum": result.minimum,
            "remaining": result.remaining,
        }
        if result.reached_later_fy is not None:
            return labels("cover.first.rotation_later", year=labels.fiscal_year(result.reached_later_fy), **facts)
        return labels("cover.first.rotation_over" if result.window_over else "cover.first.rotation_state", **facts)
    if point.topic is Topic.TRAINING_UNDETERMINED:
        reason = labels(f"cover.unclear.{point.courses[0][1].result.reason}")
        return labels("cover.first.unclear_courses", count=len(point.courses), reason=reason)
    return _courses(view, point)


def _courses(view: DepartmentView, point: Point) -> str:
    labels = view.labels
    names = {course.code: course.name for course in view.policy.training.courses}
    parts = []
    for code, judgement in point.courses[:COURSES]:
        result = judgement.result
        year = result.window_end or result.target_fy
        late = result.status is TrainingStatus.OVERDUE
        when = labels("cover.first.course_now")
        if late and year is not None:
            when = labels("cover.first.course_late", year=labels.short_year(year))
        parts.append(labels("cover.first.course", course=names[code], when=when))
    text = labels("list.separator").join(parts)
    more = len(point.courses) - COURSES
    return labels("cover.first.more_courses", courses=text, count=more) if more > 0 else text


def _ask(view: DepartmentView, point: Point) -> str:
    chance = point.person.rotation.result.last_chance
    if point.topic is Topic.NEEDS_PLAN and chance is not None:
        return view.labels("cover.ask.needs_plan_by", day=view.labels.short_day(chance))
    return view.labels(f"cover.ask.{point.topic.name.lower()}")
