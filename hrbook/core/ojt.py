"""Pairs of trainer and newcomer (policy chapter 5, section 2, item 3): who has a trainer, and how each pair stands to what the
city asks. The policy makes OJT the pillar of training at the workplace and sets no condition, so all of them are settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from hrbook.core.assessment import Assessed
from hrbook.core.calendar import fiscal_year
from hrbook.core.fold import fold
from hrbook.core.home import home
from hrbook.core.judgement import FINISHED, TrainingStatus
from hrbook.core.ojt_types import Check, Condition, Newcomer, Ojt, OjtStatus, Pair
from hrbook.core.reading import Reading
from hrbook.core.roster import Employee, Post, Trainer

Place = tuple[str, str]


def with_ojt(people: Sequence[Assessed], reading: Reading, by_code: Mapping[str, Post]) -> tuple[Assessed, ...]:
    """The same people, those whom OJT concerns with their part in it. `by_code`: the organisation's present places."""
    if reading.ojt.newcomer_years is None and not any(p.employee.trainers for p in people):
        return tuple(people)
    judge = _Judge(people, reading, by_code)
    found = {p.employee.staff_id: judge.newcomer(p) for p in people}
    trains: dict[str, dict[str, Pair]] = defaultdict(dict)
    for newcomer in found.values():
        for pair in () if newcomer is None else newcomer.pairs:
            trains[pair.trainer].setdefault(pair.newcomer, pair)

    def told(person: Assessed) -> Assessed:
        own, others = found[person.employee.staff_id], tuple(trains.get(person.employee.staff_id, {}).values())
        return person if own is None and not others else replace(person, ojt=Ojt(own, others))

    return tuple(told(person) for person in people)


class _Judge:
    def __init__(self, people: Sequence[Assessed], reading: Reading, by_code: Mapping[str, Post]) -> None:
        self._people = {p.employee.staff_id: p for p in people}
        self._reading, self._by_code = reading, by_code
        load: dict[str, set[str]] = defaultdict(set)
        for person in people:
            for row in person.employee.trainers:
                if self._holds(row):
                    load[row.trainer].add(person.employee.staff_id)
        self._load = {trainer: len(newcomers) for trainer, newcomers in load.items()}

    def newcomer(self, person: Assessed) -> Newcomer | None:
        """The standing of one person as somebody who is trained; None for whoever is neither new nor paired."""
        rows, new = person.employee.trainers, self._new(person)
        current = [row for row in rows if self._holds(row)]
        if new is False and not current:
            return None
        pairs = tuple(self._pair(person, row) for row in current)
        if any(pair.fits for pair in pairs):
            status = OjtStatus.PAIRED
        elif pairs:
            status = OjtStatus.LOOK
        else:
            status = OjtStatus.NONE if new else OjtStatus.UNDETERMINED
        day = self._reading.as_of
        ahead = min((r.start for r in rows if isinstance(r.start, date) and r.start > day), default=None)
        ended = max((r.end for r in rows if isinstance(r.end, date) and r.end < day), default=None)
        unread = any(self._unread(row) for row in rows)
        return Newcomer(status, new is not False, pairs, ahead, ended, unread)

    def _new(self, person: Assessed) -> bool | None:
        """Whether somebody is new by the setting; None where the day of hire cannot tell."""
        asked, employee = self._reading.ojt, person.employee
        if asked.newcomer_years is None or employee.employment not in asked.newcomer_employment:
            return False
        if person.service_year is not None:
            return person.service_year <= asked.newcomer_years
        days = [*(order.on for order in employee.orders), *(done.on for done in employee.completions)]
        seen = [day for day in days if isinstance(day, date)]
        here_before = bool(seen) and self._reading.year - fiscal_year(min(seen)) + 1 > asked.newcomer_years
        return False if here_before else None

    def _holds(self, row: Trainer) -> bool:
        """Whether a pair holds on the as-of date; a blank day is open, one that cannot be read holds nothing."""
        day = self._reading.as_of
        if self._unread(row):
            return False
        return (not isinstance(row.start, date) or row.start <= day) and (not isinstance(row.end, date) or row.end >= day)

    @staticmethod
    def _unread(row: Trainer) -> bool:
        return any(day is not None and not isinstance(day, date) for day in (row.start, row.end))

    def _pair(self, person: Assessed, row: Trainer) -> Pair:
        trainer = self._people.get(row.trainer)
        here = home(person.employee.post, self._by_code)
        there = ("", "") if trainer is None else home(trainer.employee.post, self._by_code)
        inside = trainer is not None and _folded(here) == _folded(there)
        checks = tuple(self._checks(trainer, row.trainer, inside))
        return Pair(person.employee.staff_id, row.trainer, there, inside, row.start, row.end, checks, row.ref)

    def _checks(self, trainer: Assessed | None, staff_id: str, inside: bool) -> Iterator[Check]:
        """Every condition that is asked, the trainer's presence first. Who is not in service is asked nothing more."""
        if trainer is None or trainer.on_leave:
            yield Check(Condition.PRESENT, False, "gone" if trainer is None else "leave")
            if trainer is None:
                return
        asked, employee = self._reading.ojt, trainer.employee
        if asked.same_department:
            yield Check(Condition.DEPARTMENT, inside)
        if asked.trainer_ranks is not None:
            met = None if employee.rank is None else employee.rank in asked.trainer_ranks
            yield Check(Condition.RANK, met, self._reading.policy.rank_name(employee.rank))
        if asked.trainer_service_year is not None:
            year = trainer.service_year
            yield Check(Condition.SERVICE, None if year is None else year >= asked.trainer_service_year, str(year or ""))
        if asked.trainer_course is not None:
            yield Check(Condition.COURSE, _finished(trainer, asked.trainer_course))
        if asked.trainer_role is not None:
            yield Check(Condition.ROLE, _has_role(employee, asked.trainer_role))
        if asked.newcomers_most is not None:
            load = self._load[staff_id]
            yield Check(Condition.LOAD, load <= asked.newcomers_most, str(load))


def _folded(place: Place) -> Place:
    return fold(place[0]), fold(place[1])


def _finished(trainer: Assessed, course: str) -> bool | None:
    """Whether the course is done, by its judgement; None where that cannot be told."""
    judgement = trainer.trainings.get(course)
    if judgement is None or judgement.result.status is TrainingStatus.UNDETERMINED:
        return None
    return judgement.result.status in FINISHED


def _has_role(employee: Employee, role: str) -> bool:
    return fold(role) in map(fold, employee.roles)
