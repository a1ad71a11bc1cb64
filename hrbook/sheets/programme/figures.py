"""What each figure means, what it was counted from, and its way through the years."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.indicators import SURVEY, Figure, Kind, kind_of
from hrbook.sheets.book import DataColumn, DataSheet, Sheet, Value
from hrbook.sheets.canvas import breaks
from hrbook.sheets.paper import AROUND, text_height
from hrbook.sheets.programme.desk import Desk, look_of

ORDER = 20
HEAD, BODY = 3, 4
LOW, NOTE = 18.0, 44.0  # points of a row, of the note below
NAME, ABOUT = "td_wrap bold", "td_wrap small"  # looks of the texts that may need several lines
MOST = 5  # years that are shown; the table of the figures has all
KINDS = (
    ("year", "integer", 12), ("id", "text", 24), ("name", "text", 46), ("kind", "text", 10), ("part", "integer", 16),
    ("whole", "integer", 16), ("value", "number", 24), ("bound", "text", 10),
)  # fmt: skip
GOALS = (
    ("number", "text", 10), ("measure", "text", 40), ("clause_id", "text", 12), ("owner", "text", 24), ("id", "text", 24),
    ("goal_year", "integer", 16), ("goal_value", "number", 24),
)  # fmt: skip


def sheets(desk: Desk) -> tuple[Sheet | DataSheet, ...]:
    """The definitions with the values, and both tables for machines."""
    return (_definitions(desk), _data(desk), _goals(desk))


def _shown(desk: Desk) -> list[Figure]:
    """The figures of this run; of the survey the topics only, not each question."""
    return [f for f in desk.now.figures if not f.id.startswith(SURVEY) or f.id.removeprefix(SURVEY) in desk.topics]


def _definitions(desk: Desk) -> Sheet:
    labels = desk.labels
    pasts = desk.pasts[-MOST:]
    widths = (38, 84, 13, *(10,) * len(pasts), 15, 10, 10)
    found = _shown(desk)
    told = sum(figure.value is not None for figure in found)
    finding = labels("programme.figures_finding", count=len(found), told=told, years=len(pasts))
    canvas = desk.canvas("programme_figures", widths, finding)
    desk.heads(canvas, HEAD, ("indicator", "about", "measures"))
    years = [labels.short_year(past.year) for past in pasts]
    rest = [labels(f"programme.{key}") for key in ("change", "part", "whole")]
    canvas.line(HEAD, 3, [*years, *rest], "th")
    used: dict[str, list[str]] = {}
    for item in desk.items:
        used.setdefault(item.indicator, []).append(item.id)
    row = BODY
    for figure in found:
        canvas.put(row, 0, desk.name(figure.id), NAME)
        canvas.put(row, 1, desk.about(figure.id), ABOUT)
        canvas.put(row, 2, labels("list.separator").join(used.get(figure.id, ())) or None, "td_center small")
        for col, past in enumerate(pasts, start=3):
            canvas.put(row, col, desk.said(past.figure(figure.id)), f"td center shrink {look_of(figure.id)}")
        col = 3 + len(pasts)
        canvas.put(row, col, _change(desk, figure), "td_center small")
        counted = figure.kind is Kind.SHARE
        canvas.put(row, col + 1, figure.part if figure.kind is not Kind.MEAN else None, "td center integer")
        canvas.put(row, col + 2, figure.whole if counted or figure.kind is Kind.MEAN else None, "td center integer")
        tallest = max(text_height(desk.name(figure.id), widths[0], NAME), text_height(desk.about(figure.id), widths[1], ABOUT))
        canvas.heights[row] = max(LOW, tallest + 2 * AROUND)
        row += 1
    notes = ["figures_note", *(() if desk.before else ("no_before",)), *(() if _survey(found) else ("no_survey",))]
    text = " ".join(labels(f"programme.{key}", people=f"{desk.people:,}", units=desk.units) for key in notes)
    canvas.put(row, 0, text, "caption_wrap", cols=len(widths))
    page = replace(desk.page("programme_figures"), repeat_rows=(HEAD, HEAD))
    heights = [canvas.heights[place] for place in range(BODY, row)]
    page = replace(page, row_breaks=breaks(canvas, page, BODY, heights, NOTE))
    return canvas.sheet(page, freeze=(BODY, 1), tab="blue")


def _survey(found: list[Figure]) -> bool:
    return any(figure.id.startswith(SURVEY) for figure in found)


def _change(desk: Desk, figure: Figure) -> str | None:
    """What changed since the run before, in words."""
    before = desk.before.figure(figure.id) if desk.before else None
    if before is None or before.value is None or figure.value is None or before.end or figure.end:
        return None
    return desk.apart(kind_of(figure.id), figure.value - before.value)


def _data(desk: Desk) -> DataSheet:
    """Every figure of every year that is known, of surveys each question as well."""
    rows: list[tuple[Value, ...]] = []
    for past in desk.pasts:
        for figure in past.figures:
            value = None if figure.value is None else round(float(figure.value), 6)
            part = figure.part if figure.kind is not Kind.MEAN else None
            whole = figure.whole if figure.kind is not Kind.PEOPLE else None
            bound = {1: "least", -1: "most"}.get(figure.end)
            rows.append((past.year, figure.id, desk.name(figure.id), figure.kind.value, part, whole, value, bound))
    return _table(desk, "programme_data", KINDS, rows)


def _goals(desk: Desk) -> DataSheet:
    """Every measure with each of its goals; one row without a goal where it has none."""
    rows: list[tuple[Value, ...]] = []
    first = desk.reading.programme.first_year
    for item in desk.items:
        head = (item.id, item.name, item.clause or None, item.owner or None, item.indicator or None)
        goals = [(place, goal) for place, goal in enumerate(item.goals) if goal is not None and first is not None]
        rows += [(*head, (first or 0) + place, round(float(goal), 6)) for place, goal in goals] or [(*head, None, None)]
    return _table(desk, "programme_goals", GOALS, rows)


def _table(desk: Desk, sheet: str, kinds: tuple[tuple[str, str, float], ...], rows: list[tuple[Value, ...]]) -> DataSheet:
    columns = tuple(DataColumn(desk.labels(f"programme.data.{key}"), kind, width) for key, kind, width in kinds)
    return DataSheet(desk.labels(f"sheet.{sheet}.name"), columns, rows, desk.page(sheet), tab="grey")
