"""What today's roster says: in whose book a person's form would stand now, and what it would read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from hrbook import batch, judging
from hrbook.collect.elsewhere import people_rows
from hrbook.collect.grid import Grid, said
from hrbook.core.reconcile import Kind, Seen
from hrbook.options import Options
from hrbook.sheets import department, form
from hrbook.sheets.book import DataSheet, Formula, Sheet
from hrbook.sheets.view import Department


class Today:
    """Today's roster, judged for the year of the issued books."""

    def __init__(self, options: Options) -> None:
        """Raises Fault where the roster or the settings cannot be read."""
        self.loaded = judging.load(options)
        self._described: dict[tuple[str, str], Mapping[str, Sheet | DataSheet]] = {}

    @cached_property
    def _homes(self) -> dict[str, Department]:
        """The department in whose book each person's form stands."""
        views = (batch.view_of(self.loaded, d) for d in self.loaded.departments)
        return {person.employee.staff_id: view.department for view in views for person in view.forms}

    @cached_property
    def departments(self) -> dict[str, str]:
        """Staff number -> department as the document properties spell it; people without a form stand with their own."""
        own = {p.employee.staff_id: _key(d) for d in self.loaded.departments for p in d.people}
        return own | {staff_id: _key(home) for staff_id, home in self._homes.items()}

    @cached_property
    def away(self) -> frozenset[str]:
        """People on leave."""
        return frozenset(p.employee.staff_id for p in self.loaded.assessment.people if p.on_leave)

    def says(self, seen: Seen) -> str:
        """What stands at the place of a correction when the books are made from today's roster; "" where nothing does."""
        home = self._homes.get(seen.staff_id)
        if seen.kind is not Kind.CORRECTION or home is None:
            return ""
        sheets = self._sheets(home)
        if not seen.field.startswith("sheet:"):
            sheet = sheets.get(self.loaded.labels("sheet.interview.name"))
            row, col = map(int, seen.field.split(","))
            if row >= form.BACK or not isinstance(sheet, Sheet):
                return ""  # the back says nothing of the roster, and other editions have other rows there
            return _on_form(sheet, seen.staff_id, row, col)
        found = sheets.get(seen.field.removeprefix("sheet:"))
        if found is None:
            return ""
        grid = _grid(found)
        people = people_rows(grid, frozenset({seen.staff_id}))
        cols = [col for col, text in people.head.items() if text == seen.label]
        at = people.rows.get(seen.staff_id)
        return said(grid.get((at, cols[0]))) if at is not None and cols else ""

    def _sheets(self, home: Department) -> Mapping[str, Sheet | DataSheet]:
        if home.key not in self._described:
            book = department.book(batch.view_of(self.loaded, home), "")
            self._described[home.key] = {sheet.name: sheet for sheet in book.sheets}
        return self._described[home.key]


def _key(home: Department) -> str:
    return "/".join(part for part in home.key if part)


def _on_form(sheet: Sheet, staff_id: str, row: int, col: int) -> str:
    grid = _grid(sheet)
    for (top, at), value in sorted(grid.items()):
        if at == form.STAFF_ID[1] and top % form.ROWS == form.STAFF_ID[0] and value == staff_id:
            return said(grid.get((top - form.STAFF_ID[0] + row, col)))
    return ""


def _grid(sheet: Sheet | DataSheet) -> Grid:
    if isinstance(sheet, DataSheet):
        rows = [tuple(column.heading for column in sheet.columns), *sheet.rows]
        return {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None}
    found = {}
    for cell in sheet.every_cell():
        value = "".join(run.text for run in cell.runs) if cell.runs else cell.value
        value = value.value if isinstance(value, Formula) else value
        if value is not None and value != "":
            found[cell.row, cell.col] = value
    return found
