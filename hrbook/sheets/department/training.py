"""The training plan: who takes what, when? A mark and a year for every person and course, counts below, key at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from hrbook.core.assessment import Assessed
from hrbook.core.judgement import Judgement, TrainingStatus
from hrbook.core.results import TrainingResult
from hrbook.core.source import Basis
from hrbook.core.training_policy import Course
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.department.contents import held
from hrbook.sheets.department.frame import band, page_of
from hrbook.sheets.department.places import TRAINING_ROW, Places
from hrbook.sheets.department.rows import paged
from hrbook.sheets.department.training_blocks import Block, blocks_of, concerned
from hrbook.sheets.department.training_key import key_height, put_key
from hrbook.sheets.marks import Marks, load_marks
from hrbook.sheets.paper import capacity
from hrbook.sheets.tally import Tally
from hrbook.sheets.view import DepartmentView
from hrbook.words import Labels

ORDER = 40
LEFT = (6.3, 15.5, 7.4, 6.2, 6.2)  # rank, name, service year, due, past its time
COURSE = 6.3
FINEST = 24  # course columns whose print is just large enough to read
NARROWEST = 12  # course columns at least, so that title and key have room
HEADS = TRAINING_ROW - 3  # rows of heads: group, name, timing
LETTER = 11.4  # points of an upright letter
LONGEST = 9  # letters of a short name
GROUP, TIMING, TOTAL, GAP = 20.0, 15.0, 18.0, 10.0
LOW, HIGH = 17.0, 24.0
UNCLEAR = (TrainingStatus.UNSCHEDULED, TrainingStatus.UNDETERMINED)  # kept in the background
TOP = 60.0  # points of the title band


Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    view: DepartmentView
    labels: Labels
    marks: Marks
    counted: Tally
    places: Places
    short_year: Callable[[int], str]
    looks: Mapping[TrainingStatus, str]
    names: Mapping[str, str]
    ranks: Mapping[str | None, str]
    own: Mapping[str, tuple[int, int]]  # due and past their time by staff number
    courses: tuple[Course, ...]  # those that concern somebody here


def sheets(view: DepartmentView) -> tuple[Sheet, ...]:
    if "training" not in held(view):
        return ()
    counted = view.department.counted
    shown, left_out = concerned(view, counted)
    frame = _frame(view, counted, shown)
    blocks = blocks_of(view, shown)
    page = page_of(view, "training")
    tail = key_height(view, counted, len(_columns(blocks)), left_out)
    room = capacity(_columns(blocks), page) - TOP
    together = sum(_head_height(block) + LOW * len(view.people) + 2 * TOTAL + GAP for block in blocks)
    whole = capacity((*LEFT, *((COURSE,) * FINEST)), page) - TOP - tail
    if len(blocks) > 1 and together <= whole:
        spare = (whole - together) / (len(blocks) * max(1, len(view.people)))
        return (_one_page(frame, blocks, left_out, min(HIGH, LOW + spare)),)
    return tuple(_pages(frame, blocks, block, left_out, room) for block in blocks)


def _one_page(frame: _Frame, blocks: Blocks, left_out: tuple[Course, ...], height: float) -> Sheet:
    """All blocks below one another."""
    view = frame.view
    canvas = Canvas(blocks[0].sheet, _columns(blocks))
    band(view, canvas, frame.labels("training.title"), _finding(frame))
    for block in blocks:
        _block(canvas, frame, block, height)
        canvas.heights[canvas.row] = GAP
        canvas.row += 1
    canvas.row -= 1
    put_key(canvas, view, frame.marks, frame.counted, left_out)
    return canvas.sheet(replace(page_of(view, "training"), fit_height=1), freeze=(3, 2), tab="orange")


def _pages(frame: _Frame, blocks: Blocks, block: Block, left_out: tuple[Course, ...], room: float) -> Sheet:
    """One block on a sheet of its own, with its heads on every page, as wide as the widest block."""
    view, labels = frame.view, frame.labels
    most, own = (max(NARROWEST, max(len(b.courses) for b in some)) for some in (blocks, (block,)))
    columns = (*LEFT, *((round(COURSE * most / own, 2),) * own))
    canvas = Canvas(block.sheet, columns)
    title = labels("training.title_part", part=block.part) if block.part else labels("training.title")
    band(view, canvas, title, _finding(frame))
    tail = key_height(view, frame.counted, len(columns), left_out) + 2 * TOTAL
    heights, starts = paged([LOW] * len(view.people), LOW, HIGH, room - _head_height(block), tail)
    filtered = _block(canvas, frame, block, max(heights, default=LOW))
    put_key(canvas, view, frame.marks, frame.counted, left_out)
    page = page_of(view, "training")
    page = replace(page, repeat_rows=(0, TRAINING_ROW - 1), row_breaks=tuple(TRAINING_ROW + start for start in starts))
    return canvas.sheet(page, freeze=(TRAINING_ROW, 2), autofilter=filtered, tab="orange")


def _frame(view: DepartmentView, counted: Tally, shown: tuple[Course, ...]) -> _Frame:
    due, late = TrainingStatus.IN_TARGET, TrainingStatus.OVERDUE
    labels = view.labels
    own: dict[str, tuple[int, int]] = {}
    for person in view.people:
        statuses = [j.result.status for j in person.trainings.values()]
        own[person.employee.staff_id] = (statuses.count(due), statuses.count(late))
    marks = load_marks(labels)
    return _Frame(
        view,
        labels,
        marks,
        counted,
        Places(view),
        cache(labels.short_year),
        {s: "plan_unclear small" if s in UNCLEAR else f"{chip.look} small shrink" for s, chip in marks.training.items()},
        {course.code: course.name for course in view.policy.training.courses},
        {rank.id: rank.name for rank in view.policy.ranks},
        own,
        shown,
    )


def year_of(result: TrainingResult, year: int) -> int | None:
    """The fiscal year that belongs to a status: of the completion, this one, the last of its time, the first to come."""
    match result.status:
        case TrainingStatus.COMPLETED:
            return result.completed_fy
        case TrainingStatus.IN_TARGET:
            return year
        case TrainingStatus.OVERDUE:
            return result.window_end if result.window_end is not None else result.target_fy
        case TrainingStatus.UPCOMING:
            return result.target_fy
    return None


def _columns(blocks: Blocks) -> tuple[float, ...]:
    """Widths of the sheet: as many course columns as the largest block has."""
    return (*LEFT, *((COURSE,) * max(NARROWEST, max(len(b.courses) for b in blocks))))


def _names_height(block: Block) -> float:
    return max([4, *(min(LONGEST + 1, len(c.short or c.name)) for c in block.courses)]) * LETTER + 8


def _head_height(block: Block) -> float:
    return GROUP + _names_height(block) + TIMING


def _block(canvas: Canvas, frame: _Frame, block: Block, height: float) -> tuple[int, int, int, int]:
    """Heads, one row a person, counts; from the canvas's row on. Gives the range of the filter."""
    top = canvas.row
    _heads(canvas, frame, block, top)
    first = top + HEADS
    before: str | None = None
    for row, person in enumerate(frame.view.people, start=first):
        lead = row == first or person.employee.rank != before
        before = person.employee.rank
        _person(canvas, frame, block, person, row, " group_top" if lead and row > first else "", lead)
        canvas.heights[row] = height
    last = first + len(frame.view.people) - 1
    _counts(canvas, frame, block, last + 1)
    canvas.row = last + 3
    return (first - 1, 0, last, len(LEFT) + len(block.courses) - 1)


