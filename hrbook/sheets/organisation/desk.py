"""What every sheet of the organisation's book shares: the counts, made once, and the frame of a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hrbook.core.policy import Policy
from hrbook.core.reading import Reading
from hrbook.sheets.book import Link, Page
from hrbook.sheets.canvas import Canvas, page_texts, title_band
from hrbook.sheets.marks import Marks
from hrbook.sheets.view import Department, View, department_name
from hrbook.summary import Summary
from hrbook.words import Labels

HEAT_STEPS = 4
FEW = 5  # a share of fewer people says little, and is not shaded


@dataclass(frozen=True, slots=True)
class Desk:
    """The run, its counts, and the words."""

    view: View
    summary: Summary
    marks: Marks

    @property
    def labels(self) -> Labels:
        return self.view.labels

    @property
    def reading(self) -> Reading:
        return self.view.reading

    @property
    def policy(self) -> Policy:
        return self.view.policy

    @property
    def departments(self) -> tuple[Department, ...]:
        return self.view.departments

    def name(self, department: Department) -> str:
        """The department without its bureau, or the words for the bureau's own people."""
        if department.department:
            return department.department
        return self.labels("org.own_people") if not department.whole_bureau else department_name(department, self.labels)

    def page(self, sheet: str) -> Page:
        """A4 landscape, one page wide, with the texts around it; `sheet` is the id of a label."""
        labels, reading = self.labels, self.reading
        header, footer = page_texts(
            labels,
            self.view.run,
            labels.fiscal_year(reading.year),
            labels.short_day(reading.as_of),
            labels("org.unit"),
            labels(f"sheet.{sheet}.name"),
            reading.form_numbers.get(sheet, ""),
        )
        return Page(header=header, footer=footer)

    def sheet_name(self, sheet: str) -> str:
        """Name of the sheet with this id."""
        return self.labels(f"sheet.{sheet}.name")

    def band(self, canvas: Canvas, sheet: str, finding: str) -> None:
        """The top of a list sheet, with the way back to the first one."""
        labels = self.labels
        back = Link(labels("sheet.org_overview.name"))
        title_band(canvas, len(canvas.columns) - 1, labels(f"sheet.{sheet}.title"), finding, back, labels("org.back"))


def heat(value: int, top: int, few: int = 0) -> str:
    """The look of a count between 0 and `top`: five steps from white to full colour; unshaded where `top` is below `few`."""
    if value <= 0 or top <= 0:
        return "heat0"
    if top < few:
        return "heat0 regular"
    return f"heat{min(HEAT_STEPS, 1 + (value * HEAT_STEPS - 1) // top)}"


def share(part: int, whole: int) -> float | None:
    """A share between 0 and 1, to a tenth of a per cent; None of nothing."""
    return round(part / whole, 3) if whole else None


@dataclass(frozen=True, slots=True)
class Row:
    """One department of a list: its row, and the look that sets a new bureau apart from the one above."""

    row: int
    department: Department
    edge: str


def list_departments(desk: Desk, canvas: Canvas, body: int, height: float) -> Iterator[Row]:
    """Bureau, department and head count of every department in the first three columns, row by row from `body` on."""
    before = ""
    for row, department in enumerate(desk.departments, start=body):
        edge = "" if department.bureau == before else " group_top"
        before = department.bureau
        canvas.put(row, 0, department.bureau, f"td_small shrink{edge}" if edge else "td_small shrink muted")
        canvas.put(row, 1, desk.name(department), f"td bold shrink{edge}")
        canvas.put(row, 2, len(department.people), f"count{edge}")
        canvas.heights[row] = height
        yield Row(row, department, edge)
