"""The interview form: one page a person, to talk and to send back. Only the yellow cells can be filled in; health stays out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hrbook.core.assessment import Assessed
from hrbook.core.calendar import first_day, last_day
from hrbook.sheets import form
from hrbook.sheets.book import Cell, DateCheck, ListCheck, Page, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.department.frame import page_of
from hrbook.sheets.department.interview_parts import Parts
from hrbook.sheets.department.places import Places
from hrbook.sheets.paper import capacity
from hrbook.sheets.view import DepartmentView
from hrbook.words import Labels

ORDER = 60

WIDTH = 4.43
SEALS = 6  # at most; from the fourth on they are narrower
GAP, THIN = 5.0, 2.25
HEIGHTS = {
    form.TITLE: 28.0,
    form.LABELS: 14.0,
    form.VALUES: 28.0,
    form.POST: 16.5,
    form.ABILITIES: 15.0,
    form.NOW: 18.0,
    form.NEXT: 16.0,
    form.FEELING: 17.0,
    form.COURSE_HEAD: 14.0,
    form.COURSES_MORE: 13.0,
    form.YEARS: 12.5,
    form.STRIP: 21.0,
    form.REASON: 15.0,
    form.LATER: 13.0,
    form.DECLARED: 13.5,
    33: 13.5,
    34: 20.0,
    35: 13.5,
    39: 13.5,
    44: 13.5,
    45: 20.0,
    46: 13.5,
    48: 13.5,
    form.FOOTER: 14.0,
    **dict.fromkeys(form.HEADINGS, 20.0),
    **dict.fromkeys(form.GAPS, GAP),
    **{form.BEHAVIOURS + n: 14.0 for n in range(form.BEHAVIOUR_ROWS)},
    **{form.COURSES + n: 17.0 for n in range(form.COURSE_ROWS)},
}
# rows that share what is left of the page, and in which proportion
FREE = {36: 3, 40: 3, 41: 3, 47: 4, 49: 3}


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A cell that every form carries, relative to the form's top."""

    row: int
    col: int
    value: str | None
    look: str
    cols: int = 1


def sheets(view: DepartmentView) -> tuple[Sheet, ...]:
    """The forms of `view.forms` below one another; no sheet where nobody's form stands in this book."""
    people = view.forms
    if not people:
        return ()
    labels = view.labels
    canvas = Canvas(labels("sheet.interview.name"), (WIDTH,) * form.COLUMNS)
    paper = _paper(view, len(people))
    room = capacity(canvas.columns, paper)
    stamps, parts, places = _stamps(view), Parts(view), Places(view)
    seals = view.reading.approvals.get("interview", ())[:SEALS]
    for number, person in enumerate(people):
        top = number * form.ROWS
        empty = parts.put(canvas, top, person)
        canvas.cells.extend(Cell(top + s.row, s.col, s.value, s.look, 1, s.cols) for s in stamps)
        _profile(canvas, view, top, person, seals)
        canvas.put(top, 20, labels("interview.back"), "band_link", cols=4, link=places.staff(person))
        _checks(canvas, view, top)
        _fit(canvas, top, empty, room)
    return (canvas.sheet(paper, protected=True, tab="orange"),)


def _paper(view: DepartmentView, forms: int) -> Page:
    breaks = tuple(form.ROWS * n for n in range(1, forms))
    area = (0, 0, form.ROWS * forms - 1, form.COLUMNS - 1)
    base = page_of(view, "interview")
    return replace(base, landscape=False, row_breaks=breaks, area=area, margins=(0.45, 0.45, 0.6, 0.55))


def _stamps(view: DepartmentView) -> list[_Stamp]:
    """Everything that is the same on each form."""
    labels, reading = view.labels, view.reading
    title = labels("interview.unit", year=labels.fiscal_year(reading.year), unit=view.name)
    made = [
        _Stamp(form.TITLE, 0, labels("sheet.interview.title"), "title", 7),
        _Stamp(form.TITLE, 7, title, "subtitle", 13),
        *(_Stamp(row, 0, labels(f"interview.part.{n}"), "h2", 12) for n, row in enumerate(form.HEADINGS, start=1)),
        *(_Stamp(row, 12, labels(f"interview.note.{n}"), "h2_note middle", 12) for n, row in enumerate(form.HEADINGS, start=1)),
        *_heads(labels, 33, (("move", 0, 5), ("when", 5, 5), ("field_1", 10, 7), ("field_2", 17, 7))),
        *_heads(labels, 35, (("own_words", 0, 24),)),
        *_heads(labels, 39, (("plan", 0, 6), ("do", 6, 6), ("check", 12, 6), ("act", 18, 6))),
        *_heads(labels, 44, (("talked_on", 0, 7), ("talked_with", 7, 10), ("next_on", 17, 7))),
        *_heads(labels, 46, (("doing_well", 0, 12), ("next_ability", 12, 12))),
        *_heads(labels, 48, (("opinion", 0, 24),)),
        _Stamp(form.FOOTER, 0, _return(view), "caption", form.FORM_ID[1]),
    ]
    single = {"move": "input_center", "when": "input_center", "talked_on": "input_date", "next_on": "input_date"}
    single |= dict.fromkeys(("field_1", "field_2", "talked_with"), "input_center")
    made.extend(_Stamp(row, col, None, single.get(key, "input"), cols) for key, (row, col, cols) in form.FIELDS.items())
    return made


