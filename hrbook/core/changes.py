"""Two runs compared: every verdict that changed, with exactly one main cause, found by swapping one factor at a time.

Three worlds are known: the old run O, the new run N, and T, the old data judged on the new as-of date. A change is
explained by
  time      where T already gives the new verdict;
  an event  (a move, a promotion, a course) where T with that event alone gives it: an event counts once its day has come;
  a state   (a correction, a setting, the catalogue, the policy) where O with that one part of the new run gives it;
  else by what, taken back alone from N, restores the old verdict.
Where no single swap does, the causes are mixed, and the smallest set that does is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Protocol

from hrbook.core.assess import Judge, outside_population
from hrbook.core.assessment import Assessed, Assessment
from hrbook.core.career import ChoiceResult
from hrbook.core.competency import WeightsResult
from hrbook.core.factors import (
    ALL,
    EVENTS,
    FACTORS,
    PERSONAL,
    STATES,
    Cause,
    Pair,
    Taken,
    organisation_of,
    rows_differ,
)
from hrbook.core.judgement import Judgement, Result
from hrbook.core.policy import Policy
from hrbook.core.reading import Reading
from hrbook.core.roster import Employee, Roster
from hrbook.core.source import Evidence

MOST = 4  # factors of a mixed cause that are named; beyond that all that differ


class Proof(StrEnum):
    """How the cause was found; every one of them is a run with one factor swapped."""

    TIME = "time"
    EVENT = "event"
    STATE = "state"
    REVERTED = "reverted"
    POPULATION = "population"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is compared: the status, and the value of a rule that gives one (rank, stage, tier). `detail` is compared too."""

    status: str
    value: str = ""
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One verdict that is another one now. None: there was none, or is none any more. `parts` are the causes of a mixed
    one; `who` is the person as the newer of the two runs knows them, `cells` what the new (else the old) verdict rests on."""

    who: Assessed
    rule_id: str
    before: Verdict | None
    after: Verdict | None
    cause: Cause
    proof: Proof
    parts: tuple[Cause, ...] = ()
    cells: tuple[Evidence, ...] = ()

    @property
    def of_status(self) -> bool:
        """Whether the status changed; else only the value of a rule that gives one."""
        return self.before is None or self.after is None or self.before.status != self.after.status


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes from one run to a later one, by staff number and rule. `stayed` counts the people of both runs,
    `compared` the verdicts on them in either run."""

    old_year: int
    old_as_of: date
    changes: tuple[Change, ...]
    stayed: int
    joined: int
    left: int
    compared: int

    def by_cause(self) -> Counter[Cause]:
        """How many status changes each cause has; they add up to all of them."""
        return Counter(c.cause for c in self.changes if c.of_status)


class Sources(Protocol):
    """Reads the inputs of both runs under readings that mix the two. Raises Unreadable where a mixture makes no sense."""

    @property
    def policies(self) -> tuple[Policy, Policy]:
        """The policies of the old and the new run, before any setting."""
        ...

    def reading(self, taken: Taken) -> Reading: ...
    def roster(self, new: bool, taken: Taken) -> Roster: ...


class Unreadable(Exception):
    """A mixture of both runs that cannot be read, such as old settings for a course that the new catalogue lacks."""


Verdicts = Mapping[str, Verdict]
Progress = Callable[[int], None]


def verdict_of(judgement: Judgement[Result]) -> Verdict:
    """The part of a judgement that counts as its verdict."""
    result = judgement.result
    if isinstance(result, WeightsResult):
        shares = tuple((result.names[key], str(share)) for key, share in result.weights.items())
        return Verdict(str(result.status), result.rank or "", shares)
    if isinstance(result, ChoiceResult):
        return Verdict(str(result.status), result.choice or "")
    return Verdict(str(result.status))


def verdicts_of(person: Assessed) -> dict[str, Verdict]:
    """Every verdict on one person by rule id."""
    return {j.rule.id: verdict_of(j) for j in person.judgements()}


