"""Which courses are due for whom (spec 4): one course, one person, one status with its reason and cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from hrbook.core.calendar import first_day, fiscal_year, last_day
from hrbook.core.fold import fold
from hrbook.core.judgement import TrainingStatus as Status
from hrbook.core.results import TrainingResult
from hrbook.core.roster import Completion, Employment, Outcome
from hrbook.core.source import Basis, Evidence
from hrbook.core.standing import FAR, Range, Standing
from hrbook.core.training_policy import Course, Target, Window

HORIZON = 5  # upcoming: FY Y+1 .. Y+5
JUDGED = (Employment.REGULAR, Employment.FIXED_TERM, Employment.REAPPOINTED)


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


class Training:
    """The courses of one policy, ready to be judged for one person after another."""

    def __init__(self, courses: Mapping[str, Course], year: int, as_of: date, register_start: int | None) -> None:
        self.courses = courses
        self.year = year
        self.as_of = as_of
        self.register_start = register_start

    def judge(
        self, course: Course, who: Standing, register: Mapping[str, list[Completion]]
    ) -> tuple[TrainingResult, tuple[Evidence, ...]]:
        """Status of `course` for `who`. `register` holds the person's rows of the training register by course code."""
        employment = who.employee.employment
        said = Evidence(who.employee.ref, "employment", employment.value if employment else None)
        if employment is Employment.FISCAL_YEAR:
            return TrainingResult(Status.NOT_APPLICABLE, "outside_population", course.timing), (said,)
        result, cells = self._judge(course, who, register)
        if employment is None and result.status is not Status.NOT_APPLICABLE:
            return TrainingResult(Status.UNDETERMINED, "employment_unknown", course.timing), (said, *cells)
        return result, cells

    def _judge(
        self, course: Course, who: Standing, register: Mapping[str, list[Completion]]
    ) -> tuple[TrainingResult, tuple[Evidence, ...]]:
        own = [c for code in self._counting(course) for c in register.get(code, ())]
        done = self._completed(course, own, who)
        if done is not None:
            return done
        for row in own:
            if (
                row.code == course.code
                and row.outcome is Outcome.EXEMPT
                and not (isinstance(row.on, date) and row.on > self.as_of)
            ):
                return (
                    TrainingResult(Status.EXEMPT, "exemption_on_record", course.timing),
                    (Evidence(row.ref, "outcome", Outcome.EXEMPT.value),),
                )
        unclear = [c for c in own if c.outcome is None or (not isinstance(c.on, date) and self._counts(course, c))]
        result = self._window(course, who, register, bool(unclear))
        cells = [*self._basis(course, who), *(Evidence(c.ref, "on", None) for c in unclear)]
        return result, tuple(cells)

    def _counting(self, course: Course) -> tuple[str, ...]:
        """The course and whatever replaces it, also through a chain of replacements."""
        found = [course.code]
        for code in found:
            later = self.courses[code].replaced_by if code in self.courses else ()
            found.extend(c for c in later if c not in found)
        return tuple(found)

    # what is on record ---------------------------------------------------------------------------------------

    def _counts(self, course: Course, row: Completion) -> bool:
        return row.outcome is Outcome.COMPLETED or (row.outcome is Outcome.LECTURER and course.lecturer_counts)

    def _completed(
        self, course: Course, own: list[Completion], who: Standing
    ) -> tuple[TrainingResult, tuple[Evidence, ...]] | None:
        rows = [(c.on, c) for c in own if self._counts(course, c) and isinstance(c.on, date) and c.on <= self.as_of]
        if course.repeat_years is not None:
            rows = [(on, c) for on, c in rows if fiscal_year(on) + course.repeat_years > self.year]
        if not rows:
            return None
        on, row = max(rows, key=lambda pair: (pair[0], pair[1].outcome is Outcome.COMPLETED, -pair[1].ref.row))
        result = TrainingResult(
            Status.COMPLETED,
            "on_record",
            course.timing,
            completed_on=on,
            completed_fy=fiscal_year(on),
            lecturer=row.outcome is Outcome.LECTURER,
            early=self._early(course, who, on),
        )
        return result, (Evidence(row.ref, "course", row.course), Evidence(row.ref, "on", on))

    def _early(self, course: Course, who: Standing, on: date) -> bool:
        """Whether the course was taken before the rank that all its targets name began."""
        named = {rank for target in course.targets for rank in target.ranks}
        if not course.targets or any(not target.ranks for target in course.targets):
            return False
        begins = [run.begin or run.seen for run in who.runs if run.rank in named]
        return bool(begins) and on < min(begins) and who.ranks.index(min(named, key=who.ranks.index)) > 0

    def _taken_in(self, code: str, register: Mapping[str, list[Completion]]) -> set[int]:
        return {
            fiscal_year(c.on)
            for c in register.get(code, ())
            if c.outcome is Outcome.COMPLETED and isinstance(c.on, date) and c.on <= self.as_of
        }

    def _unplaced(self, code: str, register: Mapping[str, list[Completion]]) -> bool:
        """Whether some row may or may not be a completion of the course by the as-of date."""
        return any(
            c.outcome is None or (c.outcome is Outcome.COMPLETED and not isinstance(c.on, date)) for c in register.get(code, ())
        )

    # what is due ---------------------------------------------------------------------------------------------

    def _window(self, course: Course, who: Standing, register: Mapping[str, list[Completion]], unclear: bool) -> TrainingResult:
        missing = tuple(p for p in course.prerequisites if not self._taken_in(p, register))

        def result(status: Status, reason: str, first: int | None = None, last: int | None = None) -> TrainingResult:
            return TrainingResult(status, reason, course.timing, first, last, missing_prerequisites=missing)

        if unclear:
            return result(Status.UNDETERMINED, "register_unreadable")
        barred = any(self._taken_in(code, register) for code in course.excludes)
        if not barred and any(self._unplaced(code, register) for code in course.excludes):
            return result(Status.UNDETERMINED, "register_unreadable")
        if barred:
            passed = self._lapsed(course, who)
            if passed is None:
                return result(Status.UNDETERMINED, self._why_unknown(who))
            return result(Status.LAPSED, "rank_passed") if passed else result(Status.NOT_APPLICABLE, "excluded_by_course")
        if course.timing is Basis.UNSET:
            return result(*self._unscheduled(course, who))
        stretches = [
            s
            for target in course.targets
            for s in self._stretches(course, target, who, register)
            if s.first <= s.held[0] or self._fits(target, who, s)
        ]
        now = [s for s in stretches if s.first <= self.year and (s.last is None or s.last >= self.year)]
        sure = [s for s in now if s.sure and not s.waiting]
        if who.on_leave and not sure:
            sure = [s for s in stretches if s.sure and s.held[0] <= self.year <= (s.held[1] or self.year)]
        if sure:
            found = min(sure, key=lambda s: s.first)
            if who.on_leave is None:
                return result(Status.UNDETERMINED, "leave_unreadable", found.first, found.last)
            if who.on_leave:
                return result(Status.DEFERRED, "on_leave", found.first, found.last)
            return result(Status.IN_TARGET, "window_now", found.first, found.last)
        waiting = [s for s in stretches if s.waiting and s.sure]
        if waiting:
            return result(Status.DEFERRED, "on_leave", waiting[0].first, None)
        maybe_now = bool(now)
        lapsed = self._lapsed(course, who)
        if lapsed:
            return result(Status.LAPSED, "rank_passed")
        if maybe_now or lapsed is None:
            return result(Status.UNDETERMINED, self._why_unknown(who))
        taken = max(self._taken_in(course.code, register), default=0)  # of a course that repeats: due before is done
        past = [s for s in stretches if s.bounded and s.last is not None and taken < s.last < self.year]
        if past:
            held = [s for s in past if s.sure]
            if not held:
                return result(Status.UNDETERMINED, self._why_unknown(who))
            last = max(held, key=lambda s: (s.last or 0, s.first))
            if self._before_register(last.last):
                return result(Status.UNDETERMINED, "before_register", last.first, last.last)
            return result(Status.OVERDUE, "window_passed", last.first, last.last)
        coming = [s for s in stretches if self.year < s.first <= self.year + HORIZON]
        if any(not s.sure for s in coming):
            return result(Status.UNDETERMINED, self._why_unknown(who))
        if coming:
            found = min(coming, key=lambda s: s.first)
            return result(Status.UPCOMING, "window_ahead", found.first, found.last)
        return result(Status.NOT_APPLICABLE, "no_window")

    def _before_register(self, last: int | None) -> bool:
        """Whether a window ended before the training register began, so that a completion may have been lost."""
        return last is not None and (self.register_start is None or last < self.register_start)

    def _unscheduled(self, course: Course, who: Standing) -> tuple[Status, str]:
        fits = [_all(self._person(target, who, timed=False), _ranks(target, who, self.year)) for target in course.targets]
        if self._lapsed(course, who):
            return Status.LAPSED, "rank_passed"
        if True in fits:
            return Status.UNSCHEDULED, "timing_unset"
        if None in fits:
            return Status.UNDETERMINED, self._why_unknown(who)
        return Status.NOT_APPLICABLE, "another_rank"

    def _lapsed(self, course: Course, who: Standing) -> bool | None:
        """Every target names ranks, all of which the person has passed or stepped down from; None: cannot be told."""
        if not course.targets or any(not target.ranks for target in course.targets):
            return False
        named = {rank for target in course.targets for rank in target.ranks}
        place = who.ranks.index
        if who.employee.rank is None:
            highest = max((place(rank) for rank in who.held), default=-1)
            return True if all(place(rank) < highest for rank in named) else None
        here = place(who.employee.rank)
        top = max([here, *(place(rank) for rank in who.held)])
        if who.post_managerial is True and top == here:
            top = len(who.ranks) - 1  # the step-down is on record, the rank that was left is not
        return all(place(rank) < here or place(rank) <= top > here for rank in named)

    def _why_unknown(self, who: Standing) -> str:
        if who.employee.rank is None:
            return "rank_unknown"
        if who.service_start is None:
            return "hire_unknown"
        if not isinstance(who.employee.birth, date):
            return "birth_unknown"
        return "rank_history_unknown"

    # windows -------------------------------------------------------------------------------------------------

    def _stretches(
        self, course: Course, target: Target, who: Standing, register: Mapping[str, list[Completion]]
    ) -> Iterator[Stretch]:
        """Stretches of years in which `target` held, holds or will hold, moved to the return from leave where needed."""
        person = self._person(target, who)
        if person is False:
            return
        first: int | None = None
        sure = True
        years = self._candidates(target, who)
        for year in years:
            holds = _all(person, self._holds(target, who, year), self._allowed(course, who, register, year))
            if holds is not False:
                if first is None:
                    first, sure = year, holds is True
                elif sure != (holds is True):
                    yield self._placed(target, who, first, year - 1, sure)
                    first, sure = year, holds is True
            elif first is not None:
                yield self._placed(target, who, first, year - 1, sure)
                first = None
        if first is not None:
            open_ended = not target.bounded and years.stop > self.year + HORIZON
            yield self._placed(target, who, first, None if open_ended else years.stop - 1, sure)

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

    def _fits(self, target: Target, who: Standing, moved: Stretch) -> bool:
        """Whether a window that moved to the return from leave still meets the person's rank there."""
        return _ranks(target, who, moved.first) is not False

    def _person(self, target: Target, who: Standing, *, timed: bool = True) -> bool | None:
        """Conditions that do not change with the year; without `timed` only those that say who, not when."""
        person = who.employee
        if target.job_families and not any(_same(person.job_family, name) for name in target.job_families):
            return False if person.job_family else None
        if target.hire_routes and not any(_same(person.hire_route, name) for name in target.hire_routes):
            return False if person.hire_route else None
        if target.role and not any(_same(role, target.role) for role in person.roles):
            return False
        return who.hired_mid_year() if timed and target.hired_mid_year else True

    def _holds(self, target: Target, who: Standing, year: int) -> bool | None:
        """Conditions that change with the year."""
        facts = [_ranks(target, who, year)]
        if facts[0] is False:
            return False
        if target.service_year is not None:
            facts.append(_within(target.service_year, who.service(year)))
        if target.age_of_year is not None:
            facts.append(_within(target.age_of_year, who.age(year)))
        if target.rank_year is not None:
            facts.append(_within(target.rank_year, who.rank_year(year)))
        if target.entered_mid_year:
            facts.append(who.entered_mid_year(year))
        return _all(*facts)

    def _allowed(self, course: Course, who: Standing, register: Mapping[str, list[Completion]], year: int) -> bool | None:
        """Not in the fiscal year of another course: the year of its completion or, while it is not taken, its own years."""
        answer: bool | None = True
        for code in course.not_in_year_of:
            taken = self._taken_in(code, register)
            if year in taken:
                return False
            other = self.courses.get(code)
            if taken or other is None:
                continue
            if self._unplaced(code, register):
                answer = None
                continue
            held = [_all(self._person(t, who), self._holds(t, who, year)) for t in other.targets]
            if True in held:
                return False
            if None in held:
                answer = None
        return answer

    def _basis(self, course: Course, who: Standing) -> Iterator[Evidence]:
        """The cells that the windows of a course were read from."""
        person = who.employee
        targets = course.targets
        if any(t.ranks for t in targets):
            yield Evidence(person.ref, "title", person.rank)
        if course.timing is Basis.UNSET:
            return
        if any(t.service_year or t.hired_mid_year for t in targets):
            yield Evidence(person.ref, "hired", who.service_start)
        if any(t.rank_year or t.entered_mid_year for t in targets):
            if who.present is not None and who.present.evidence:
                yield from who.present.evidence
            else:
                yield Evidence(person.ref, "rank_start", None)
        if any(t.age_of_year for t in targets):
            yield Evidence(person.ref, "birth", person.birth if isinstance(person.birth, date) else None)


def _same(one: str, other: str) -> bool:
    return bool(one) and fold(one).startswith(fold(other))


def _ranks(target: Target, who: Standing, year: int) -> bool | None:
    if not target.ranks:
        return True
    possible = who.possible_ranks(year)
    inside = [rank in target.ranks for rank in possible]
    return True if all(inside) else None if any(inside) else False


def _within(window: Window, value: Range) -> bool | None:
    low = -FAR if window.first is None else window.first
    high = FAR if window.last is None else window.last
    if low <= value[0] and value[1] <= high:
        return True
    return None if value[0] <= high and low <= value[1] else False


def _all(*facts: bool | None) -> bool | None:
    if False in facts:
        return False
    return None if None in facts else True
