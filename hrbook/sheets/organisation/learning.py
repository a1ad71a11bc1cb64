"""Self-development and outside training over the whole organisation (policy chapter 5, section 2): what is on record by kind,
and what people wish to learn by theme and rank. Cells with few people behind them are hidden so that nothing recovers them."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.learning import Demand, demand, hidden, kinds_of, learnt
from hrbook.core.learning_policy import LearningChoice
from hrbook.core.source import Basis
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.care import load_care
from hrbook.sheets.organisation.desk import Desk, heat, share

ORDER = 74
YEARS = 5  # fiscal years shown of the records
COLUMNS = (26, 24, *(11,) * 10)
HEIGHT = 18.0


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet; none where nothing is on record and nobody named a theme."""
    people = [p.employee for d in desk.departments for p in d.people]
    wishes, as_of = demand(people, desk.reading.year), desk.reading.as_of
    if not wishes.people and not any(learnt(person, as_of) for person in people):
        return ()
    canvas = Canvas(desk.sheet_name("org_learning"), COLUMNS)
    _top(desk, canvas, wishes, sum(1 for person in people if learnt(person, as_of)))
    _kinds(desk, canvas)
    _themes(desk, canvas, wishes)
    _ways(desk, canvas, wishes)
    place = desk.policy.place(desk.policy.learning.clause)
    note = desk.labels("org.learning.note", clause=place, least=load_care().least)
    canvas.put(canvas.row, 0, note, "caption_wrap", cols=len(COLUMNS))
    return (canvas.sheet(replace(desk.page("org_learning"), fit_height=1), freeze=(2, 0), tab="blue"),)


def _top(desk: Desk, canvas: Canvas, wishes: Demand, learners: int) -> None:
    labels = desk.labels
    text = labels("org.learning.learners", people=f"{learners:,}")
    if wishes.year is not None:
        facts = {"year": labels.fiscal_year(wishes.year), "wishing": f"{wishes.people:,}"}
        text += labels("org.learning.wishing", **facts)
    best = max(desk.policy.learning.themes, key=lambda theme: _sum(wishes, theme), default=None)
    if best is not None and _sum(wishes, best) >= load_care().least:
        text += labels("org.learning.most", theme=best.name, people=f"{_sum(wishes, best):,}")
    desk.band(canvas, "org_learning", text)


def _sum(wishes: Demand, theme: LearningChoice) -> int:
    return sum(wishes.by_theme.get(theme.id, {}).values())


def _kinds(desk: Desk, canvas: Canvas) -> None:
    """Records by kind and fiscal year."""
    labels, reading, learning = desk.labels, desk.reading, desk.policy.learning
    years = range(reading.year - YEARS + 1, reading.year + 1)
    found = kinds_of((p.employee for d in desk.departments for p in d.people), years, reading.as_of)
    head = canvas.row
    canvas.put(head, 0, labels("org.learning.kinds"), "h2", cols=len(COLUMNS))
    heads = [labels("org.learning.kind"), labels("org.learning.clause"), *(labels.short_year(year) for year in years)]
    heads += [labels(f"org.learning.{key}") for key in ("earlier", "records", "people", "paid", "paid_share")]
    canvas.line(head + 1, 0, heads, "th")
    canvas.heights.update({head: 24, head + 1: 32})
    canvas.row = head + 2
    listed: list[tuple[str | None, str, str]] = [(k.id, k.name, _cited(desk, k)) for k in learning.kinds]
    if None in found:
        listed.append((None, labels("learning.no_kind"), ""))
    for kind, name, cited in listed:
        counted = found.get(kind)
        by_year = {} if counted is None else counted.by_year
        rows, people, paid = (0, 0, 0) if counted is None else (counted.rows, counted.people, counted.subsidised)
        canvas.put(canvas.row, 0, name, "td bold shrink")
        canvas.put(canvas.row, 1, cited or None, "td_small shrink")
        numbers = [*(by_year.get(year, 0) for year in years), by_year.get(None, 0), rows, people, paid]
        canvas.line(canvas.row, 2, numbers, "td center integer_dash")
        canvas.put(canvas.row, 2 + len(numbers), share(paid, rows), "td center percent")
        canvas.heights[canvas.row] = HEIGHT
        canvas.row += 1
    canvas.heights[canvas.row] = 8
    canvas.row += 1


def _cited(desk: Desk, choice: LearningChoice) -> str:
    """The clause of a choice, with how certain it is where the policy does not say it outright."""
    place = desk.policy.place(choice.clause)
    if choice.basis is Basis.STATED:
        return place
    return desk.labels("org.learning.cited", place=place, basis=desk.labels(f"basis.{choice.basis.value}"))


def _themes(desk: Desk, canvas: Canvas, wishes: Demand) -> None:
    """Wishes by theme and rank, the most wished for first."""
    if wishes.year is None:
        return
    labels, least = desk.labels, load_care().least
    ranks = [*desk.policy.rank_ids, None]
    head = canvas.row
    title = labels("org.learning.themes", year=labels.fiscal_year(wishes.year), people=f"{wishes.people:,}")
    canvas.put(head, 0, title, "h2", cols=len(COLUMNS))
    names = [desk.policy.rank_name(rank) or labels("org.unknown") for rank in ranks]
    heads = [labels("org.learning.theme"), labels("org.learning.clause"), labels("org.learning.total"), *names]
    canvas.line(head + 1, 0, heads, "th")
    canvas.heights.update({head: 24, head + 1: 24})
    canvas.row = head + 2
    themes = sorted(desk.policy.learning.themes, key=lambda theme: -_sum(wishes, theme))
    top = max((_sum(wishes, theme) for theme in themes), default=0)
    for theme in themes:
        cells = [wishes.by_theme.get(theme.id, {}).get(rank, 0) for rank in ranks]
        gone, no_sum = hidden(cells, least)
        canvas.put(canvas.row, 0, theme.name, "td bold shrink")
        canvas.put(canvas.row, 1, _cited(desk, theme), "td_small shrink")
        canvas.put(canvas.row, 2, labels("survey.hidden") if no_sum else sum(cells), "td center bold integer_dash")
        for place, count in enumerate(cells):
            if place in gone:
                canvas.put(canvas.row, 3 + place, labels("survey.hidden"), "td_center muted")
            else:
                canvas.put(canvas.row, 3 + place, count, f"{heat(count, top)} integer_dash")
        canvas.heights[canvas.row] = HEIGHT
        canvas.row += 1
    canvas.heights[canvas.row] = 8
    canvas.row += 1


def _ways(desk: Desk, canvas: Canvas, wishes: Demand) -> None:
    """How people wish to learn."""
    if not wishes.ways:
        return
    labels, kinds = desk.labels, desk.policy.learning.kinds
    counts = [wishes.ways.get(kind.id, 0) for kind in kinds]
    gone, _ = hidden(counts, load_care().least)
    canvas.put(canvas.row, 0, labels("org.learning.ways"), "h2", cols=len(COLUMNS))
    canvas.line(
        canvas.row + 1, 0, [labels("org.learning.way"), labels("org.learning.clause"), labels("org.learning.people")], "th"
    )
    canvas.heights.update({canvas.row: 24, canvas.row + 1: 24})
    canvas.row += 2
    for place, kind in enumerate(kinds):
        canvas.put(canvas.row, 0, kind.name, "td bold shrink")
        canvas.put(canvas.row, 1, _cited(desk, kind), "td_small shrink")
        shown = labels("survey.hidden") if place in gone else counts[place]
        canvas.put(canvas.row, 2, shown, "td center integer_dash")
        canvas.heights[canvas.row] = HEIGHT
        canvas.row += 1
