"""The interview form: one sheet of paper a person, two sides, to talk over and send back. Only the yellow cells are open;
health stays out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hrbook.core.assessment import Assessed
from hrbook.core.calendar import first_day, last_day
from hrbook.sheets import form
from hrbook.sheets.book import Cell, DateCheck, ListCheck, Page, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.cited import review_clause
from hrbook.sheets.department.frame import page_of
from hrbook.sheets.department.interview_back import Back
from hrbook.sheets.department.interview_parts import COLUMN, Parts
from hrbook.sheets.department.ojt import words_of
from hrbook.sheets.department.places import Places
from hrbook.sheets.ojt_words import OjtWords
from hrbook.sheets.paper import capacity
from hrbook.sheets.view import DepartmentView
from hrbook.words import Labels

ORDER = 60

SEALS = 4  # at most
PARTS = ("abilities", "courses", "career", "goals", "scores", "attitudes", "talk")
DATES = {"talked_on": 1, "mid_on": 1, "end_on": 1, "next_on": 2}  # fiscal years that the date may lie in
GAP, THIN = 5.0, 2.25
HEIGHTS = {
    form.TITLE: 28.0,
    form.LABELS: 14.0,
    form.VALUES: 30.0,
    form.POST: 18.0,
    form.ABILITIES: 18.0,
    form.NOW: 20.0,
    form.NEXT: 18.0,
    form.FEELING: 22.0,
    form.COURSE_HEAD: 15.0,
    form.COURSES_MORE: 14.0,
    form.YEARS: 13.5,
    form.STRIP: 24.0,
    form.REASON: 16.0,
    form.LATER: 14.0,
    form.DECLARED: 14.0,
    34: 26.0,
    form.BACK: 26.0,
    form.UNIT_GOAL: 26.0,
    form.SCORED: 16.0,
    form.MARKS: 14.0,
    form.SCORES_BEFORE: 14.0,
    form.OWN_SCORE: 20.0,
    form.MANAGER_SCORE: 20.0,
    form.ATTITUDES: 18.0,
    form.ATTITUDE_GISTS: 28.0,
    form.TALK_HEAD + 1: 22.0,
    form.FOOTER: 14.0,
    **dict.fromkeys(form.HEADINGS, 20.0),
    **dict.fromkeys(form.GAPS, GAP),
    **dict.fromkeys(form.FIELD_HEADS, 14.0),
    **{form.BEHAVIOURS + n: 17.0 for n in range(form.BEHAVIOUR_ROWS)},
    **{form.COURSES + n: 20.0 for n in range(form.COURSE_ROWS)},
    **{form.BEFORE + n: 24.0 for n in range(form.BEFORE_ROWS)},
}
# rows that share what is left of their side of the paper, and in which proportion
FREE = {
    36: 3,
    **{form.GOAL_HEAD + n: 3 for n in form.GOALS},
    **{form.RECORD_HEAD + n: 3 for n in form.GOALS},
    form.ATTITUDE_HEAD + 1: 2,
    form.WELL_HEAD + 1: 4,
    form.OPINION_HEAD + 1: 3,
}
# rows of the front that take a part of what is left, once its text field has enough
GROWING = (
    *(form.NOW, form.NEXT, form.FEELING, form.STRIP, 34),
    *range(form.BEHAVIOURS, form.BEHAVIOURS + form.BEHAVIOUR_ROWS),
    *range(form.COURSES, form.COURSES + form.COURSE_ROWS),
)
ENOUGH, MOST, TALLEST = 110.0, 1.5, 400.0  # points of height; how far a row grows for looks; Excel takes no row above 409
SIDES = (range(form.BACK), range(form.BACK, form.ROWS))


def sheets(view: DepartmentView) -> tuple[Sheet, ...]:
    """The forms of `view.forms` below one another; no sheet where nobody's form stands in this book."""
    people = view.forms
    if not people:
        return ()
    labels = view.labels
    canvas = Canvas(labels("sheet.interview.name"), (*(COLUMN,) * form.COLUMNS, 0))
    paper = _paper(view, len(people))
    room = capacity(canvas.columns, paper)
    stamps, parts, places, link = _stamps(view), Parts(view), Places(view), labels("interview.back")
    back, words = Back(view, parts), words_of(view)
    for number, person in enumerate(people):
        top = number * form.ROWS
        empty = parts.put(canvas, top, person) | back.put(canvas, top, person)
        canvas.stamp(stamps, top)
        _profile(canvas, view, words, top, person)
        canvas.put(top, 10, link, "band_link", cols=2, link=places.staff(person))
        _checks(canvas, view, top)
        _fit(canvas, top, empty, room)
    return (canvas.sheet(paper, protected=True, tab="orange"),)


