"""Reminders as plain texts, one a department that has something to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrbook.core.reading import Reading
from hrbook.core.receipts import DepartmentState, DepartmentStatus, FormState
from hrbook.core.reconcile import Difference, Verdict
from hrbook.sheets.collected.desk import Desk, field_name, please
from hrbook.words import Labels

LINE = "\r\n"  # what mail programs and Notepad expect
BOM = "\ufeff"


def reminders(desk: Desk, reading: Reading) -> dict[str, bytes]:
    """Path -> text. A department that has returned everything and is asked nothing gets none."""
    labels, made = desk.labels, {}
    for status in desk.departments:
        asked = [d for d in desk.differences if d.verdict is Verdict.ASK and d.seen.origin.sender == status.department]
        lines = list(_lines(labels, status, asked, desk.names))
        if not lines:
            continue
        subject = labels("collect.remind.subject", year=labels.fiscal_year(desk.year))
        head = [subject, "", labels("collect.remind.greeting", unit=desk.sender(status.department)), ""]
        tail = []
        if reading.deadline is not None:
            tail.append(labels("collect.remind.deadline", day=labels.day(reading.deadline)))
        if reading.submit_to:
            tail.append(labels("collect.remind.place", place=reading.submit_to))
        text = LINE.join([*head, *lines, *([""] if tail else []), *tail, ""])
        made[f"{labels('collect.path.reminders')}/{status.title}.txt"] = (BOM + text).encode("utf-8")
    return made


def _lines(labels: Labels, status: DepartmentStatus, asked: Sequence[Difference], names: Mapping[str, str]) -> list[str]:
    lines: list[str] = []
    if status.state is DepartmentState.MISSING:
        lines.append(labels("collect.remind.missing", people=len(status.people)))
    elif status.state is DepartmentState.REFUSED:
        lines.append(labels("collect.remind.refused"))
    elif status.state is DepartmentState.PARTLY:
        lines.append(labels("collect.remind.partly"))
        for person in status.people:
            if person.lacking and not person.excused:
                key = "person_blank" if person.state is FormState.BLANK else "person"
                fields = labels("list.separator").join(labels(f"collect.field.{field}") for field in person.lacking)
                lines.append(labels(f"collect.remind.{key}", staff_id=person.staff_id, name=person.name, fields=fields))
    for receipt in status.files:
        if not receipt.read and receipt.fault != "returned_duplicate":
            reason = labels.fault(receipt.fault, receipt.facts)
            lines.append(labels("collect.remind.file", reason=reason))
    if asked:
        lines.extend(["", labels("collect.remind.ask")] if lines else [labels("collect.remind.ask")])
        for one in asked:
            facts = {
                "staff_id": one.seen.staff_id,
                "name": names.get(one.seen.staff_id, ""),
                "field": field_name(labels, one.seen),
                "found": one.seen.returned.replace("\n", " "),
                "reason": please(labels, one, names),
            }
            lines.append(labels("collect.remind.question", **facts))
    return lines
