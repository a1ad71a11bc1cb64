"""Every row of the roster and what became of it."""

from __future__ import annotations

from hrbook.sheets.audit.desk import Addresses, Desk
from hrbook.sheets.book import DataColumn, DataSheet, Value

ORDER = 20
COLUMNS = (
    ("file", "text", 18), ("sheet", "text", 14), ("row", "integer", 8), ("cell", "text", 18), ("staff_id", "text", 12),
    ("name", "text", 20), ("department", "text", 38), ("code", "text", 16), ("outcome", "text", 20), ("why", "text", 14),
)  # fmt: skip


def sheets(desk: Desk) -> tuple[DataSheet, ...]:
    """One table in the order of the roster's rows."""
    labels, run = desk.labels, desk.view.assessment
    departments = desk.departments()
    addresses = Addresses(labels("audit.join"))
    outcomes = {key: labels(f"audit.population.is.{key}") for key in ("judged", "not_yet_hired", "gone", "set_aside")}
    found: list[tuple[tuple[str, int], tuple[Value, ...]]] = []

    def add(ref_row: tuple[str, str, int, str], staff_id: str, name: str, department: str, outcome: str, why: str) -> None:
        file, sheet, row, cell = ref_row
        entry = (
            file,
            sheet,
            row,
            cell,
            staff_id or None,
            name or None,
            department or None,
            outcome,
            outcomes[outcome],
            why or None,
        )
        found.append(((sheet, row), entry))

    for person in run.people:
        e = person.employee
        at = (e.ref.source.file, e.ref.source.sheet, e.ref.row, addresses.of(e.ref, "staff_id"))
        add(at, e.staff_id, e.name, departments.get(e.staff_id, ""), "judged", "")
    for e, reason in run.outside:
        at = (e.ref.source.file, e.ref.source.sheet, e.ref.row, addresses.of(e.ref, "staff_id"))
        where = labels("audit.department", bureau=e.post.bureau, department=e.post.department)
        add(at, e.staff_id, e.name, where, reason.value, "")
    for s in run.roster.set_aside:
        at = (s.ref.source.file, s.ref.source.sheet, s.ref.row, addresses.of(s.ref, "staff_id"))
        add(at, s.staff_id, s.name, "", "set_aside", s.code)
    columns = tuple(DataColumn(labels(f"audit.population.{key}"), kind, width) for key, kind, width in COLUMNS)
    rows = [entry for _, entry in sorted(found, key=lambda pair: pair[0])]
    return desk.tables("audit_population", columns, rows, "navy2")
