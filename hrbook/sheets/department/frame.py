"""The top that the list sheets of a department's book share."""

from __future__ import annotations

from hrbook.sheets.book import Link
from hrbook.sheets.canvas import Canvas, title_band
from hrbook.sheets.view import DepartmentView


def band(view: DepartmentView, canvas: Canvas, title: str, finding: str) -> None:
    """Title, finding and the link to the cover, over all columns of the canvas."""
    back = Link(view.labels("sheet.cover.name"))
    title_band(canvas, len(canvas.columns) - 1, title, finding, back, view.labels("department.back"))
