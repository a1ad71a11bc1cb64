"""The door of the sheet of departments' goals: rows -> goals by unit and year. A goal of no unit that exists is said so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from hrbook.core.fold import fold
from hrbook.core.goals import UnitGoal
from hrbook.core.roster import Employee, OrgRow
from hrbook.core.source import Scalar
from hrbook.ingest import codes
from hrbook.ingest.dates import read_year
from hrbook.ingest.desk import Desk
from hrbook.ingest.table import Table
from hrbook.ingest.values import read_text

Unit = tuple[str, str]


class Units:
    """Bureaus and departments that people or the organisation sheet have, under their matching keys."""

    def __init__(self, employees: Iterable[Employee], organisation: Iterable[OrgRow]) -> None:
        posts = [*(e.post for e in employees), *(row.post for row in organisation)]
        self._known: set[Unit] = {("", "")}
        self._bureaus: Mapping[str, dict[str, str]] = defaultdict(dict)
        for post in posts:
            self._known |= {(fold(post.bureau), ""), (fold(post.bureau), fold(post.department))}
            if post.department:
                self._bureaus[fold(post.department)][fold(post.bureau)] = post.bureau

    def bureau_of(self, department: str) -> str:
        """The one bureau that has a department of that name; "" where none or several have."""
        found = tuple(self._bureaus.get(fold(department), {}).values())
        return found[0] if len(found) == 1 else ""

    def has(self, bureau: str, department: str) -> bool:
        """Whether there is such a unit; nothing at all is the whole city."""
        return (fold(bureau), fold(department)) in self._known


def read_unit_goals(table: Table, units: Units, desk: Desk) -> tuple[list[UnitGoal], int]:
    """The goals of one sheet in its order, and the number of data rows. A row without year or goal is a finding and not used;
    a goal of an unknown unit is one and kept: the unit may come."""
    bureau_at, department_at, year_at, goal_at = table.columns(("bureau", "department", "year", "goal"))
    found: list[UnitGoal] = []
    years: dict[Scalar, int | None] = {}
    count = 0
    for ref in table.rows(desk.words, desk.findings):
        count += 1
        bureau, department, text = (read_text(ref.raw[at]) for at in (bureau_at, department_at, goal_at))
        cell = ref.raw[year_at]
        if cell not in years:
            years[cell] = read_year(cell, desk.words.dates)
        year = years[cell]
        if year is None:
            desk.findings.append(codes.YEAR_UNREADABLE.at(ref, "year"))
        elif not text:
            desk.findings.append(codes.ROW_NOT_USED.at(ref, "goal"))
        else:
            bureau = bureau or units.bureau_of(department)
            if not units.has(bureau, department):
                desk.findings.append(codes.GOAL_OF_NO_UNIT.at(ref, "department" if department else "bureau"))
            found.append(UnitGoal(year, bureau, department, text, ref))
    return found, count