def compare(old: Assessment, new: Assessment, sources: Sources, progress: Progress | None = None) -> Comparison:
    """Every changed verdict with its cause. People are the same where their staff number is."""
    worlds = Worlds(old, new, sources)
    before = {p.employee.staff_id: p for p in old.people}
    after = {p.employee.staff_id: p for p in new.people}
    found: list[Change] = []
    compared = 0
    both = before.keys() & after.keys()
    for staff_id in sorted(before.keys() | after.keys()):
        one, other = before.get(staff_id), after.get(staff_id)
        if one is None or other is None:
            found.extend(_population(one, other))
        else:
            first, last = verdicts_of(one), verdicts_of(other)
            compared += len(first.keys() | last.keys())
            if first != last:
                found.extend(_Person(worlds, one, other, first, last).changes())
        if progress is not None:
            progress(1)
    joined, left = len(after) - len(both), len(before) - len(both)
    return Comparison(old.reading.year, old.reading.as_of, tuple(found), len(both), joined, left, compared)


def _population(one: Assessed | None, other: Assessed | None) -> Iterator[Change]:
    """Everything about somebody who is in one of the two populations only."""
    person, cause = (one, Cause.LEFT) if one is not None else (other, Cause.JOINED)
    assert person is not None
    for judgement in person.judgements():
        verdict = verdict_of(judgement)
        before, after = (verdict, None) if cause is Cause.LEFT else (None, verdict)
        yield Change(person, judgement.rule.id, before, after, cause, Proof.POPULATION, (), judgement.evidence)


class Worlds:
    """Judges people in worlds that mix both runs; readings, rosters and judges are made once for each mixture."""

    def __init__(self, old: Assessment, new: Assessment, sources: Sources) -> None:
        self.old, self.new, self._sources = old, new, sources
        self._since = old.reading.as_of
        self.differing = self._global()
        self._judges: dict[Taken, Judge] = {}
        self._people: dict[tuple[bool, Taken], dict[str, Employee]] = {}

    def pair(self, staff_id: str, taken: Taken) -> Pair | None:
        """The person as both rosters tell of them under the policy and settings of `taken`."""
        one, other = self._employees(False, taken).get(staff_id), self._employees(True, taken).get(staff_id)
        return None if one is None or other is None else Pair(one, other, self._since)

    def verdicts(self, staff_id: str, taken: Taken) -> Verdicts | None:
        """Every verdict on a person in the world with the factors `taken` from the new run; None where there is none."""
        try:
            judge, pair = self._judge(taken), self.pair(staff_id, taken)
        except Unreadable:
            return None
        if pair is None:
            return None
        employee = pair.hybrid(taken)
        if outside_population(employee, judge.reading.as_of) is not None:
            return None
        return verdicts_of(judge.person(employee)[0])

    def _global(self) -> Taken:
        """The factors that concern everybody and differ between the runs."""
        one, other = self._sources.policies
        old, new = self.old.reading, self.new.reading
        found = set()
        if (old.year, old.as_of) != (new.year, new.as_of):
            found.add(Cause.TIME)
        if one.training != other.training:
            found.add(Cause.CATALOGUE)
        if replace(one, training=other.training) != other:
            found.add(Cause.POLICY)
        try:
            if _rules_of(self._sources.reading(ALL - {Cause.SETTING})) != _rules_of(new):
                found.add(Cause.SETTING)
        except Unreadable:
            found.add(Cause.SETTING)
        rows = self.old.roster.organisation, self.new.roster.organisation
        base = organisation_of(*rows, frozenset({Cause.TIME}), self._since)
        for factor in (Cause.REORGANISED, Cause.CORRECTED):
            if rows_differ(base, organisation_of(*rows, frozenset({Cause.TIME, factor}), self._since)):
                found.add(factor)
        return frozenset(found)

    def _judge(self, taken: Taken) -> Judge:
        key = taken - (PERSONAL - {Cause.CORRECTED})
        if key not in self._judges:
            self._judges[key] = self._made(key)
        return self._judges[key]

    def _made(self, taken: Taken) -> Judge:
        base = self._sources.roster(Cause.CORRECTED in taken, taken)
        rows = organisation_of(self.old.roster.organisation, self.new.roster.organisation, taken, self._since)
        return Judge(replace(base, organisation=rows), self._sources.reading(taken))

    def _employees(self, new: bool, taken: Taken) -> dict[str, Employee]:
        key = (new, taken & {Cause.TIME, Cause.SETTING, Cause.CATALOGUE, Cause.POLICY})
        if key not in self._people:
            self._people[key] = {e.staff_id: e for e in self._sources.roster(new, key[1]).employees}
        return self._people[key]


