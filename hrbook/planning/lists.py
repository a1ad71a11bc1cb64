"""Nomination lists as files: a workbook and a CSV file for every course that somebody is nominated for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hrbook.core.training_plan import CoursePlan
from hrbook.excel.names import unique_file_names
from hrbook.ledger import BOM, field, safe_text
from hrbook.sheets.book import Book
from hrbook.sheets.nominations import Nominee, book, nominees
from hrbook.sheets.plan.desk import Desk

COLUMNS = (
    "year", "code", "course", "number", "first", "last", "place",
    "bureau", "department", "staff_id", "name", "kana", "title", "remark",
)  # fmt: skip


def lists(desk: Desk, folder: str) -> Iterator[tuple[Book, str, bytes]]:
    """(workbook, path of the CSV file, its bytes) for every such course, in the order of the plan."""
    wanted = [c for c in desk.plan.courses if c.nominated]
    names = unique_file_names([f"{c.course.code}_{c.course.name}" for c in wanted])
    for plan, name in zip(wanted, names, strict=True):
        people = nominees(desk, plan)
        yield book(desk, plan, people, f"{folder}/{name}.xlsx"), f"{folder}/{name}.csv", _csv(desk, plan, people)


def _csv(desk: Desk, plan: CoursePlan, people: Iterable[Nominee]) -> bytes:
    """UTF-8 with BOM, one row a person; days in ISO form, empty where none is set."""
    lines = [",".join(field(desk.labels(f"plan.csv.{key}")) for key in COLUMNS)]
    for one in people:
        days = ["" if day is None else day.isoformat() for day in (one.first, one.last)]
        number = str(one.number) if one.first else ""
        texts = (one.place, one.bureau, one.department, one.staff_id, one.name, one.kana, one.title, one.remark)
        row = [str(desk.years[0]), plan.course.code, plan.course.name, number, *days, *texts]
        lines.append(",".join(field(safe_text(text)) for text in row))
    return (BOM + "\r\n".join([*lines, ""])).encode("utf-8")
