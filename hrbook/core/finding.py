"""Faults in the data as values: collected, counted and shown with their cell; never raised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hrbook.core.source import RowRef, Scalar


class Severity(StrEnum):
    """`error`: a row is set aside or a file refused; `warning`: a value is not used; `note`: only said."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `code` names an entry of templates/findings.toml, which holds the wording; `facts` fill it in."""

    code: str
    severity: Severity
    file: str
    sheet: str
    cell: str
    found: Scalar = None
    understood: Scalar = None
    staff_id: str = ""
    facts: Mapping[str, Scalar] = field(default_factory=dict)

    @property
    def order(self) -> tuple[str, str, str, str]:
        """Sort key: findings are shown by code, then place."""
        return (self.code, self.sheet, self.cell.rjust(12), self.staff_id)


def at(
    code: str,
    severity: Severity,
    ref: RowRef,
    field_name: str,
    *,
    understood: Scalar = None,
    staff_id: str = "",
    facts: Mapping[str, Scalar] | None = None,
) -> Finding:
    """A finding on one field of one row: file, sheet, cell and raw value come from the row."""
    return Finding(
        code,
        severity,
        ref.source.file,
        ref.source.sheet,
        ref.address(field_name),
        ref.raw_of(field_name),
        understood,
        staff_id,
        facts or {},
    )
