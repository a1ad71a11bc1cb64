"""When a course's target holds for a person (spec 4): stretches of fiscal years, moved to the return from leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from hrbook.core.calendar import first_day, fiscal_year, last_day
from hrbook.core.fold import fold
from hrbook.core.standing import FAR, Facts, Range, RankCase, Standing
from hrbook.core.training_policy import Course, Target, Window

HORIZON = 5  # upcoming: FY Y+1 .. Y+5
Truth = bool | None  # None: it cannot be told
Allowed = Callable[[int, RankCase], Truth]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive fiscal years in which one target held; `last` None is open. `sure` False: some input is missing.
    `first` and `last` are the years in which it counts: those of the return, where it was spent wholly on leave."""

    first: int
    last: int | None
    sure: bool
    bounded: bool = True  # an open target cannot be missed


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """A target made ready to be asked of one person after another; compared by identity."""

    target: Target
    ranks: frozenset[str]
    families: tuple[str, ...]
    routes: tuple[str, ...]
    role: str
    nominees: frozenset[str]  # roles that name the course itself; empty where nobody is nominated
    personal: bool  # asks for a job family, a hire route or a role
    ranked: bool  # asks for a rank or for the time in it
    clocked: bool  # asks for the time in a rank

    @classmethod
    def of(cls, target: Target, course: Course) -> Ask:
        families, routes = tuple(map(fold, target.job_families)), tuple(map(fold, target.hire_routes))
        clocked = bool(target.rank_year or target.entered_mid_year)
        names = (course.code, *(entry.name for entry in course.names)) if target.nominated else ()
        nominees = frozenset(map(fold, names))
        personal = bool(families or routes or target.role or nominees)
        ranks = frozenset(target.ranks)
        return cls(target, ranks, families, routes, fold(target.role), nominees, personal, bool(ranks) or clocked, clocked)


class Windows:
    """Stretches of all targets, for one person after another. People with the same facts share the answer."""

    def __init__(self, year: int) -> None:
        self.year = year
        self._shared: dict[tuple[object, ...], tuple[Stretch, ...]] = {}

    def stretches(self, ask: Ask, who: Standing, allowed: Allowed | None) -> tuple[Stretch, ...]:
        """Stretches in which the target held, holds or will hold. `allowed` asks a further condition of each year."""
        person = fits(ask, who)
        years = self._candidates(ask, who)
        if person is False or not years:
            return ()
        if allowed is not None or not who.known:
            found = self._walk(ask, who, person, allowed, years)
        else:
            key = (
                ask,
                person,
                years.start,
                years.stop,
                who.ranks_of(ask.ranks, ask.clocked) if ask.ranks else who.signature if ask.clocked else None,
                who.first_year if ask.target.service_year else None,
                who.age_now if ask.target.age_of_year else None,
            )
            shared = self._shared.get(key)
            found = shared if shared is not None else self._shared.setdefault(key, self._walk(ask, who, person, None, years))
        if who.missed_march and ask.target.bounded:
            return tuple(s for stretch in found for s in self._after_leave(ask, who, stretch))
        return found

    def _walk(self, ask: Ask, who: Standing, person: Truth, allowed: Allowed | None, years: range) -> tuple[Stretch, ...]:
        bounded = ask.target.bounded
        found: list[Stretch] = []
        first: int | None = None
        sure = True
        for year in years:
            holds = both(person, agreed(holds_as(ask, who.facts(year), allowed, year)))
            if first is not None and (holds is False or sure != (holds is True)):
                found.append(Stretch(first, year - 1, sure, bounded))
                first = None
            if holds is not False and first is None:
                first, sure = year, holds is True
        if first is not None:
            open_ended = not bounded and years.stop > self.year + HORIZON
            found.append(Stretch(first, None if open_ended else years.stop - 1, sure, bounded))
        return tuple(found)

    def _candidates(self, ask: Ask, who: Standing) -> range:
        """Years worth asking: from the hire to the horizon, cut by the windows and ranks whose years are known."""
        target = ask.target
        begin, stop = who.first_year, self.year + HORIZON + 1
        for window, (low, high) in ((target.service_year, who.service(self.year)), (target.age_of_year, who.age(self.year))):
            if window is None or low != high:
                continue
            if window.first is not None:
                begin = max(begin, self.year - low + window.first)
            if window.last is not None:
                stop = min(stop, self.year - low + window.last + 1)
        if ask.ranks:
            spans = [span for rank, span in who.rank_years.items() if rank in ask.ranks]
            if not spans:
                return range(0)
            begin = max(begin, min(span[0] for span in spans))
            stop = min(stop, max(span[1] for span in spans) + 1)
        return range(begin, max(begin, stop))

    def _after_leave(self, ask: Ask, who: Standing, plain: Stretch) -> list[Stretch]:
        """The stretch where it counts: one that ended before this year and was spent wholly on leave counts in the year
        of the return (this year, while the leave goes on), if the target is still for the person's rank then."""
        target, first, last = ask.target, plain.first, plain.last
        if last is None or last >= self.year or not plain.sure:
            return [plain]
        start = first_day(first)
        case = who.facts(first).ranks[0]
        for entry in (who.service_start, case.begin if target.ranks or target.rank_year else None):
            if entry is not None and fiscal_year(entry) == first:
                start = max(start, entry)
        end = who.away_throughout(start, last_day(last))
        if end is None:
            return [plain]
        back = self.year if end == date.max else fiscal_year(end) if (end.month, end.day) != (3, 31) else end.year
        then = agreed([ranks_hold(ask, c) for c in who.facts(back).ranks])
        return [] if then is False else [Stretch(back, back, then is True)]


