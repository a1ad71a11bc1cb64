"""The anonymous form: one page, one answer a question, chosen from a list. It knows the department and nobody's name.

A hidden column says in every row which survey, department and question it belongs to, so that a form that was moved,
sorted or saved by another program can still be read."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from hrbook.core.safe_aggregates import Unit
from hrbook.core.survey import Answers
from hrbook.sheets.book import Book, ListCheck, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.survey.frame import Frame

WIDTHS = (0, 5, 66, 25)  # the hidden key, number, question, answer
KEY, NUMBER, TEXT, ANSWER = range(4)
TOKEN = re.compile(r"^hrs:([0-9a-f]{12}):([0-9a-f]{12}):([A-Za-z0-9_]+)$")
FIRST = 6


def unit_key(number: str, unit: Unit) -> str:
    """What stands for a department in the forms of one survey."""
    return hashlib.sha256("\n".join((number, *unit)).encode()).hexdigest()[:12]


def token(number: str, unit: Unit, question: str) -> str:
    """The hidden key of one question's row."""
    return f"hrs:{number}:{unit_key(number, unit)}:{question}"


def answer_text(value: int, words: str) -> str:
    """An answer as it stands in the list: its number, then its words."""
    return f"{value} {words}"


def form_book(frame: Frame, unit: Unit, path: str, answers: Answers = (), sample: str = "") -> Book:
    """The form of a department. `unit` is (bureau, department); with `answers`, filled in, as the sample numbered `sample`."""
    labels = frame.labels
    title = labels("survey.form_title", year=labels.fiscal_year(frame.year))
    custom = {"hrbook-form": "survey", **({"hrbook-sample": sample} if sample else {})}
    return frame.book(path, title, (_sheet(frame, unit, answers),), custom)


def _sheet(frame: Frame, unit: Unit, answers: Answers) -> Sheet:
    labels, survey = frame.labels, frame.survey
    canvas = Canvas(frame.sheet_name("survey_form"), WIDTHS)
    canvas.put(0, NUMBER, labels("sheet.survey_form.title"), "title", cols=3)
    canvas.put(1, NUMBER, labels("survey.form.finding", unit=frame.unit(unit)), "finding", cols=3)
    canvas.heights.update({0: 30, 1: 24, 2: 6})
    canvas.put(3, NUMBER, labels("survey.form.note", least=survey.care.least), "paragraph", cols=3)
    canvas.heights.update({3: 62, 4: 6})
    canvas.line(FIRST - 1, NUMBER, [labels(f"survey.form.{key}") for key in ("number", "question", "answer")], "th")
    items = tuple(answer_text(value, words) for value, words in survey.choices.items())
    for place, question in enumerate(survey.questions):
        row = FIRST + place
        canvas.put(row, KEY, token(frame.number, unit, question.id), "code")
        canvas.put(row, NUMBER, place + 1, "td_center")
        canvas.put(row, TEXT, question.text, "td_wrap")
        value = answers[place] if answers else None
        canvas.put(row, ANSWER, None if value is None else answer_text(value, survey.choices[value]), "input_center")
        canvas.heights[row] = 30
    last = FIRST + len(survey.questions) - 1
    hint = labels("survey.form.choose")
    canvas.checks.append(ListCheck(FIRST, ANSWER, last, ANSWER, items, prompt_title=labels("survey.form.answer"), prompt=hint))
    canvas.put(last + 2, NUMBER, labels("survey.form.thanks"), "caption_wrap", cols=3)
    page = replace(frame.page("survey_form", landscape=False), fit_height=1)
    sheet = canvas.sheet(page, freeze=(FIRST, 0), protected=True, tab="blue")
    return replace(sheet, active=(FIRST, ANSWER))