class _Person:
    """The changes of one person. Worlds are made when they are first asked for."""

    def __init__(self, worlds: Worlds, one: Assessed, other: Assessed, first: Verdicts, last: Verdicts) -> None:
        self._worlds, self._other, self._one = worlds, other, one
        self._first, self._last = first, last
        pair = worlds.pair(other.employee.staff_id, ALL)
        known = Pair(one.employee, other.employee, worlds.old.reading.as_of) if pair is None else pair
        self._active = worlds.differing | known.differing()
        self._seen: dict[Taken, Verdicts | None] = {}

    def changes(self) -> Iterator[Change]:
        cells = {j.rule.id: j.evidence for person in (self._one, self._other) for j in person.judgements()}
        for rule in [*self._last, *(r for r in self._first if r not in self._last)]:
            before, after = self._first.get(rule), self._last.get(rule)
            if before != after:
                cause, proof, parts = self._explain(rule, before, after)
                yield Change(self._other, rule, before, after, cause, proof, parts, cells.get(rule, ()))

    def _verdict(self, taken: Taken, rule: str) -> tuple[bool, Verdict | None]:
        """Whether there is such a world, and the verdict in it (None: the rule is not in force there)."""
        key = taken & self._active if taken != ALL else ALL
        if key not in self._seen:
            self._seen[key] = self._worlds.verdicts(self._other.employee.staff_id, key)
        found = self._seen[key]
        return (False, None) if found is None else (True, found.get(rule))

    def _explain(self, rule: str, before: Verdict | None, after: Verdict | None) -> tuple[Cause, Proof, tuple[Cause, ...]]:
        time = self._active & {Cause.TIME}
        if time and self._verdict(time, rule) == (True, after):
            return Cause.TIME, Proof.TIME, ()
        hits = [f for f in EVENTS if f in self._active and self._verdict(time | {f}, rule) == (True, after)]
        hits += [f for f in STATES if f in self._active and self._verdict(frozenset({f}), rule) == (True, after)]
        if hits:
            needed = [f for f in hits if self._verdict(self._active - {f}, rule) != (True, after)]
            cause = (needed or hits)[0]
            return cause, Proof.EVENT if cause in EVENTS else Proof.STATE, ()
        for factor in (*EVENTS, *STATES):
            if factor in self._active and self._verdict(self._active - {factor}, rule) == (True, before):
                return factor, Proof.REVERTED, ()
        return Cause.MIXED, Proof.TOGETHER, self._together(rule, after)

    def _together(self, rule: str, after: Verdict | None) -> tuple[Cause, ...]:
        """The smallest set of factors that gives the new verdict; all that differ where it is a large one."""
        active = [f for f in FACTORS if f in self._active]
        for size in range(2, MOST + 1):
            for parts in combinations(active, size):
                if self._verdict(frozenset(parts), rule) == (True, after):
                    return parts
        return tuple(active)


def _rules_of(reading: Reading) -> Reading:
    """The reading without what only says how it is shown."""
    return replace(reading, approvals={}, form_numbers={}, deadline=None, submit_to="", retention="", city="", values=())
