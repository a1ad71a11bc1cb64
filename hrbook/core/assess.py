"""Judge everybody: roster + reading -> assessment. Pure; people do not influence one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from hrbook.core import rotation
from hrbook.core.assessment import Assessed, Assessment, Outside
from hrbook.core.calendar import fiscal_year
from hrbook.core.choices import Weights, stage_of, tier_of
from hrbook.core.finding import Finding, Severity, at
from hrbook.core.genealogy import Genealogy
from hrbook.core.home import leads_away, present_posts
from hrbook.core.judgement import Degree, Judgement, Rule
from hrbook.core.judgement import TrainingStatus as Due
from hrbook.core.leave import covers
from hrbook.core.ojt import with_ojt
from hrbook.core.reading import Reading
from hrbook.core.results import RotationResult, TrainingResult
from hrbook.core.roster import UNREADABLE, Completion, Employee, Outcome, Presence, Roster
from hrbook.core.rotation_policy import Level
from hrbook.core.sensitivity import grid_of, turning
from hrbook.core.source import Basis
from hrbook.core.spell_types import Spell
from hrbook.core.spells import Career, career_of
from hrbook.core.standing import Standing, standing_of
from hrbook.core.stay import StayResult, judge_stay, post_of, stay_evidence
from hrbook.core.step_down import step_down_limit
from hrbook.core.training import Training

Progress = Callable[[int], None]


def assess(roster: Roster, reading: Reading, findings: Iterable[Finding] = (), progress: Progress | None = None) -> Assessment:
    """Every judgement on every person of the population (spec 1): hired by the as-of date and not gone before it.

    `findings` are those of the reader; the judge's own are added. `progress` is told after each person."""
    judge = Judge(roster, reading)
    people: list[Assessed] = []
    outside: list[tuple[Employee, Outside]] = []
    found = list(findings)
    for employee in roster.employees:
        why = outside_population(employee, reading.as_of)
        if why is not None:
            outside.append((employee, why))
        else:
            assessed, said = judge.person(employee)
            people.append(assessed)
            found.extend(said)
        if progress is not None:
            progress(1)
    trained = with_ojt(people, reading, judge.places)
    return Assessment(roster, reading, trained, tuple(outside), tuple(sorted(found, key=lambda f: f.order)), judge.register_start)


def outside_population(employee: Employee, as_of: date) -> Outside | None:
    """Why a person on the roster is not judged in this run; None for everybody else."""
    if isinstance(employee.hired, date) and employee.hired > as_of:
        return Outside.NOT_YET_HIRED
    if isinstance(employee.left, date):
        return Outside.GONE if employee.left < as_of else None
    return Outside.GONE if employee.presence is Presence.GONE and employee.left is not UNREADABLE else None


