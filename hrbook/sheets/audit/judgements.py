"""Every judgement that an auditor looks at: all careers, courses that are not plainly settled, and what is undetermined.

The ledger holds every judgement; this sheet leaves out courses completed, upcoming or not applicable, weights, stages
and tiers that were assigned or that the policy lacks, and stays within the guide."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from sys import intern

from hrbook.core.assessment import Assessed
from hrbook.core.judgement import Assigned, Judgement, Result, StayStatus, TrainingStatus
from hrbook.core.results import RotationResult, TrainingResult
from hrbook.core.stay import StayResult
from hrbook.sheets.audit.desk import Addresses, Desk
from hrbook.sheets.book import DataColumn, DataSheet, Value
from hrbook.sheets.reasons import RotationWords
from hrbook.why import stay_reason

ORDER = 30
PLAIN_STAYS = (StayStatus.SETTLING, StayStatus.WITHIN, StayStatus.NOT_APPLICABLE)
PLAIN = (TrainingStatus.COMPLETED, TrainingStatus.UPCOMING, TrainingStatus.NOT_APPLICABLE)
COLUMNS = (
    ("staff_id", "text", 10), ("department", "text", 26), ("rule_id", "text", 22), ("rule", "text", 22), ("edition", "text", 8),
    ("status", "text", 15), ("status_name", "text", 19), ("degree", "text", 8), ("citation", "text", 14), ("basis", "text", 12),
    ("window", "text", 9), ("values", "text", 60), ("cells", "text", 60), ("reading", "text", 12),
)  # fmt: skip
RULE, STATUS, WINDOW = 2, 5, 10  # columns that the first sheet counts by
RUNNING, OVER = "running", "over"  # codes of the column on the window of the rotation guide
Row = tuple[Value, ...]


def looked_at(person: Assessed) -> Iterator[Judgement[Result]]:
    """The judgements on one person that stand in this book."""
    for assigned in (person.competency, person.career, person.digital):
        if assigned.result.status is Assigned.UNDETERMINED:
            yield assigned
    yield person.rotation
    if person.stay is not None and person.stay.result.status not in PLAIN_STAYS:
        yield person.stay
    yield from (j for j in person.trainings.values() if j.result.status not in PLAIN)


def row_count(desk: Desk) -> int:
    """Rows of the sheet (of all its numbered sheets together)."""
    return sum(1 for p in desk.view.assessment.people for _ in looked_at(p))


def sheet_names(desk: Desk, rows: int) -> tuple[tuple[str, int], ...]:
    """Names of the sheet and its numbered continuations, each with its rows."""
    return desk.parts(desk.sheet_name("audit_judgements"), rows)


def sheets(desk: Desk) -> tuple[DataSheet, ...]:
    """One table, or several numbered ones where a million rows are passed."""
    columns = tuple(DataColumn(desk.labels(f"audit.judgements.{key}"), kind, width) for key, kind, width in COLUMNS)
    rows = list(_rows(desk))
    return desk.tables("audit_judgements", columns, rows, "blue")


def _rows(desk: Desk) -> Iterator[Row]:
    labels, policy = desk.labels, desk.policy
    departments = desk.departments()
    addresses = Addresses(labels("audit.join"))
    training = {s.value: labels(f"status.training.{s.value}") for s in TrainingStatus}
    rotation = {s.value: chip.word for s, chip in desk.marks.rotation.items()}
    assigned = {s.value: labels(f"status.assigned.{s.value}") for s in Assigned}
    words: dict[str, tuple[str, dict[str, str], str]] = {
        policy.rotation.rule_id: (labels("audit.rule.rotation"), rotation, desk.readings.rotation),
        policy.competency.rule_id: (labels("audit.rule.weights"), assigned, desk.readings.points),
        policy.career.rule_id: (labels("audit.rule.stage"), assigned, ""),
        policy.digital.rule_id: (labels("audit.rule.tier"), assigned, ""),
    }
    stays = {s.value: chip.word for s, chip in desk.marks.stay.items()}
    words[policy.rotation.stay_rule_id] = (labels("audit.rule.stay"), stays, desk.readings.rotation)
    for course in policy.training.courses:
        words[policy.training.rule_prefix + course.code] = (course.name, training, desk.readings.timings)
    degrees = {key: labels(f"degree.{key}") for key in ("mandatory", "guide", "reference")}
    bases = {key: labels(f"basis.{key}") for key in ("stated", "inferred", "set_by_city", "unset")}
    told = Values(desk)
    for person in desk.view.assessment.people:
        staff_id = person.employee.staff_id
        department = departments.get(staff_id, "")
        cells: dict[int, str] = {}  # courses of one kind rest on the same tuple of cells
        for judgement in looked_at(person):
            said = cells.get(id(judgement.evidence))
            if said is None:
                said = cells[id(judgement.evidence)] = addresses.with_raw(judgement.evidence)
            rule, status = judgement.rule, intern(str(judgement.status))  # one text for all rows
            name, states, reading = words[rule.id]
            yield (
                staff_id,
                department,
                rule.id,
                name,
                rule.edition,
                status,
                states[status],
                degrees[judgement.degree.value],
                rule.citation,
                bases[rule.basis.value],
                _window(judgement.result),
                told.text(judgement.result),
                said,
                reading,
            )


def _window(result: Result) -> str | None:
    """Whether the window of the guide still runs for this person; blank for courses and where the hire is unknown."""
    if not isinstance(result, RotationResult) or result.service_year is None:
        return None
    return OVER if result.window_over else RUNNING


class Values:
    """The intermediate values of a judgement as a short text."""

    def __init__(self, desk: Desk) -> None:
        self.labels = desk.labels
        self.words = RotationWords(desk.labels, desk.policy, desk.reading.rotation)
        self.courses = {c.code: c.name for c in desk.policy.training.courses}
        self._course = lru_cache(maxsize=4096)(self._training)

    def text(self, result: Result) -> str:
        """What the judgement was computed from and what came out between."""
        if isinstance(result, RotationResult):
            return self._rotation(result)
        if isinstance(result, TrainingResult):
            return self._course(result)
        if isinstance(result, StayResult):
            return stay_reason(result, self.labels)
        return self.labels(f"audit.assigned.{result.reason}")

    def _rotation(self, result: RotationResult) -> str:
        labels = self.labels
        if result.service_year is None:
            return self.words.reason(result)
        facts = labels(
            "audit.values.rotation",
            service=result.service_year,
            count=result.count,
            minimum=result.minimum,
            unit=self.words.unit(result),
            remaining=result.remaining,
        )
        if result.last_chance is not None:
            facts += labels("audit.values.last_chance", day=result.last_chance.isoformat())
        return facts + self.words.reason(result)

    def _training(self, result: TrainingResult) -> str:
        labels = self.labels
        text = labels(f"reason.training.{result.reason}")
        if result.target_fy is not None:
            end = labels.short_year(result.window_end) if result.window_end is not None else labels("audit.values.open")
            text += labels("audit.values.target", first=labels.short_year(result.target_fy), last=end)
        if result.missing_prerequisites:
            missing = labels("audit.join").join(self.courses.get(c, c) for c in result.missing_prerequisites)
            text += labels("audit.values.prerequisites", courses=missing)
        return text
