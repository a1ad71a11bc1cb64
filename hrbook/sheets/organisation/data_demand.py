"""Demand for courses as a machine-readable table in long form: one row a course and status, or course and future year."""

from __future__ import annotations

from hrbook.core.judgement import TrainingStatus
from hrbook.sheets.book import DataColumn, DataSheet, Value
from hrbook.sheets.organisation.demand import demand_of
from hrbook.sheets.organisation.desk import Desk

ORDER = 110


def sheets(desk: Desk) -> tuple[DataSheet, ...]:
    """One table. "Upcoming" is divided by the first fiscal year of the time to come; the other statuses carry no such year."""
    labels, summary, policy = desk.labels, desk.summary, desk.policy
    providers = {p.id: p.name for p in policy.training.providers}
    categories = {c.id: c.name for c in policy.training.categories}
    words = {s: labels(f"status.training.{s.value}") for s in TrainingStatus}
    kinds = (
        ("year", "integer", 14), ("as_of", "date", 14), ("course", "text", 12), ("course_name", "text", 36),
        ("provider", "text", 26), ("category", "text", 16), ("mandatory", "integer", 16), ("timing", "text", 14),
        ("status", "text", 16), ("status_name", "text", 20), ("target", "integer", 16), ("count", "integer", 12),
        ("seats", "integer", 12),
    )  # fmt: skip
    columns = tuple(DataColumn(labels(f"org.data.{key}"), kind, width) for key, kind, width in kinds)
    rows: list[tuple[Value, ...]] = []
    for demand in demand_of(desk):
        course = demand.course
        head: tuple[Value, ...] = (
            desk.reading.year,
            desk.reading.as_of,
            course.code,
            course.name,
            providers[course.provider],
            categories[course.category],
            int(course.mandatory),
            labels(f"basis.{course.timing.value}"),
        )
        for status in TrainingStatus:
            if status is TrainingStatus.UPCOMING:
                counts = [(int(str(year)), n) for year, n in zip(summary.upcoming.columns, demand.ahead, strict=True)]
                rows.extend((*head, status.value, words[status], year, n, course.seats) for year, n in counts)
            else:
                count = summary.courses.at(course.code, status.value)
                rows.append((*head, status.value, words[status], None, count, course.seats))
    return (DataSheet(desk.sheet_name("org_data_demand"), columns, rows, desk.page("org_data_demand"), tab="grey"),)
