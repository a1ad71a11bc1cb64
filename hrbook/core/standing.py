"""Where a person stands in a fiscal year: service, rank, age, leave (spec 1 and 2). What is not known stays a range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from hrbook.core.calendar import (
    age_of_year,
    age_on,
    completion_day,
    first_april_from,
    fiscal_year,
    last_day,
    service_year,
)
from hrbook.core.career import StepDown
from hrbook.core.roster import Employee, Employment, Nature, Presence
from hrbook.core.source import Evidence

FAR = 10_000
Range = tuple[int, int]
UNKNOWN: Range = (-FAR, FAR)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RankRun:
    """A stretch of time in one rank. `seen` is the first day on which it is known; `begin` the day on which the rank
    began, None where that is lost, and then at the latest in fiscal year `latest`."""

    rank: str
    seen: date
    begin: date | None
    latest: int
    stepped_down: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the windows of courses ask of one fiscal year."""

    ranks: tuple[str, ...]
    service: Range
    rank_year: Range
    entered_mid_year: bool | None
    age: Range


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's facts for the rules. `ranks` are the policy's rank ids from low to high."""

    employee: Employee
    year: int
    as_of: date
    ranks: tuple[str, ...]
    service_start: date | None
    runs: tuple[RankRun, ...]
    present: RankRun | None
    on_leave: bool | None
    leaves: tuple[tuple[date, date], ...]
    post_managerial: bool | None
    held: frozenset[str]
    signature: tuple[object, ...]  # equal for people whose ranks took the same course over the years
    memo: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    def facts(self, year: int) -> Facts:
        """Everything about `year`, asked once."""
        known = self.memo.get(year)
        if known is None:
            known = self.memo[year] = Facts(
                self.possible_ranks(year),
                self.service(year),
                self.rank_year(year),
                self.entered_mid_year(year),
                self.age(year),
            )
        assert isinstance(known, Facts)
        return known

    def service(self, year: int) -> Range:
        """Year of service in fiscal year `year`."""
        if self.service_start is None:
            return UNKNOWN
        value = service_year(self.service_start, year)
        return (value, value)

    def age(self, year: int) -> Range:
        """Age at the end of fiscal year `year`."""
        birth = self.employee.birth
        if not isinstance(birth, date):
            return UNKNOWN
        value = age_of_year(birth, year)
        return (value, value)

    def possible_ranks(self, year: int) -> tuple[str, ...]:
        """Ranks that the person may have had in `year`: one where it is known, any up to the present one where lost."""
        if year >= self.year:
            return (self.employee.rank,) if self.employee.rank else self.ranks
        run = self._run_on(last_day(year))
        if run is not None:
            return (run.rank,)
        tops = [self.ranks.index(r) for r in (self.employee.rank, self.runs[0].rank if self.runs else None) if r]
        return self.ranks[: max(tops) + 1] if tops and self.employee.rank else self.ranks

    def rank_year(self, year: int) -> Range:
        """Year in the rank that the person has in `year`."""
        run = self._run_in(year)
        most = max(1, self.service(year)[1])  # a rank begins at the hire at the earliest
        if run is None:
            return (1, most)
        if run.begin is not None:
            value = year - fiscal_year(run.begin) + 1
            return (value, value)
        least = max(1, year - run.latest + 1)
        return (least, max(least, most))

    def entered_mid_year(self, year: int) -> bool | None:
        """Whether the rank of `year` began on another day than 1 April."""
        run = self._run_in(year)
        return None if run is None or run.begin is None else (run.begin.month, run.begin.day) != (4, 1)

    def hired_mid_year(self) -> bool | None:
        """Whether the hire was on another day than 1 April."""
        start = self.service_start
        return None if start is None else (start.month, start.day) != (4, 1)

    def _run_on(self, day: date) -> RankRun | None:
        found = None
        for run in self.runs:
            if run.seen <= day:
                found = run
        return found

    def _run_in(self, year: int) -> RankRun | None:
        return self.present if year >= self.year else self._run_on(last_day(year))

    def away_throughout(self, first: date, last: date) -> date | None:
        """The last day of the leave that covers every day of the stretch; None where some day was worked.
        `date.max` is a leave without an end."""
        for start, end in self.leaves:
            if start <= first and end >= last:
                return end
        return None


def standing_of(
    employee: Employee, ranks: Sequence[str], step_down: StepDown, step_down_age: int, year: int, as_of: date
) -> Standing:
    """Read a person's facts for fiscal year `year` on `as_of` from the roster row and the history."""
    order = {rank: place for place, rank in enumerate(ranks)}
    start = _service_start(employee, step_down_age)
    runs = _runs(employee, order, start, as_of)
    present = _present(employee, runs, as_of)
    leaves, unsure = _leaves(employee)
    away = any(first <= as_of <= last for first, last in leaves)
    on_leave = True if away or employee.presence is Presence.LEAVE else None if unsure else False
    held = frozenset(run.rank for run in runs) | _left_ranks(runs, tuple(ranks))
    signature = (employee.rank, *((r.rank, r.seen, r.begin, r.latest) for r in (*runs, *([present] if present else ()))))
    return Standing(
        employee,
        year,
        as_of,
        tuple(ranks),
        start,
        runs,
        present,
        on_leave,
        leaves,
        _post_managerial(employee, runs, held, step_down, step_down_age, start, as_of),
        held,
        signature,
    )


