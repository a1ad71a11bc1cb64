"""Organisation-wide counts out of the judgements. The only door of pandas, which is imported where it tabulates:
a command that prints no summary never pays for it. Nobody is judged here, people are only counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from hrbook.core.assessment import Assessed, Assessment
from hrbook.core.calendar import fiscal_year
from hrbook.core.judgement import Assigned, RotationStatus, TrainingStatus
from hrbook.core.policy import Policy

UNKNOWN = ""  # the row or column of what cannot be told
HIRED, SECONDED = "+", ">"  # where a transfer comes from or goes to, beside the bureaus
FLOW_YEARS = 3
HORIZON = 5  # fiscal years in which a course can be upcoming (spec 4)
TO_DO = (TrainingStatus.IN_TARGET, TrainingStatus.OVERDUE)
SOON = (RotationStatus.ON_TRACK, RotationStatus.NEEDS_PLAN)

TIMES = "times"

Key = str | int | tuple[str, str]
Placed = tuple[tuple[str, str], Assessed]  # the key of a department, and one of its people


class Unit(Protocol):
    """What is counted by: the people of one department's book."""

    @property
    def key(self) -> tuple[str, str]: ...
    @property
    def people(self) -> tuple[Assessed, ...]: ...


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by row and column, in the order given; every row is as long as `columns`."""

    rows: tuple[Key, ...]
    columns: tuple[Key, ...]
    counts: tuple[tuple[int, ...], ...]

    def row(self, key: Key) -> tuple[int, ...]:
        """The counts of one row; zeros for a row that is not there."""
        return self.counts[self.rows.index(key)] if key in self.rows else (0,) * len(self.columns)

    def at(self, row: Key, column: Key) -> int:
        """One count; 0 where there is no such row or column."""
        if row not in self.rows or column not in self.columns:
            return 0
        return self.counts[self.rows.index(row)][self.columns.index(column)]

    def totals(self) -> tuple[int, ...]:
        """Sum of every column."""
        return tuple(map(sum, zip(*self.counts, strict=True))) if self.counts else (0,) * len(self.columns)

    def total_of(self, column: Key) -> int:
        """Sum of one column."""
        return sum(self.at(row, column) for row in self.rows)

    @property
    def total(self) -> int:
        return sum(map(sum, self.counts))


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that the organisation's book counts. Rows named `department` are keys (bureau, department) in the order
    of the books; statuses, ranks, courses, abilities and tiers are ids in the order of the policy or of the spec."""

    ranks: Table  # department x rank
    rotation: Table  # department x status
    window: Table  # department x "running" / "over", people inside the guide only
    last_chance: Table  # every fiscal year from the next to the last such one x status
    trainings: Table  # department x status, counted in judgements
    courses: Table  # course x status
    upcoming: Table  # course x fiscal year of the first target year
    to_do: Table  # department x course, due this year or past its time
    people_to_do: Table  # department x status: people with at least one course of that status
    abilities: Table  # department x ability: people whose rank carries the strongest mark
    service: Table  # first year of a five-year band x group of ranks
    tiers: Table  # department x tier
    flow: Table  # bureau moved from (or HIRED, SECONDED) x bureau moved to (or SECONDED), latest fiscal years
    departments_needing: int
    flow_years: tuple[int, int]


def load_library() -> None:
    """Import pandas ahead of need."""
    import pandas  # noqa: F401


def summarise(assessment: Assessment, departments: Sequence[Unit]) -> Summary:
    """Count the judged people of `departments` (all of them together are all people of the assessment)."""
    import pandas as pd

    reading, policy = assessment.reading, assessment.reading.policy
    keys = [d.key for d in departments]
    people = [(d.key, p) for d in departments for p in d.people]
    who = pd.DataFrame([_person(key, p, policy) for key, p in people], columns=list(PERSON))
    # Every person has a judgement on every course: counted before they are tabulated, they need no memory of their own.
    due = _counted(pd, _trainings(people), TRAINING)
    wanted = due[due["status"].isin([s.value for s in TO_DO])]
    once = _counted(pd, _to_do(people), ("department", "status"))
    soon = who[who["rotation"].isin([s.value for s in SOON])]
    inside = who[who["rotation"] != RotationStatus.NOT_APPLICABLE.value]
    courses = [c.code for c in policy.training.courses]
    training, rotation = [s.value for s in TrainingStatus], [s.value for s in RotationStatus]
    ahead = list(range(reading.year + 1, reading.year + HORIZON + 1))
    bands = sorted({int(b) for b in who["band"].dropna()})
    groups = list(dict.fromkeys(r.group for r in policy.ranks))
    springs = list(range(reading.year + 1, int(who["chance"].max()) + 1)) if who["chance"].notna().any() else []
    by_rank = _table(who, "department", "rank", keys, [*policy.rank_ids, UNKNOWN])
    needing = who[who["rotation"].isin([s.value for s in NEEDS_A_LOOK])]["department"].nunique()
    moves, years = _moves(assessment), (reading.year - FLOW_YEARS + 1, reading.year)
    bureaus = _bureaus(moves, [b for b, _ in keys])
    flow = pd.DataFrame(moves, columns=["from", "to"])
    return Summary(
        ranks=by_rank,
        rotation=_table(who, "department", "rotation", keys, rotation),
        window=_table(inside, "department", "window", keys, ["running", "over", UNKNOWN]),
        last_chance=_table(soon, "chance", "rotation", springs, [s.value for s in SOON]),
        trainings=_table(due, "department", "status", keys, training),
        courses=_table(due, "course", "status", courses, training),
        upcoming=_table(due[due["status"] == TrainingStatus.UPCOMING.value], "course", "year", courses, ahead),
        to_do=_table(wanted, "department", "course", keys, courses),
        people_to_do=_table(once, "department", "status", keys, [s.value for s in TO_DO]),
        abilities=_abilities(by_rank, policy, reading.points),
        service=_table(who, "band", "group", bands, [*groups, UNKNOWN]),
        tiers=_table(who, "department", "tier", keys, [*(t.id for t in policy.digital.tiers), UNKNOWN]),
        flow=_table(flow, "from", "to", [HIRED, *bureaus, SECONDED], [*bureaus, SECONDED]),
        departments_needing=int(needing),
        flow_years=years,
    )


