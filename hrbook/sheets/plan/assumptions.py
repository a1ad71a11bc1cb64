"""What the outlook supposes: promotions, hires, retirement, with what the history shows and what the city set."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hrbook.core.calendar import first_day
from hrbook.core.plan_policy import CASES
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.plan.desk import Desk

ORDER = 40
WIDTHS = (16, 15, 11, 11, 11, *(13,) * 5, 12)
SAID = ("taken", "longest", "retire", "leave", "step_down", "rules", "range")


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet: promotions by rank, hires by year, and the rest in sentences."""
    labels, told = desk.labels, desk.plan.forecast
    assumed = told.assumed
    sources = [labels(f"plan.assumed.{'set' if own else 'seen'}") for own in (assumed.promotions_set, assumed.hires_set)]
    finding = labels("plan.assumed.finding", promotions=sources[0], hires=sources[1])
    canvas = desk.canvas("plan_assumed", WIDTHS, finding)
    canvas.row = 3
    _promotions(desk, canvas, sources[0])
    _hires(desk, canvas, sources[1])
    _people(desk, canvas)
    canvas.put(canvas.row, 0, labels("plan.assumed.said"), "h2", cols=len(WIDTHS))
    canvas.heights[canvas.row] = 24
    canvas.row += 1
    for key in SAID:
        canvas.put(canvas.row, 0, labels(f"plan.assumed.{key}"), "td_wrap", cols=len(WIDTHS))
        canvas.row += 1
    return (canvas.sheet(replace(desk.page("plan_assumed"), fit_height=1), tab="blue"),)


def _promotions(desk: Desk, canvas: Canvas, source: str) -> None:
    labels, assumed = desk.labels, desk.plan.forecast.assumed
    ranks = {rank.id: rank.name for rank in desk.view.policy.ranks}
    years = [year for year, _, _ in assumed.risen[0].years] if assumed.risen else []
    _section(desk, canvas, "promotions", ("rank", "window", *CASES), [labels.short_year(y) for y in years], "usual")
    seen = {r.rank: r for r in assumed.risen}
    for said in assumed.promotions:
        row, shown = canvas.row, seen.get(said.rank)
        canvas.put(row, 0, ranks[said.rank], "td bold")
        last = labels("plan.assumed.open") if said.last is None else said.last
        everybody = said.first == 1 and said.last is None
        window = labels("plan.assumed.all") if everybody else labels("plan.assumed.from_to", first=said.first, last=last)
        canvas.put(row, 1, window, "td_center")
        canvas.line(row, 2, [_percent(said.share.of(case)) for case in CASES], "td center percent1")
        rows = shown.years if shown else ()
        canvas.line(row, 5, [labels("plan.assumed.of", up=up, people=f"{there:,}") for _, up, there in rows], "td_center")
        usual = shown.usual if shown else None
        canvas.put(row, 10, usual, "td center nth_year")
        canvas.heights[row] = 18
        canvas.row += 1
    canvas.put(canvas.row, 0, labels("plan.assumed.promotions_note", source=source), "caption_wrap", cols=len(WIDTHS))
    canvas.row += 2


def _hires(desk: Desk, canvas: Canvas, source: str) -> None:
    labels, assumed = desk.labels, desk.plan.forecast.assumed
    _section(desk, canvas, "hires", ("", "", *CASES), [labels.short_year(y) for y, _ in assumed.hired], "")
    row = canvas.row
    canvas.put(row, 0, labels("plan.assumed.hired"), "td bold", cols=2)
    canvas.line(row, 2, [assumed.hires.of(case) for case in CASES], "td center integer")
    canvas.line(row, 5, [count for _, count in assumed.hired], "td center integer")
    canvas.put(row, 10, None, "td")
    canvas.heights[row] = 18
    canvas.put(row + 1, 0, labels("plan.assumed.hires_note", source=source), "caption_wrap", cols=len(WIDTHS))
    canvas.row += 3


def _people(desk: Desk, canvas: Canvas) -> None:
    """Staff and promotions that every case comes to."""
    labels, told = desk.labels, desk.plan.forecast
    ranks = {rank.id: rank.name for rank in desk.view.policy.ranks}
    row = canvas.row
    canvas.put(row, 0, labels("plan.assumed.result"), "h2", cols=len(WIDTHS))
    canvas.put(row + 1, 0, labels("plan.assumed.number"), "th", cols=2)
    for number, year in enumerate(told.years[:9]):
        canvas.put(row + 1, 2 + number, labels.short_day(first_day(year)), "th")
    canvas.heights.update({row: 24, row + 1: 22})
    row += 2
    canvas.put(row, 0, labels("plan.assumed.staff"), "td bold", cols=2)
    canvas.line(row, 2, [desk.range(band) for band in told.staff[:9]], "td_center shrink")
    for rank, bands in told.rises.items():
        row += 1
        canvas.put(row, 0, labels("plan.assumed.rising", rank=ranks[rank]), "td", cols=2)
        canvas.line(row, 2, [None, *(desk.range(band) for band in bands[:8])], "td_center shrink")
    canvas.row = row + 2


def _section(desk: Desk, canvas: Canvas, part: str, keys: tuple[str, ...], years: list[str], last: str) -> None:
    labels, row = desk.labels, canvas.row
    canvas.put(row, 0, labels(f"plan.assumed.{part}"), "h2", cols=len(WIDTHS))
    for col, key in enumerate(keys):
        canvas.put(row + 1, col, labels(f"plan.assumed.{key}") if key else None, "th", rows=2)
    canvas.put(row + 1, 5, labels("plan.assumed.history"), "th_grey", cols=5)
    canvas.line(row + 2, 5, years, "th2")
    canvas.put(row + 1, 10, labels(f"plan.assumed.{last}") if last else None, "th", rows=2)
    canvas.heights.update({row: 24, row + 1: 20, row + 2: 18})
    canvas.row = row + 3


def _percent(share: Fraction) -> float:
    return float(share)
