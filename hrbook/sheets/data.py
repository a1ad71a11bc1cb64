"""Machine-readable sheets: a table is described once, and its heading, its cells and its definition follow from that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hrbook.core.judgement import Degree, RotationStatus, TrainingStatus
from hrbook.core.roster import Employment
from hrbook.core.source import Basis
from hrbook.sheets.book import DataColumn, DataSheet, Value
from hrbook.sheets.department.frame import page_of
from hrbook.sheets.paper import pixels
from hrbook.sheets.view import DepartmentView
from hrbook.words import Labels

TAB = "grey"
PAPER_PX = 1700  # pixels that one landscape page still shows in letters that can be read


@dataclass(frozen=True, slots=True)
class Field:
    """A column: `kind` is text, integer, number or date; `unit` and `codes` are ids of words and of a code table.

    Its words are `data.<table>.<id>` (the heading) and `data.<table>_about.<id>` (the definition)."""

    id: str
    kind: str
    width: float
    unit: str = ""
    codes: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A machine-readable sheet: `id` is that of its words, `fields` are its columns in their fixed order."""

    id: str
    fields: tuple[Field, ...]


def heading(labels: Labels, table: Table, field: Field) -> str:
    """The column's unique name with its unit."""
    name = labels(f"data.{table.id}.{field.id}")
    return labels("data.with_unit", name=name, unit=labels(f"data.unit.{field.unit}")) if field.unit else name


def sheet_name(labels: Labels, table: Table) -> str:
    """The name of the table's sheet."""
    return labels(f"sheet.data_{table.id}.name")


def data_sheet(view: DepartmentView, table: Table, rows: Sequence[tuple[Value, ...]]) -> DataSheet:
    """The sheet of a table: headings in row 1, `rows` from row 2."""
    columns = tuple(DataColumn(heading(view.labels, table, f), f.kind, f.width) for f in table.fields)
    wide = -(-sum(pixels(f.width) for f in table.fields) // PAPER_PX)
    key = next((place for place, f in enumerate(table.fields) if f.id == "staff_id"), None)
    repeat = (key, key) if wide > 1 and key is not None else None
    paper = replace(page_of(view, f"data_{table.id}"), repeat_rows=(0, 0), repeat_cols=repeat, fit_width=wide)
    return DataSheet(sheet_name(view.labels, table), columns, rows, paper, TAB)


def code_table(view: DepartmentView, name: str) -> tuple[tuple[str, str], ...]:
    """Every code of a column with its word. Raises KeyError for a name that is none: a fault of ours."""
    labels, policy = view.labels, view.policy
    match name:
        case "flag":
            return (("1", labels("data.flag.yes")), ("0", labels("data.flag.no")))
        case "rotation_status":
            return tuple((s.value, labels(f"status.rotation.{s.value}")) for s in RotationStatus)
        case "training_status":
            return tuple((s.value, labels(f"status.training.{s.value}")) for s in TrainingStatus)
        case "degree":
            return tuple((d.value, labels(f"degree.{d.value}")) for d in Degree)
        case "basis":
            return tuple((b.value, labels(f"basis.{b.value}")) for b in Basis)
        case "employment":
            return tuple((e.value, labels(f"employment.{e.value}")) for e in Employment)
        case "rank":
            return tuple((r.id, r.name) for r in policy.ranks)
        case "stage":
            return tuple((s.id, s.name) for s in policy.career.stages)
        case "tier":
            return tuple((t.id, t.name) for t in policy.digital.tiers)
        case "course":
            return tuple((c.code, c.name) for c in policy.training.courses)
    raise KeyError(name)
