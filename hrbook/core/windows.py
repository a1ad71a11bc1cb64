"""When a course's target holds for a person (spec 4): stretches of fiscal years, moved to the return from leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hrbook.core.calendar import first_day, fiscal_year, last_day
from hrbook.core.fold import fold
from hrbook.core.standing import FAR, Facts, Range, Standing
from hrbook.core.training_policy import Target, Window

HORIZON = 5  # upcoming: FY Y+1 .. Y+5
Allowed = Callable[[int], bool | None]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive fiscal years in which one target held; `last` None is open. `sure` False: some input is missing.
    `first` and `last` are the years in which it counts: those of the return, where it was spent wholly on leave."""

    first: int
    last: int | None
    sure: bool
    waiting: bool = False  # spent on leave that has not ended
    held: tuple[int, int | None] = (0, 0)  # the years themselves, before any move
    bounded: bool = True  # an open target cannot be missed


class Windows:
    """Stretches of all targets, for one person after another. People with the same facts share the answer."""

    def __init__(self, year: int) -> None:
        self.year = year
        self._shared: dict[tuple[object, ...], tuple[Stretch, ...]] = {}

    def stretches(self, target: Target, who: Standing, allowed: Allowed | None) -> tuple[Stretch, ...]:
        """Stretches in which `target` held, holds or will hold. `allowed` asks a further condition of each year."""
        person = fits(target, who)
        if person is False:
            return ()
        if allowed is not None or who.leaves or who.service_start is None:
            found = self._walk(target, who, person, allowed)
            return tuple(s for s in found if s.first <= s.held[0] or ranks_hold(target, who.facts(s.first)) is not False)
        key = (
            target,
            person,
            fiscal_year(who.service_start),
            who.signature if target.ranks or target.rank_year or target.entered_mid_year else None,
            who.facts(self.year).age if target.age_of_year else None,
        )
        known = self._shared.get(key)
        if known is None:
            known = self._shared[key] = self._walk(target, who, person, None)
        return known

    def _walk(self, target: Target, who: Standing, person: bool | None, allowed: Allowed | None) -> tuple[Stretch, ...]:
        found: list[Stretch] = []
        first: int | None = None
        sure = True
        years = self._candidates(target, who)
        for year in years:
            holds = both(person, holds_in(target, who.facts(year)))
            if holds is not False and allowed is not None:
                holds = both(holds, allowed(year))
            if first is not None and (holds is False or sure != (holds is True)):
                found.append(self._placed(target, who, first, year - 1, sure))
                first = None
            if holds is not False and first is None:
                first, sure = year, holds is True
        if first is not None:
            open_ended = not target.bounded and years.stop > self.year + HORIZON
            found.append(self._placed(target, who, first, None if open_ended else years.stop - 1, sure))
        return tuple(found)

    def _candidates(self, target: Target, who: Standing) -> range:
        """Years worth asking: from the hire to the horizon, cut by the windows whose years are known."""
        begin = fiscal_year(who.service_start) if who.service_start else self.year - 60
        stop = self.year + HORIZON + 1
        for window, (low, high) in ((target.service_year, who.service(self.year)), (target.age_of_year, who.age(self.year))):
            if window is None or low != high:
                continue
            if window.first is not None:
                begin = max(begin, self.year - low + window.first)
            if window.last is not None:
                stop = min(stop, self.year - low + window.last + 1)
        return range(begin, max(begin, stop))

    def _placed(self, target: Target, who: Standing, first: int, last: int | None, sure: bool) -> Stretch:
        if last is None or not target.bounded or last >= self.year or not who.leaves:
            return Stretch(first, last, sure, held=(first, last), bounded=target.bounded)
        start = max(first_day(first), who.service_start) if who.service_start else first_day(first)
        end = who.away_throughout(start, last_day(last))
        if end is None:
            return Stretch(first, last, sure, held=(first, last))
        if end == date.max:
            return Stretch(self.year, None, sure, waiting=True, held=(first, last))
        back = fiscal_year(end) if (end.month, end.day) != (3, 31) else end.year
        return Stretch(back, back, sure, held=(first, last))


def fits(target: Target, who: Standing, *, timed: bool = True) -> bool | None:
    """Conditions that do not change with the year; without `timed` only those that say who, not when."""
    person = who.employee
    if target.job_families and not any(_same(person.job_family, name) for name in target.job_families):
        return False if person.job_family else None
    if target.hire_routes and not any(_same(person.hire_route, name) for name in target.hire_routes):
        return False if person.hire_route else None
    if target.role and not any(_same(role, target.role) for role in person.roles):
        return False
    return who.hired_mid_year() if timed and target.hired_mid_year else True


def holds_in(target: Target, facts: Facts) -> bool | None:
    """Conditions that change with the year."""
    answer = ranks_hold(target, facts)
    if answer is not False and target.service_year is not None:
        answer = both(answer, _within(target.service_year, facts.service))
    if answer is not False and target.age_of_year is not None:
        answer = both(answer, _within(target.age_of_year, facts.age))
    if answer is not False and target.rank_year is not None:
        answer = both(answer, _within(target.rank_year, facts.rank_year))
    if answer is not False and target.entered_mid_year:
        answer = both(answer, facts.entered_mid_year)
    return answer


def ranks_hold(target: Target, facts: Facts) -> bool | None:
    """Whether the rank of the year is one that the target names."""
    if not target.ranks:
        return True
    inside = [rank in target.ranks for rank in facts.ranks]
    return True if all(inside) else None if any(inside) else False


def both(one: bool | None, other: bool | None) -> bool | None:
    """Both hold; None: it cannot be told."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _same(one: str, other: str) -> bool:
    return bool(one) and fold(one).startswith(fold(other))


def _within(window: Window, value: Range) -> bool | None:
    low = -FAR if window.first is None else window.first
    high = FAR if window.last is None else window.last
    if low <= value[0] and value[1] <= high:
        return True
    return None if value[0] <= high and low <= value[1] else False
