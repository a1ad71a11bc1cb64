"""The people of the book for machines: one row a person, with the facts of the year and the verdicts in codes and words."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hrbook.core.judgement import TrainingStatus
from hrbook.sheets.book import DataSheet, Value
from hrbook.sheets.data import Field, Table, data_sheet
from hrbook.sheets.reasons import RotationWords
from hrbook.sheets.view import DepartmentView

ORDER = 80
TABLE = Table(
    "staff",
    (
        Field("year", "integer", 13),
        Field("as_of", "date", 12),
        Field("staff_id", "text", 12),
        Field("name", "text", 18),
        Field("kana", "text", 20),
        Field("employment", "text", 16, codes="employment"),
        Field("employment_name", "text", 14),
        Field("job_family", "text", 14),
        Field("title", "text", 12),
        Field("rank", "text", 12, codes="rank"),
        Field("rank_name", "text", 8),
        Field("bureau", "text", 18),
        Field("department", "text", 18),
        Field("section", "text", 16),
        Field("hired", "date", 12),
        Field("service_year", "integer", 16, unit="nth_year"),
        Field("rank_year", "integer", 16, unit="nth_year"),
        Field("stay_years", "integer", 18, unit="nth_year"),
        Field("stage", "text", 18, codes="stage"),
        Field("stage_name", "text", 14),
        Field("tier", "text", 16, codes="tier"),
        Field("tier_name", "text", 16),
        Field("rotation", "text", 16, codes="rotation_status"),
        Field("rotation_name", "text", 16),
        Field("degree", "text", 12, codes="degree"),
        Field("degree_name", "text", 8),
        Field("reason", "text", 40),
        Field("count", "integer", 20, unit="units"),
        Field("minimum", "integer", 16, unit="units"),
        Field("remaining", "integer", 14, unit="years"),
        Field("last_chance", "date", 16),
        Field("reached_later", "integer", 20),
        Field("turns", "integer", 18, codes="flag"),
        Field("in_target", "integer", 18, unit="cases"),
        Field("overdue", "integer", 22, unit="cases"),
        Field("undetermined", "integer", 20, unit="cases"),
    ),
)


def sheets(view: DepartmentView) -> tuple[DataSheet, ...]:
    """One row a person, in the order of the staff list."""
    labels, policy, reading = view.labels, view.policy, view.reading
    words = RotationWords(labels, policy, reading.rotation)
    employment = {code: labels(f"employment.{code}") for code in ("regular", "fixed_term", "reappointed", "fiscal_year")}
    ranks = {rank.id: rank.name for rank in policy.ranks}
    rows: list[tuple[Value, ...]] = []
    for person in view.people:
        who, verdict = person.employee, person.rotation.result
        kind = who.employment.value if who.employment else None
        due = Counter(judgement.result.status for judgement in person.trainings.values())
        rows.append(
            (
                reading.year,
                reading.as_of,
                who.staff_id,
                who.name,
                who.kana or None,
                kind,
                employment[kind] if kind else None,
                who.job_family or None,
                who.title or None,
                who.rank,
                ranks[who.rank] if who.rank else None,
                who.post.bureau or None,
                who.post.department or None,
                who.post.section or None,
                who.hired if isinstance(who.hired, date) else None,
                person.service_year,
                person.rank_year,
                person.stay_years,
                person.career.result.choice,
                person.career.result.name,
                person.digital.result.choice,
                person.digital.result.name,
                verdict.status.value,
                labels(f"status.rotation.{verdict.status.value}"),
                person.rotation.degree.value,
                labels(f"degree.{person.rotation.degree.value}"),
                words.reason(verdict),
                verdict.count if verdict.counts else None,
                verdict.minimum if verdict.counts else None,
                verdict.remaining,
                verdict.last_chance,
                verdict.reached_later_fy,
                int(bool(verdict.turns_on)),
                due[TrainingStatus.IN_TARGET],
                due[TrainingStatus.OVERDUE],
                due[TrainingStatus.UNDETERMINED],
            )
        )
    return (data_sheet(view, TABLE, rows),)
