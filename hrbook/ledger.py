"""ledger.csv: one row per judgement, for machines and for re-computation (spec/contract.md, "Output")."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from hrbook.core.assessment import Assessed
from hrbook.core.judgement import Result
from hrbook.core.reading import Reading
from hrbook.core.results import TrainingResult
from hrbook.core.rotation_policy import RotationReading
from hrbook.core.source import Evidence, Scalar

COLUMNS = (
    "staff_id",
    "department",
    "rule_id",
    "edition",
    "status",
    "degree",
    "citation",
    "citation_status",
    "inputs",
    "values",
    "reading",
    "as_of",
)
BOM = "\ufeff"
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_cell = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def ledger(people: Iterable[Assessed], reading: Reading) -> bytes:
    """The ledger of `people`, UTF-8 with BOM, rows in the order of the people and of the rules."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    as_of = reading.as_of.isoformat()
    declared = {"rotation": reading_text(reading.rotation), "points": points_text(reading.points)}
    for person in people:
        writer.writerows(_rows(person, as_of, declared, reading))
    return (BOM + buffer.getvalue()).encode("utf-8")


def _rows(person: Assessed, as_of: str, declared: Mapping[str, str], reading: Reading) -> Iterator[tuple[str, ...]]:
    post = person.employee.post
    department = safe_text(" ".join(part for part in (post.bureau, post.department) if part) or post.code)
    cells = cache(_cells_json)
    policy = reading.policy
    how = {policy.rotation.rule_id: declared["rotation"], policy.competency.rule_id: declared["points"]}
    staff_id = safe_text(person.employee.staff_id)
    for judgement in person.judgements():
        rule = judgement.rule
        yield (
            staff_id,
            department,
            rule.id,
            rule.edition,
            str(judgement.status),
            judgement.degree.value,
            rule.citation,
            rule.basis.value,
            cells(judgement.evidence),
            values(judgement.result),
            how.get(rule.id, ""),
            as_of,
        )


def _cells_json(evidence: tuple[Evidence, ...]) -> str:
    return f"[{','.join(_cell_json(e) for e in evidence)}]"


@lru_cache(maxsize=4096)
def _values_json(result: TrainingResult) -> str:
    return _json(result.values())


def values(result: Result) -> str:
    """The intermediate values of a judgement as JSON; courses have few different ones, so they are shared."""
    return _values_json(result) if isinstance(result, TrainingResult) else _json(result.values())


def _cell_json(evidence: Evidence) -> str:
    cell = evidence.cell()
    entry: dict[str, Any] = {
        "file": cell.file,
        "sheet": cell.sheet,
        "cell": cell.cell,
        "raw": plain(cell.raw),
        "value": plain(cell.value),
    }
    return _cell(entry)


def plain(value: Scalar) -> str | int | float | bool | None:
    """A value as JSON holds it: dates in ISO form."""
    return value.isoformat() if isinstance(value, date) else value


def safe_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula when it opens the CSV: such a beginning gets an apostrophe."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else text


def reading_text(reading: RotationReading) -> str:
    """The reading of the guide in one line of key=value, for machines; sheets have words for it."""
    pairs = [
        ("units", "+".join(f"{r.level.value}>={r.minimum}" for r in reading.requirements)),
        ("window_years", reading.window_years),
        ("ranks", "+".join(reading.ranks)),
        ("employment", "+".join(e.value for e in reading.employment)),
        ("excluded_job_families", "+".join(reading.excluded_job_families)),
        ("min_stay_months", reading.min_stay_months),
        ("secondment_counts", "yes" if reading.secondment_counts else "no"),
        ("leave_extends_window", "yes" if reading.leave_extends_window else "no"),
        ("midcareer", reading.midcareer.value),
        ("usual_stay_years", reading.usual_stay_years),
        ("review_years", "" if reading.review_years is None else reading.review_years),
    ]
    return ";".join(f"{key}={value}" for key, value in pairs)


def points_text(points: Mapping[str, int]) -> str:
    """The points of the marks in one line."""
    return ";".join(f"points.{mark}={value}" for mark, value in points.items())
