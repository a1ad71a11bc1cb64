"""The moves that the guide implies as a machine-readable table."""

from __future__ import annotations

from hrbook.core.calendar import first_day
from hrbook.core.outflow import later_moves, outflow_of
from hrbook.sheets.book import DataColumn, DataSheet, Value
from hrbook.sheets.organisation.desk import Desk

ORDER = 115


def sheets(desk: Desk) -> tuple[DataSheet, ...]:
    """One row a department, spring and kind of count; second and further moves under no department."""
    if not desk.reading.rotation.requirements:
        return ()
    labels, reading = desk.labels, desk.reading
    kinds = (("org.data.year", "integer", 12), ("level.bureau", "text", 24), ("level.department", "text", 28))
    columns = [DataColumn(labels(key), kind, width) for key, kind, width in kinds]
    columns += [
        DataColumn(labels(f"org.outflow.data.{key}"), kind, width)
        for key, kind, width in (("spring", "date", 14), ("kind", "text", 22), ("moves", "integer", 14))
    ]
    rows: list[tuple[Value, ...]] = []
    for department in desk.departments:
        flow = outflow_of(department.people, reading)
        for key, counts in (("usual", flow.usual), ("latest", flow.latest)):
            head = (reading.year, department.bureau, department.department or None)
            rows.extend((*head, first_day(spring), labels(f"org.outflow.{key}"), count) for spring, count in counts.items())
    more = later_moves(desk.view.assessment.people, reading)
    kind = labels("org.outflow.data.later")
    rows.extend((reading.year, None, None, first_day(spring), kind, count) for spring, count in more.items())
    return (DataSheet(desk.sheet_name("org_data_outflow"), tuple(columns), rows, desk.page("org_data_outflow"), tab="grey"),)