def _trainings(people: Iterable[Placed]) -> Iterator[tuple[Hashable, ...]]:
    """Every judgement on a course."""
    return ((key, code, j.status, j.result.target_fy) for key, p in people for code, j in p.trainings.items())


def _to_do(people: Iterable[Placed]) -> Iterator[tuple[Hashable, ...]]:
    """Department and status, once for everybody who has at least one such course to do."""
    for key, person in people:
        found = {j.status for j in person.trainings.values()}
        yield from ((key, status) for status in TO_DO if status in found)


def _counted(pd: Any, rows: Iterable[tuple[Hashable, ...]], columns: Sequence[str]) -> Any:
    """A frame of what differs among the rows, and how often each stands there."""
    return pd.DataFrame([(*row, times) for row, times in Counter(rows).items()], columns=[*columns, TIMES])


TRAINING = ("department", "course", "status", "year")
NEEDS_A_LOOK = (RotationStatus.NEEDS_PLAN, RotationStatus.OUT_OF_REACH, RotationStatus.NOT_REACHED)
PERSON = ("department", "rank", "group", "band", "rotation", "window", "chance", "tier")


def _person(key: tuple[str, str], person: Assessed, policy: Policy) -> tuple[Hashable, ...]:
    rank, result, tier = person.employee.rank, person.rotation.result, person.digital.result
    year = person.service_year
    return (
        key,
        rank or UNKNOWN,
        next((r.group for r in policy.ranks if r.id == rank), UNKNOWN),
        None if year is None else (max(1, year) - 1) // 5 * 5 + 1,
        result.status.value,
        UNKNOWN if result.service_year is None else "over" if result.window_over else "running",
        fiscal_year(result.last_chance) if result.last_chance else None,
        tier.choice if tier.status is Assigned.ASSIGNED and tier.choice else UNKNOWN,
    )


def _table(frame: Any, row: str, column: str, rows: Sequence[Key], columns: Sequence[Key]) -> Table:
    """Counts of a frame's rows (the sum of their TIMES, where it has them) by two of its columns, every wanted row and column
    there. Raises ValueError where a value has no place, so that nothing falls out of a total."""
    groups = frame.groupby([row, column], dropna=True, observed=True)
    counted = groups[TIMES].sum() if TIMES in frame else groups.size()
    places = {key: number for number, key in enumerate(rows)}
    across = {key: number for number, key in enumerate(columns)}
    cells = [[0] * len(columns) for _ in rows]
    for (one, other), count in counted.items():
        if one not in places or other not in across:
            raise ValueError(f"no place for {row} {one!r}, {column} {other!r}")
        cells[places[one]][across[other]] = int(count)
    return Table(tuple(rows), tuple(columns), tuple(tuple(line) for line in cells))


def _abilities(ranks: Table, policy: Policy, points: Mapping[str, int]) -> Table:
    """People for whom an ability carries the mark with the most points: the ranks' head counts, by the table of marks."""
    strongest = max(policy.competency.marks, key=lambda m: points[m.id]).id if policy.competency.marks else ""
    abilities = policy.competency.abilities
    marked = [[ranks.columns.index(r) for r in policy.rank_ids if a.marks.get(r) == strongest] for a in abilities]
    counts = tuple(tuple(sum(line[at] for at in places) for places in marked) for line in ranks.counts)
    return Table(ranks.rows, tuple(a.id for a in abilities), counts)


def _moves(assessment: Assessment) -> list[tuple[str, str]]:
    """Where the people judged moved from and to in the latest fiscal years, one pair a move; a hire comes from HIRED."""
    year = assessment.reading.year
    now = {e.post.department: e.post.bureau for e in (p.employee for p in assessment.people) if e.post.department}
    moves: list[tuple[str, str]] = []
    for person in assessment.people:
        before = HIRED
        for number, spell in enumerate(person.spells):
            here = SECONDED if spell.secondment else spell.bureau or now.get(spell.name_now, UNKNOWN)
            known = spell.start is not None and year - FLOW_YEARS < fiscal_year(spell.start) <= year
            if known and (number or _hired_then(person)):
                moves.append((before, here))
            before = here
    return moves


def _hired_then(person: Assessed) -> bool:
    """Whether the first spell began with the hire, so that it is a hire and not a lost beginning."""
    return bool(person.spells) and person.spells[0].start == person.employee.hired


def _bureaus(moves: Iterable[tuple[str, str]], present: Sequence[str]) -> list[str]:
    """Bureaus that moves touch: those of today in their order, then earlier ones by name, then the unknown one."""
    touched = {bureau for move in moves for bureau in move} - {HIRED, SECONDED}
    order = [b for b in dict.fromkeys(present) if b in touched]
    earlier = sorted(touched - set(order) - {UNKNOWN})
    return [*order, *earlier, *([UNKNOWN] if UNKNOWN in touched else [])]
