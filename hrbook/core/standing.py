"""Where a person stands in a fiscal year: service, rank, age, leave (spec 1 and 2). What is not known stays a range."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from hrbook.core.calendar import age_of_year, age_on, fiscal_year, last_day
from hrbook.core.career import StepDown
from hrbook.core.leave import covers, intervals, last_march, unreadable
from hrbook.core.rank_history import RankRun, runs_of, stated_start, statements_of
from hrbook.core.roster import Employee, Employment, Nature, Presence
from hrbook.core.source import Evidence, Scalar
from hrbook.core.step_down import Height, height_of

FAR = 10_000
YOUNGEST = 15  # nobody is hired before the end of compulsory schooling
Range = tuple[int, int]
UNKNOWN: Range = (-FAR, FAR)
DAY = timedelta(days=1)


UNDERSTOOD: Mapping[str, Callable[[Standing], Scalar]] = {
    "title": lambda who: who.employee.rank,
    "hired": lambda who: who.service_start,
    "birth": lambda who: who.employee.birth if isinstance(who.employee.birth, date) else None,
    "employment": lambda who: who.employee.employment.value if who.employee.employment else None,
    "job_family": lambda who: who.employee.job_family,
    "hire_route": lambda who: who.employee.hire_route,
    "rank_start": lambda who: None,  # asked for only where nothing tells it
}


@dataclass(frozen=True, slots=True)
class RankCase:
    """One rank that the person may have in a fiscal year, with the year in it and whether it began on another day than
    1 April."""

    rank: str
    rank_year: Range
    entered_mid_year: bool | None
    begin: date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the windows of courses ask of one fiscal year. `employed` None: the hire is unknown and may be later."""

    employed: bool | None
    ranks: tuple[RankCase, ...]
    service: Range
    age: Range


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's facts for the rules. `ranks` are the policy's rank ids from low to high."""

    employee: Employee
    year: int
    as_of: date
    ranks: tuple[str, ...]
    service_start: date | None
    first_year: int  # fiscal year of the hire, or the earliest that it may lie in
    age_now: int | None  # at the end of fiscal year `year`
    seen_from: int | None  # the first fiscal year that shows the person at work, where the hire is unknown
    runs: tuple[RankRun, ...]
    present: RankRun | None
    start_is_step_down: bool  # the roster's start of the rank is the day of a step-down, which starts no rank
    height: Height
    on_leave: bool | None
    leaves: tuple[tuple[date, date], ...]
    missed_march: bool  # on leave on 31 March of an earlier year, when a window may have ended
    leave_unreadable: bool  # some leave has a start or an end that cannot be read
    rank_years: Mapping[str, Range]  # rank -> the fiscal years outside of which the person certainly had another one
    known: bool  # hire, birth, leave and the rank in every year of service are known
    signature: tuple[tuple[object, ...], ...]  # equal for people whose ranks took the same course over the years
    memo: dict[object, object] = field(default_factory=dict)

    def own(self, field: str) -> Evidence:
        """A field of the person's own row as the rules understood it; whatever rests on it shares one piece of evidence."""
        found = self.memo.get(field)
        if found is None:
            found = self.memo[field] = Evidence(self.employee.ref, field, UNDERSTOOD[field](self))
        assert isinstance(found, Evidence)
        return found

    @property
    def post_managerial(self) -> bool | None:
        """Held a managerial rank and now has a lower one; None where it cannot be told."""
        return self.height.post_managerial

    def ranks_of(self, ranks: frozenset[str], clocked: bool) -> tuple[object, ...]:
        """The part of the signature that concerns `ranks`: when the person came into them and left them and, if `clocked`,
        since when in each. Empty where the person was never in one of them."""
        found = self.memo.get((ranks, clocked))
        if found is None:
            parts: list[object] = []
            inside = False
            for told in self.signature:
                if told[0] in ranks:
                    if clocked or not inside:
                        parts.append(told if clocked else told[1])
                elif inside:
                    parts.append(told[1])
                inside = told[0] in ranks
            found = self.memo[ranks, clocked] = tuple(parts)
        assert isinstance(found, tuple)
        return found

    def facts(self, year: int) -> Facts:
        """Everything about `year`, asked once."""
        known = self.memo.get(year)
        if known is None:
            known = self.memo[year] = Facts(self.employed(year), self.rank_cases(year), self.service(year), self.age(year))
        assert isinstance(known, Facts)
        return known

    def employed(self, year: int) -> bool | None:
        """On the staff in fiscal year `year`, as far as the hire or the first record of work tells."""
        if year >= self.year:
            return True
        if self.service_start is not None:
            return self.first_year <= year
        return True if self.seen_from is not None and self.seen_from <= year else None

    def service(self, year: int) -> Range:
        """Year of service in fiscal year `year`."""
        if self.service_start is None:
            return UNKNOWN
        value = year - self.first_year + 1
        return (value, value)

    def age(self, year: int) -> Range:
        """Age at the end of fiscal year `year`; it grows by one in every fiscal year."""
        if self.age_now is None:
            return UNKNOWN
        value = self.age_now + year - self.year
        return (value, value)

    def rank_cases(self, year: int) -> tuple[RankCase, ...]:
        """Ranks that the person may have in `year`: one where it is known, any up to the present one where lost."""
        if not self.ranks:
            return (RankCase("", UNKNOWN, None, None),)  # the policy has no ranks: nothing asks for one
        present = self.employee.rank
        run = self.present if year >= self.year else self._run_on(last_day(year))
        nameless = self.present is not None and self.present.rank is None and self.present.seen <= last_day(year)
        if nameless and self.present is not None and (run is None or run.rank is None or run.seen < self.present.seen):
            return tuple(self._case(rank, self.present, year) for rank in self.ranks)
        if run is not None and run.rank is not None:
            return (self._case(run.rank, run, year),)
        if year >= self.year:
            return tuple(self._case(rank, self.present, year) for rank in self.ranks)
        upward = self.ranks if present is None else self.ranks[: self.ranks.index(present) + 1]
        return tuple(self._case(rank, self.present if rank == present else None, year, open_=True) for rank in upward)

    def rank_year(self, year: int) -> Range:
        """Year in the rank of fiscal year `year`, over every rank that is possible then."""
        cases = self.facts(year).ranks
        return (min(c.rank_year[0] for c in cases), max(c.rank_year[1] for c in cases))

    def hired_mid_year(self) -> bool | None:
        """Whether the hire was on another day than 1 April."""
        start = self.service_start
        return None if start is None else (start.month, start.day) != (4, 1)

    def _case(self, rank: str, run: RankRun | None, year: int, *, open_: bool = False) -> RankCase:
        """`open_`: the beginning is only used where it is known; the run itself may be another one."""
        if run is not None and run.begin is not None:
            value = year - fiscal_year(run.begin) + 1
            return RankCase(rank, (value, value), (run.begin.month, run.begin.day) != (4, 1), run.begin)
        latest = year if open_ else self.year if run is None else run.latest
        least = max(1, year - latest + 1)
        most = self.service(year)[1]  # a rank begins at the hire at the earliest
        return RankCase(rank, (least, max(least, most)), None, None)

    def _run_on(self, day: date) -> RankRun | None:
        found = None
        for run in self.runs:
            if run.seen > day:
                break
            found = run
        return found

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
    start = _service_start(employee, step_down_age, as_of)
    statements = statements_of(employee, order, as_of)
    stated = stated_start(employee, statements, order, as_of)
    runs, present = runs_of(employee, statements, stated, order, start, as_of)
    manager = min(order[rank] for rank in step_down.ranks) if step_down.ranks else len(order)
    away = [covers(leave, as_of) for leave in employee.leaves if leave.absent]
    on_leave = True if employee.presence is Presence.LEAVE or True in away else None if None in away else False
    leaves = intervals(employee, as_of)
    age_now = age_of_year(employee.birth, year) if isinstance(employee.birth, date) else None
    first_year = fiscal_year(start) if start is not None else year - 50 if age_now is None else year - age_now + YOUNGEST
    return Standing(
        employee,
        year,
        as_of,
        tuple(ranks),
        start,
        first_year,
        age_now,
        _seen_from(employee, as_of) if start is None else None,
        runs,
        present,
        stated[1],
        height_of(employee, statements, present, order, manager, step_down_age, start, as_of),
        on_leave,
        leaves,
        any(last_march(end, year) >= start for start, end in leaves),
        any(unreadable(leave, as_of) for leave in employee.leaves if leave.absent),
        _rank_years(employee, ranks, runs, present, year),
        start is not None
        and age_now is not None
        and on_leave is not None
        and bool(runs)
        and fiscal_year(runs[0].seen) <= first_year
        and all(run.rank is not None for run in runs)
        and employee.rank is not None,
        _signature(runs, present),
    )


