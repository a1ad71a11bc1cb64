"""What every sheet of a department's book shares: the way back to the cover, and the texts around a printed page."""

from __future__ import annotations

from hrbook.sheets.book import Link, Page
from hrbook.sheets.canvas import Canvas, page_texts, title_band
from hrbook.sheets.view import DepartmentView


def page_of(view: DepartmentView, sheet: str, name: str = "") -> Page:
    """A4 landscape, one page wide, with header and footer for the sheet `sheet` (label id); change it with dataclasses.replace.
    `name` stands in the header instead of the sheet's name."""
    labels, reading = view.labels, view.reading
    header, footer = page_texts(
        labels,
        view.run,
        labels.fiscal_year(reading.year),
        labels.short_day(reading.as_of),
        view.name,
        name or labels(f"sheet.{sheet}.name"),
        reading.form_numbers.get(sheet, ""),
    )
    return Page(header=header, footer=footer)


def band(view: DepartmentView, canvas: Canvas, title: str, finding: str) -> None:
    """The top of a list sheet over all its columns, with the link to the cover."""
    back = Link(view.labels("sheet.cover.name"))
    title_band(canvas, len(canvas.columns) - 1, title, finding, back, view.labels("department.back"))
