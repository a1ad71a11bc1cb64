"""One row a department: how many forms came back, and what people wish."""

from __future__ import annotations

from dataclasses import replace

from hrbook.sheets.book import DataBar, Sheet
from hrbook.sheets.came_back import answers, counts, latest_year
from hrbook.sheets.canvas import Canvas, breaks
from hrbook.sheets.form_fields import ANSWER
from hrbook.sheets.organisation.desk import Desk, list_departments, share

ORDER = 85
HEAD, BODY, HEIGHT = 3, 5, 18.0
CHOICES = {"move": 3, "when": 4, ANSWER: 4}
KEYS = tuple((field, str(n)) for field, last in CHOICES.items() for n in range(1, last + 1))


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet; none where nothing came back yet."""
    labels = desk.labels
    everybody = [person for d in desk.departments for person in d.people]
    year = latest_year(everybody, desk.reading.year)
    if year is None:
        return ()
    total = counts(answers(everybody, year))
    canvas = Canvas(desk.sheet_name("org_returned"), (16.5, 23.5, 6.6, 6.6, 8, *(7.4,) * len(KEYS), 7.4, 7.4))
    facts = {"people": len(everybody), "answered": total["answered", ""], "move": total["move", "1"]}
    facts |= {"talked": total["talked_on", ""], "arrange": total[ANSWER, "2"]}
    desk.band(canvas, "org_returned", labels("returned.org.finding", year=labels.fiscal_year(year), **facts))
    for col, key in ((0, "level.bureau"), (1, "level.department")):
        canvas.put(HEAD, col, labels(key), "th", rows=2)
    for col, key in ((2, "people"), (3, "answered"), (4, "rate")):
        canvas.put(HEAD, col, labels(f"returned.org.{key}"), "th", rows=2)
    col = 5
    for field, head, look in (("move", "moves", "th_blue"), ("when", "whens", "th"), (ANSWER, "courses", "th_grey")):
        count = CHOICES[field]
        canvas.put(HEAD, col, labels(f"returned.org.{head}"), look, cols=count)
        canvas.line(HEAD + 1, col, [labels(f"returned.org.{field}.{n}") for n in range(1, count + 1)], "th2")
        col += count
    canvas.put(HEAD, col, labels("returned.org.rest"), "th_dark", cols=2)
    canvas.line(HEAD + 1, col, [labels("returned.org.goal"), labels("returned.org.talked")], "th2")
    canvas.heights.update({HEAD: 20, HEAD + 1: 30})
    for at in list_departments(desk, canvas, BODY, HEIGHT):
        people = at.department.people
        counted = counts(answers(people, year))
        canvas.put(at.row, 3, counted["answered", ""], f"count{at.edge}")
        canvas.put(at.row, 4, share(counted["answered", ""], len(people)), f"td_right percent{at.edge}")
        canvas.line(at.row, 5, [counted[key] for key in (*KEYS, ("plan_1", ""), ("talked_on", ""))], f"count{at.edge}")
    row = BODY + len(desk.departments)
    canvas.put(row, 0, labels("returned.org.total"), "totals_label", cols=2)
    canvas.line(row, 2, [len(everybody), total["answered", ""]], "totals")
    canvas.put(row, 4, share(total["answered", ""], len(everybody)), "totals percent")
    canvas.line(row, 5, [total[key] for key in (*KEYS, ("plan_1", ""), ("talked_on", ""))], "totals")
    canvas.heights[row] = 22
    if desk.departments:
        canvas.bars.append(DataBar(BODY, 4, row - 1, 4, "data_bar", 1.0))
    page = replace(desk.page("org_returned"), repeat_rows=(HEAD, BODY - 1))
    page = replace(page, row_breaks=breaks(canvas, page, BODY, [HEIGHT] * len(desk.departments), 24))
    return (canvas.sheet(page, freeze=(BODY, 2), tab="navy2"),)
