"""What those whose forms stand in the book wrote in their last ones, as the manager may see it. The head is not among them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

from hrbook.sheets import form
from hrbook.sheets.book import Sheet
from hrbook.sheets.came_back import Answer, answers, counts, latest_year
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.department.frame import band, page_of
from hrbook.sheets.form_fields import ANSWER, FEELING
from hrbook.sheets.view import DepartmentView
from hrbook.words import Labels

ORDER = 65
BODY = 4
COLUMNS = (
    ("staff_id", 9.5, "staff_id middle"),
    ("name", 14, "name shrink middle"),
    ("year", 15, "td_wrap small"),
    ("wish", 22, "td_wrap small"),
    ("words", 28, "td_wrap small"),
    ("goals", 30, "td_wrap small"),
    ("review", 28, "td_wrap small"),
    ("talk", 13, "td_wrap small"),
    ("growth", 28, "td_wrap small"),
    ("feeling", 34, "td_wrap small"),
)
TALKS = ("talked_on", "mid_on", "end_on")


def sheets(view: DepartmentView) -> tuple[Sheet, ...]:
    """One sheet; none where nothing came back yet."""
    year = latest_year(view.forms, view.reading.year)
    if year is None:
        return ()
    labels, found = view.labels, answers(view.forms, year)
    canvas = Canvas(labels("sheet.returned.name"), [width for _, width, _ in COLUMNS])
    counted = counts(found)
    facts = {"people": len(view.forms), "answered": counted["answered", ""]}
    facts |= {"move": counted["move", "1"], "talked": counted["talked_on", ""]}
    band(view, canvas, labels("sheet.returned.title"), labels("returned.finding", year=labels.fiscal_year(year), **facts))
    for col, (key, _, _) in enumerate(COLUMNS):
        canvas.put(BODY - 1, col, labels(f"returned.{key}"), "th")
    canvas.heights[BODY - 1] = 30
    for row, one in enumerate(found, start=BODY):
        texts = _texts(labels, one)
        for col, (key, _, look) in enumerate(COLUMNS):
            canvas.put(row, col, texts[key] or None, look)
    last = BODY + len(found)
    canvas.put(last, 0, labels("returned.note"), "caption_wrap", cols=len(COLUMNS))
    page = replace(page_of(view, "returned"), repeat_rows=(0, BODY - 1))
    return (canvas.sheet(page, freeze=(BODY, 2), tab="orange"),)


def _texts(labels: Labels, one: Answer) -> dict[str, str]:
    who = one.person.employee

    def lines(*fields: str) -> str:
        return "\n".join(text for field in fields if (text := one.text(field)))

    def numbered(*fields: str) -> str:
        found = [(number, lines(*(f"{field}_{number}" for field in fields))) for number in (1, 2)]
        return "\n".join(labels("returned.numbered", number=n, text=text) for n, text in found if text)

    marks = [*_chosen(labels, one, FEELING), *_scores(labels, one), *_chosen(labels, one, ANSWER)]
    return {
        "staff_id": who.staff_id,
        "name": who.name,
        "year": labels("returned.year_and_sender", year=labels.fiscal_year(one.year), sender=one.sender),
        "wish": lines("move", "when", "field_1", "field_2", "theme_1", "theme_2", "way"),
        "words": lines("own_words"),
        "goals": numbered("aim", "plan", "do"),
        "review": numbered("mid", "check", "act"),
        "talk": "\n".join(_day(labels, field, text) for field in TALKS if (text := one.text(field))),
        "growth": lines("doing_well", "next_ability", "attitude_words"),
        "feeling": "\n".join(marks),
    }


def _chosen(labels: Labels, one: Answer, field: str) -> list[str]:
    """What was chosen of which items: a line a choice."""
    separator = labels("list.separator")
    return [labels("returned.of_items", value=value, items=separator.join(items)) for value, items in one.by_choice(field)]


def _scores(labels: Labels, one: Answer) -> list[str]:
    """The scores, own and the manager's, of every ability in one line."""
    given = {field: dict(one.items(field)) for field in form.SCORE_ROWS}
    items = dict.fromkeys(item for scores in given.values() for item in scores)
    unknown = labels("interview.unknown")
    pairs = [
        labels("returned.score", item=item, **{field: scores.get(item, unknown) for field, scores in given.items()})
        for item in items
    ]
    return [labels("returned.scores", list=labels("list.separator").join(pairs))] if pairs else []


def _day(labels: Labels, field: str, text: str) -> str:
    """Which talk it was and its day; what is no day stands as it was written."""
    with suppress(ValueError):
        text = labels.short_day(date.fromisoformat(text))
    return labels(f"returned.day.{field}", day=text)
