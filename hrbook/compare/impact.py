"""Who would be judged differently under another policy, and how, before anything is switched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hrbook import judging
from hrbook.core.assessment import Assessed
from hrbook.core.home import home
from hrbook.core.judgement import Judgement, Result
from hrbook.core.reading import Reading
from hrbook.options import Options
from hrbook.why import reason_text
from hrbook.words import Labels

SAME = "="  # the status stays, what it rests on does not


@dataclass(frozen=True, slots=True)
class Turn:
    """One judgement that would be another one; a status is empty where the policy has no such rule."""

    staff_id: str
    name: str
    department: str
    rule: str
    rule_name: str
    old: str
    new: str
    old_why: str
    new_why: str

    @property
    def status_turns(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Impact:
    """The people judged, and every judgement that would change, by rule and person."""

    people: int
    turns: tuple[Turn, ...]

    @property
    def changed(self) -> int:
        return len({turn.staff_id for turn in self.turns})

    def counted(self) -> list[tuple[tuple[str, str, str], int]]:
        """(rule's name, old, new) with the number of people, the largest first."""
        counts = Counter((turn.rule_name, turn.old, turn.new) for turn in self.turns)
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def impact(options: Options, old: str, new: str, labels: Labels, tell: judging.Tell = judging.quiet) -> Impact:
    """Judge the roster of `options` under both policies and compare everybody. Raises Fault where one cannot be used."""
    one = judging.load(replace(options, policy=old), tell)
    other = judging.load(replace(options, policy=new), tell)
    names = Namer(one.reading, other.reading, labels)
    later = {person.employee.staff_id: person for person in other.assessment.people}
    turns: list[Turn] = []
    for person in one.assessment.people:
        turns += _turns(person, later.get(person.employee.staff_id), names)
    return Impact(len(one.assessment.people), tuple(sorted(turns, key=lambda turn: (turn.rule, turn.staff_id))))


def _turns(before: Assessed, after: Assessed | None, names: Namer) -> Iterator[Turn]:
    old = {j.rule.id: j for j in before.judgements()}
    new = {j.rule.id: j for j in after.judgements()} if after is not None else {}
    who = before.employee
    where = "".join(home(before.employee.post, {}))
    for rule in dict.fromkeys([*old, *new]):
        one, two = old.get(rule), new.get(rule)
        if one is not None and two is not None and _alike(one, two):
            continue
        judged = one or two
        assert judged is not None
        yield Turn(
            who.staff_id,
            who.name,
            where,
            rule,
            names.rule(judged),
            names.status(one),
            names.status(two),
            names.why(one, names.old),
            names.why(two, names.new),
        )


def _alike(one: Judgement[Result], two: Judgement[Result]) -> bool:
    """Whether two judgements say the same: status and value; how near other readings are does not count."""
    if one.status != two.status:
        return False
    before, after = dict(one.result.values()), dict(two.result.values())
    for values in (before, after):
        for key in ("turns_on", "turns_together", "readings_tried", "readings_same"):
            values.pop(key, None)
    return before == after


class Namer:
    """Names of rules and statuses in one language."""

    def __init__(self, old: Reading, new: Reading, labels: Labels) -> None:
        self.old, self.new, self._labels = old, new, labels
        self._courses = {
            policy.training.rule_prefix + course.code: course.name
            for policy in (old.policy, new.policy)
            for course in policy.training.courses
        }

    def rule(self, judgement: Judgement[Result]) -> str:
        """What people call a rule."""
        course = self._courses.get(judgement.rule.id)
        if course is not None:
            return self._labels("rule.training", course=course)
        kind = _kind(judgement)
        return self._labels(f"rule.{getattr(judgement.result, 'key', 'weights') if kind == 'assigned' else kind}")

    def status(self, judgement: Judgement[Result] | None) -> str:
        """The word of a status; empty where there is no rule."""
        return "" if judgement is None else self._labels(f"status.{_kind(judgement)}.{judgement.status}")

    def why(self, judgement: Judgement[Result] | None, reading: Reading) -> str:
        """The reason in one sentence; for values also the value."""
        if judgement is None:
            return ""
        text = reason_text(judgement.result, reading, self._labels)
        value = getattr(judgement.result, "name", None) if _kind(judgement) == "assigned" else None
        weights = getattr(judgement.result, "weights", None)
        if weights:
            names = judgement.result.names  # type: ignore[attr-defined]
            value = ", ".join(f"{names[key]} {share}" for key, share in weights.items())
        return f"{text} {value}" if value else text


def _kind(judgement: Judgement[Result]) -> str:
    kinds = {"TrainingResult": "training", "RotationResult": "rotation", "StayResult": "stay"}
    return kinds.get(type(judgement.result).__name__, "assigned")
