"""Which rank a person had when, as far as the orders and the roster row tell (spec 1 and 2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hrbook.core.calendar import fiscal_year
from hrbook.core.roster import Employee, Nature, Order
from hrbook.core.source import Evidence

Places = Mapping[str, int]  # rank -> its place from the bottom


@dataclass(frozen=True, slots=True)
class Statement:
    """What the orders of one day say of the rank: None for a title that no rank is known for, or a promotion or
    step-down without a title. `down` and `up` are the words of the orders, whatever the titles."""

    day: date
    rank: str | None
    down: bool
    up: bool
    hire: bool
    left_management: bool
    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class RankRun:
    """A stretch of time in one rank (None: not known which). `seen` is the first day on which it is known; `begin` the
    day on which the rank began, None where that is lost, and then at the latest in fiscal year `latest`."""

    rank: str | None
    seen: date
    begin: date | None
    latest: int
    stepped_down: bool
    evidence: tuple[Evidence, ...]


def statements_of(employee: Employee, order: Places, as_of: date) -> tuple[Statement, ...]:
    """One statement a day, in order; second posts and what is dated after `as_of` say nothing."""
    by_day: dict[date, list[Order]] = defaultdict(list)
    for item in employee.orders:
        if not isinstance(item.on, date) or item.on > as_of or item.nature in (Nature.SECOND_POST, Nature.LEAVING):
            continue
        if item.title or item.promotion or item.step_down:
            by_day[item.on].append(item)
    found: list[Statement] = []
    before: str | None = None
    for day in sorted(by_day):
        rank = _rank_of_day(by_day[day], employee, before, order)
        said = tuple(o for o in by_day[day] if o.rank == rank or o.rank is None)
        found.append(
            Statement(
                day,
                rank,
                any(o.step_down for o in said),
                any(o.promotion for o in said),
                any(o.hire for o in said),
                any(o.left_management for o in said),
                said,
            )
        )
        before = rank if rank is not None else before
    return tuple(found)


def _rank_of_day(orders: Sequence[Order], employee: Employee, before: str | None, order: Places) -> str | None:
    """Of several titles of one day the one that agrees with the roster's title, else with its rank, else the one that
    changed something. Never the order of the rows."""
    if len(orders) == 1:
        return orders[0].rank
    title, present = employee.title, employee.rank
    said = [(o.title == title, o.rank == present, o.rank != before, order[o.rank], o.rank) for o in orders if o.rank]
    return max(said)[-1] if said else None


def stated_start(employee: Employee, statements: Sequence[Statement], order: Places, as_of: date) -> tuple[date | None, bool]:
    """The roster's start of the present rank as of `as_of`, and whether it is the day of a step-down: that starts no
    rank, so it only tells since when the rank is held (spec 1)."""
    start = employee.rank_start
    if not isinstance(start, date) or start > as_of:
        return None, False
    before: str | None = None
    for said in statements:
        fell = said.rank is not None and before is not None and order[said.rank] < order[before]
        if said.day == start and (said.down or fell):
            return start, True
        if said.day < start:
            before = said.rank if said.rank is not None else before
    lower = employee.rank is not None and before is not None and order[employee.rank] < order[before]
    return start, lower


def runs_of(
    employee: Employee,
    statements: Sequence[Statement],
    stated: tuple[date | None, bool],
    order: Places,
    service_start: date | None,
    as_of: date,
) -> tuple[tuple[RankRun, ...], RankRun | None]:
    """Stretches of rank up to `as_of` in order, and that of the present rank, which the roster's title decides: None
    where neither the title nor a start of the rank is on the roster row. `stated` is the answer of `stated_start`."""
    start, is_step_down = stated
    roster_cells = (Evidence(employee.ref, "rank_start", start),)
    line = _Line(order)
    told = start is None or employee.rank is None  # whether the roster's own statement needs no place in the line
    for said in statements:
        if not told and start is not None and employee.rank is not None and said.day >= start:
            if said.day > start or said.rank is None:
                line.roster(employee.rank, start, is_step_down, roster_cells)
            told = True
        if said.rank is not None:
            line.say(said, service_start)
        elif start is None or employee.rank is None or said.day < start:
            line.lose(said.day)
    if not told and start is not None and employee.rank is not None:
        line.roster(employee.rank, start, is_step_down, roster_cells)
    runs = line.runs
    if employee.rank is None:
        if start is None:
            return tuple(runs), None
        begin = None if is_step_down else start
        return tuple(runs), RankRun(None, start, begin, fiscal_year(start) - is_step_down, is_step_down, roster_cells)
    if runs and runs[-1].rank == employee.rank:
        last = runs[-1]
        if start is not None and not is_step_down:
            runs[-1] = last = RankRun(last.rank, last.seen, start, fiscal_year(start), last.stepped_down, roster_cells)
        return tuple(runs), last
    if start is not None and not is_step_down:
        return tuple(runs), RankRun(employee.rank, as_of, start, fiscal_year(start), False, roster_cells)
    begin, cells = line.entered.get(employee.rank, (None, ()))
    return tuple(runs), RankRun(employee.rank, as_of, begin, fiscal_year(as_of), False, cells)


class _Line:
    """The runs while they are built. `entered` holds, for each rank, the promotion or hire into it that still counts:
    somebody who is then seen in a lower rank must enter the higher one anew."""

    def __init__(self, order: Places) -> None:
        self.order = order
        self.runs: list[RankRun] = []
        self.entered: dict[str, tuple[date, tuple[Evidence, ...]]] = {}

    def say(self, said: Statement, service_start: date | None) -> None:
        rank = said.rank
        assert rank is not None
        here = self.runs[-1].rank if self.runs else None
        fell = said.down or (here is not None and self.order[rank] < self.order[here])
        if not fell:
            rose = here is not None and self.order[rank] > self.order[here]
            first = not self.runs and (said.hire or said.day == service_start)
            if rose or (here is None and (said.up or first)):
                self.entered[rank] = (said.day, _cells(said))
        if fell:
            self._forget_above(rank)
        if said.down or here != rank:
            self._add(rank, said.day, fell, _cells(said))

    def roster(self, rank: str, start: date, fell: bool, cells: tuple[Evidence, ...]) -> None:
        if fell:
            self._forget_above(rank)
        else:
            self.entered[rank] = (start, cells)
        self._add(rank, start, fell, cells)

    def lose(self, day: date) -> None:
        if not self.runs or self.runs[-1].rank is not None:
            self.runs.append(RankRun(None, day, None, fiscal_year(day), False, ()))

    def _forget_above(self, rank: str) -> None:
        for other in [r for r in self.entered if self.order[r] > self.order[rank]]:
            del self.entered[other]

    def _add(self, rank: str, day: date, fell: bool, cells: tuple[Evidence, ...]) -> None:
        begin, earlier = self.entered.get(rank, (None, ()))
        shown = cells if cells == earlier else (*cells, *earlier)
        self.runs.append(RankRun(rank, day, begin, fiscal_year(day) - fell, fell, shown))


def _cells(said: Statement) -> tuple[Evidence, ...]:
    return tuple(cell for o in said.orders for cell in (Evidence(o.ref, "on", said.day), Evidence(o.ref, "title", o.title)))
