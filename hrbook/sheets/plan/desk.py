"""What every sheet of the plan shares: the plan, the words, the frame of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hrbook.core.plan_policy import Band, Session
from hrbook.core.seating import LeftOut
from hrbook.core.training_plan import CoursePlan, TrainingPlan
from hrbook.sheets.book import DataColumn, DataSheet, Link, Page, Value
from hrbook.sheets.canvas import Canvas, page_texts, title_band
from hrbook.sheets.view import View, department_name
from hrbook.words import Labels

FIRST = "plan_demand"


@dataclass(frozen=True, slots=True)
class Desk:
    """The run, its plan, and the words."""

    view: View
    plan: TrainingPlan

    @property
    def labels(self) -> Labels:
        return self.view.labels

    @property
    def years(self) -> tuple[int, ...]:
        return self.plan.forecast.years

    def sheet_name(self, sheet: str) -> str:
        """Name of the sheet with this id."""
        return self.labels(f"sheet.{sheet}.name")

    def page(self, sheet: str) -> Page:
        """A4 landscape, one page wide, with the texts around it."""
        labels, reading = self.labels, self.view.reading
        year, day = labels.fiscal_year(reading.year), labels.short_day(reading.as_of)
        header, footer = page_texts(labels, self.view.run, year, day, labels("plan.unit"), self.sheet_name(sheet), "")
        return Page(header=header, footer=footer)

    def canvas(self, sheet: str, columns: Sequence[float], finding: str) -> Canvas:
        """A list sheet with its title, its finding and the way back to the first one."""
        canvas = Canvas(self.sheet_name(sheet), columns)
        back = None if sheet == FIRST else Link(self.sheet_name(FIRST))
        title_band(canvas, len(columns) - 1, self.labels(f"sheet.{sheet}.title"), finding, back, self.labels("plan.back"))
        return canvas

    def heads(self, canvas: Canvas, row: int, part: str, keys: Sequence[str]) -> None:
        """The headings of a list."""
        for col, key in enumerate(keys):
            canvas.put(row, col, self.labels(f"plan.{part}.{key}"), "th")
        canvas.heights[row] = 24

    def table(self, sheet: str, kinds: Sequence[tuple[str, str, float]], rows: Sequence[tuple[Value, ...]]) -> DataSheet:
        """A machine-readable sheet; `kinds` are (id of the heading, kind, width)."""
        columns = tuple(DataColumn(self.labels(f"plan.data.{key}"), kind, width) for key, kind, width in kinds)
        return DataSheet(self.sheet_name(sheet), columns, rows, self.page(sheet), tab="grey")

    def provider(self, course: CoursePlan) -> str:
        return next(p.name for p in self.view.policy.training.providers if p.id == course.course.provider)

    def when(self, session: Session) -> str:
        """The days of a session in words."""
        labels = self.labels
        if session.first is None:
            return labels("plan.no_day")
        if session.last == session.first:
            return labels.short_day(session.first)
        return labels("plan.days", first=labels.short_day(session.first), last=labels.short_day(session.last))

    def departments(self) -> dict[tuple[str, str], str]:
        """Names of departments by their key."""
        return {d.key: department_name(d, self.labels) for d in self.view.departments}

    def why(self, entry: LeftOut) -> str:
        """Why somebody has no session: one phrase a session, equal ones once."""
        labels = self.labels
        if not entry.bars:
            return labels("plan.bar.past")
        told: dict[str, list[Session]] = {}
        for session, bars in entry.bars:
            text = labels("plan.join").join(labels(f"plan.bar.{bar.value}") for bar in bars) or labels("plan.bar.others")
            told.setdefault(text, []).append(session)
        if len(told) == 1:
            return next(iter(told))
        join = labels("plan.join")
        return labels("plan.bars").join(
            labels("plan.at", when=join.join(self.when(s) for s in sessions), why=text) for text, sessions in told.items()
        )

    def range(self, band: Band[int]) -> str:
        """Expected, with the range where there is one."""
        if band.low == band.high:
            return f"{band.expected:,}"
        return self.labels("plan.range", low=f"{band.low:,}", expected=f"{band.expected:,}", high=f"{band.high:,}")

    def grouped(self) -> Iterator[tuple[str, list[CoursePlan]]]:
        """Courses under the headings of their provider and category."""
        training, groups = self.view.policy.training, dict[tuple[str, str], list[CoursePlan]]()
        names = {p.id: p.name for p in training.providers} | {c.id: c.name for c in training.categories}
        for course in self.plan.courses:
            groups.setdefault((course.course.provider, course.course.category), []).append(course)
        for (provider, category), courses in groups.items():
            yield self.labels("org.demand.group", provider=names[provider], category=names[category]), courses