def _paper(view: DepartmentView, forms: int) -> Page:
    breaks = tuple(form.ROWS * n + side.start for n in range(forms) for side in SIDES if n or side.start)
    area = (0, 0, form.ROWS * forms - 1, form.COLUMNS - 1)
    base = page_of(view, "interview")
    return replace(base, landscape=False, row_breaks=breaks, area=area, margins=(0.45, 0.45, 0.6, 0.55))


def _stamp(row: int, col: int, value: str | None, look: str, cols: int = 1) -> Cell:
    """A cell that every form carries, relative to the form's top."""
    return Cell(row, col, value, look, 1, cols)


def _stamps(view: DepartmentView) -> tuple[Cell, ...]:
    """Everything that is the same on each form."""
    labels, reading = view.labels, view.reading
    title = labels("interview.unit", year=labels.fiscal_year(reading.year), unit=view.name)
    seals = _seals(view)
    made = [
        _stamp(form.TITLE, 0, labels("sheet.interview.title"), "title", 3),
        _stamp(form.TITLE, 3, title, "subtitle", 7),
        *_headings(view),
        *_heads(labels, "profile", form.LABELS, (("staff_id", 3, 1), ("title", 4, 2), ("service_year", 6, 1))),
        *_heads(labels, "profile", form.LABELS, (("stage", 7, 5 - len(seals)),)),
        *_heads(labels, "profile", form.POST, (("post", 0, 1), ("tier", 8, 1))),
        *_heads(labels, "field", 33, _entries("move", "when", "field_1", "field_2")),
        *_heads(labels, "field", 35, _entries("own_words", "theme_1", "theme_2", "way")),
        *_heads(labels, "field", form.GOAL_HEAD, form.PLAN),
        *_heads(labels, "field", form.RECORD_HEAD, form.RECORD),
        *_attitudes(view),
        *_heads(labels, "field", form.TALK_HEAD, _entries("talked_on", "mid_on", "end_on", "talked_with", "next_on")),
        *_heads(labels, "field", form.WELL_HEAD, _entries("doing_well", "next_ability")),
        *_heads(labels, "field", form.OPINION_HEAD, _entries("opinion")),
        *(_stamp(form.LABELS, form.COLUMNS - len(seals) + n, seal, "seal_head shrink") for n, seal in enumerate(seals)),
        *(_stamp(form.VALUES, form.COLUMNS - len(seals) + n, None, "seal_box") for n in range(len(seals))),
        _stamp(form.FOOTER, 0, _return(view), "caption", form.FORM_ID[1]),
    ]
    dates = dict.fromkeys(DATES, "input_date")
    single = dates | dict.fromkeys(("move", "when", "field_1", "field_2", "talked_with"), "input_center")
    single |= dict.fromkeys(("theme_1", "theme_2", "way"), "input_center small wrap")
    fields = {key: place for key, place in form.FIELDS.items() if key != "attitude_words" or view.policy.attitudes}
    made.extend(_stamp(row, col, None, single.get(key, "input"), cols) for key, (row, col, cols) in fields.items())
    return tuple(made)


def _headings(view: DepartmentView) -> list[Cell]:
    """The numbered headings of the parts; a policy without attitudes has no part on them."""
    labels = view.labels
    parts = [(key, row) for key, row in zip(PARTS, form.HEADINGS, strict=True) if key != "attitudes" or view.policy.attitudes]
    made = []
    for number, (key, row) in enumerate(parts, start=1):
        text = labels("interview.heading", number=labels(f"interview.number.{number}"), text=labels(f"interview.part.{key}"))
        note = labels(f"interview.note.{key}", clause=review_clause(labels, view.policy))
        made += [_stamp(row, 0, text, "h2", 5), _stamp(row, 5, note, "h2_note middle", 7)]
    return made


