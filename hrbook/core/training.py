"""Which courses are due for whom (spec 4): one course, one person, one status with its reason and cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from hrbook.core.calendar import fiscal_year
from hrbook.core.course_plan import Plan
from hrbook.core.course_record import Record, Register
from hrbook.core.judgement import TrainingStatus as Status
from hrbook.core.results import TrainingResult
from hrbook.core.roster import Completion, Employment, Outcome
from hrbook.core.source import Basis, Evidence
from hrbook.core.standing import RankCase, Standing
from hrbook.core.training_policy import Course
from hrbook.core.windows import Stretch, Truth, Windows, agreed, both, either, fits, holds_any, holds_as, ranks_hold

Judged = tuple[TrainingResult, tuple[Evidence, ...]]
Due = tuple[Status, str, Stretch | None]


class Training:
    """The courses of one policy, ready to be judged for one person after another. `ranks` from low to high."""

    def __init__(
        self, courses: Mapping[str, Course], ranks: Sequence[str], year: int, as_of: date, register_start: int | None
    ) -> None:
        self.year = year
        self.as_of = as_of
        self.register_start = register_start
        self._windows = Windows(year)
        self._record = Record(courses, as_of)
        self._result = cache(TrainingResult)  # one object for all who are told the same
        self._plans = {code: Plan.of(course, courses, self._record.counting, ranks) for code, course in courses.items()}

    def judge(self, code: str, who: Standing, register: Register) -> Judged:
        """Status of a course for `who`. `register` holds the person's rows of the training register by course code."""
        plan, employment = self._plans[code], who.employee.employment
        if employment is not None and employment is not Employment.FISCAL_YEAR:
            return self._judge(plan, who, register)
        timing = plan.course.timing
        said = who.own("employment")
        if employment is Employment.FISCAL_YEAR:
            return self._result(Status.NOT_APPLICABLE, "outside_population", timing), (said,)
        result, cells = self._judge(plan, who, register)
        if result.status is not Status.NOT_APPLICABLE:
            return self._result(Status.UNDETERMINED, "employment_unknown", timing), (said, *cells)
        return result, cells

    def _judge(self, plan: Plan, who: Standing, register: Register) -> Judged:
        course = plan.course
        if plan.codes.isdisjoint(register):
            key = plan.key(who)
            known = plan.shared.get(key) if key is not None else None
            if known is None:
                known = self._open(plan, who, register)
                if key is not None:
                    plan.shared[key] = known
            return known, _basis(plan, who)
        own = self._record.rows(course.code, register)
        done = self._completed(course, own, who) or self._exempt(course, own)
        if done is not None:
            return done
        unclear = [row for row in own if self._record.unplaced(course, row)]
        cells = _basis(plan, who)
        if not unclear:
            return self._open(plan, who, register), cells
        result = self._result(
            Status.UNDETERMINED, "register_unreadable", course.timing, missing_prerequisites=self._missing(course, register)
        )
        return result, (*cells, *(Evidence(row.ref, "on", None) for row in unclear))

    def _open(self, plan: Plan, who: Standing, register: Register) -> TrainingResult:
        """The answer for somebody who has neither completed the course nor been exempted."""
        status, reason, window = self._due(plan, who, register)
        first, last = (window.first, window.last) if window is not None else (None, None)
        missing = self._missing(plan.course, register)
        return self._result(status, reason, plan.course.timing, first, last, missing_prerequisites=missing)

    def _missing(self, course: Course, register: Register) -> tuple[str, ...]:
        return tuple(code for code in course.prerequisites if not self._record.years(code, register))

    # what is on record ---------------------------------------------------------------------------------------

    def _completed(self, course: Course, own: list[Completion], who: Standing) -> Judged | None:
        counting = [row for row in own if self._record.counts(course, row)]
        rows = [(row.on, row) for row in counting if isinstance(row.on, date) and row.on <= self.as_of]
        if course.repeat_years is not None:
            rows = [(on, row) for on, row in rows if fiscal_year(on) + course.repeat_years > self.year]
        if not rows:
            return None
        on, row = max(rows, key=lambda pair: (pair[0], pair[1].outcome is Outcome.COMPLETED, -pair[1].ref.row))
        result = self._result(
            Status.COMPLETED,
            "on_record",
            course.timing,
            completed_on=on,
            completed_fy=fiscal_year(on),
            lecturer=row.outcome is Outcome.LECTURER,
            early=self._early(course, who, on),
        )
        return result, (Evidence(row.ref, "course", row.course), Evidence(row.ref, "on", on))

    def _exempt(self, course: Course, own: list[Completion]) -> Judged | None:
        for row in own:
            later = isinstance(row.on, date) and row.on > self.as_of
            if row.code == course.code and row.outcome is Outcome.EXEMPT and not later:
                cells = (Evidence(row.ref, "outcome", Outcome.EXEMPT.value),)
                return self._result(Status.EXEMPT, "exemption_on_record", course.timing), cells
        return None

    def _early(self, course: Course, who: Standing, on: date) -> bool:
        """Whether the course was taken before the rank that all its targets name began."""
        named = {rank for target in course.targets for rank in target.ranks}
        if not course.targets or any(not target.ranks for target in course.targets):
            return False
        begins = [run.begin or run.seen for run in who.runs if run.rank in named]
        return bool(begins) and on < min(begins) and who.ranks.index(min(named, key=who.ranks.index)) > 0

    # what is due ---------------------------------------------------------------------------------------------

    def _due(self, plan: Plan, who: Standing, register: Register) -> Due:
        """What holds without a completion: the rest of the table of spec 4, exclusions included."""
        course = plan.course
        barred = either([self._record.taken(code, register) for code in course.excludes]) if course.excludes else False
        if barred:
            passed = _lapsed(plan, who)
            if passed is None:
                return Status.UNDETERMINED, _why_unknown(who), None
            return (Status.LAPSED, "rank_passed", None) if passed else (Status.NOT_APPLICABLE, "excluded_by_course", None)
        found = self._unscheduled(plan, who) if course.timing is Basis.UNSET else self._timed(plan, who, register)
        if barred is None and found[0] not in (Status.LAPSED, Status.NOT_APPLICABLE):
            if _lapsed(plan, who):
                return Status.LAPSED, "rank_passed", None
            return Status.UNDETERMINED, "register_unreadable", None
        return found

    def _timed(self, plan: Plan, who: Standing, register: Register) -> Due:
        course = plan.course
        allowed = (lambda year, case: self._allowed(course, who, register, year, case)) if course.not_in_year_of else None
        stretches = [s for ask in plan.asks for s in self._windows.stretches(ask, who, allowed)]
        now = [s for s in stretches if s.first <= self.year and (s.last is None or s.last >= self.year)]
        sure = [s for s in now if s.sure]
        if now and not sure and holds_any(plan.asks, who, self.year, allowed):
            sure = [Stretch(self.year, self.year, True)]
        if sure:
            window = min(sure, key=_first)
            if who.on_leave is None:
                return Status.UNDETERMINED, "leave_unreadable", window
            return (Status.DEFERRED, "on_leave", window) if who.on_leave else (Status.IN_TARGET, "window_now", window)
        lapsed = _lapsed(plan, who)
        if lapsed:
            return Status.LAPSED, "rank_passed", None
        if now or lapsed is None:
            return Status.UNDETERMINED, _why_unknown(who), None
        taken = max(self._record.years(course.code, register), default=0)  # of a course that repeats: due before is done
        past = [s for s in stretches if s.bounded and s.last is not None and taken < s.last < self.year]
        held = [s for s in past if s.sure]
        if held:
            latest = max(s.last for s in held if s.last is not None)
            window = min((s for s in held if s.last == latest), key=_first)
            if self.register_start is None or latest < self.register_start:
                return Status.UNDETERMINED, "before_register", window
            return Status.OVERDUE, "window_passed", window
        coming = [s for s in stretches if s.first > self.year]
        sure = [s for s in coming if s.sure]
        if past or (coming and not sure):
            return Status.UNDETERMINED, _why_unknown(who), None
        return (Status.UPCOMING, "window_ahead", min(sure, key=_first)) if sure else (Status.NOT_APPLICABLE, "no_window", None)

    def _unscheduled(self, plan: Plan, who: Standing) -> Due:
        lapsed = _lapsed(plan, who)
        if lapsed:
            return Status.LAPSED, "rank_passed", None
        cases = who.facts(self.year).ranks
        meant = either([both(fits(a, who, timed=False), agreed([ranks_hold(a, c) for c in cases])) for a in plan.asks])
        if lapsed is None or meant is None:
            return Status.UNDETERMINED, _why_unknown(who), None
        return (Status.UNSCHEDULED, "timing_unset", None) if meant else (Status.NOT_APPLICABLE, "another_rank", None)

    def _allowed(self, course: Course, who: Standing, register: Register, year: int, case: RankCase) -> Truth:
        """Not in the fiscal year of another course: the year of its completion or, while it is not taken, its own years."""
        blocked: list[Truth] = []
        for code in course.not_in_year_of:
            other = self._plans.get(code)
            taken = self._record.taken(code, register)
            if other is None or (taken is False and other.course.timing is Basis.UNSET):
                continue
            if taken:
                blocked.append(year in self._record.years(code, register))
            elif taken is None:
                blocked.append(None)
            else:
                facts = replace(who.facts(year), ranks=(case,))
                blocked.append(either([both(fits(a, who), holds_as(a, facts, None, year)[0]) for a in other.asks]))
        found = either(blocked)
        return None if found is None else not found


