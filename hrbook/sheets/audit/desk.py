"""What every sheet of the auditors' book shares: the rows looked at, the checks, and the frame of a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from hrbook.checks import CheckResult
from hrbook.core.policy import Policy
from hrbook.core.reading import Reading
from hrbook.core.source import Evidence, RowRef, Scalar, SheetSource, column_letters
from hrbook.sheets.book import DataColumn, DataSheet, Link, Page, Value
from hrbook.sheets.canvas import Canvas, page_texts, title_band
from hrbook.sheets.marks import Marks
from hrbook.sheets.paper import size_of
from hrbook.sheets.view import View, department_name
from hrbook.textfit import units, width_for
from hrbook.words import Labels

ID_LENGTH = 8  # hexadecimal digits of the id of a reading
WIDEST = 60.0  # characters of the widest column of data but paragraphs
ROWS = 1_000_000  # data rows of one sheet; Excel ends at 1,048,576


@dataclass(frozen=True, slots=True)
class Desk:
    """The run and its words. `used` are the templates of the run: name -> (place, SHA-256)."""

    view: View
    marks: Marks
    used: Mapping[str, tuple[str, str]]
    checks: tuple[CheckResult, ...]
    readings: ReadingIds
    front: bool = True  # whether the book has a first sheet to lead back to

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

    def tables(
        self, sheet: str, columns: Sequence[DataColumn], rows: Sequence[tuple[Value, ...]], tab: str
    ) -> tuple[DataSheet, ...]:
        """A sheet of data, with numbered continuations where it has more rows than a sheet can hold. Its columns of texts are
        as wide as the longest text, those of whole paragraphs as wide as they are given."""
        page, start, made = self.page(sheet), 0, []
        columns = [_wide_enough(column, (row[place] for row in rows)) for place, column in enumerate(columns)]
        for name, count in self.parts(self.sheet_name(sheet), len(rows)):
            made.append(DataSheet(name, tuple(columns), rows[start : start + count], page, tab=tab))
            start += count
        return tuple(made)

    @staticmethod
    def parts(name: str, rows: int) -> tuple[tuple[str, int], ...]:
        """Names of a sheet of data and its numbered continuations, each with its rows."""
        count = max(1, -(-rows // ROWS))
        return tuple((f"{name}{n + 1}" if n else name, min(ROWS, rows - n * ROWS)) for n in range(count))

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
        back = Link(self.sheet_name("audit_front")) if self.front else None
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

    def with_raw(self, evidence: tuple[Evidence, ...]) -> str:
        """All cells of a judgement, each once, with what stands in them."""
        found = dict.fromkeys((self.of(e.ref, e.field), e.ref.raw_of(e.field)) for e in evidence)
        return self._join.join(f"{place}={_said(raw)}" for place, raw in found)

    def all(self, evidence: tuple[Evidence, ...]) -> str:
        """All cells of a judgement, each once, in their order."""
        return self._join.join(dict.fromkeys(self.of(e.ref, e.field) for e in evidence))


def _said(raw: Scalar) -> str:
    return "" if raw is None else raw.isoformat() if isinstance(raw, date) else str(raw)


def _wide_enough(column: DataColumn, values: Iterable[Value]) -> DataColumn:
    """The column, wider where that shows the longest of its texts whole."""
    if column.kind != "text" or column.width >= WIDEST:
        return column
    need = width_for(max({value for value in values if isinstance(value, str)}, key=units, default=""), size_of("data_text"))
    return replace(column, width=need) if column.width < need <= WIDEST else column
