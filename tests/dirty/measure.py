"""How the reader does on dirty rosters: what it finds, where, what it alters without a word, what it alarms about."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from hrbook.core.finding import Finding
from hrbook.core.policy import Policy
from hrbook.core.roster import Employee, Roster
from hrbook.ingest.roster import How, RosterBooks, roster_of
from hrbook.ingest.workbook import parse_workbook
from tests.dirty.city import City, clean_city
from tests.dirty.kinds import KINDS, Found

FIELDS = ("name", "birth", "hired", "employment", "job_family", "title", "rank", "rank_start", "post", "presence", "left")


@dataclass
class Score:
    """Counts of one kind, or of all."""

    planted: int = 0
    found: int = 0
    misplaced: int = 0  # found on a cell where nothing was planted, or with the wrong address
    cells: int = 0
    alarms: int = 0
    silent: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    alarmed: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in ("planted", "found", "misplaced", "cells", "alarms", "silent", "missed", "alarmed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def read(city: City, policy: Policy) -> tuple[Roster, tuple[Finding, ...]]:
    return roster_of(RosterBooks(parse_workbook(city.workbook(), "dirty.xlsx")), policy, How())


def measure(name: str, seed: int, policy: Policy) -> Score:
    """One kind planted into one city."""
    truth, noise = read(clean_city(seed), policy)
    assert noise == (), noise
    city = clean_city(seed)
    planted = KINDS[name](city, random.Random(f"{name}/{seed}"))
    roster, findings = read(city, policy)
    return _scored(name, city, planted, truth, roster, findings)


def _scored(name: str, city: City, planted: Found, truth: Roster, roster: Roster, findings: Iterable[Finding]) -> Score:
    places = city.places()
    wanted = {(code, *(places[id(at)] if not isinstance(at, str) else (at, ""))) for code, at in planted.must}
    got = {(f.code, f.sheet, f.cell) for f in findings}
    score = Score(planted=len(wanted), cells=city.cells())
    score.found = len(wanted & got)
    score.missed = [f"{name}: {one}" for one in sorted(wanted - got)]
    codes = {code for code, *_ in wanted}
    score.misplaced = len({one for one in got - wanted if one[0] in codes and one[0] not in planted.may})
    extra = sorted(one for one in got - wanted if one[0] not in planted.may)
    score.alarms = len(extra)
    score.alarmed = [f"{name}: {one}" for one in extra]
    score.silent = [f"{name}: {line}" for line in _altered(truth, roster, list(findings), planted)]
    return score


def _altered(truth: Roster, roster: Roster, findings: list[Finding], planted: Found) -> list[str]:
    """People whose values are not those of the clean roster although nothing was said of their rows."""
    now = {e.staff_id: e for e in roster.employees}
    said = {f.staff_id for f in findings} | {row.staff_id for row in roster.set_aside} | planted.changed
    rows = {(f.sheet, "".join(sign for sign in f.cell if sign.isdigit())) for f in findings}
    nobodys = {(f.sheet, "".join(sign for sign in f.cell if sign.isdigit())) for f in findings if not f.staff_id}
    whole = {f.understood for f in findings if f.code == "HR116"}  # sheets that are named and not read
    lost: list[str] = []
    for employee in truth.employees:
        found = now.get(employee.staff_id)
        if employee.staff_id in said or _row(found or employee) in rows:
            continue
        if found is None:
            lost.append(f"{employee.staff_id} is gone")
            continue
        before, after = _told(employee, nobodys), _told(found, nobodys)
        before["name"] = planted.names.get(employee.staff_id, before["name"])
        keys = [key for key in before if not (key == "leaves" and "休業等" in whole)]
        lost += [f"{employee.staff_id} {key}: {before[key]} -> {after[key]}" for key in keys if before[key] != after[key]]
    return [line for line in lost if not _planted_value(line)]


# Texts that a kind plants on purpose: what must come out is what was planted, to the letter.
def _planted_value(line: str) -> bool:
    return any(text in line for text in ("主\u3000任", "陶芸振興センター"))


def _row(employee: Employee) -> tuple[str, str]:
    return employee.ref.source.sheet, str(employee.ref.row)


def _told(employee: Employee, rows: set[tuple[str, str]]) -> dict[str, Any]:
    """The values of a person; of the histories the rows of which nothing was said."""

    def quiet(row: Any) -> bool:
        return (row.ref.source.sheet, str(row.ref.row)) not in rows

    told: dict[str, Any] = {name: getattr(employee, name) for name in FIELDS}
    told["orders"] = [(o.on, o.post, o.title, o.rank, o.nature) for o in employee.orders if quiet(o)]
    told["courses"] = [(c.code, c.on, c.outcome) for c in employee.completions if quiet(c)]
    told["leaves"] = [(x.kind, x.start, x.end) for x in employee.leaves if quiet(x)]
    return told
