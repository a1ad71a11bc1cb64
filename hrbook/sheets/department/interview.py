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
from hrbook.sheets.department.interview_parts import COLUMN, Parts
from hrbook.sheets.department.ojt import words_of
from hrbook.sheets.department.places import Places
from hrbook.sheets.paper import capacity
from hrbook.sheets.view import DepartmentView
from hrbook.words import Labels

ORDER = 60

SEALS = 4  # at most
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
    canvas = Canvas(labels("sheet.interview.name"), (*(COLUMN,) * form.COLUMNS, 0))
    paper = _paper(view, len(people))
    room = capacity(canvas.columns, paper)
    stamps, parts, places, back = _stamps(view), Parts(view), Places(view), labels("interview.back")
    for number, person in enumerate(people):
        top = number * form.ROWS
        empty = parts.put(canvas, top, person)
        canvas.cells.extend(Cell(top + s.row, s.col, s.value, s.look, 1, s.cols) for s in stamps)
        _profile(canvas, view, top, person)
        canvas.put(top, 10, back, "band_link", cols=2, link=places.staff(person))
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
    seals = _seals(view)
    made = [
        _Stamp(form.TITLE, 0, labels("sheet.interview.title"), "title", 3),
        _Stamp(form.TITLE, 3, title, "subtitle", 7),
        *(_Stamp(row, 0, labels(f"interview.part.{n}"), "h2", 5) for n, row in enumerate(form.HEADINGS, start=1)),
        *(_Stamp(row, 5, labels(f"interview.note.{n}"), "h2_note middle", 7) for n, row in enumerate(form.HEADINGS, start=1)),
        *_heads(labels, "profile", form.LABELS, (("staff_id", 3, 1), ("title", 4, 2), ("service_year", 6, 1))),
        *_heads(labels, "profile", form.LABELS, (("stage", 7, 5 - len(seals)),)),
        *_heads(labels, "profile", form.POST, (("post", 0, 1), ("tier", 8, 1))),
        *_heads(labels, "field", 33, _entries("move", "when", "field_1", "field_2")),
        *_heads(labels, "field", 35, _entries("own_words", "theme_1", "theme_2", "way")),
        *_heads(labels, "field", 39, (("plan", 0, 3), ("do", 3, 3), ("check", 6, 3), ("act", 9, 3))),
        *_heads(labels, "field", 44, _entries("talked_on", "talked_with", "next_on")),
        *_heads(labels, "field", 46, _entries("doing_well", "next_ability")),
        *_heads(labels, "field", 48, _entries("opinion")),
        *(_Stamp(form.LABELS, form.COLUMNS - len(seals) + n, seal, "seal_head shrink") for n, seal in enumerate(seals)),
        *(_Stamp(form.VALUES, form.COLUMNS - len(seals) + n, None, "seal_box") for n in range(len(seals))),
        _Stamp(form.FOOTER, 0, _return(view), "caption", form.FORM_ID[1]),
    ]
    single = {"move": "input_center", "when": "input_center", "talked_on": "input_date", "next_on": "input_date"}
    single |= dict.fromkeys(("field_1", "field_2", "talked_with"), "input_center")
    single |= dict.fromkeys(("theme_1", "theme_2", "way"), "input_center small wrap")
    made.extend(_Stamp(row, col, None, single.get(key, "input"), cols) for key, (row, col, cols) in form.FIELDS.items())
    return made


def _seals(view: DepartmentView) -> tuple[str, ...]:
    return view.reading.approvals.get("interview", ())[:SEALS]


def _heads(labels: Labels, kind: str, row: int, heads: Sequence[tuple[str, int, int]]) -> list[_Stamp]:
    return [_Stamp(row, col, labels(f"interview.{kind}.{key}"), "field_label shrink", cols) for key, col, cols in heads]


def _entries(*keys: str) -> list[tuple[str, int, int]]:
    """Fields with their place, for the headings above them."""
    return [(key, *form.FIELDS[key][1:]) for key in keys]


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


def _profile(canvas: Canvas, view: DepartmentView, top: int, person: Assessed) -> None:
    seals = len(_seals(view))
    labels, employee, post = view.labels, person.employee, person.employee.post
    unknown = labels("interview.unknown")
    rank = view.policy.rank_name(employee.rank)
    title = employee.title
    if rank not in ("", title):
        title = labels("interview.title_and_rank", title=title, rank=rank)
    service = unknown if person.service_year is None else labels("interview.nth_year", year=person.service_year)
    where = labels("interview.gap").join(part for part in (post.bureau, post.department, post.section) if part)
    form_id = form.form_id(view.run.run_id, employee.staff_id)
    number = labels("interview.form_id", id=form_id)
    canvas.put(top + form.LABELS, 0, employee.kana or None, "field_kana shrink", cols=3)
    canvas.put(top + form.VALUES, 0, employee.name, "field_name shrink", cols=3)
    canvas.put(top + form.STAFF_ID[0], form.STAFF_ID[1], employee.staff_id, "field_value as_text shrink")
    canvas.put(top + form.VALUES, 4, title or unknown, "field_value shrink", cols=2)
    canvas.put(top + form.VALUES, 6, service, "field_value shrink")
    canvas.put(top + form.VALUES, 7, person.career.result.name or unknown, "field_value shrink", cols=5 - seals)
    part = _ojt(view, person)
    canvas.put(top + form.POST, 1, where, "field_value shrink", cols=4 if part else 7)
    if part:
        canvas.put(top + form.POST, 5, part[0], "field_label shrink")
        canvas.put(top + form.POST, 6, part[1], "field_value shrink", cols=2)
    canvas.put(top + form.POST, 9, person.digital.result.name or unknown, "field_value shrink", cols=3)
    canvas.put(top + form.FORM_ID[0], form.FORM_ID[1], number, "caption right tiny", cols=form.COLUMNS - form.FORM_ID[1])
    for row in form.KEYED_ROWS:
        canvas.put(top + row, form.KEY_COLUMN, form.row_key(form_id, row), "caption tiny")


def _ojt(view: DepartmentView, person: Assessed) -> tuple[str, str] | None:
    """Heading and names of the person's part in OJT, as a newcomer before a trainer; None for whoever has none."""
    labels, words, ojt = view.labels, words_of(view), person.ojt
    if ojt is None:
        return None
    if ojt.newcomer is not None:
        names = labels("list.separator").join(words.person(pair.trainer, pair.place) for pair in ojt.newcomer.pairs)
        return labels("interview.profile.trainer"), names or words.chip(ojt.newcomer.status).word
    return labels("interview.profile.newcomers"), words.newcomers(ojt)


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
    learning = view.policy.learning
    for key, listed in (("theme_1", learning.themes), ("theme_2", learning.themes), ("way", learning.kinds)):
        row, col, cols = form.FIELDS[key]
        items = tuple(one.name for one in listed)
        if items:
            error = labels("interview.check.list")
            canvas.checks.append(ListCheck(top + row, col, top + row, col + cols - 1, items, error=error))
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