def _rank_years(
    employee: Employee, ranks: Sequence[str], runs: Sequence[RankRun], present: RankRun | None, year: int
) -> dict[str, Range]:
    """For each rank that the person may ever have had up to now, the first and last fiscal year in which that is possible."""
    unknown = ranks if employee.rank is None else ranks[: ranks.index(employee.rank) + 1]
    seen = [fiscal_year(run.seen) for run in runs]
    found: dict[str, Range] = {}

    def add(names: Sequence[str], first: int, last: int) -> None:
        for name in names:
            low, high = found.get(name, (first, last))
            found[name] = (min(low, first), max(high, last))

    add(unknown, -FAR, (seen[0] if seen else year) - 1)
    for run, first, last in zip(runs, seen, [*seen, year][1:], strict=True):
        add(unknown if run.rank is None else (run.rank,), first, last)
    if employee.rank is not None:
        add((employee.rank,), year, FAR)
    else:
        add(ranks, year if present is None else fiscal_year(present.seen), FAR)
    return found


def _signature(runs: Sequence[RankRun], present: RankRun | None) -> tuple[tuple[object, ...], ...]:
    """By fiscal years: more the windows of courses do not ask, but for whether the rank began on 1 April. The last part is
    the present."""
    told = [(r.rank, fiscal_year(r.seen), r.latest, r.begin and _begun(r.begin)) for r in runs]
    now = None if present is None else (present.rank, 0, present.latest, present.begin and _begun(present.begin))
    return (*told, now or (None, 0))


def _begun(day: date) -> tuple[int, bool]:
    return fiscal_year(day), (day.month, day.day) == (4, 1)


def _service_start(employee: Employee, step_down_age: int, as_of: date) -> date | None:
    """The hire; for re-appointed people their first regular hire, where the roster gives it (spec 1)."""
    hired = employee.hired if isinstance(employee.hired, date) else None
    if employee.employment is not Employment.REAPPOINTED:
        return hired
    hires = [o.on for o in employee.orders if o.hire and isinstance(o.on, date) and o.on <= as_of]
    if hires:
        return min(hires)
    if hired is not None and isinstance(employee.birth, date) and age_on(employee.birth, hired) < step_down_age:
        return hired
    return None


def _seen_from(employee: Employee, as_of: date) -> int | None:
    days = [o.on for o in employee.orders if isinstance(o.on, date) and o.nature is not Nature.SECOND_POST]
    days += [d for d in (employee.rank_start, employee.hired) if isinstance(d, date)]
    return fiscal_year(min(d for d in days if d <= as_of)) if any(d <= as_of for d in days) else None
