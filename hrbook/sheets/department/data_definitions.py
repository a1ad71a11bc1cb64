"""What every column of every machine-readable sheet means, with its codes: the book's own data dictionary."""

from __future__ import annotations

from functools import cache

from hrbook.sheets.book import DataSheet, Value
from hrbook.sheets.data import Field, Table, code_table, data_sheet, heading, sheet_name
from hrbook.sheets.discovery import modules_of
from hrbook.sheets.view import DepartmentView

ORDER = 84
SCHEMA = 1  # layout of all machine-readable sheets of the department's book; a new number for every change of a column
TABLE = Table(
    "definitions",
    (
        Field("schema", "integer", 16),
        Field("sheet", "text", 16),
        Field("place", "integer", 12, unit="nth"),
        Field("column", "text", 28),
        Field("entry", "text", 14),
        Field("kind", "text", 12),
        Field("unit", "text", 10),
        Field("about", "text", 70),
        Field("code", "text", 18),
        Field("word", "text", 36),
    ),
)


def sheets(view: DepartmentView) -> tuple[DataSheet, ...]:
    """One row a column; after a column with codes one row a code."""
    labels = view.labels
    column, code = labels("data.entry.column"), labels("data.entry.code")
    kinds = {kind: labels(f"data.kind.{kind}") for kind in ("text", "integer", "number", "date")}
    rows: list[tuple[Value, ...]] = []
    for table in tables():
        name = sheet_name(labels, table)
        for place, field in enumerate(table.fields, start=1):
            head = heading(labels, table, field)
            unit = labels(f"data.unit.{field.unit}") if field.unit else None
            about = labels(f"data.{table.id}_about.{field.id}")
            rows.append((SCHEMA, name, place, head, column, kinds[field.kind], unit, about, None, None))
            if field.codes:
                rows.extend(
                    (SCHEMA, name, place, head, code, kinds[field.kind], unit, about, value, word)
                    for value, word in code_table(view, field.codes)
                )
    return (data_sheet(view, TABLE, rows),)


@cache
def tables() -> tuple[Table, ...]:
    """The tables of the book's machine-readable sheets, in the order of the sheets; this one is the last."""
    found = (getattr(module, "TABLE", None) for module in modules_of(__name__.rpartition(".")[0]))
    return tuple(table for table in found if isinstance(table, Table))