def _heads(canvas: Canvas, frame: _Frame, block: Block, top: int) -> None:
    labels = frame.labels
    for col, name in enumerate(("rank", "name", "service")):
        canvas.put(top, col, labels(f"training.{name}"), "th", rows=2)
    canvas.put(top, 3, labels("training.all_courses"), "th", cols=2)
    canvas.put(top + 1, 3, labels("training.due"), "th")
    canvas.put(top + 1, 4, labels("training.late"), "th")
    canvas.put(top + 2, 0, None, "th2")
    canvas.put(top + 2, 1, None, "th2")
    canvas.put(top + 2, 2, labels("training.timing"), "th2 right", cols=3)
    providers = {p.id: p.name for p in frame.view.policy.training.providers}
    categories = {c.id: c.name for c in frame.view.policy.training.categories}
    col = len(LEFT)
    for number, ((provider, category), own) in enumerate(groupby(block.courses, key=lambda c: (c.provider, c.category))):
        courses = list(own)
        text = labels("training.group", provider=providers[provider], category=categories[category])
        if len(courses) == 1:
            text = categories[category]
        canvas.put(top, col, text, "th_dark shrink nowrap" if number % 2 == 0 else "th shrink nowrap", cols=len(courses))
        for course in courses:
            canvas.put(top + 1, col, _short(course, labels), "th2_vertical")
            text, look = _tag(course, labels)
            canvas.put(top + 2, col, text, look)
            col += 1
    canvas.heights.update({top: GROUP, top + 1: _names_height(block), top + 2: TIMING})


