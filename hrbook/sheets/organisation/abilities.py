"""Who needs what: people for whom an ability is especially required, departments x abilities, as heat."""

from __future__ import annotations

from dataclasses import replace

from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas, breaks
from hrbook.sheets.organisation.desk import FEW, Desk, heat, list_departments

ORDER = 40
HEAD = 3
BODY = 4
HEIGHT = 18.0


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet: numbers are people, the shade is their share of the department."""
    labels, table = desk.labels, desk.summary.abilities
    abilities = desk.policy.competency.abilities
    canvas = Canvas(desk.sheet_name("org_abilities"), (18, 26, 8, *(10.4,) * len(abilities)))
    desk.band(canvas, "org_abilities", _finding(desk))
    for col, key in enumerate(("level.bureau", "level.department", "org.departments.people")):
        canvas.put(HEAD, col, labels(key), "th")
    canvas.line(HEAD, 3, [a.short or a.name for a in abilities], "th")
    canvas.heights[HEAD] = 32
    for at in list_departments(desk, canvas, BODY, HEIGHT):
        for col, value in enumerate(table.row(at.department.key), start=3):
            canvas.put(at.row, col, value or None, heat(value, len(at.department.people), FEW) + at.edge)
    row = BODY + len(desk.departments)
    canvas.put(row, 0, labels("org.departments.total"), "totals_label", cols=2)
    canvas.line(row, 2, [sum(len(d.people) for d in desk.departments), *table.totals()], "totals")
    canvas.heights[row] = 22
    canvas.put(row + 1, 0, labels("org.abilities.scale"), "caption", cols=3)
    for step in range(5):
        canvas.put(row + 1, 3 + 2 * step, labels(f"org.abilities.step{step}"), f"heat{step}", cols=2 if step < 4 else 1)
    canvas.heights[row + 1] = 20
    canvas.put(row + 2, 0, labels("org.abilities.note"), "caption_wrap", cols=len(canvas.columns))
    page = replace(desk.page("org_abilities"), repeat_rows=(HEAD, HEAD))
    page = replace(page, row_breaks=breaks(canvas, page, BODY, [HEIGHT] * len(desk.departments), 64))
    return (canvas.sheet(page, freeze=(BODY, 3), tab="blue"),)


def _finding(desk: Desk) -> str:
    labels, table = desk.labels, desk.summary.abilities
    names = {a.id: a.name for a in desk.policy.competency.abilities}
    ranked = sorted(zip(table.totals(), map(str, table.columns), strict=True), key=lambda pair: (-pair[0], pair[1]))
    if not ranked or not ranked[0][0]:
        return labels("org.abilities.finding_none")
    most = labels("org.figures.join").join(
        labels("org.abilities.needed", ability=names[ability], people=f"{count:,}") for count, ability in ranked[:3] if count
    )
    return labels("org.abilities.finding", people=f"{sum(len(d.people) for d in desk.departments):,}", most=most)
