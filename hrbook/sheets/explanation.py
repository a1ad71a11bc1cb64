"""One A4 page that a person can be given: how one judgement came about; or, without a rule, every judgement in a line."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.assessment import Assessed
from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.explain import Chain
from hrbook.sheets.book import Book, Page, Sheet
from hrbook.sheets.canvas import Canvas, page_texts
from hrbook.sheets.marks import Chip, Marks, load_marks
from hrbook.sheets.view import View

WIDTHS = (4, 12, 15, 17, 15, 15, 13)
LAST = len(WIDTHS)
CELLS = 26  # rows of cells that the page has room for


def book(view: View, path: str, person: Assessed, chains: tuple[Chain, ...], *, whole: bool) -> Book:
    """The workbook as data, of one sheet. `whole`: every judgement in a line; else the single chain in full."""
    labels, reading = view.labels, view.reading
    sheet = _overview(view, person, chains) if whole else _chain(view, person, chains[0])
    return Book(
        path=path,
        title=labels("sheet.explanation.title"),
        subject=labels("audit.book.subject", policy=view.policy.title),
        company=reading.city,
        comments=labels("audit.book.comments", day=labels.day(reading.as_of)),
        sheets=(sheet,),
        custom={"hrbook-run": view.run.run_id, "hrbook-version": view.run.version},
    )


def _chain(view: View, person: Assessed, chain: Chain) -> Sheet:
    labels = view.labels
    canvas = _opened(view, person, labels("explanation.heading_of", title=chain.title, status=_marked(view, chain)))
    _section(canvas, labels("explanation.why"))
    _line(canvas, chain.why, "td_wrap bold")
    _section(canvas, labels("explanation.basis"))
    _line(canvas, labels("explanation.clause_line", citation=chain.citation, firm=chain.firm, gist=chain.gist), "td_wrap")
    if chain.caveat:
        _line(canvas, chain.caveat, "td_wrap muted")
    if chain.steps:
        _section(canvas, labels("explanation.steps"))
        for number, step in enumerate(chain.steps, start=1):
            canvas.put(canvas.row, 0, labels("explanation.number", number=number), "td_center small muted")
            canvas.put(canvas.row, 1, step, "td_wrap", cols=LAST - 1)
            canvas.row += 1
    if chain.changes or chain.turns:
        _section(canvas, labels("explanation.change"))
        for text in (*chain.changes, *([chain.turns] if chain.turns else [])):
            _line(canvas, text, "td_wrap")
    if chain.reading:
        _section(canvas, labels("explanation.reading"))
        for name, value in chain.reading:
            canvas.put(canvas.row, 0, name, "td_small muted", cols=2)
            canvas.put(canvas.row, 2, value, "td_wrap", cols=LAST - 2)
            canvas.row += 1
    _cells(view, canvas, chain)
    return _closed(view, canvas)


def _cells(view: View, canvas: Canvas, chain: Chain) -> None:
    labels = view.labels
    _section(canvas, labels("explanation.cells"))
    for col, cols, key in ((0, 2, "heading"), (2, 1, "raw"), (3, 2, "value"), (5, 2, "place")):
        canvas.put(canvas.row, col, labels(f"explanation.{key}"), "th2", cols=cols)
    canvas.row += 1
    for cell in chain.cells[:CELLS]:
        canvas.put(canvas.row, 0, cell.heading or None, "td_small shrink", cols=2)
        canvas.put(canvas.row, 2, cell.raw, "td_small shrink")
        canvas.put(canvas.row, 3, cell.value or None, "td_small shrink", cols=2)
        canvas.put(canvas.row, 5, cell.place, "code shrink", cols=2)
        canvas.row += 1
    if len(chain.cells) > CELLS:
        _line(canvas, labels("explanation.more", count=len(chain.cells) - CELLS), "caption")


def _overview(view: View, person: Assessed, chains: tuple[Chain, ...]) -> Sheet:
    labels = view.labels
    canvas = _opened(view, person, labels("explanation.all", count=len(chains)))
    for col, cols, key in ((0, 3, "rule"), (3, 1, "status"), (4, 2, "why"), (6, 1, "clause")):
        canvas.put(canvas.row, col, labels(f"explanation.{key}"), "th", cols=cols)
    canvas.heights[canvas.row] = 18
    canvas.row += 1
    marks = load_marks(labels)
    for chain in chains:
        row = canvas.row
        canvas.put(row, 0, chain.title, "td_small shrink", cols=3)
        chip = _chip(marks, chain)
        text, look = (chain.status, "td_center small") if chip is None else (chip.text, f"{chip.look} small shrink")
        canvas.put(row, 3, text, look)
        canvas.put(row, 4, chain.why, "td_wrap tiny", cols=2)
        canvas.put(row, 6, chain.citation, "code shrink")
        canvas.row += 1
    return _closed(view, canvas)


def _opened(view: View, person: Assessed, finding: str) -> Canvas:
    """The band with the person, and the judgement in one line."""
    labels, who = view.labels, person.employee
    canvas = Canvas(labels("sheet.explanation.name"), WIDTHS)
    canvas.put(0, 0, labels("sheet.explanation.title"), "title", cols=2)
    place = labels("explanation.post", department=who.post.bureau + who.post.department, title=who.title)
    service = "?" if person.service_year is None else person.service_year
    facts = labels("explanation.facts", service=service, as_of=labels.day(view.reading.as_of))
    canvas.put(0, 2, labels("explanation.person", staff_id=who.staff_id, name=who.name), "subtitle", cols=LAST - 2)
    canvas.put(1, 0, place, "band_small", cols=3)
    canvas.put(1, 3, facts, "band_small right", cols=LAST - 3)
    canvas.put(2, 0, finding, "finding large", cols=LAST)
    canvas.heights.update({0: 28, 1: 18, 2: 28})
    canvas.row = 3
    return canvas


def _closed(view: View, canvas: Canvas) -> Sheet:
    labels = view.labels
    contact = view.reading.submit_to or labels("explanation.contact")
    canvas.put(canvas.row, 0, labels("explanation.guide", contact=contact), "caption_wrap", cols=LAST)
    header, footer = page_texts(
        labels,
        view.run,
        labels.fiscal_year(view.reading.year),
        labels.short_day(view.reading.as_of),
        view.reading.city,
        labels("sheet.explanation.name"),
        "",
    )
    page = Page(landscape=False, fit_height=1, header=header, footer=footer)
    return replace(canvas.sheet(page, tab="navy"), zoom=110)


def _section(canvas: Canvas, text: str) -> None:
    canvas.put(canvas.row, 0, text, "h2", cols=LAST)
    canvas.heights[canvas.row] = 24
    canvas.row += 1


def _line(canvas: Canvas, text: str, look: str) -> None:
    canvas.put(canvas.row, 0, text, look, cols=LAST)
    canvas.row += 1


def _marked(view: View, chain: Chain) -> str:
    chip = _chip(load_marks(view.labels), chain)
    return chain.status if chip is None else chip.text


def _chip(marks: Marks, chain: Chain) -> Chip | None:
    """How the status looks; None for the rules that give a value."""
    if chain.kind == "rotation":
        return marks.rotation[RotationStatus(chain.status_code)]
    return marks.training[TrainingStatus(chain.status_code)] if chain.kind == "training" else None
