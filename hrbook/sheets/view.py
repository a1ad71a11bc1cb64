"""What a sheet may look at: the judged people of its book, the words, and the facts of the run. Nothing is computed twice:
a sheet reads judgements; it never makes one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from hrbook.core.assessment import Assessed, Assessment
from hrbook.core.changes import Comparison
from hrbook.core.fold import fold
from hrbook.core.goals import UnitGoal
from hrbook.core.home import home, present_posts
from hrbook.core.inputs import InputKind
from hrbook.core.policy import Policy
from hrbook.core.reading import Reading
from hrbook.sheets.tally import Tally, tally
from hrbook.words import Labels


@dataclass(frozen=True, slots=True)
class InputFile:
    """One input beside roster, settings and policy."""

    kind: InputKind
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What identifies a run: version and inputs with their SHA-256. `run_id` is a digest of all of them."""

    run_id: str
    version: str
    roster_file: str
    roster_sha256: str
    roster_rows: Mapping[str, int]
    settings_file: str  # empty: the defaults
    settings_sha256: str
    policy_id: str
    policy_sha256: str
    city: str = ""
    previous_run: str = ""  # empty: no run of the year before was given
    previous_sha256: str = ""
    further: tuple[InputFile, ...] = ()


@dataclass(frozen=True)
class Department:
    """The people of one book. `department` is empty for the people directly under a bureau (and for a whole bureau,
    where books are made by bureau). `head` opens the book; their own form stands in the book of the next level.
    `guests` are the heads of the departments below, whose forms stand in this bureau's book. `goal_units` are the bureau and
    department whose goals everybody's form shows, by staff number."""

    bureau: str
    department: str
    people: tuple[Assessed, ...]
    head: Assessed | None
    guests: tuple[Assessed, ...] = ()
    whole_bureau: bool = False
    goal_units: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        return (self.bureau, self.department)

    @cached_property
    def counted(self) -> Tally:
        """Its own people, counted once for all sheets."""
        return tally(self.people)


@dataclass(frozen=True, slots=True)
class View:
    """The whole run, for the organisation's and the auditors' books."""

    assessment: Assessment
    departments: tuple[Department, ...]
    labels: Labels
    run: RunFacts
    changes: Comparison | None = None  # against the run of the year before

    @property
    def reading(self) -> Reading:
        return self.assessment.reading

    @property
    def policy(self) -> Policy:
        return self.assessment.reading.policy


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """One department's book. `below` are the departments of the bureau where this is the bureau's own book."""

    department: Department
    below: tuple[Department, ...]
    reading: Reading
    labels: Labels
    run: RunFacts
    unit_goals: tuple[UnitGoal, ...] = ()  # of the whole city; the forms show the nearest

    @property
    def policy(self) -> Policy:
        return self.reading.policy

    @property
    def people(self) -> tuple[Assessed, ...]:
        """The people of the book, high ranks first, then by year of service and staff number."""
        return self.department.people

    @property
    def forms(self) -> tuple[Assessed, ...]:
        """Whose interview form stands in this book: everybody but the head, then the heads of the departments below."""
        head = self.department.head
        own = tuple(p for p in self.department.people if p is not head)
        return (*self.department.guests, *own)

    @property
    def name(self) -> str:
        """The department as the book calls it."""
        return department_name(self.department, self.labels)


def department_name(department: Department, labels: Labels) -> str:
    """Name of a department's book: the department, or the bureau with the words for its own people."""
    if department.department or department.whole_bureau:
        return department.department or department.bureau
    return labels("department.bureau_own", bureau=department.bureau)


