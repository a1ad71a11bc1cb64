"""What every sheet of the results shares: the statuses, the differences, the words, and the frame of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrbook.core.receipts import DepartmentStatus, Receipt
from hrbook.core.reconcile import Difference, Kind, Seen
from hrbook.sheets import form
from hrbook.sheets.book import Link, Page
from hrbook.sheets.canvas import Canvas, title_band
from hrbook.sheets.form_fields import FormField
from hrbook.words import Labels

FIXED = {
    (form.LABELS, 0): "staff.column.kana",
    (form.VALUES, 0): "staff.column.name",
    form.STAFF_ID: "interview.profile.staff_id",
    (form.VALUES, 4): "interview.profile.title",
    (form.VALUES, 6): "interview.profile.service_year",
    (form.VALUES, 7): "interview.profile.stage",
    (form.POST, 1): "interview.profile.post",
    (form.POST, 9): "interview.profile.tier",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """`names` are people by staff number, `titles` departments by their key; `deadline` etc. come from the settings."""

    labels: Labels
    year: int
    version: str
    run_id: str
    city: str
    departments: tuple[DepartmentStatus, ...]
    receipts: tuple[Receipt, ...]
    differences: tuple[Difference, ...]
    names: Mapping[str, str]
    titles: Mapping[str, str]
    fields: Mapping[str, FormField]

    def page(self, sheet: str) -> Page:
        """A4 landscape, one page wide; `sheet` is the id of a label."""
        labels = self.labels
        name = labels(f"sheet.{sheet}.name")
        heading = labels("collect.book.heading", year=labels.fiscal_year(self.year), sheet=name)
        footer = (labels("page.run", version=self.version, run=self.run_id[:8]), labels("page.number"), "")
        return Page(header=(labels("page.confidential", city=self.city).strip(), heading, ""), footer=footer)

    def canvas(self, sheet: str, columns: Sequence[float], finding: str) -> Canvas:
        """A list sheet with its title and the way back to the first one."""
        labels = self.labels
        canvas = Canvas(labels(f"sheet.{sheet}.name"), columns)
        first = sheet == "collect_board"
        back = None if first else Link(labels("sheet.collect_board.name"))
        title_band(canvas, len(columns) - 1, labels(f"sheet.{sheet}.title"), finding, back, labels("collect.book.back"))
        return canvas

    def heads(self, canvas: Canvas, row: int, keys: Sequence[str], part: str = "decisions") -> None:
        """The headings of a list."""
        for col, key in enumerate(keys):
            canvas.put(row, col, self.labels(f"collect.{part}.{key}"), "th")
        canvas.heights[row] = 24

    def sender(self, department: str) -> str:
        """A department as people call it."""
        return self.titles.get(department, department)

    def name(self, staff_id: str) -> str:
        """A person's name; words for nobody."""
        return self.names.get(staff_id, "") or self.labels("collect.decisions.unknown")


def field_name(labels: Labels, seen: Seen) -> str:
    """The field as people call it: a field of the form, or the heading of a fixed cell."""
    if seen.kind is Kind.CORRECTION:
        if seen.field.startswith("sheet:"):
            return labels("collect.field.on_sheet", sheet=seen.field.removeprefix("sheet:"), label=seen.label)
        row, _, col = seen.field.partition(",")
        key = FIXED.get((int(row), int(col)))
        return labels(key) if key else labels("collect.field.fixed")
    name = labels(f"collect.field.{seen.field}")
    return labels("collect.field.of_item", field=name, item=seen.item) if seen.item else name


def please(labels: Labels, one: Difference, names: Mapping[str, str]) -> str:
    """What the sender is to do about a difference; else why it has its verdict."""
    key = f"collect.please.{one.reason}"
    return labels(key, people=_people(labels, one, names)) if key in labels else reason_of(labels, one, names)


def reason_of(labels: Labels, one: Difference, names: Mapping[str, str]) -> str:
    """Why a difference has its verdict."""
    return labels(f"collect.reason.{one.reason}", people=_people(labels, one, names))


def _people(labels: Labels, one: Difference, names: Mapping[str, str]) -> str:
    """The other people that a form names, where it names any."""
    return labels("list.separator").join(names.get(part, part) or part for part in one.seen.label.split(",") if part)


def place_of(one: Seen) -> str:
    """File, sheet and cell of a thing."""
    return "  ".join(part for part in (one.origin.file, "!".join(p for p in (one.origin.sheet, one.origin.cell) if p)) if part)
