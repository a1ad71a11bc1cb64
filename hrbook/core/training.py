"""Which courses are due for whom (spec 4): one course, one person, one status with its reason and cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from hrbook.core.calendar import fiscal_year
from hrbook.core.judgement import TrainingStatus as Status
from hrbook.core.results import TrainingResult
from hrbook.core.roster import Completion, Employment, Outcome
from hrbook.core.source import Basis, Evidence
from hrbook.core.standing import Standing
from hrbook.core.training_policy import Course
from hrbook.core.windows import HORIZON, Windows, both, fits, holds_in, ranks_hold

Register = Mapping[str, list[Completion]]  # one person's rows of the training register by course code


class Training:
    """The courses of one policy, ready to be judged for one person after another."""

    def __init__(self, courses: Mapping[str, Course], year: int, as_of: date, register_start: int | None) -> None:
        self.courses = courses
        self.year = year
        self.as_of = as_of
        self.register_start = register_start
        self._windows = Windows(year)
        self._counting = {course.code: self._replacements(course) for course in courses.values()}

    def judge(self, course: Course, who: Standing, register: Register) -> tuple[TrainingResult, tuple[Evidence, ...]]:
        """Status of `course` for `who`. `register` holds the person's rows of the training register by course code."""
        employment = who.employee.employment
        if employment is not None and employment is not Employment.FISCAL_YEAR:
            return self._judge(course, who, register)
        said = Evidence(who.employee.ref, "employment", employment.value if employment else None)
        if employment is Employment.FISCAL_YEAR:
            return TrainingResult(Status.NOT_APPLICABLE, "outside_population", course.timing), (said,)
        result, cells = self._judge(course, who, register)
        if result.status is not Status.NOT_APPLICABLE:
            return TrainingResult(Status.UNDETERMINED, "employment_unknown", course.timing), (said, *cells)
        return result, cells

    def _judge(self, course: Course, who: Standing, register: Register) -> tuple[TrainingResult, tuple[Evidence, ...]]:
        own = [c for code in self._counting[course.code] if code in register for c in register[code]]
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
        cells = self._basis(course, who)
        return result, (*cells, *(Evidence(c.ref, "on", None) for c in unclear)) if unclear else cells

    def _replacements(self, course: Course) -> tuple[str, ...]:
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

    def _taken_in(self, code: str, register: Register) -> set[int]:
        return {
            fiscal_year(c.on)
            for c in register.get(code, ())
            if c.outcome is Outcome.COMPLETED and isinstance(c.on, date) and c.on <= self.as_of
        }

    def _unplaced(self, code: str, register: Register) -> bool:
        """Whether some row may or may not be a completion of the course by the as-of date."""
        return any(
            c.outcome is None or (c.outcome is Outcome.COMPLETED and not isinstance(c.on, date)) for c in register.get(code, ())
        )

    # what is due ---------------------------------------------------------------------------------------------

    def _window(self, course: Course, who: Standing, register: Register, unclear: bool) -> TrainingResult:
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
        allowed = (lambda year: self._allowed(course, who, register, year)) if course.not_in_year_of else None
        stretches = [s for target in course.targets for s in self._windows.stretches(target, who, allowed)]
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
        facts = who.facts(self.year)
        meant = [both(fits(target, who, timed=False), ranks_hold(target, facts)) for target in course.targets]
        if self._lapsed(course, who):
            return Status.LAPSED, "rank_passed"
        if True in meant:
            return Status.UNSCHEDULED, "timing_unset"
        if None in meant:
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

    def _allowed(self, course: Course, who: Standing, register: Register, year: int) -> bool | None:
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
            held = [both(fits(t, who), holds_in(t, who.facts(year))) for t in other.targets]
            if True in held:
                return False
            if None in held:
                answer = None
        return answer

    def _basis(self, course: Course, who: Standing) -> tuple[Evidence, ...]:
        """The cells that the windows of a course were read from; courses of one kind share them."""
        targets = course.targets
        timed = course.timing is not Basis.UNSET
        kinds = (
            any(t.ranks for t in targets),
            timed and any(t.service_year or t.hired_mid_year for t in targets),
            timed and any(t.rank_year or t.entered_mid_year for t in targets),
            timed and any(t.age_of_year for t in targets),
        )
        known = who.memo.get(kinds)
        if known is None:
            known = who.memo[kinds] = tuple(_cells(who, *kinds))
        return known  # type: ignore[return-value]


def _cells(who: Standing, rank: bool, service: bool, rank_year: bool, age: bool) -> Iterator[Evidence]:
    person = who.employee
    if rank:
        yield Evidence(person.ref, "title", person.rank)
    if service:
        yield Evidence(person.ref, "hired", who.service_start)
    if rank_year:
        if who.present is not None and who.present.evidence:
            yield from who.present.evidence
        else:
            yield Evidence(person.ref, "rank_start", None)
    if age:
        yield Evidence(person.ref, "birth", person.birth if isinstance(person.birth, date) else None)