def _lapsed(plan: Plan, who: Standing) -> Truth:
    """Every target names ranks, all of which the person has passed or stepped down from; None: cannot be told."""
    if not plan.named:
        return False
    answer: Truth = True
    for place in plan.named:
        answer = both(answer, who.height.passed(place))
    return answer


def _why_unknown(who: Standing) -> str:
    if who.employee.rank is None:
        return "rank_unknown"
    if who.service_start is None:
        return "hire_unknown"
    if not isinstance(who.employee.birth, date):
        return "birth_unknown"
    return "rank_history_unknown"


def _basis(plan: Plan, who: Standing) -> tuple[Evidence, ...]:
    """The cells that the windows of a course were read from; courses of one kind share them."""
    known = who.memo.get(plan.kinds)
    if known is None:
        known = who.memo[plan.kinds] = tuple(_cells(who, *plan.kinds))
    return known  # type: ignore[return-value]


def _first(stretch: Stretch) -> int:
    return stretch.first


def _cells(who: Standing, rank: bool, service: bool, rank_year: bool, age: bool) -> Iterator[Evidence]:
    if rank:
        yield who.own("title")
    if service:
        yield who.own("hired")
    if rank_year:
        if who.present is not None and who.present.evidence:
            yield from who.present.evidence
        else:
            yield who.own("rank_start")
    if age:
        yield who.own("birth")
