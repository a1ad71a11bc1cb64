"""Hires by route and kind over ten years, and who has stayed (policy chapter 5, section 1)."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.recruitment import STAY, Cohort, Recruitment, recruitment
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.organisation.desk import Desk

ORDER = 72
HEAD, BODY = 3, 5
ROUTES = 6  # columns of routes; the rest stand together


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet: a row for each fiscal year of hire."""
    labels, reading = desk.labels, desk.reading
    words = reading.rotation.midcareer_routes
    told = recruitment(desk.view.assessment.roster.employees, reading.year, reading.as_of, words)
    routes = told.routes()[:ROUTES]
    wide = len(routes) + (1 if len(told.routes()) > ROUTES else 0)
    canvas = Canvas(desk.sheet_name("org_recruit"), (12, 10, *(15,) * wide, 11, 11, 11, 11, 10, 10, 14))
    desk.band(canvas, "org_recruit", _finding(desk, told))
    _heads(desk, canvas, told, routes, wide)
    row = BODY
    for cohort in told.cohorts:
        _line(desk, canvas, row, told, cohort, routes, wide)
        row += 1
    note = labels("org.recruit.note", years=STAY, unread=told.unread)
    canvas.put(row, 0, note, "caption_wrap", cols=len(canvas.columns))
    return (canvas.sheet(replace(desk.page("org_recruit"), fit_height=1), freeze=(BODY, 1), tab="blue"),)


def _heads(desk: Desk, canvas: Canvas, told: Recruitment, routes: tuple[str, ...], wide: int) -> None:
    labels = desk.labels
    for col, key in enumerate(("year", "people")):
        canvas.put(HEAD, col, labels(f"org.recruit.{key}"), "th", rows=2)
    if wide:
        canvas.put(HEAD, 2, labels("org.recruit.route"), "th_dark", cols=wide)
        names = [route or labels("org.recruit.no_route") for route in routes]
        canvas.line(HEAD + 1, 2, [*names, *([labels("org.recruit.other")] if wide > len(routes) else [])], "th2")
    col = 2 + wide
    canvas.put(HEAD, col, labels("org.recruit.midcareer"), "th_dark", cols=2)
    family = told.general or labels("org.recruit.no_family")
    canvas.put(HEAD, col + 2, labels("org.recruit.special", family=family), "th_dark", cols=2)
    for at in (col, col + 2):
        canvas.line(HEAD + 1, at, [labels("org.recruit.number"), labels("org.recruit.share")], "th2")
    canvas.put(HEAD, col + 4, labels("org.recruit.stay"), "th_dark", cols=3)
    canvas.line(HEAD + 1, col + 4, [labels(f"org.recruit.{key}", years=STAY) for key in ("there", "left", "stayed")], "th2")
    canvas.heights.update({HEAD: 20, HEAD + 1: 32})


def _line(desk: Desk, canvas: Canvas, row: int, told: Recruitment, cohort: Cohort, routes: tuple[str, ...], wide: int) -> None:
    canvas.put(row, 0, desk.labels.fiscal_year(cohort.year), "td bold shrink")
    counts = [cohort.routes.get(route, 0) for route in routes]
    rest = [cohort.people - sum(counts)] if wide > len(routes) else []
    canvas.line(row, 1, [cohort.people, *counts, *rest], "td center integer_dash")
    special = cohort.people - cohort.families.get(told.general, 0)
    for col, number in ((2 + wide, cohort.midcareer), (4 + wide, special)):
        canvas.put(row, col, number, "td center integer_dash")
        canvas.put(row, col + 1, None if number is None else _part(number, cohort.people), "td center percent")
    canvas.line(row, 6 + wide, [cohort.people - cohort.left, cohort.left], "td center integer_dash")
    stayed = None if cohort.stayed is None else _part(cohort.stayed, cohort.people)
    canvas.put(row, 8 + wide, stayed, "td center percent")
    canvas.heights[row] = 18


def _finding(desk: Desk, told: Recruitment) -> str:
    labels = desk.labels
    first, last = told.cohorts[0].year, told.cohorts[-1].year
    known = [cohort.midcareer for cohort in told.cohorts if cohort.midcareer is not None]
    special = sum(cohort.people - cohort.families.get(told.general, 0) for cohort in told.cohorts)
    mid = labels.share(sum(known), told.people) if known else labels("org.recruit.not_set")
    other = labels.share(special, told.people)
    family = told.general or labels("org.recruit.no_family")
    years = {"first": labels.fiscal_year(first), "last": labels.fiscal_year(last)}
    return labels("org.recruit.finding", **years, people=f"{told.people:,}", family=family, mid=mid, other=other)


def _part(number: int, whole: int) -> float | None:
    return round(number / whole, 3) if whole else None
