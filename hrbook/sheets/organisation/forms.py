"""Interview forms of the heads for whom no other book is the next level: heads of bureaus, and of departments without one."""

from __future__ import annotations

from dataclasses import replace

from hrbook.sheets.book import Cell, Link, Sheet
from hrbook.sheets.department import interview
from hrbook.sheets.organisation.desk import Desk
from hrbook.sheets.view import Department, DepartmentView, homeless_heads

ORDER = 80


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """The forms below one another as in a department's book; no sheet where every head has a form elsewhere."""
    heads = homeless_heads(desk.departments)
    if not heads:
        return ()
    units = {staff_id: unit for d in desk.departments for staff_id, unit in d.goal_units.items()}
    group = Department(desk.labels("org.unit"), "", (), None, guests=heads, whole_bureau=True, goal_units=units)
    view = DepartmentView(group, (), desk.reading, desk.labels, desk.view.run, desk.view.assessment.roster.unit_goals)
    return tuple(replace(sheet, cells=tuple(_home(desk, cell) for cell in sheet.cells)) for sheet in interview.sheets(view))


def _home(desk: Desk, cell: Cell) -> Cell:
    """The form's way back leads to the list of staff, which this book does not have: lead it to the first sheet."""
    if cell.link is None:
        return cell
    return cell._replace(value=desk.labels("org.back"), link=Link(desk.sheet_name("org_overview")))