class Judge:
    """The rules of one reading, made ready once: units by level, weights by rank, courses."""

    def __init__(self, roster: Roster, reading: Reading) -> None:
        self.reading = reading
        self.places = present_posts(roster.organisation, reading.as_of)
        policy = reading.policy
        own = {r.level for r in reading.rotation.requirements}
        self._classes = [Level.CATEGORY, Level.PLACE] if any(s.categories or s.places for s in policy.rotation.stays) else []
        self._levels = sorted({*own, Level.BUREAU, Level.DEPARTMENT, Level.SECTION, *self._classes})
        posts = {e.post for e in roster.employees} | {o.post for e in roster.employees for o in e.orders}
        self._genealogies = {level: Genealogy(roster.organisation, level, posts) for level in self._levels}
        self._shown = reading.rotation.requirements[0].level if own else Level.DEPARTMENT
        self._grid = grid_of(reading.rotation)
        self._weights = Weights(policy.competency, reading.points, policy.rank_ids)
        self.register_start = _register_start(roster, reading)
        courses = {c.code: c for c in policy.training.courses}
        self._training = Training(courses, policy.rank_ids, reading.year, reading.as_of, self.register_start)
        self._rules = {
            c.code: self._rule(policy.training.rule_prefix + c.code, c.clause, c.timing, c.mandatory)
            for c in policy.training.courses
        }
        self._competency = self._rule(policy.competency.rule_id, policy.competency.clause, Basis.STATED)
        self._career = self._rule(policy.career.rule_id, policy.career.clause, Basis.STATED)
        self._digital = self._rule(policy.digital.rule_id, policy.digital.clause, Basis.STATED)
        self._rotation = self._rule(policy.rotation.rule_id, policy.rotation.clause, policy.rotation.basis)
        self._stays = {
            s.id: self._rule(policy.rotation.stay_rule_id, s.clause or policy.rotation.clause, s.basis)
            for s in policy.rotation.stays
        }
        self._stay = self._rule(policy.rotation.stay_rule_id, policy.rotation.clause, policy.rotation.basis)
        self._watched = all(s.observation for s in policy.rotation.stays)  # whoever no rule fits is then seen for reference

    def _rule(self, rule_id: str, clause: str, basis: Basis, mandatory: bool = False) -> Rule:
        policy = self.reading.policy
        degree = Degree.MANDATORY if mandatory else Degree.GUIDE
        return Rule(rule_id, policy.edition, policy.place(clause), basis, degree)

    def person(self, employee: Employee) -> tuple[Assessed, list[Finding]]:
        """All judgements on one person, and what the judge noticed."""
        reading, policy = self.reading, self.reading.policy
        who = standing_of(employee, policy.rank_ids, policy.step_down, reading.step_down_age, reading.year, reading.as_of)
        found = self._findings(who)
        reasons = tuple(r for r in employee.reasons if r.rule == self._rotation.id)
        case = rotation.Case(
            who,
            self._genealogies,
            lambda level: career_of(employee, who.service_start, self._genealogies[level], reading.as_of),
            reasons,
        )
        shown = case.career(self._shown)
        found.extend(shown.findings)
        sid = employee.staff_id
        weights, weights_cells = self._weights.judge(who, reading.year)
        stage, stage_cells = stage_of(policy.career, who, reading.year)
        tier, tier_cells = tier_of(policy.digital, employee)
        placing, spells = self._placing(case, shown)
        register: dict[str, list[Completion]] = defaultdict(list)
        for row in employee.completions:
            if row.code is not None:
                register[row.code].append(row)
        trainings: dict[str, Judgement[TrainingResult]] = {}
        for course in policy.training.courses:
            result, cells = self._training.judge(course.code, who, register)
            rule = self._rules[course.code]
            trainings[course.code] = Judgement(sid, rule, rule.degree, result, cells)
            if result.status is Due.COMPLETED and result.early:
                found.append(at("HR453", Severity.NOTE, cells[-1].ref, "on", staff_id=sid, facts={"course": course.name}))
        service, rank_year, age = who.service(reading.year), who.rank_year(reading.year), who.age(reading.year)
        since = spells[-1].start if spells and spells[-1].present and not shown.split_off else None
        assessed = Assessed(
            employee=employee,
            service_year=_only(service),
            rank_year=_only(rank_year) if employee.rank is not None else None,
            age_of_year=_only(age),
            stay_years=reading.year - fiscal_year(since) + 1 if since else None,
            on_leave=bool(who.on_leave),
            post_managerial=who.post_managerial,
            spells=spells,
            future_orders=shown.future,
            moves_away=leads_away(shown.future, employee.post, self.places),
            competency=Judgement(sid, self._competency, Degree.GUIDE, weights, weights_cells),
            career=Judgement(sid, self._career, Degree.GUIDE, stage, stage_cells),
            digital=Judgement(sid, self._digital, Degree.GUIDE, tier, tier_cells),
            rotation=placing,
            trainings=trainings,
            stay=self._staying(case) if policy.rotation.stays else None,
        )
        return assessed, found

    def _staying(self, case: rotation.Case) -> Judgement[StayResult]:
        """The standing of the present stay against the policy's rules on stays."""
        who, policy = case.who, self.reading.policy.rotation
        reasons = [r for r in who.employee.reasons if r.rule == policy.stay_rule_id]
        classes = {level: self._genealogies[level] for level in self._classes}
        post = post_of(case.career(Level.DEPARTMENT), classes)
        result = judge_stay(who, self.reading.rotation, policy.stays, post, reasons)
        rule = self._stays.get(result.rule, self._stay)
        watched = result.observation or (self._watched and not result.rule)
        degree = Degree.REFERENCE if watched else rule.degree
        return Judgement(who.employee.staff_id, rule, degree, result, stay_evidence(who, post, reasons))

    def _placing(self, case: rotation.Case, shown: Career) -> tuple[Judgement[RotationResult], tuple[Spell, ...]]:
        """The verdict on the career, and its spells with the units that they add."""
        who, reading, rule = case.who, self.reading.rotation, self._rotation
        result = rotation.judge(case, reading)
        turn = turning(case, reading, result.status, self._grid)
        if turn.tried:
            result = replace(
                result,
                turns_on=turn.alone,
                turns_together=turn.together,
                readings_tried=turn.tried,
                readings_same=turn.same,
            )
        spells = list(shown.spells)
        if reading.requirements:
            for ordinal, place in enumerate(case.entries(reading.requirements[0], reading).places, start=1):
                spells[place] = replace(spells[place], ordinal=ordinal)
        degree = Degree.REFERENCE if self._ended_before_policy(who, result) else rule.degree
        evidence = rotation.evidence_of(who, shown, self._genealogies[self._shown], case.reasons)
        return Judgement(who.employee.staff_id, rule, degree, result, evidence), tuple(spells)

    def _ended_before_policy(self, who: Standing, result: RotationResult) -> bool:
        """A window that ended before the policy took effect is judged for reference only (spec 5)."""
        since = self.reading.policy_effective_from
        if since is None or who.service_start is None or not result.window_over:
            return False
        return fiscal_year(who.service_start) + result.window_years - 1 < fiscal_year(since)

    def _findings(self, who: Standing) -> list[Finding]:
        person, reading = who.employee, self.reading
        found: list[Finding] = []
        if person.rank in reading.policy.step_down.ranks and isinstance(person.birth, date):
            limit = step_down_limit(person.birth, reading.step_down_age)
            if limit <= reading.as_of:
                found.append(
                    at(
                        "HR451",
                        Severity.NOTE,
                        person.ref,
                        "title",
                        staff_id=person.staff_id,
                        facts={"limit": limit.isoformat(), "age": reading.step_down_age},
                    )
                )
        if person.presence is Presence.LEAVE and not any(covers(leave, reading.as_of) for leave in person.leaves):
            found.append(at("HR452", Severity.NOTE, person.ref, "presence", staff_id=person.staff_id))
        if who.start_is_step_down:
            found.append(at("HR454", Severity.NOTE, person.ref, "rank_start", staff_id=person.staff_id))
        return found


def _only(value: tuple[int, int]) -> int | None:
    return value[0] if value[0] == value[1] else None


def _register_start(roster: Roster, reading: Reading) -> int | None:
    """The first fiscal year of the training register: the setting, else that of the earliest completion of anybody."""
    if reading.register_start is not None:
        return reading.register_start
    dates = [c.on for e in roster.employees for c in e.completions if c.outcome is Outcome.COMPLETED and isinstance(c.on, date)]
    return fiscal_year(min(dates)) if dates else None
