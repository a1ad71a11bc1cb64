"""The way to the next rank, person by person, as a machine-readable table: step-up, attainment, gaps, missing scores."""

from __future__ import annotations

from fractions import Fraction

from hrbook.core.choices import Weights
from hrbook.core.growth import HIGHEST, growth_of
from hrbook.sheets.book import DataColumn, DataSheet, Value
from hrbook.sheets.organisation.desk import Desk

ORDER = 117
SHOWN = 3  # gaps that are named
KINDS = (
    ("staff_id", "text", 12), ("name", "text", 20), ("bureau", "text", 20), ("department", "text", 24), ("rank", "text", 10),
    ("next", "text", 10), ("step_up", "text", 44), ("year", "integer", 14), ("now", "number", 18), ("now_scored", "integer", 18),
    ("now_of", "integer", 18), ("ahead", "number", 18), ("ahead_scored", "integer", 18), ("ahead_of", "integer", 18),
    ("gap", "number", 18), ("gaps", "text", 44), ("missing", "text", 44),
)  # fmt: skip


def sheets(desk: Desk) -> tuple[DataSheet, ...]:
    """One row for everybody who has a next rank; none where the policy gives no weights."""
    labels, policy, reading = desk.labels, desk.policy, desk.reading
    if not policy.competency.weighs:
        return ()
    weights = Weights(policy.competency, reading.points, policy.rank_ids)
    join = labels("list.separator")
    rows: list[tuple[Value, ...]] = []
    for department in desk.departments:
        for person in department.people:
            found = growth_of(person, weights, policy.rank_ids, reading.year)
            if found is None:
                continue
            who, names = person.employee, weights.named[found.next_rank]
            head = (who.staff_id, who.name, department.bureau, department.department or None)
            steps, missing = (join.join(names[a] for a in part) or None for part in (found.step_up, found.missing))
            gap = None if found.ahead.value is None else _shown(HIGHEST - found.ahead.value)
            gaps = join.join(names[ability] for ability, _ in found.gaps[:SHOWN]) or None
            now, ahead = found.now, found.ahead
            rows.append(
                (*head, policy.rank_name(found.rank), policy.rank_name(found.next_rank), steps, found.year,
                 _shown(now.value), now.scored, now.of, _shown(ahead.value), ahead.scored, ahead.of, gap, gaps, missing)
            )  # fmt: skip
    columns = tuple(DataColumn(labels(f"org.growth.{key}"), kind, width) for key, kind, width in KINDS)
    return (DataSheet(desk.sheet_name("org_data_growth"), columns, rows, desk.page("org_data_growth"), tab="grey"),)


def _shown(value: Fraction | None) -> float | None:
    """Two decimals are what people read."""
    return None if value is None else round(float(value), 2)
