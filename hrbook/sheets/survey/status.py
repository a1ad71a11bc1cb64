"""Who has answered so far: forms that came back by department, and what could not be counted. No answer stands here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hrbook.core.safe_aggregates import Unit
from hrbook.sheets.book import Book, Sheet
from hrbook.sheets.survey.frame import Frame

DEPARTMENTS = (26, 38, 14, 14, 14)
REFUSED = (46, 100)


def status_book(
    frame: Frame, path: str, asked: Mapping[Unit, int], came: Mapping[Unit, int], refused: Sequence[tuple[str, str]]
) -> Book:
    """`came` are forms by department, `refused` (file, why)."""
    title = frame.labels("survey.status_title", year=frame.labels.fiscal_year(frame.year))
    sheets = (_departments(frame, asked, came), _refused(frame, refused))
    return frame.book(path, title, sheets, {"hrbook-kind": "survey-status"})


def _departments(frame: Frame, asked: Mapping[Unit, int], came: Mapping[Unit, int]) -> Sheet:
    labels = frame.labels
    total, back = sum(asked.values()), sum(came.values())
    finding = labels("survey.status.finding", asked=f"{total:,}", came=f"{back:,}", percent=frame.labels.share(back, total))
    canvas = frame.canvas("survey_status", DEPARTMENTS, finding)
    frame.heads(canvas, 3, ("bureau", "department", "asked", "came", "share"))
    row = 4
    for unit, people in sorted(asked.items()):
        count = came.get(unit, 0)
        canvas.put(row, 0, unit[0], "td shrink")
        canvas.put(row, 1, frame.unit(unit), "td shrink")
        canvas.line(row, 2, [people, count], "td center integer")
        canvas.put(row, 4, count / people if people else 0, "td center percent")
        canvas.heights[row] = 18
        row += 1
    more = [frame.unit(unit) for unit, count in sorted(came.items()) if count > asked[unit]]
    note = labels("survey.status.more", units=labels("survey.join").join(more)) if more else labels("survey.status.note")
    canvas.put(row, 0, note, "caption_wrap", cols=len(DEPARTMENTS))
    page = replace(frame.page("survey_status", landscape=False), repeat_rows=(3, 3))
    return canvas.sheet(page, freeze=(4, 2), tab="blue")


def _refused(frame: Frame, refused: Sequence[tuple[str, str]]) -> Sheet:
    labels = frame.labels
    finding = labels("survey.refused.finding" if refused else "survey.refused.none", count=len(refused))
    canvas = frame.canvas("survey_refused", REFUSED, finding)
    frame.heads(canvas, 3, ("file", "why"))
    for row, (file, why) in enumerate(refused, start=4):
        canvas.line(row, 0, [file, why], "td_wrap")
    return canvas.sheet(replace(frame.page("survey_refused"), repeat_rows=(3, 3)), freeze=(4, 0), tab="orange")