def _attitudes(view: DepartmentView) -> list[Cell]:
    """The staff image and the attitudes of the policy, side by side, each with its clause."""
    shown, labels = view.policy.attitudes[: form.ATTITUDES_MAX], view.labels
    made = []
    for place, one in enumerate(shown):
        col, end = (form.COLUMNS * n // len(shown) for n in (place, place + 1))
        name = labels("interview.attitude", name=one.name, clause=view.policy.place(one.clause))
        made.append(_stamp(form.ATTITUDES, col, name, "basic shrink", end - col))
        made.append(_stamp(form.ATTITUDE_GISTS, col, one.gist, "cell small center wrap", end - col))
    if shown:
        made += _heads(labels, "field", form.ATTITUDE_HEAD, _entries("attitude_words"))
    return made


def _seals(view: DepartmentView) -> tuple[str, ...]:
    return view.reading.approvals.get("interview", ())[:SEALS]


def _heads(labels: Labels, kind: str, row: int, heads: Sequence[tuple[str, int, int]]) -> list[Cell]:
    return [_stamp(row, col, labels(f"interview.{kind}.{key}"), "field_label shrink", cols) for key, col, cols in heads]


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


def _profile(canvas: Canvas, view: DepartmentView, words: OjtWords, top: int, person: Assessed) -> None:
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
    part = _ojt(labels, words, person)
    canvas.put(top + form.POST, 1, where, "field_value shrink", cols=4 if part else 7)
    if part:
        canvas.put(top + form.POST, 5, part[0], "field_label shrink")
        canvas.put(top + form.POST, 6, part[1], "field_value shrink", cols=2)
    canvas.put(top + form.POST, 9, person.digital.result.name or unknown, "field_value shrink", cols=3)
    again = labels("interview.again", name=employee.name, id=employee.staff_id)
    canvas.put(top + form.BACK, 0, labels("interview.title_back"), "title", cols=5)
    canvas.put(top + form.BACK, 5, again, "subtitle right", cols=form.COLUMNS - 5)
    canvas.put(top + form.FORM_ID[0], form.FORM_ID[1], number, "caption right tiny", cols=form.COLUMNS - form.FORM_ID[1])
    for row in form.KEYED_ROWS:
        canvas.put(top + row, form.KEY_COLUMN, form.row_key(form_id, row), "caption tiny")


def _ojt(labels: Labels, words: OjtWords, person: Assessed) -> tuple[str, str] | None:
    """Heading and names of the person's part in OJT, as a newcomer before a trainer; None for whoever has none."""
    ojt = person.ojt
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

    scored = top + form.OWN_SCORE, top + form.MANAGER_SCORE
    feeling = top + form.FEELING
    courses = top + form.COURSES
    canvas.checks.append(choose(feeling, form.ABILITY_COLUMN, feeling, form.COLUMNS - 1, "feeling", 3))
    canvas.checks.append(choose(scored[0], form.ABILITY_COLUMN, scored[1], form.COLUMNS - 1, "own_score", 5))
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
    for key, years in DATES.items():
        row, col, cols = form.FIELDS[key]
        last = last_day(year + years - 1)
        limits = {"first": labels.short_day(first_day(year)), "last": labels.short_day(last)}
        prompt, error = labels("interview.check.date_prompt", **limits), labels("interview.check.date", **limits)
        check = DateCheck(top + row, col, top + row, col + cols - 1, first_day(year), last, "", prompt, error)
        canvas.checks.append(check)


def _fit(canvas: Canvas, top: int, empty: set[int], room: float) -> None:
    """Heights of one form: rows without content are thin, what is left goes to the text fields, both sides are full. Where
    little stands on the front, its other rows grow first: a field for a few words need not be half a page."""
    heights = {row: THIN if row in empty else height for row, height in HEIGHTS.items()}
    for side in SIDES:
        free = {row: part for row, part in FREE.items() if row in side and row not in empty}
        left = room - sum(height for row, height in heights.items() if row in side) - 2
        grown = [row for row in GROWING if row in side and row not in empty]
        small = sum(heights[row] for row in grown)
        if grown and left > ENOUGH:
            more = max(1 + (left - TALLEST) / small, min(1 + (left - ENOUGH) / small, MOST))
            heights |= {row: int(heights[row] * more * 4) / 4 for row in grown}
            left -= sum(heights[row] for row in grown) - small
        share = sum(free.values())
        heights |= {row: min(TALLEST, max(20.0, int(left * part / share * 4) / 4)) for row, part in free.items()}
    heights |= {row: THIN for row in FREE if row in empty}
    canvas.heights.update({top + row: height for row, height in heights.items()})
