"""What became of every sentence of the policy's text: rules that stand for it, sheets that show it, a description, or why
it is left out.

The text itself is the city's; a sentence is its place, our own short wording and a fingerprint (core/coverage.py)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hrbook.core.coverage import Treatment
from hrbook.core.source import column_letters
from hrbook.sheets.audit.desk import Desk
from hrbook.sheets.book import DataColumn, DataSheet, Formula, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.sheet_names import sheet_in_book

ORDER = 65
HEAD = 3
WIDTHS = (40, 13, 13, 13, 13, 13, 13)
COLUMNS = (
    ("place", "text", 22), ("number", "integer", 8), ("treatment", "text", 12), ("treatment_name", "text", 14),
    ("gist", "text", 60), ("rules", "text", 44), ("sheets", "text", 44),
    ("because", "text", 44), ("fingerprint", "text", 20),
)  # fmt: skip
PLACE, TREATMENT = 0, 2  # columns that the formulas count by


def sheets(desk: Desk) -> tuple[Sheet | DataSheet, ...]:
    """The counts by clause, and every sentence; one sheet that says so where the edition has no map."""
    sentences = desk.policy.coverage.sentences
    labels = desk.labels
    if not sentences:
        canvas = Canvas(desk.sheet_name("audit_coverage"), WIDTHS)
        desk.band(canvas, "audit_coverage", labels("audit.coverage.none"))
        return (canvas.sheet(desk.page("audit_coverage"), tab="blue"),)
    names = {t: labels(f"audit.coverage.is.{t.value}") for t in Treatment}
    rows = [
        (
            desk.policy.place(s.clause),
            s.number,
            s.treatment.value,
            names[s.treatment],
            s.gist or None,
            labels("audit.join").join(s.rules) or None,
            labels("audit.join").join(sheet_in_book(labels, sheet) for sheet in s.sheets) or None,
            s.because or None,
            s.fingerprint,
        )
        for s in sentences
    ]
    columns = [DataColumn(labels(f"audit.coverage.{key}"), kind, width) for key, kind, width in COLUMNS]
    return (_counts(desk, len(rows)), *desk.tables("audit_sentences", columns, rows, "blue"))


def _counts(desk: Desk, rows: int) -> Sheet:
    """Clauses down, treatments across, as formulas over the list."""
    labels, sentences = desk.labels, desk.policy.coverage.sentences
    canvas = Canvas(desk.sheet_name("audit_coverage"), WIDTHS)
    told = Counter((desk.policy.place(s.clause), s.treatment) for s in sentences)
    whole = Counter(s.treatment for s in sentences)
    finding = labels("audit.coverage.finding", count=len(sentences), **{t.value: whole[t] for t in Treatment})
    desk.band(canvas, "audit_coverage", finding)
    heads = [
        labels("audit.coverage.place"),
        *(labels(f"audit.coverage.is.{t.value}") for t in Treatment),
        labels("audit.front.sum"),
    ]
    canvas.line(HEAD, 0, heads, "th")
    canvas.heights[HEAD] = 30
    sheet = "'" + desk.sheet_name("audit_sentences").replace("'", "''") + "'"
    ranges = [f"{sheet}!${c}$2:${c}${rows + 1}" for c in (column_letters(PLACE), column_letters(TREATMENT))]
    row = HEAD
    for place in dict.fromkeys(desk.policy.place(s.clause) for s in sentences):
        row += 1
        canvas.put(row, 0, place, "td_wrap")
        for col, treatment in enumerate(Treatment, start=1):
            text = f'COUNTIFS({ranges[0]},A{row + 1},{ranges[1]},"{treatment.value}")'
            canvas.put(row, col, Formula(text, told[place, treatment]), "count")
        total = sum(told[place, t] for t in Treatment)
        canvas.put(
            row, len(heads) - 1, Formula(f"SUM(B{row + 1}:{column_letters(len(Treatment))}{row + 1})", total), "count bold"
        )
    canvas.put(row + 1, 0, labels("audit.front.sum"), "totals_label")
    for col, value in enumerate((*(whole[t] for t in Treatment), len(sentences)), start=1):
        letter = column_letters(col)
        canvas.put(row + 1, col, Formula(f"SUM({letter}{HEAD + 2}:{letter}{row + 1})", value), "totals")
    canvas.put(row + 2, 0, labels("audit.coverage.note"), "caption_wrap", cols=len(WIDTHS))
    page = replace(desk.page("audit_coverage"), repeat_rows=(HEAD, HEAD))
    return canvas.sheet(page, freeze=(HEAD + 1, 1), tab="blue")