def fits(ask: Ask, who: Standing, *, timed: bool = True) -> Truth:
    """Conditions that do not change with the year; without `timed` only those that say who, not when."""
    answer: Truth = True
    if ask.personal:
        person = who.employee
        if ask.families and not fold(person.job_family).startswith(ask.families):
            answer = False if person.job_family else None
        if ask.routes and not fold(person.hire_route).startswith(ask.routes):
            answer = both(answer, False if person.hire_route else None)
        if ask.role and not any(fold(role).startswith(ask.role) for role in person.roles):
            answer = False
        if ask.nominees and not any(fold(role) in ask.nominees for role in person.roles):
            answer = False
    return both(answer, who.hired_mid_year()) if timed and ask.target.hired_mid_year else answer


def holds_as(ask: Ask, facts: Facts, allowed: Allowed | None, year: int) -> list[Truth]:
    """Conditions that change with the year, for each rank that the person may have in it."""
    target = ask.target
    common: Truth = facts.employed
    if target.service_year is not None:
        common = both(common, _within(target.service_year, facts.service))
    if target.age_of_year is not None:
        common = both(common, _within(target.age_of_year, facts.age))
    if common is False or (not ask.ranked and allowed is None):
        return [common] * len(facts.ranks)
    answers: list[Truth] = []
    for case in facts.ranks:
        answer = common if ranks_hold(ask, case) else False
        if answer is not False and target.rank_year is not None:
            answer = both(answer, _within(target.rank_year, case.rank_year))
        if answer is not False and target.entered_mid_year:
            answer = both(answer, case.entered_mid_year)
        if answer is not False and allowed is not None:
            answer = both(answer, allowed(year, case))
        answers.append(answer)
    return answers


def holds_any(asks: Sequence[Ask], who: Standing, year: int, allowed: Allowed | None) -> Truth:
    """Whether some target holds in `year`, whichever of the possible ranks the person has then."""
    facts = who.facts(year)
    answers: list[list[Truth]] = [[] for _ in facts.ranks]
    for ask in asks:
        person, held = fits(ask, who), holds_as(ask, facts, allowed, year)
        for case, found in enumerate(answers):
            found.append(both(person, held[case]))
    return agreed([either(found) for found in answers])


def ranks_hold(ask: Ask, case: RankCase) -> bool:
    """Whether the target is for this rank."""
    return not ask.ranks or case.rank in ask.ranks


def agreed(answers: Sequence[Truth]) -> Truth:
    """The answer that all possibilities give; None where they differ."""
    return answers[0] if len(answers) == 1 or all(a is answers[0] for a in answers) else None


def both(one: Truth, other: Truth) -> Truth:
    """Both hold; None: it cannot be told."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def either(answers: list[Truth]) -> Truth:
    """One of them holds; None: it cannot be told."""
    return True if True in answers else None if None in answers else False


def _within(window: Window, value: Range) -> bool | None:
    low = -FAR if window.first is None else window.first
    high = FAR if window.last is None else window.last
    if low <= value[0] and value[1] <= high:
        return True
    return None if value[0] <= high and low <= value[1] else False