def step_down_limit(birth: date, age: int) -> date:
    """The first 1 April on or after the day that follows the completion of `age`
    (Local Public Service Act, art. 28-2: the transfer is due by then)."""
    return first_april_from(completion_day(birth, age) + DAY)


def _service_start(employee: Employee, step_down_age: int) -> date | None:
    """The hire; for re-appointed people their first regular hire, where the roster gives it (spec 1)."""
    hired = employee.hired if isinstance(employee.hired, date) else None
    if employee.employment is not Employment.REAPPOINTED:
        return hired
    hires = [o.on for o in employee.orders if o.hire and isinstance(o.on, date)]
    if hires and (hired is None or min(hires) < hired):
        return min(hires)
    if hired is not None and isinstance(employee.birth, date) and age_on(employee.birth, hired) < step_down_age:
        return hired
    return None


def _runs(employee: Employee, order: dict[str, int], start: date | None, as_of: date) -> tuple[RankRun, ...]:
    """Stretches of rank from the orders' titles, and from the start of the present rank on the roster row."""
    entries: list[tuple[date, str, bool, bool, tuple[Evidence, ...]]] = []
    by_day: dict[date, list[tuple[str, bool, bool, tuple[Evidence, ...]]]] = {}
    for item in employee.orders:
        if not isinstance(item.on, date) or item.on > as_of or item.rank is None:
            continue
        if item.nature in (Nature.SECOND_POST, Nature.LEAVING):
            continue
        cells: tuple[Evidence, ...] = (Evidence(item.ref, "on", item.on), Evidence(item.ref, "title", item.title))
        opened = item.promotion or item.hire or (start is not None and item.on <= start)
        by_day.setdefault(item.on, []).append((item.rank, item.step_down, opened, cells))
    before: str | None = None
    for day in sorted(by_day):
        entries.append((day, *_last_rank(by_day[day], employee.rank, before, order)))
        before = entries[-1][1]
    runs: list[RankRun] = []
    for day, rank, down, opened, found in entries:
        if runs and runs[-1].rank == rank:
            continue
        fell = down or bool(runs and order[rank] < order[runs[-1].rank])
        if not fell:
            begin = day if runs or opened else None
            runs.append(RankRun(rank, day, begin, fiscal_year(day), False, found))
            continue
        earlier = next((r for r in runs if r.rank == rank and not r.stepped_down), None)
        if earlier is not None:
            runs.append(RankRun(rank, day, earlier.begin, earlier.latest, True, found + earlier.evidence))
        else:
            runs.append(RankRun(rank, day, None, fiscal_year(day) - 1, True, found))
    return _with_rank_start(employee, runs, as_of)


