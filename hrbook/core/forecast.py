"""Demand for courses in the coming fiscal years: the same rules, asked of a supposed roster on every coming 1 April.

It is supposed that everybody takes what is due in the year in which it is due first, that regular staff retire at the age
of the policy, that people rise and are hired as the three cases say, and that nothing else happens. Who is supposed to rise
is nobody's business: only numbers of people leave this module."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from hrbook.core.assessment import Assessment
from hrbook.core.calendar import age_of_year, first_day, fiscal_year, last_day
from hrbook.core.judgement import TrainingStatus
from hrbook.core.plan_policy import CASES, Band, Promotion
from hrbook.core.promotions import Risen, hires_band, hires_of, risen_of
from hrbook.core.roster import Completion, Employee, Employment, Nature, Order, Outcome, Post
from hrbook.core.standing import Standing, standing_of
from hrbook.core.training import Training
from hrbook.core.training_policy import Course

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the cases rest on: the shares that rise, by rank, and the people hired a year; what the history shows of both;
    and whether the city set them. `usual` is the rank year in which people of a rank usually rise."""

    promotions: tuple[Promotion, ...]
    hires: Band[int]
    risen: tuple[Risen, ...]
    hired: tuple[tuple[int, int], ...]
    promotions_set: bool
    hires_set: bool

    def usual(self, rank: str) -> int | None:
        return next((r.usual for r in self.risen if r.rank == rank), None)


@dataclass(frozen=True, slots=True)
class Demand:
    """One course: people whose time comes in each of `years`, the first being the run's. `overdue` are those whose time
    passed, `unknown` those of whom it cannot be told, both in the run's year and in no other number."""

    course: Course
    years: tuple[int, ...]
    counts: tuple[Band[int], ...]
    overdue: int
    deferred: int
    unknown: int

    @property
    def total(self) -> Band[int]:
        """Over all years; the ends of the range are those of the whole."""
        return Band(*(sum(getattr(c, name) for c in self.counts) for name in CASES))


@dataclass(frozen=True, slots=True)
class Forecast:
    """Demand for every course of the policy, and the people of each rank that every case supposes."""

    years: tuple[int, ...]
    demand: tuple[Demand, ...]
    assumed: Assumed
    staff: tuple[Band[int], ...]  # judged people in each year
    rises: Mapping[str, tuple[Band[int], ...]]  # rank -> people supposed to rise out of it on 1 April of each year but the first


def forecast(assessment: Assessment, years: int, progress: Progress = lambda done, of: None) -> Forecast:
    """The demand of `years` fiscal years from the run's own on (one at least)."""
    city = _City(assessment)
    span = tuple(range(assessment.reading.year, assessment.reading.year + years))
    found = {}
    for number, case in enumerate(CASES):
        found[case] = city.future(case, span)
        progress(number + 1, len(CASES))
    courses = []
    for course in assessment.reading.policy.training.courses:
        said = Counter(p.trainings[course.code].result.status for p in assessment.people)
        rows = tuple(_band([found[case].due[year][course.code] for case in CASES]) for year in span)
        late, away, unknown = TrainingStatus.OVERDUE, TrainingStatus.DEFERRED, TrainingStatus.UNDETERMINED
        courses.append(Demand(course, span, rows, said[late], said[away], said[unknown]))
    staff = tuple(_band([found[case].staff[year] for case in CASES]) for year in span)
    rises = {
        p.rank: tuple(_band([found[case].rises[p.rank, year] for case in CASES]) for year in span[1:])
        for p in city.assumed.promotions
    }
    return Forecast(span, tuple(courses), city.assumed, staff, rises)


def _band(values: Sequence[int]) -> Band[int]:
    """The range over the cases, around the expected one: more promotions may also mean fewer people for a course."""
    return Band(min(values), values[CASES.index("expected")], max(values))


@dataclass(slots=True)
class _Future:
    """What one case comes to: people due by year and course, people on the staff, promotions."""

    due: dict[int, Counter[str]]
    staff: dict[int, int]
    rises: Counter[tuple[str, int]]


@dataclass(slots=True)
class _Somebody:
    """One supposed person with what is supposed to have happened so far; equal `story`, equal facts."""

    employee: Employee
    story: tuple[object, ...]


