"""The courses of the book for machines: one row a person and course; a course that is not for the person has no row
(the ledger holds every pair)."""

from __future__ import annotations

from hrbook.core.judgement import TrainingStatus
from hrbook.sheets.book import DataSheet, Value
from hrbook.sheets.data import Field, Table, data_sheet
from hrbook.sheets.view import DepartmentView

ORDER = 82
TABLE = Table(
    "training",
    (
        Field("year", "integer", 13),
        Field("staff_id", "text", 12),
        Field("course", "text", 14, codes="course"),
        Field("status", "text", 18, codes="training_status"),
        Field("status_name", "text", 20),
        Field("degree", "text", 12, codes="degree"),
        Field("target_year", "integer", 20),
        Field("window_end", "integer", 20),
        Field("completed_on", "date", 14),
        Field("timing", "text", 18, codes="basis"),
        Field("missing", "integer", 22, unit="cases"),
    ),
)


def sheets(view: DepartmentView) -> tuple[DataSheet, ...]:
    """People in the order of the staff list, courses in the policy's order."""
    labels, year = view.labels, view.reading.year
    statuses = {s: (s.value, labels(f"status.training.{s.value}")) for s in TrainingStatus}
    rows: list[tuple[Value, ...]] = []
    for person in view.people:
        staff_id = person.employee.staff_id
        for code, judgement in person.trainings.items():
            result = judgement.result
            if result.status is TrainingStatus.NOT_APPLICABLE:
                continue
            rows.append(
                (
                    year,
                    staff_id,
                    code,
                    *statuses[result.status],
                    judgement.degree.value,
                    result.target_fy,
                    result.window_end,
                    result.completed_on,
                    result.timing.value,
                    len(result.missing_prerequisites),
                )
            )
    return (data_sheet(view, TABLE, rows),)