def _last_rank(
    options: Sequence[tuple[str, bool, bool, tuple[Evidence, ...]]],
    present: str | None,
    before: str | None,
    order: dict[str, int],
) -> tuple[str, bool, bool, tuple[Evidence, ...]]:
    """Of several titles of one date: the one that agrees with the roster, else the one that changed something."""
    return max(options, key=lambda e: (e[0] == present, e[0] != before, order[e[0]], e[1], e[2]))


def rank_start_is_step_down(employee: Employee, runs: Sequence[RankRun]) -> bool:
    """Whether the roster's start of the present rank is the day of a step-down, which starts no rank (spec 1)."""
    return any(run.stepped_down and run.seen == employee.rank_start for run in runs)


def _with_rank_start(employee: Employee, runs: list[RankRun], as_of: date) -> tuple[RankRun, ...]:
    begin, rank = employee.rank_start, employee.rank
    if not isinstance(begin, date) or begin > as_of or rank is None or rank_start_is_step_down(employee, runs):
        return tuple(runs)
    cells = (Evidence(employee.ref, "rank_start", begin),)
    given = RankRun(rank, begin, begin, fiscal_year(begin), False, cells)
    if runs and runs[-1].rank == rank:
        last = runs.pop()
        given = RankRun(rank, min(last.seen, begin), begin, fiscal_year(begin), last.stepped_down, cells)
    return (*[run for run in runs if run.seen < given.seen], given)


def _present(employee: Employee, runs: Sequence[RankRun], as_of: date) -> RankRun | None:
    begin = employee.rank_start
    if employee.rank is None:
        given = isinstance(begin, date) and begin <= as_of and not any(o.step_down and o.on == begin for o in employee.orders)
        if not given or not isinstance(begin, date):
            return None
        return RankRun("", begin, begin, fiscal_year(begin), False, (Evidence(employee.ref, "rank_start", begin),))
    if runs and runs[-1].rank == employee.rank:
        return runs[-1]
    return RankRun(employee.rank, as_of, None, fiscal_year(as_of), False, ())


def _leaves(employee: Employee) -> tuple[tuple[tuple[date, date], ...], bool]:
    """Merged intervals of leave, and whether some leave cannot be placed."""
    spans: list[tuple[date, date]] = []
    unsure = False
    for leave in employee.leaves:
        if not leave.absent:
            continue
        if not isinstance(leave.start, date) or not (leave.end is None or isinstance(leave.end, date)):
            unsure = True
        elif leave.end is None or leave.end >= leave.start:
            spans.append((leave.start, leave.end or date.max))
    merged: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if merged and (merged[-1][1] == date.max or first <= merged[-1][1] + DAY):
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged), unsure


def _left_ranks(runs: Sequence[RankRun], ranks: tuple[str, ...]) -> frozenset[str]:
    """The least rank that a step-down must have left where the history before it is lost: the one above."""
    if not runs or not runs[0].stepped_down:
        return frozenset()
    return frozenset(ranks[ranks.index(runs[0].rank) + 1 :][:1])


def _post_managerial(
    employee: Employee,
    runs: Sequence[RankRun],
    held: frozenset[str],
    step_down: StepDown,
    age: int,
    start: date | None,
    as_of: date,
) -> bool | None:
    """Whether the person held a managerial rank and now has a lower title (spec 2); None where it cannot be told."""
    if employee.rank is None:
        return None
    if employee.rank in step_down.ranks:
        return False
    if any(rank in step_down.ranks for rank in held):
        return True
    past = [o for o in employee.orders if o.left_management and isinstance(o.on, date) and o.on <= as_of]
    if past and not (runs and runs[0].seen < min(o.on for o in past if isinstance(o.on, date))):
        return True  # the order says what was left; the history before it is lost
    if runs and runs[0].stepped_down:
        return None
    if runs and start is not None and runs[0].seen <= start:
        return False
    if not isinstance(employee.birth, date):
        return None
    limit = step_down_limit(employee.birth, age)
    older = runs and runs[-1].rank == employee.rank and runs[-1].begin is not None and runs[-1].begin < limit
    return False if limit > as_of or older else None