def departments_of(assessment: Assessment, by_bureau: bool = False) -> tuple[Department, ...]:
    """Everybody judged, each in exactly one department, in the order of the organisation sheet, then by name."""
    policy, as_of = assessment.reading.policy, assessment.reading.as_of
    by_code = present_posts(assessment.roster.organisation, as_of)
    groups: dict[tuple[str, str], list[Assessed]] = defaultdict(list)
    spelt: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    homes = {person.employee.staff_id: home(person.employee.post, by_code) for person in assessment.people}
    for person in assessment.people:
        names = homes[person.employee.staff_id]
        names = (names[0], "") if by_bureau else names
        key = (fold(names[0]), fold(names[1]))
        groups[key].append(person)
        spelt[key][names] += 1
    named = {key: min(found, key=lambda names: (-found[names], names)) for key, found in spelt.items()}
    groups = {named[key]: people for key, people in groups.items()}  # the commonest spelling names the book
    place = _places(assessment)
    keys = sorted(groups, key=lambda k: (place.get(k[0], (1, 0)), k[0], k[1] != "", place.get(k, (1, 0)), k[1]))
    ranked = {rank: i for i, rank in enumerate(policy.rank_ids)}
    people = {k: tuple(sorted(groups[k], key=lambda p: _seniority(p, ranked))) for k in keys}
    heads = {k: _head(people[k], policy) for k in keys}
    units = _goal_units((p for k in keys for p in people[k]), homes, policy)
    made = []
    for bureau, name in keys:
        own = by_bureau or not name
        guests = tuple(h for k in keys if own and not by_bureau and k[0] == bureau and k[1] for h in [heads[k]] if h)
        mine = people[bureau, name]
        of_mine = {p.employee.staff_id: units[p.employee.staff_id] for p in (*mine, *guests)}
        made.append(Department(bureau, name, mine, heads[bureau, name], guests, by_bureau, of_mine))
    return tuple(made)


def _goal_units(
    people: Iterable[Assessed], homes: Mapping[str, tuple[str, str]], policy: Policy
) -> Mapping[str, tuple[str, str]]:
    """Whose goals everybody works towards: those of the own department, its head those of the bureau, whose head those of the
    whole city. `people`: the senior ones first."""
    groups: dict[tuple[str, str], list[Assessed]] = defaultdict(list)
    for person in people:
        bureau, name = homes[person.employee.staff_id]
        groups[fold(bureau), fold(name)].append(person)
    found = dict(homes)
    for group in groups.values():
        head = _head(group, policy)
        if head is not None:
            bureau, name = homes[head.employee.staff_id]
            found[head.employee.staff_id] = (bureau if name else "", "")
    return found


def homeless_heads(departments: Iterable[Department]) -> tuple[Assessed, ...]:
    """Heads whose form has no book of a next level: heads of bureaus, and of departments whose bureau has no own book."""
    departments = tuple(departments)
    bureaus = {d.bureau for d in departments if not d.department}
    return tuple(d.head for d in departments if d.head and (not d.department or d.bureau not in bureaus))


def _places(assessment: Assessment) -> dict[str | tuple[str, str], tuple[int, int]]:
    """Order of bureaus and departments: as on the organisation sheet by code; names that it lacks come last."""
    place: dict[str | tuple[str, str], tuple[int, int]] = {}
    rows = sorted(assessment.roster.organisation, key=lambda r: (r.code, r.post.bureau, r.post.department))
    for number, row in enumerate(rows):
        if row.end is not None and row.end < assessment.reading.as_of:
            continue
        place.setdefault(row.post.bureau, (0, number))
        place.setdefault((row.post.bureau, row.post.department), (0, number))
    return place


def _seniority(person: Assessed, ranked: Mapping[str, int]) -> tuple[int, int, str]:
    rank = person.employee.rank
    return (-ranked[rank] if rank is not None else 1, -(person.service_year or 0), person.employee.staff_id)


def _head(people: Sequence[Assessed], policy: Policy) -> Assessed | None:
    heads = [p for p in people if p.employee.rank in policy.step_down.ranks]
    if not heads:
        return None
    top = heads[0].employee.rank
    equals = [p for p in heads if p.employee.rank == top]
    return min(equals, key=lambda p: (p.employee.title != policy.rank_name(top), -(p.service_year or 0), p.employee.staff_id))
