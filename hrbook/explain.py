"""The chain behind a judgement in plain words: status, clause, reason, steps, reading, cells, and what would turn it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hrbook.core.assessment import Assessed, Assessment
from hrbook.core.career import ChoiceResult
from hrbook.core.competency import WeightsResult
from hrbook.core.fault import Fault
from hrbook.core.judgement import Judgement, Result, RotationStatus, TrainingStatus
from hrbook.core.outlook import Outlook, outlook_of
from hrbook.core.reading import Reading
from hrbook.core.results import RotationResult, TrainingResult
from hrbook.core.source import Evidence, Scalar
from hrbook.core.stay import StayResult
from hrbook.why import kind_of, reason_text, stay_steps, turns_text
from hrbook.words import Labels

Pairs = tuple[tuple[str, str], ...]
PLANNED = (RotationStatus.ON_TRACK, RotationStatus.NEEDS_PLAN, RotationStatus.OUT_OF_REACH)
EXCUSABLE = (RotationStatus.NEEDS_PLAN, RotationStatus.OUT_OF_REACH, RotationStatus.NOT_REACHED)
TAKEN = (TrainingStatus.COMPLETED, TrainingStatus.EXEMPT, TrainingStatus.LAPSED, TrainingStatus.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class CellLine:
    """One cell that the judgement rests on: the heading of its column, what stands there, how it was understood (empty: as
    it stands), and where."""

    heading: str
    raw: str
    value: str
    place: str


@dataclass(frozen=True, slots=True)
class Chain:
    """One judgement from its clause to what would change it, in sentences."""

    rule_id: str
    kind: str  # rotation, training or assigned: which statuses it may have
    title: str
    status_code: str
    status: str
    citation: str
    firm: str  # how firmly the clause says it, and how binding it is
    gist: str
    caveat: str
    why: str
    steps: tuple[str, ...]
    reading: Pairs
    cells: tuple[CellLine, ...]
    turns: str
    changes: tuple[str, ...]


def chains_of(
    assessment: Assessment, labels: Labels, staff_id: str, rule: str | None = None, declared: Pairs = ()
) -> tuple[Teller, tuple[Chain, ...]]:
    """Who tells, and the chain of every judgement on one person, or of one rule. `declared` is the reading of the rotation
    guide in words. Raises Fault (usage) for an unknown number or rule."""
    person = next((p for p in assessment.people if p.employee.staff_id == staff_id), None)
    if person is None:
        raise Fault("no_such_person", usage=True, found=staff_id, file=assessment.roster.file)
    chosen = [j for j in person.judgements() if rule is None or j.rule.id == rule]
    if not chosen:
        known = labels("list.separator").join(j.rule.id for j in person.judgements())
        raise Fault("no_such_rule", usage=True, found=rule, known=known)
    tell = Teller(assessment.reading, labels, person, declared)
    outlook = outlook_of(assessment, person)
    return tell, tuple(tell.chain(judgement, outlook) for judgement in chosen)


def explanation(
    assessment: Assessment, labels: Labels, staff_id: str, rule: str | None = None, declared: Pairs = ()
) -> Iterator[str]:
    """The same as lines of text."""
    tell, chains = chains_of(assessment, labels, staff_id, rule, declared)
    yield tell.person()
    for chain in chains:
        yield ""
        yield from lines_of(chain, labels)


def lines_of(chain: Chain, labels: Labels) -> Iterator[str]:
    """One chain, a line a link."""
    yield labels("explain.heading", rule=chain.title, status=chain.status, rule_id=chain.rule_id)
    yield labels("explain.clause", citation=chain.citation, firm=chain.firm, gist=chain.gist)
    if chain.caveat:
        yield labels("explain.caveat", text=chain.caveat)
    yield labels("explain.why", text=chain.why)
    for number, step in enumerate(chain.steps, start=1):
        yield labels("explain.step", number=number, text=step)
    for name, value in chain.reading:
        yield labels("explain.reading", name=name, value=value)
    for cell in chain.cells:
        key = "explain.cell" if cell.value else "explain.same"
        yield labels(key, heading=cell.heading, raw=cell.raw, value=cell.value, place=cell.place)
    if chain.turns:
        yield labels("explain.turns", text=chain.turns)
    for change in chain.changes:
        yield labels("explain.change", text=change)


class Teller:
    """Puts the judgements on one person into words."""

    def __init__(self, reading: Reading, labels: Labels, person: Assessed, declared: Pairs = ()) -> None:
        self.reading = reading
        self.labels = labels
        self.who = person
        self._declared = declared

    def person(self) -> str:
        """Who, where, as of when."""
        employee = self.who.employee
        return self.labels(
            "explain.person",
            staff_id=employee.staff_id,
            name=employee.name,
            department=employee.post.bureau + employee.post.department,
            title=employee.title,
            as_of=self.labels.day(self.reading.as_of),
            year=self.labels.fiscal_year(self.reading.year),
        )

    def chain(self, judgement: Judgement[Result], outlook: Outlook) -> Chain:
        """The chain of one judgement."""
        labels, rule, result, policy = self.labels, judgement.rule, judgement.result, self.reading.policy
        guide = isinstance(result, RotationResult)
        clause = next((c for c in policy.clauses.values() if c.place == rule.citation), None)
        return Chain(
            rule.id,
            kind_of(result),
            self._title(judgement),
            str(result.status),
            self._status(result),
            rule.citation,
            labels("explain.firm", basis=labels(f"basis.{rule.basis.value}"), degree=labels(f"degree.{judgement.degree.value}")),
            clause.gist if clause is not None else "",
            policy.rotation.caveat if guide else "",
            reason_text(result, self.reading, labels),
            tuple(self._steps(result)),
            self._declared if guide else (),
            tuple(self._cell(evidence) for evidence in judgement.evidence),
            turns_text(result, labels) if isinstance(result, RotationResult) else "",
            tuple(self._changes(judgement, outlook)),
        )

    def _changes(self, judgement: Judgement[Result], outlook: Outlook) -> Iterator[str]:
        """What would change the status: time alone, a move, a completion, a reason, what is missing in the data."""
        labels, result = self.labels, judgement.result
        if not isinstance(result, RotationResult | TrainingResult):
            return
        room = kind_of(result)
        year = labels.fiscal_year(outlook.year)
        later = outlook.unchanged.get(judgement.rule.id)
        if later is not None:
            key = "explain.later_same" if later == result.status else "explain.later_other"
            yield labels(key, year=year, status=labels(f"status.{room}.{later}"))
        if result.status in (RotationStatus.UNDETERMINED, TrainingStatus.UNDETERMINED):
            yield labels("explain.needs_data")
        if isinstance(result, RotationResult):
            if result.status in PLANNED and outlook.moved is not None:
                unit = labels(f"level.{result.counts[0].level.value}")
                yield labels("explain.if_moved", year=year, unit=unit, status=labels(f"status.rotation.{outlook.moved.value}"))
            if result.status in EXCUSABLE:
                yield labels("explain.if_excused", status=labels("status.rotation.excused"))
        elif result.status not in TAKEN:
            yield labels("explain.if_completed", status=labels("status.training.completed"))

    def _title(self, judgement: Judgement[Result]) -> str:
        labels, result = self.labels, judgement.result
        if isinstance(result, TrainingResult):
            policy = self.reading.policy
            return labels("rule.training", course=policy.course_name(judgement.rule.id.removeprefix(policy.training.rule_prefix)))
        if isinstance(result, RotationResult):
            return labels("rule.rotation")
        if isinstance(result, StayResult):
            return labels("rule.stay")
        return labels(f"rule.{result.key}" if isinstance(result, ChoiceResult) else "rule.weights")

    def _status(self, result: Result) -> str:
        return self.labels(f"status.{kind_of(result)}.{result.status}")

    def _steps(self, result: Result) -> Iterator[str]:
        if isinstance(result, WeightsResult):
            yield from self._weights(result)
        elif isinstance(result, ChoiceResult):
            if result.key == "stage":
                yield self._service()
            if result.name is not None:
                yield self.labels("explain.choice", name=result.name)
        elif isinstance(result, TrainingResult):
            yield from self._training(result)
        elif isinstance(result, RotationResult):
            yield from self._rotation(result)
        elif isinstance(result, StayResult):
            yield from stay_steps(result, self.labels)

    def _weights(self, result: WeightsResult) -> Iterator[str]:
        if result.rank is None:
            return
        labels = self.labels
        shares = labels("list.separator").join(
            labels("explain.weight", ability=result.names[key], share=str(share)) for key, share in result.weights.items()
        )
        yield labels("explain.rank", rank=self.reading.policy.rank_name(result.rank)) + shares
        yield labels("explain.sum")

    def _service(self) -> str:
        hired = self.who.employee.hired
        return self.labels(
            "explain.service",
            service="?" if self.who.service_year is None else self.who.service_year,
            hired=self.labels.day(hired) if isinstance(hired, date) else "?",
            year=self.labels.fiscal_year(self.reading.year),
        )

    def _training(self, result: TrainingResult) -> Iterator[str]:
        labels = self.labels
        if result.completed_on is not None and result.completed_fy is not None:
            mark = (labels("explain.lecturer") if result.lecturer else "") + (labels("explain.early") if result.early else "")
            yield labels(
                "explain.completed",
                day=labels.day(result.completed_on),
                year=labels.fiscal_year(result.completed_fy),
                mark=mark,
            )
        if result.target_fy is not None:
            end = result.window_end
            last = labels("explain.open") if end is None else labels("explain.to", year=labels.fiscal_year(end))
            yield labels(
                "explain.target",
                first=labels.fiscal_year(result.target_fy),
                last="" if end == result.target_fy else last,
                timing=labels(f"basis.{result.timing.value}"),
            )
        names = {c.code: c.name for c in self.reading.policy.training.courses}
        for code in result.missing_prerequisites:
            yield labels("explain.prerequisite", course=names.get(code, code))

    def _rotation(self, result: RotationResult) -> Iterator[str]:
        labels = self.labels
        yield self._service()
        if result.remaining is not None:
            yield labels("explain.window", window=result.window_years, remaining=result.remaining)
        for spell in self.who.spells:
            mark = labels("explain.not_counted") if spell.ordinal is None else labels("explain.counted", ordinal=spell.ordinal)
            start = labels("explain.unknown_start") if spell.start is None else labels.short_day(spell.start)
            yield labels("explain.spell", start=start, end=labels.short_day(spell.end), name=spell.name, mark=mark)
        for count in result.counts:
            yield labels(
                "explain.units",
                level=labels(f"level.{count.level.value}"),
                count=count.count,
                minimum=count.minimum,
                units=labels("list.separator").join(count.units),
            )
        for gap in result.gaps:
            yield labels("explain.gap", first=labels.day(gap.first), last=labels.day(gap.last))
        if result.last_chance is not None:
            yield labels("explain.last_chance", day=labels.day(result.last_chance))
        if result.reached_later_fy is not None:
            yield labels("explain.later", year=labels.fiscal_year(result.reached_later_fy))
        if result.excused_from is not None:
            status = labels(f"status.rotation.{result.excused_from.value}")
            yield labels("explain.excuse", text=result.excuse, status=status)
        for order in self.who.future_orders:
            day = labels.day(order.on) if isinstance(order.on, date) else ""
            yield labels("explain.future", day=day, name=order.post.department or order.post.bureau or order.title)

    def _cell(self, evidence: Evidence) -> CellLine:
        cell, source = evidence.cell(), evidence.ref.source
        raw, value = self._shown(cell.raw), self._understood(evidence)
        known = "" if raw == value or cell.value is None else value
        place = self.labels("explain.place", file=cell.file, sheet=cell.sheet, cell=cell.cell)
        return CellLine(source.headers.get(evidence.field, ""), raw, known, place)

    def _understood(self, evidence: Evidence) -> str:
        """The value in words: ranks, appointments and tiers by name, not by id."""
        value = evidence.value
        if isinstance(value, str):
            if evidence.field == "title":
                return self.reading.policy.rank_name(value) or value
            if evidence.field == "employment":
                return self.labels(f"employment.{value}")
            if evidence.field == "tier":
                return next((t.name for t in self.reading.policy.digital.tiers if t.id == value), value)
        return self._shown(value)

    def _shown(self, value: Scalar) -> str:
        if value is None or value == "":
            return self.labels("explain.blank")
        return value.isoformat() if isinstance(value, date) else str(value)
