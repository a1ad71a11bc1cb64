"""A small organisation by hand, judged by the real engine: what the books of the whole organisation are tested on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from hrbook.core.assess import assess
from hrbook.core.finding import Finding, Severity, at
from hrbook.core.reading import Reading
from hrbook.core.roster import Employee, Roster, SetAside
from hrbook.core.source import RowRef, SheetSource
from hrbook.sheets.view import View, departments_of
from hrbook.words import Labels
from tests.sheets.builders import LABELS, RUN, completion, employee, post, reading_of, reason

SOURCE = SheetSource("roster.xlsx", "0" * 64, "職員名簿", {"staff_id": 0, "department": 11, "hired": 4, "left": 17}, {})


def row(number: int) -> RowRef:
    """A row of a roster sheet with some columns."""
    return RowRef(SOURCE, number, ())


def april(year: int) -> date:
    return date(year, 4, 1)


def staff() -> list[Employee]:
    """Eight people of three departments in two bureaus, and one who is not hired yet."""
    tax = ((april(2017), "市民課"), (april(2021), "課税課"))
    met = ((april(2017), "課税課"), (april(2021), "市民課"), (april(2026), "課税課"), (april(2024), "財政課"))
    people = [
        employee("01", title="課長", hired=april(2000), name="課長　一"),
        employee("02", (april(2022), "市民課"), title="主事", name="要計画　二"),
        employee("03", *tax, hired=april(2017), title="主任", department="課税課", name="届かない　三"),
        employee("04", *met, hired=april(2017), title="主任", department="課税課", name="到達　四"),
        employee("05", hired=april(2026), department="市民課", name="順調　五", completions=(completion("TC-K01", april(2026)),)),
        employee("06", *tax, hired=april(2017), title="主任", department="課税課", name="理由　六", reasons=(reason(),)),
        employee("07", title="特命官", hired=april(2010), department="市民課", name="不明　七"),
        employee("08", title="部長", hired=april(1992), department="", name="部長　八"),
        employee("09", hired=date(2026, 10, 1), name="予定　九"),
    ]
    return [replace(p, ref=row(number)) for number, p in enumerate(people, start=2)]


def whole_view(
    people: Iterable[Employee] | None = None,
    reading: Reading | None = None,
    labels: Labels = LABELS,
    aside: Sequence[SetAside] = (),
    findings: Sequence[Finding] = (),
) -> View:
    """The view of the whole run over `people` (the small organisation by default)."""
    ordered = tuple(sorted(staff() if people is None else people, key=lambda p: p.staff_id))
    roster = Roster("roster.xlsx", "b" * 64, ordered, (), tuple(aside), len(ordered) + len(aside))
    assessment = assess(roster, reading or reading_of(), findings)
    return View(assessment, departments_of(assessment), labels, RUN)


def lost_row() -> tuple[SetAside, Finding]:
    """A row without a department, and the finding that says so."""
    ref = row(40)
    aside = SetAside("99", "所属なし　十", "HR102", ref)
    return aside, at("HR102", Severity.ERROR, ref, "department", staff_id="99", facts={"name": "所属なし　十"})


__all__ = ["april", "lost_row", "post", "row", "staff", "whole_view"]
