"""Every finding on the data, with its cell, what stood there, how it was understood, and what to do."""

from __future__ import annotations

from datetime import date

from hrbook.core.source import Scalar
from hrbook.findings import load_catalogue
from hrbook.sheets.audit.desk import Desk
from hrbook.sheets.book import DataColumn, DataSheet, Value

ORDER = 70
COLUMNS = (
    ("code", "text", 8), ("severity", "text", 9), ("severity_name", "text", 9), ("kind", "text", 26), ("file", "text", 15),
    ("sheet", "text", 11), ("cell", "text", 8), ("staff_id", "text", 10), ("found", "text", 18), ("understood", "text", 18),
    ("message", "text", 58), ("remedy", "text", 48),
)  # fmt: skip


def sheets(desk: Desk) -> tuple[DataSheet, ...]:
    """One table in the order of the codes and places; without findings only its heading."""
    labels = desk.labels
    catalogue = load_catalogue(labels.language)
    rows: list[tuple[Value, ...]] = [
        (
            f.code,
            f.severity.value,
            labels(f"audit.severity.{f.severity.value}"),
            catalogue.title(f.code),
            f.file or None,
            f.sheet or None,
            f.cell or None,
            f.staff_id or None,
            _text(f.found),
            _text(f.understood),
            catalogue.message(f),
            catalogue.remedy(f),
        )
        for f in desk.view.assessment.findings
    ]
    columns = tuple(DataColumn(labels(f"audit.quality.{key}"), kind, width) for key, kind, width in COLUMNS)
    return (DataSheet(desk.sheet_name("audit_quality"), columns, rows, desk.page("audit_quality"), tab="orange"),)


def _text(value: Scalar) -> str | None:
    if value is None or value == "":
        return None
    return value.isoformat() if isinstance(value, date) else str(value)
