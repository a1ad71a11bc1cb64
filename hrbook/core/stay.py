"""How long somebody has been in the present department, against the policy's rules on stays (spec 5, "Other shapes").

A rule on stays is a guide too. The first rule that fits a person is theirs; whole years are counted from the day of the
order to the as-of date, both included, so that 1 April completes the years of somebody who came on a 1 April."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hrbook.core.calendar import completion_day, whole_months
from hrbook.core.fold import fold
from hrbook.core.genealogy import Genealogy
from hrbook.core.judgement import Json
from hrbook.core.judgement import StayStatus as Status
from hrbook.core.roster import Reason
from hrbook.core.rotation import in_force
from hrbook.core.rotation_policy import Level, RotationReading, StayRule
from hrbook.core.source import Evidence
from hrbook.core.spell_types import Spell
from hrbook.core.spells import Career
from hrbook.core.standing import Standing

MONTHS = 12
Truth = bool | None


@dataclass(frozen=True, slots=True)
class StayResult:
    """The present stay: `years` completed since `since`, and the rule that it is held against (`rule` and `name` empty where
    none fits). `due_on` is the day on which the target, or without one the maximum, is completed."""

    status: Status
    reason: str
    unit: str = ""
    since: date | None = None
    years: int | None = None
    rule: str = ""
    name: str = ""
    minimum: int | None = None
    target: int | None = None
    maximum: int | None = None
    due_on: date | None = None
    excuse: str = ""
    excused_from: Status | None = None
    observation: bool = False

    def values(self) -> Mapping[str, Json]:
        return {
            "unit": self.unit,
            "since": self.since.isoformat() if self.since else None,
            "years": self.years,
            "rule": self.rule,
            "minimum": self.minimum,
            "target": self.target,
            "maximum": self.maximum,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "reason": self.reason,
            "excused_from": self.excused_from.value if self.excused_from else None,
        }


@dataclass(frozen=True, slots=True)
class Post:
    """The present stay at the level of departments, and its category and kind of place (None: the sheet does not say)."""

    spell: Spell | None
    category: str | None
    place: str | None


def post_of(career: Career, classes: Mapping[Level, Genealogy]) -> Post:
    """The present stay of a career over departments; `classes` are the genealogies of categories and kinds of place."""
    spell = career.spells[-1] if career.spells and career.spells[-1].present else None
    if spell is None:
        return Post(None, None, None)
    if career.split_off:
        spell = replace(spell, start=None)
    found = {level: genealogy.class_name(spell.end_unit) or None for level, genealogy in classes.items()}
    return Post(spell, found.get(Level.CATEGORY), found.get(Level.PLACE))


def judge_stay(
    who: Standing, reading: RotationReading, rules: Sequence[StayRule], post: Post, reasons: Sequence[Reason]
) -> StayResult:
    """The standing of the present stay. Where it cannot be told which rule fits, every one that may is tried; only where
    their answers differ the status is undetermined."""
    employment = who.employee.employment
    if employment is not None and employment not in reading.employment:
        return StayResult(Status.NOT_APPLICABLE, "outside_employment")
    tried = [_against(who, rule, post, reasons) for rule in _candidates(who, rules, post)]
    if employment is None and any(result.status is not Status.NOT_APPLICABLE for result in tried):
        return StayResult(Status.UNDETERMINED, "employment_unknown")
    if all(result.status is tried[0].status for result in tried):
        return tried[0]
    return StayResult(Status.UNDETERMINED, "stay_rule_unknown", tried[0].unit, tried[0].since, tried[0].years)


def _candidates(who: Standing, rules: Sequence[StayRule], post: Post) -> Iterator[StayRule | None]:
    """The rules that may be the person's, up to the first that certainly is; None: no rule fits."""
    for rule in rules:
        fits = _fits(who, rule, post)
        if fits is not False:
            yield rule
        if fits:
            return
    yield None


def _fits(who: Standing, rule: StayRule, post: Post) -> Truth:
    person, service = who.employee, who.service(who.year)
    asked: list[Truth] = []
    if rule.ranks:
        asked.append(None if person.rank is None else person.rank in rule.ranks)
    if rule.job_families:
        family = fold(person.job_family)
        asked.append(None if not family else family.startswith(tuple(map(fold, rule.job_families))))
    known = service[0] == service[1]
    if rule.first_service_year is not None:
        asked.append(service[0] >= rule.first_service_year if known else None)
    if rule.last_service_year is not None:
        asked.append(service[0] <= rule.last_service_year if known else None)
    for names, own in ((rule.categories, post.category), (rule.places, post.place)):
        if names:
            asked.append(None if own is None else fold(own) in map(fold, names))
    return False if False in asked else None if None in asked else True


def _against(who: Standing, rule: StayRule | None, post: Post, reasons: Sequence[Reason]) -> StayResult:
    if rule is None:
        return StayResult(Status.NOT_APPLICABLE, "no_stay_rule")
    spell = post.spell
    if spell is None:
        return _held(rule, Status.UNDETERMINED, "no_present_post", "", None, None)
    if spell.start is None:
        return _held(rule, Status.UNDETERMINED, "stay_start_unknown", spell.name_now, None, None)
    years = whole_months(spell.start, who.as_of) // MONTHS
    status, reason = _standing(rule, years)
    held = [(r, in_force(r, who.as_of)) for r in reasons]
    excuse = next((r for r, sure in held if sure), None)
    if status in (Status.DUE, Status.LONG):
        if excuse is not None:
            return _held(rule, Status.EXCUSED, reason, spell.name_now, spell.start, years, excuse.text, status)
        if any(sure is None for _, sure in held):
            return _held(rule, Status.UNDETERMINED, "reason_unreadable", spell.name_now, spell.start, years)
    return _held(rule, status, reason, spell.name_now, spell.start, years)


def _standing(rule: StayRule, years: int) -> tuple[Status, str]:
    """A stay is long from its maximum on, due from its target on, and settling below its minimum."""
    if rule.maximum_years is not None and years >= rule.maximum_years:
        return Status.LONG, "stay_long"
    if rule.target_years is not None and years >= rule.target_years:
        return Status.DUE, "stay_due"
    if rule.minimum_years is not None and years < rule.minimum_years:
        return Status.SETTLING, "stay_settling"
    return Status.WITHIN, "stay_within"


def _held(
    rule: StayRule,
    status: Status,
    reason: str,
    unit: str,
    since: date | None,
    years: int | None,
    excuse: str = "",
    excused_from: Status | None = None,
) -> StayResult:
    asked = rule.target_years if rule.target_years is not None else rule.maximum_years
    return StayResult(
        status,
        reason,
        unit,
        since,
        years,
        rule.id,
        rule.name,
        rule.minimum_years,
        rule.target_years,
        rule.maximum_years,
        completion_day(since, asked) if since is not None and asked is not None else None,
        excuse,
        excused_from,
        rule.observation,
    )


def stay_evidence(who: Standing, post: Post, reasons: Sequence[Reason]) -> tuple[Evidence, ...]:
    """The cells that the standing rests on: hire, title, job family, the orders of the present stay, the reason."""
    cells = [
        *map(who.own, ("hired", "title", "job_family")),
        *(post.spell.evidence if post.spell is not None else ()),
        *(Evidence(r.ref, "text", r.text) for r in reasons if in_force(r, who.as_of)),
    ]
    return tuple(dict.fromkeys(cells))
