"""The roster's own figures on leave beside the survey (policy 6-1): people by kind and year, as careful as the survey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrbook.sheets.book import Sheet
from hrbook.sheets.survey.frame import Frame


def leave_sheet(frame: Frame, years: Sequence[tuple[int, int | None, Mapping[str, int]]]) -> Sheet:
    """`years` are (fiscal year, people, people by kind); what may not be told is left out of them."""
    labels = frame.labels
    kinds = sorted({kind for _, _, kinds in years for kind in kinds})
    least = frame.survey.care.least
    finding = labels("survey.leave.finding" if kinds else "survey.leave.none", kinds=len(kinds), least=least)
    canvas = frame.canvas("survey_leave", (30, *(14,) * max(2, len(years))), finding)
    canvas.put(3, 0, labels("survey.head.kind"), "th")
    canvas.line(3, 1, [labels.short_year(year) for year, _, _ in years], "th")
    canvas.heights[3] = 22
    hidden = labels("survey.hidden")
    for row, kind in enumerate(kinds, start=4):
        canvas.put(row, 0, kind, "td bold")
        canvas.line(row, 1, [told.get(kind, hidden) for _, _, told in years], "td center people")
        canvas.heights[row] = 18
    row = 4 + len(kinds)
    canvas.put(row, 0, labels("survey.leave.all"), "totals_label")
    canvas.line(row, 1, [hidden if people is None else people for _, people, _ in years], "totals")
    canvas.heights[row] = 22
    canvas.put(row + 1, 0, labels("survey.leave.note", least=least), "caption_wrap", cols=len(canvas.columns))
    return canvas.sheet(frame.page("survey_leave"), tab="blue")
