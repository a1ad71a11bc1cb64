"""The two workbooks that `collect` writes: results for people, and the data set that the next build reads."""

from __future__ import annotations

from collections.abc import Iterable

from hrbook.core.reconcile import Kind, Verdict
from hrbook.core.returned import Entry, Origin
from hrbook.core.source import Scalar
from hrbook.excel.writer import render
from hrbook.ingest.returned import columns, words
from hrbook.sheets import collected
from hrbook.sheets.book import Book, DataColumn, DataSheet, Page
from hrbook.sheets.collected.desk import Desk, field_name

CORRECTIONS = "corrections"
WIDTHS = {"field_name": 22, "value": 48, "file": 32, "sha256": 66, "saved": 20, "sender": 24, "item": 16, "decided": 16}


def results_book(desk: Desk) -> bytes:
    """The workbook with the status board, the decisions and what came back."""
    return render(collected.book(desk, desk.labels("collect.path.results")))


def returned_book(desk: Desk, entries: Iterable[Entry]) -> bytes:
    """The data set: one sheet a group, one row a value; and the corrections of the roster that were agreed."""
    said = words()
    sheets = {**said["sheets"], CORRECTIONS: said["corrections"]}
    labels, year = desk.labels, desk.year
    rows: dict[str, list[tuple[Scalar, ...]]] = {group: [] for group in sheets}
    hand = {True: said["by_hand"], False: said["automatic"]}
    for entry in entries:
        name, origin = labels(f"collect.field.{entry.field}"), entry.origin
        head = (entry.staff_id, entry.year, entry.field, name, entry.item or None, entry.code or None, entry.value)
        rows[entry.group.value].append((*head, hand[entry.decided], *_origin(origin)))
    for one in desk.differences:
        if one.seen.kind is Kind.CORRECTION and one.verdict is Verdict.ACCEPT:
            name = field_name(labels, one.seen)
            head = (one.staff_id, year, one.seen.field, name, one.seen.label or None, None, one.value)
            rows[CORRECTIONS].append((*head, hand[one.reason == "decided"], *_origin(one.seen.origin)))
    heads = tuple(DataColumn(c.header, "integer" if c.kind == "year" else "text", WIDTHS.get(c.id, 13)) for c in columns())
    footer = ("", labels("page.number"), "")
    made = tuple(
        DataSheet(name, heads, rows[group], Page(header=("", name, ""), footer=footer)) for group, name in sheets.items()
    )
    title = labels("collect.book.data_title", year=labels.fiscal_year(year))
    custom = {"hrbook-kind": "returned", "hrbook-year": str(year)}
    return render(Book(labels("collect.path.returned"), title, labels("collect.book.subject"), "", "", made, custom=custom))


def _origin(origin: Origin) -> tuple[str | None, ...]:
    return (origin.sender or None, origin.file, origin.sheet or None, origin.cell or None, origin.sha256, origin.saved or None)
