"""What the sheets of a survey share: the words, the city, the year, the frame of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hrbook.core.safe_aggregates import Unit
from hrbook.core.survey import Survey
from hrbook.sheets.book import Book, DataSheet, Page, Sheet
from hrbook.sheets.canvas import Canvas, title_band
from hrbook.words import Labels


@dataclass(frozen=True, slots=True)
class Frame:
    """`survey` are the questions that were asked, `number` the survey's own number."""

    labels: Labels
    city: str
    year: int
    survey: Survey
    number: str

    def sheet_name(self, sheet: str) -> str:
        """Name of the sheet with this id."""
        return self.labels(f"sheet.{sheet}.name")

    def page(self, sheet: str, *, landscape: bool = True) -> Page:
        """A4, one page wide."""
        labels = self.labels
        heading = labels("survey.page", year=labels.fiscal_year(self.year), sheet=self.sheet_name(sheet))
        header = (self.city, heading, "")
        return replace(Page(header=header, footer=("", labels("page.number"), self.number)), landscape=landscape)

    def canvas(self, sheet: str, columns: Sequence[float], finding: str, **facts: str) -> Canvas:
        """A sheet with its title and the finding in one sentence."""
        canvas = Canvas(self.sheet_name(sheet), columns)
        title_band(canvas, len(columns) - 1, self.labels(f"sheet.{sheet}.title", **facts), finding, None, "")
        return canvas

    def heads(self, canvas: Canvas, row: int, keys: Sequence[str]) -> None:
        """The headings of a list."""
        canvas.line(row, 0, [self.labels(f"survey.head.{key}") for key in keys], "th")
        canvas.heights[row] = 24

    def unit(self, unit: Unit) -> str:
        """The name of a department, a bureau or the organisation; of a bureau's own people, the bureau with a word for them."""
        if not unit:
            return self.labels("survey.whole")
        if len(unit) == 2 and not unit[1]:
            return self.labels("department.bureau_own", bureau=unit[0])
        return unit[-1]

    def book(self, path: str, title: str, sheets: Sequence[Sheet | DataSheet], custom: dict[str, str]) -> Book:
        """A workbook of the survey."""
        return Book(
            path=path,
            title=title,
            subject=self.labels("survey.subject"),
            company=self.city,
            comments="",
            sheets=tuple(sheets),
            custom={"hrbook-survey": self.number, "hrbook-year": str(self.year), **custom},
        )