def _short(course: Course, labels: Labels) -> str:
    name = course.short or course.name
    return name if len(name) <= LONGEST else name[:LONGEST] + labels("training.ellipsis")


def _tag(course: Course, labels: Labels) -> tuple[str, str]:
    """How firmly the timing stands, and whether the course is mandatory."""
    soft = course.timing in (Basis.INFERRED, Basis.SET_BY_CITY)
    if course.mandatory:
        return labels("training.mandatory_soft" if soft else "training.mandatory"), "tag_mandatory"
    text = labels(f"training.basis.{course.timing.value}")
    return text, "tag_inferred" if soft else "tag"


def _person(canvas: Canvas, frame: _Frame, block: Block, person: Assessed, row: int, top: str, lead: bool) -> None:
    labels = frame.labels
    due, late = frame.own[person.employee.staff_id]
    rank = frame.ranks.get(person.employee.rank, labels("training.unknown"))
    canvas.put(row, 0, rank, f"td_center bold{top}" if lead else f"td_muted center{top}")
    canvas.put(row, 1, person.employee.name, f"name shrink{top}", link=frame.places.interview(person))
    service = person.service_year if person.service_year is not None else labels("training.unknown")
    canvas.put(row, 2, service, f"td_right nth_year{top}")
    canvas.put(row, 3, due, f"count bold{top}" if due else f"count{top}")
    canvas.put(row, 4, late, f"count bold alarm{top}" if late else f"count{top}")
    for col, course in enumerate(block.courses, start=len(LEFT)):
        text, look, note = _cell(frame, person.trainings[course.code])
        canvas.put(row, col, text, look + top, note=note)


def _cell(frame: _Frame, judgement: Judgement[TrainingResult]) -> tuple[str, str, str]:
    """Text, look and note of one person and course."""
    labels, result = frame.labels, judgement.result
    look = frame.looks[result.status]
    if result.status is TrainingStatus.UNSCHEDULED:
        return labels("training.unset"), look, ""
    note = ""
    if result.missing_prerequisites and result.status is not TrainingStatus.COMPLETED:
        courses = labels("list.separator").join(frame.names[code] for code in result.missing_prerequisites)
        note = labels("training.prerequisite", courses=courses)
    mark = labels("training.lecturer_mark") if result.lecturer else frame.marks.training[result.status].mark
    year = year_of(result, frame.view.reading.year)
    return mark if year is None else f"{mark} {frame.short_year(year)}", look, note


def _counts(canvas: Canvas, frame: _Frame, block: Block, row: int) -> None:
    labels, counted = frame.labels, frame.counted
    for offset, (name, status) in enumerate((("total_due", TrainingStatus.IN_TARGET), ("total_late", TrainingStatus.OVERDUE))):
        canvas.put(row + offset, 0, labels(f"training.{name}"), "totals_label", cols=3)
        canvas.put(row + offset, 3, counted.training[status] if offset == 0 else None, "totals")
        canvas.put(row + offset, 4, counted.training[status] if offset == 1 else None, "totals")
        for col, course in enumerate(block.courses, start=len(LEFT)):
            canvas.put(row + offset, col, counted.courses[course.code, status], "totals")
        canvas.heights[row + offset] = TOTAL


def _finding(frame: _Frame) -> str:
    counted = frame.counted
    due, late = TrainingStatus.IN_TARGET, TrainingStatus.OVERDUE
    if not frame.courses:
        return frame.labels("training.nobody")
    if not counted.training[due] and not counted.training[late]:
        return frame.labels("training.finding_none")
    return frame.labels(
        "training.finding_mandatory" if counted.mandatory[due] else "training.finding",
        due=counted.training[due],
        due_people=counted.with_status[due],
        mandatory=counted.mandatory[due],
        late=counted.training[late],
        late_people=counted.with_status[late],
    )
