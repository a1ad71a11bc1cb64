"""The counts of a department in long form, one a row: what the cover's charts draw and what machines read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.sheets.book import DataSheet, Value
from hrbook.sheets.data import Field, Table, data_sheet
from hrbook.sheets.tally import Tally
from hrbook.sheets.view import DepartmentView
from hrbook.words import Labels

ORDER = 83
TABLE = Table(
    "summary",
    (
        Field("year", "integer", 14),
        Field("as_of", "date", 14),
        Field("bureau", "text", 18),
        Field("department", "text", 18),
        Field("section", "text", 26),
        Field("section_name", "text", 28),
        Field("item", "text", 22),
        Field("item_name", "text", 28),
        Field("value", "integer", 12),
        Field("unit", "text", 8),
    ),
)
ITEM, VALUE = 7, 8  # columns of an item's name and its number
PLANNED = (TrainingStatus.IN_TARGET, TrainingStatus.OVERDUE, TrainingStatus.UPCOMING)


@dataclass(frozen=True, slots=True)
class Item:
    """One count: `section` and `id` are codes, `name` is words; it counts people or cases."""

    section: str
    id: str
    name: str
    value: int
    people: bool = True


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts in the order of the sheet."""

    items: tuple[Item, ...]

    def section(self, section: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.section == section)

    def span(self, section: str) -> tuple[int, int]:
        """First and last 0-based row of a section on the sheet."""
        rows = [row for row, item in enumerate(self.items, start=1) if item.section == section]
        return rows[0], rows[-1]


def summary_of(view: DepartmentView, counted: Tally) -> Summary:
    """The counts of the department: the same sections and items in every department of a run, zeros included."""
    return Summary(tuple(_items(view, counted)))


def planned_section(status: TrainingStatus) -> str:
    """The section that counts the courses of `status` by provider and category."""
    return f"course_group.{status.value}"


def course_groups(view: DepartmentView) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    """(provider, category) -> (name, course codes), in the policy's order; pairs without a course are left out."""
    training = view.policy.training
    found: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}
    for provider in training.providers:
        for category in training.categories:
            codes = tuple(c.code for c in training.courses if (c.provider, c.category) == (provider.id, category.id))
            if codes:
                name = view.labels("department.course_group", provider=provider.short, category=category.name)
                found[provider.id, category.id] = (name, codes)
    return found


def sheets(view: DepartmentView) -> tuple[DataSheet, ...]:
    labels, department = view.labels, view.department
    units = {True: labels("summary.unit.people"), False: labels("summary.unit.cases")}
    summary = summary_of(view, view.department.counted)
    names = {section: labels(f"summary.section.{section}") for section in sorted({i.section for i in summary.items})}
    where = (view.reading.year, view.reading.as_of, department.bureau, department.department or None)
    rows: list[tuple[Value, ...]] = [
        (*where, i.section, names[i.section], i.id, i.name, i.value, units[i.people]) for i in summary.items
    ]
    return (data_sheet(view, TABLE, rows),)


def _items(view: DepartmentView, counted: Tally) -> Iterator[Item]:
    labels, policy = view.labels, view.policy
    yield Item("people", "people", labels("summary.people"), counted.people)
    yield Item("people", "on_leave", labels("summary.on_leave"), counted.on_leave)
    for rank in reversed(policy.ranks):
        yield Item("rank", rank.id, rank.name, counted.ranks[rank.id])
    yield Item("rank", "unknown", labels("summary.rank_unknown"), counted.ranks[None])
    for standing in RotationStatus:
        yield Item("rotation", standing.value, labels(f"status.rotation.{standing.value}"), counted.rotation[standing])
    words = _training_words(labels)
    for status, name in words.items():
        yield Item("training", status.value, name, counted.training[status], people=False)
    for status, name in words.items():
        yield Item("training_people", status.value, name, counted.with_status[status])
    groups = course_groups(view)
    for status in PLANNED:
        for (provider, category), (name, codes) in groups.items():
            value = sum(counted.courses[code, status] for code in codes)
            yield Item(planned_section(status), f"{provider}.{category}", name, value, people=False)


def _training_words(labels: Labels) -> dict[TrainingStatus, str]:
    return {status: labels(f"status.training.{status.value}") for status in TrainingStatus}