def _heads(labels: Labels, row: int, heads: Sequence[tuple[str, int, int]]) -> list[_Stamp]:
    return [_Stamp(row, col, labels(f"interview.field.{key}"), "field_label", cols) for key, col, cols in heads]


def _return(view: DepartmentView) -> str:
    """By when and where to send it, and how long it is kept, as far as the settings say."""
    labels, reading = view.labels, view.reading
    parts = []
    if reading.deadline is not None:
        parts.append(labels("interview.deadline", day=labels.day(reading.deadline)))
    if reading.submit_to:
        parts.append(labels("interview.submit_to", place=reading.submit_to))
    if reading.retention:
        parts.append(labels("interview.retention", term=reading.retention))
    return labels("interview.gap").join(parts)


def _profile(canvas: Canvas, view: DepartmentView, top: int, person: Assessed, seals: Sequence[str]) -> None:
    labels, employee = view.labels, person.employee
    span = 2 if len(seals) <= 3 else 1
    free = form.COLUMNS - span * len(seals)
    rank = view.policy.rank_name(employee.rank)
    title = employee.title
    if rank not in ("", title):
        title = labels("interview.title_and_rank", title=title, rank=rank)
    service = None if person.service_year is None else labels("interview.nth_year", year=person.service_year)
    canvas.put(top + form.LABELS, 0, employee.kana or None, "field_kana shrink", cols=7)
    canvas.put(top + form.VALUES, 0, employee.name, "field_name shrink", cols=7)
    stage = person.career.result.name
    spans = _spans(free - 7, (3, 4, 2, 3))
    col = 7
    entries = (("staff_id", employee.staff_id), ("title", title), ("service_year", service), ("stage", stage))
    for (key, value), cols in zip(entries, spans, strict=True):
        canvas.put(top + form.LABELS, col, labels(f"interview.profile.{key}"), "field_label shrink", cols=cols)
        look = "field_value as_text" if key == "staff_id" else "field_value"
        canvas.put(top + form.VALUES, col, value or labels("interview.unknown"), f"{look} shrink", cols=cols)
        col += cols
    for seal in seals:
        canvas.put(top + form.LABELS, col, seal, "seal_head shrink", cols=span)
        canvas.put(top + form.VALUES, col, None, "seal_box", cols=span)
        col += span
    post = employee.post
    where = labels("interview.gap").join(part for part in (post.bureau, post.department, post.section) if part)
    for col, cols, value, look in (
        (0, 3, labels("interview.profile.post"), "field_label"),
        (3, 12, where, "field_value shrink"),
        (15, 3, labels("interview.profile.tier"), "field_label"),
        (18, 6, person.digital.result.name or labels("interview.unknown"), "field_value shrink"),
    ):
        canvas.put(top + form.POST, col, value, look, cols=cols)
    number = form.form_id(view.run.run_id, employee.staff_id)
    row, col = form.FORM_ID
    canvas.put(top + row, col, labels("interview.form_id", id=number), "caption right tiny", cols=form.COLUMNS - col)


def _spans(free: int, wanted: tuple[int, int, int, int]) -> list[int]:
    """The wanted columns, the second entry taking what is over or too little."""
    spans = list(wanted)
    spans[1] = max(1, spans[1] + free - sum(wanted))
    return spans


def _checks(canvas: Canvas, view: DepartmentView, top: int) -> None:
    labels, year = view.labels, view.reading.year

    def choose(row: int, col: int, last_row: int, last_col: int, key: str, count: int) -> ListCheck:
        items = tuple(labels(f"interview.choice.{key}.{n}") for n in range(1, count + 1))
        return ListCheck(row, col, last_row, last_col, items, error=labels("interview.check.list"))

    feeling = top + form.FEELING
    courses = top + form.COURSES
    canvas.checks.append(choose(feeling, form.ABILITY_COLUMN, feeling, form.COLUMNS - 1, "feeling", 3))
    canvas.checks.append(choose(courses, form.COURSE_ANSWER, courses + form.COURSE_ROWS - 1, form.COLUMNS - 1, "answer", 4))
    for key, count in (("move", 3), ("when", 4)):
        row, col, cols = form.FIELDS[key]
        canvas.checks.append(choose(top + row, col, top + row, col + cols - 1, key, count))
    for key, last in (("talked_on", last_day(year)), ("next_on", last_day(year + 1))):
        row, col, cols = form.FIELDS[key]
        limits = {"first": labels.short_day(first_day(year)), "last": labels.short_day(last)}
        prompt, error = labels("interview.check.date_prompt", **limits), labels("interview.check.date", **limits)
        check = DateCheck(top + row, col, top + row, col + cols - 1, first_day(year), last, "", prompt, error)
        canvas.checks.append(check)


def _fit(canvas: Canvas, top: int, empty: set[int], room: float) -> None:
    """Heights of one form: rows without content are thin, what is left goes to the text fields, the page is full."""
    heights = {row: THIN if row in empty else height for row, height in HEIGHTS.items()}
    left = room - sum(heights.values()) - 2
    share = sum(FREE.values())
    heights |= {row: max(20.0, int(left * part / share * 4) / 4) for row, part in FREE.items()}
    canvas.heights.update({top + row: height for row, height in heights.items()})
