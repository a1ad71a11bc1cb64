"""What every sheet of the auditors' book shares: the rows looked at, the checks, and the frame of a page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields

from hrbook.checks import CheckResult
from hrbook.core.policy import Policy
from hrbook.core.reading import Reading
from hrbook.core.source import Evidence, RowRef, SheetSource, column_letters
from hrbook.sheets.book import Link, Page
from hrbook.sheets.canvas import Canvas, page_texts, title_band
from hrbook.sheets.marks import Marks
from hrbook.sheets.view import View, department_name
from hrbook.words import Labels

ID_LENGTH = 8  # hexadecimal digits of the id of a reading


@dataclass(frozen=True, slots=True)
class Desk:
    """The run and its words. `used` are the templates of the run: name -> (place, SHA-256)."""

    view: View
    marks: Marks
    used: Mapping[str, tuple[str, str]]
    checks: tuple[CheckResult, ...]
    readings: ReadingIds

    @property
    def labels(self) -> Labels:
        return self.view.labels

    @property
    def reading(self) -> Reading:
        return self.view.reading

    @property
    def policy(self) -> Policy:
        return self.view.policy

    def departments(self) -> dict[str, str]:
        """Staff number -> the department's name with its bureau."""
        labels = self.labels
        names = {
            d.key: labels("audit.department", bureau=d.bureau, department=d.department)
            if d.department
            else department_name(d, labels)
            for d in self.view.departments
        }
        return {p.employee.staff_id: names[d.key] for d in self.view.departments for p in d.people}

    def sheet_name(self, sheet: str) -> str:
        """Name of the sheet with this id."""
        return self.labels(f"sheet.{sheet}.name")

    def page(self, sheet: str) -> Page:
        """A4 landscape, one page wide, with the texts around it; `sheet` is the id of a label."""
        labels, reading = self.labels, self.reading
        header, footer = page_texts(
            labels,
            self.view.run,
            labels.fiscal_year(reading.year),
            labels.short_day(reading.as_of),
            labels("audit.unit"),
            self.sheet_name(sheet),
            reading.form_numbers.get(sheet, ""),
        )
        return Page(header=header, footer=footer)

    def band(self, canvas: Canvas, sheet: str, finding: str) -> None:
        """The top of a list sheet, with the way back to the first one."""
        labels = self.labels
        back = Link(self.sheet_name("audit_front"))
        title_band(canvas, len(canvas.columns) - 1, labels(f"sheet.{sheet}.title"), finding, back, labels("audit.back"))


@dataclass(frozen=True, slots=True)
class ReadingIds:
    """Short ids of what a judgement was read by, so that a row can name it and the sheet of readings spells it out."""

    rotation: str
    points: str
    timings: str


def reading_ids(reading: Reading) -> ReadingIds:
    """Ids that change whenever the reading of the guide, the points or the timings of courses change."""
    guide = reading.rotation
    said = "|".join(f"{f.name}={getattr(guide, f.name)}" for f in fields(guide))
    points = "|".join(f"{mark}={value}" for mark, value in sorted(reading.points.items()))
    courses = "|".join(f"{c.code}:{c.timing.value}:{c.targets}" for c in reading.policy.training.courses)
    timings = f"{reading.register_start}|{courses}"
    return ReadingIds(_short(said), _short(points), _short(timings))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:ID_LENGTH]


class Addresses:
    """Addresses of input cells as text, such as roster!E12. The column of a field is looked up once a sheet."""

    def __init__(self, join: str) -> None:
        self._join = join
        self._columns: dict[tuple[int, str], str] = {}
        self._sources: list[SheetSource] = []  # keeps the sources alive, so that their identity stays theirs

    def of(self, ref: RowRef, field: str) -> str:
        """One cell; the bare row where the sheet has no such column."""
        key = (id(ref.source), field)
        start = self._columns.get(key)
        if start is None:
            column = ref.source.columns.get(field)
            letters = "" if column is None else column_letters(column)
            start = self._columns[key] = f"{ref.source.sheet}!{letters}"
            self._sources.append(ref.source)
        return f"{start}{ref.row}"

    def all(self, evidence: tuple[Evidence, ...]) -> str:
        """All cells of a judgement, each once, in their order."""
        return self._join.join(dict.fromkeys(self.of(e.ref, e.field) for e in evidence))