class _City:
    """The people of the run as the rules see them, and what is the same in every case."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        reading = assessment.reading
        self._reading, self._policy = reading, reading.policy
        self._courses = {c.code: c for c in self._policy.training.courses}
        self._training: dict[int, Training] = {}
        self._known: dict[tuple[object, ...], tuple[frozenset[str], tuple[str | None, int, int], Employee]] = {}
        base = [self._standing(p.employee, reading.year, reading.as_of) for p in assessment.people]
        risen, hired = risen_of(base, self._policy.rank_ids, reading.year), hires_of(base, reading.year)
        plan = reading.plan
        self.assumed = Assumed(
            plan.promotions or tuple(r.promotion() for r in risen),
            plan.hires or hires_band(hired),
            risen,
            hired,
            bool(plan.promotions),
            plan.hires is not None,
        )
        self._models = _models(base, reading.year)

    def future(self, case: str, years: Sequence[int]) -> _Future:
        """Go through the years, one 1 April after the other."""
        first = years[0]
        made = _Future({year: Counter() for year in years}, {}, Counter())
        people: list[_Somebody] = []
        for person in self._assessment.people:
            now = {c for c, j in person.trainings.items() if j.result.status is TrainingStatus.IN_TARGET}
            made.due[first].update(now)
            late = {c for c, j in person.trainings.items() if j.result.status is TrainingStatus.OVERDUE}
            people.append(_Somebody(self._taken(person.employee, now | late, first), (person.employee.staff_id,)))
        made.staff[first] = len(people)
        owed: dict[str, Fraction] = defaultdict(Fraction)
        for year in years[1:]:
            people = [p for p in people if not self._gone(p.employee, year)]
            people += [_Somebody(e, (e.staff_id,)) for e in self._newcomers(self.assumed.hires.of(case), year)]
            people = self._promoted(case, people, year, owed, made.rises)
            there: list[_Somebody] = []
            for one in people:
                due, _, after = self._ask(one, year)
                made.due[year].update(due)
                there.append(_Somebody(after, (*one.story, year)))
            people = there
            made.staff[year] = len(people)
        return made

    def _standing(self, employee: Employee, year: int, as_of: date) -> Standing:
        policy = self._policy
        return standing_of(employee, policy.rank_ids, policy.step_down, self._reading.step_down_age, year, as_of)

    def _ask(self, person: _Somebody, year: int) -> tuple[frozenset[str], tuple[str | None, int, int], Employee]:
        """Courses due in `year`, rank with year in it and year of service, and the person once they are taken."""
        key = (*person.story, year)
        known = self._known.get(key)
        if known is None:
            as_of = first_day(year)
            if year not in self._training:
                start = self._assessment.register_start
                self._training[year] = Training(self._courses, self._policy.rank_ids, year, as_of, start)
            who, training = self._standing(person.employee, year, as_of), self._training[year]
            register: dict[str, list[Completion]] = defaultdict(list)
            for row in person.employee.completions:
                if row.code is not None:
                    register[row.code].append(row)
            judged = {code: training.judge(code, who, register)[0].status for code in self._courses}
            due = frozenset(code for code, status in judged.items() if status is TrainingStatus.IN_TARGET)
            rank = None if who.post_managerial else person.employee.rank  # whoever stepped down rises no more
            place = (rank, who.rank_year(year)[0], who.service(year)[0])
            known = self._known[key] = (due, place, self._taken(person.employee, due, year))
        return known

    def _taken(self, employee: Employee, codes: Iterable[str], year: int) -> Employee:
        day = last_day(year)
        rows = tuple(Completion(code, code, day, Outcome.COMPLETED, employee.ref) for code in sorted(codes))
        return replace(employee, completions=(*employee.completions, *rows)) if rows else employee

    def _gone(self, employee: Employee, year: int) -> bool:
        """Whether a person has left by 1 April of `year`: as the roster says, or at the age of retirement."""
        if isinstance(employee.left, date) and employee.left < first_day(year):
            return True
        age = self._policy.retirement.age_in(year - 1)
        if age is None or employee.employment is not Employment.REGULAR or not isinstance(employee.birth, date):
            return False
        return age_of_year(employee.birth, year - 1) >= age

    def _promoted(
        self,
        case: str,
        people: Sequence[_Somebody],
        year: int,
        owed: dict[str, Fraction],
        rises: Counter[tuple[str, int]],
    ) -> list[_Somebody]:
        """The people on 1 April of `year`. Of each rank so many rise as the share says, fractions being carried on to the
        next year; first those whose year in the rank is nearest to the usual one."""
        places = {p.story: self._place(p, year) for p in people}
        ranks = self._policy.rank_ids
        risen: dict[tuple[object, ...], _Somebody] = {}
        for said in self.assumed.promotions:
            if said.rank == ranks[-1]:
                continue
            last = said.last if said.last is not None else max((y for _, y, _ in places.values()), default=0)
            usual = self.assumed.usual(said.rank) or said.first
            able = sorted(
                (
                    (abs(places[p.story][1] - usual), -places[p.story][2], p.employee.staff_id, p)
                    for p in people
                    if p.employee.employment is Employment.REGULAR
                    and places[p.story][0] == said.rank
                    and said.first <= places[p.story][1] <= last
                ),
                key=lambda entry: entry[:3],
            )
            owed[said.rank] += said.share.of(case) * len(able)
            count = min(len(able), int(owed[said.rank] + Fraction(1, 2)))
            owed[said.rank] -= count
            rises[said.rank, year] = count
            for *_, person in able[:count]:
                up = ranks[ranks.index(said.rank) + 1]
                risen[person.story] = _Somebody(_raised(person.employee, up, first_day(year)), (*person.story, up, year))
        return [risen.get(p.story, p) for p in people]

    def _place(self, person: _Somebody, year: int) -> tuple[str | None, int, int]:
        """Rank, year in it and year of service of somebody who does not rise in `year`."""
        who = self._known.get((*person.story, year))
        if who is not None:
            return who[1]
        rank = person.employee.rank
        if rank is None:
            return None, 0, 0
        return self._ask(person, year)[1]

    def _newcomers(self, count: int, year: int) -> list[Employee]:
        """So many people as were hired lately, hired in `year` instead."""
        pool = self._models
        if not pool:
            return []
        picked = [
            pool[number * len(pool) // count] if count <= len(pool) else pool[number % len(pool)] for number in range(count)
        ]
        return [_hired(model, year, number) for number, model in enumerate(picked)]


def _models(people: Iterable[Standing], year: int) -> list[Employee]:
    """Regular staff hired in the latest fiscal years, the newest first: what people who are hired next look like."""
    found = [
        (-hired.toordinal(), who.employee.staff_id, who.employee)
        for who in people
        if who.employee.employment is Employment.REGULAR
        and isinstance(hired := who.employee.hired, date)
        and year - len(CASES) < fiscal_year(hired) <= year
    ]
    return [employee for *_, employee in sorted(found, key=lambda entry: entry[:2])]


def _hired(model: Employee, year: int, number: int) -> Employee:
    """A newcomer of 1 April of `year` who is as old as the model was; in the model's rank where that began with the hire."""
    hired = model.hired
    assert isinstance(hired, date)
    day, birth = first_day(year), model.birth
    if isinstance(birth, date):
        later = year - fiscal_year(hired)
        leap = (birth.month, birth.day) == (2, 29)
        birth = birth.replace(year=birth.year + later, day=28 if leap else birth.day)
    first = next((o for o in model.orders if o.on == hired and o.rank is not None), None)
    rank = first.rank if first is not None else model.rank
    return replace(
        model, staff_id=f"+{year}-{number:05}", hired=day, birth=birth, rank=rank, rank_start=day, title=rank or "", left=None,
        presence=None, post=Post(), roles=(), orders=(), completions=(), leaves=(), reasons=(),
    )  # fmt: skip


def _raised(employee: Employee, rank: str, day: date) -> Employee:
    """The person in the next rank from `day` on, with what the roster row said of the rank before kept as an order."""
    orders, start = list(employee.orders), employee.rank_start
    blank = Order(day, Post(), rank, rank, "", Nature.PRIMARY, False, False, None, "", employee.ref, promotion=True)
    if isinstance(start, date) and employee.rank is not None and not any(o.on == start and o.rank for o in orders):
        orders.append(replace(blank, on=start, title=employee.title or employee.rank, rank=employee.rank))
    return replace(employee, rank=rank, title=rank, rank_start=day, orders=(*orders, blank))
