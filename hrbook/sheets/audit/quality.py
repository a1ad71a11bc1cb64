"""The state of the data: how often what was found, with an example and what to do; below it every finding as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from hrbook.core.finding import Finding, Severity
from hrbook.core.source import Scalar
from hrbook.findings import Catalogue, load_catalogue
from hrbook.sheets.audit.desk import Desk
from hrbook.sheets.book import DataColumn, DataSheet, Sheet, Value
from hrbook.sheets.canvas import Canvas

ORDER = 70
HEAD = 3
WIDTHS = (9, 12, 26, 9, 22, 50, 50)
HEADS = ("code", "severity_name", "kind", "count", "first", "message", "remedy")
CHIPS = {Severity.ERROR: "chip_error", Severity.WARNING: "chip_warning", Severity.NOTE: "chip_assigned"}
COLUMNS = (
    ("code", "text", 12), ("severity", "text", 12), ("severity_name", "text", 10), ("kind", "text", 36), ("file", "text", 15),
    ("sheet", "text", 12), ("cell", "text", 9), ("staff_id", "text", 10), ("found", "text", 20), ("understood", "text", 20),
    ("message", "text", 74), ("remedy", "text", 78),
)  # fmt: skip


def sheets(desk: Desk) -> tuple[Sheet | DataSheet, ...]:
    """The kinds of findings on one sheet, all findings on another."""
    catalogue = load_catalogue(desk.labels.language)
    return (_kinds(desk, catalogue), *_findings(desk, catalogue))


def _kinds(desk: Desk, catalogue: Catalogue) -> Sheet:
    labels, findings = desk.labels, desk.view.assessment.findings
    canvas = Canvas(desk.sheet_name("audit_quality"), WIDTHS)
    by_severity = Counter(f.severity for f in findings)
    severities = {s.value: f"{by_severity[s]:,}" for s in Severity}
    people = f"{len({f.staff_id for f in findings if f.staff_id}):,}"
    desk.band(canvas, "audit_quality", labels("audit.quality.finding", count=f"{len(findings):,}", people=people, **severities))
    canvas.line(HEAD, 0, [labels(f"audit.quality.{key}") for key in HEADS], "th")
    canvas.heights[HEAD] = 30
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.code, []).append(finding)
    row = HEAD
    order = list(Severity)
    for code, found in sorted(kinds.items(), key=lambda pair: (order.index(pair[1][0].severity), pair[0])):
        row += 1
        first = found[0]
        canvas.put(row, 0, code, "code center")
        canvas.put(row, 1, labels(f"audit.severity.{first.severity.value}"), CHIPS[first.severity])
        canvas.put(row, 2, catalogue.title(code), "td_wrap bold")
        canvas.put(row, 3, len(found), "td_center integer")
        canvas.put(row, 4, "!".join(part for part in (first.sheet, first.cell) if part) or None, "code wrap")
        canvas.put(row, 5, catalogue.message(first), "td_wrap")
        canvas.put(row, 6, catalogue.remedy(first), "td_wrap")
    if not findings:
        row += 1
        canvas.put(row, 0, labels("audit.none"), "caption", cols=len(WIDTHS))
    canvas.put(row + 1, 0, labels("audit.quality.note"), "caption_wrap", cols=len(WIDTHS))
    page = replace(desk.page("audit_quality"), repeat_rows=(HEAD, HEAD))
    return canvas.sheet(page, freeze=(HEAD + 1, 1), tab="orange")


def _findings(desk: Desk, catalogue: Catalogue) -> tuple[DataSheet, ...]:
    """One table in the order of the codes and places; without findings only its heading."""
    labels = desk.labels
    severities = {s: labels(f"audit.severity.{s.value}") for s in Severity}
    rows: list[tuple[Value, ...]] = [
        (
            f.code,
            f.severity.value,
            severities[f.severity],
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
    return desk.tables("audit_findings", columns, rows, "orange")


def _text(value: Scalar) -> str | None:
    if value is None or value == "":
        return None
    return value.isoformat() if isinstance(value, date) else str(value)
