"""From where to where people moved between bureaus in the latest fiscal years."""

from __future__ import annotations

from dataclasses import replace

from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.organisation.desk import Desk, heat
from hrbook.summary import HIRED, SECONDED, Key

ORDER = 60
HEAD = 4
BODY = 6
NAME, TOTAL = 22.0, 7.0
WHOLE = 150.0  # characters of a page's width
NARROW, BROAD = 5.6, 24.0  # of a bureau's column


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet: rows are where people came from, columns where they went."""
    labels, table = desk.labels, desk.summary.flow
    across = len(table.columns)
    number = min(BROAD, max(NARROW, (WHOLE - NAME - TOTAL) / max(1, across)))
    canvas = Canvas(desk.sheet_name("org_flow"), (NAME, *(number,) * across, TOTAL))
    desk.band(canvas, "org_flow", _finding(desk))
    years = desk.summary.flow_years
    span = labels("org.flow.years", first=labels.fiscal_year(years[0]), last=labels.day(desk.reading.as_of))
    canvas.put(3, 0, span, "caption", cols=across + 2)
    canvas.put(HEAD, 0, labels("org.flow.from"), "th", rows=2)
    canvas.put(HEAD, 1, labels("org.flow.to"), "th_dark", cols=across)
    canvas.put(HEAD, across + 1, labels("org.flow.total"), "th", rows=2)
    names = [_name(desk, key) for key in table.columns]
    for col, name in enumerate(names, start=1):
        canvas.put(HEAD + 1, col, name, "th2_vertical")
    canvas.heights.update({3: 16, HEAD: 18, HEAD + 1: max([60.0, *(13.0 * len(name) + 10 for name in names)])})
    top = max((n for line in table.counts for n in line), default=0)
    for offset, (key, line) in enumerate(zip(table.rows, table.counts, strict=True)):
        row = BODY + offset
        canvas.put(row, 0, _name(desk, key), "td bold")
        for col, (other, value) in enumerate(zip(table.columns, line, strict=True), start=1):
            own = key == other and key != SECONDED
            canvas.put(row, col, value or None, "heat2 fill_pale_orange" if own else heat(value, top))
        canvas.put(row, across + 1, sum(line), "count bold")
        canvas.heights[row] = 18
    row = BODY + len(table.rows)
    canvas.put(row, 0, labels("org.flow.total"), "totals_label")
    canvas.line(row, 1, [*table.totals(), table.total], "totals")
    canvas.heights[row] = 22
    canvas.put(row + 1, 0, labels("org.flow.note"), "caption_wrap", cols=across + 2)
    page = replace(desk.page("org_flow"), fit_height=1)
    return (canvas.sheet(page, freeze=(BODY, 1), tab="blue"),)


def _name(desk: Desk, key: Key) -> str:
    if key == HIRED:
        return desk.labels("org.flow.hired")
    if key == SECONDED:
        return desk.labels("org.flow.seconded")
    return str(key) or desk.labels("org.unknown")


def _finding(desk: Desk) -> str:
    labels, table = desk.labels, desk.summary.flow
    hired = sum(table.row(HIRED))
    moves = table.total - hired
    within = sum(table.at(key, key) for key in table.columns if key in table.rows and key != SECONDED)
    pairs = [
        (-table.at(a, b), table.rows.index(a), table.columns.index(b), a, b)
        for a in table.rows
        for b in table.columns
        if a != b and a != HIRED and table.at(a, b)
    ]
    facts = {"moves": f"{moves:,}", "within": f"{within:,}", "across": f"{moves - within:,}", "hired": f"{hired:,}"}
    text = labels("org.flow.finding", **facts)
    if pairs:
        count, _, _, one, other = min(pairs)
        text += labels("org.flow.finding_most", one=_name(desk, one), other=_name(desk, other), count=-count)
    return text
