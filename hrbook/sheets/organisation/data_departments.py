"""The counts of every department in long form, in the layout of the departments' own sheets of counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.sheets.book import DataColumn, DataSheet, Value
from hrbook.sheets.data import heading
from hrbook.sheets.department.data_summary import TABLE
from hrbook.sheets.organisation.desk import Desk
from hrbook.summary import Table

ORDER = 100
Item = tuple[str, str]  # code and name


def sheets(desk: Desk) -> tuple[DataSheet, ...]:
    """One table: one row a department and count; 0 where there is none."""
    labels = desk.labels
    columns = tuple(DataColumn(heading(labels, TABLE, f), f.kind, f.width) for f in TABLE.fields)
    people, cases = labels("org.figures.unit.people"), labels("org.figures.unit.cases")
    year, as_of = desk.reading.year, desk.reading.as_of
    parts = [
        (labels(f"org.data.section.{key}"), key, table, items, unit) for key, table, items, unit in _parts(desk, people, cases)
    ]
    rows: list[tuple[Value, ...]] = []
    for department in desk.departments:
        head = (year, as_of, department.bureau, department.department or None)
        rows.append(
            (*head, "people", labels("org.data.section.people"), "all", labels("org.data.all"), len(department.people), people)
        )
        for name, key, table, items, unit in parts:
            counts = zip(items, table.row(department.key), strict=True)
            rows.extend((*head, key, name, code, word, count, unit) for (code, word), count in counts)
    return (DataSheet(desk.sheet_name("org_data_departments"), columns, rows, desk.page("org_data_departments"), tab="grey"),)


def _parts(desk: Desk, people: str, cases: str) -> Iterator[tuple[str, Table, Sequence[Item], str]]:
    """Section, its table, code and name of each column of the table, unit."""
    labels, policy, summary = desk.labels, desk.policy, desk.summary
    unknown = ("unknown", labels("org.unknown"))
    training = {s.value: labels(f"status.training.{s.value}") for s in TrainingStatus}
    yield "rank", summary.ranks, [*((r.id, r.name) for r in policy.ranks), unknown], people
    yield "training", summary.trainings, list(training.items()), cases
    to_do = [(str(s), training[str(s)]) for s in summary.people_to_do.columns]
    yield "training_people", summary.people_to_do, to_do, people
    yield "rotation", summary.rotation, [(s.value, labels(f"status.rotation.{s.value}")) for s in RotationStatus], people
    windows = [str(key) or "unknown" for key in summary.window.columns]
    yield "window", summary.window, [(key, labels(f"org.rotation.{key}")) for key in windows], people
    yield "tier", summary.tiers, [*((t.id, t.name) for t in policy.digital.tiers), unknown], people
    yield "ability", summary.abilities, [(a.id, a.name) for a in policy.competency.abilities], people
