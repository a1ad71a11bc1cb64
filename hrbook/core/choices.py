"""The rules that assign: weights by rank, career stage, digital tier (spec 3)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache, lru_cache

from hrbook.core.career import CareerPolicy, ChoiceResult, DigitalPolicy, Stage
from hrbook.core.competency import CompetencyPolicy, WeightsResult, step_up_of, weights_of
from hrbook.core.judgement import Assigned
from hrbook.core.roster import Employee, Score
from hrbook.core.source import Evidence
from hrbook.core.standing import Standing


class Weights:
    """Weights by rank, computed once a run."""

    def __init__(self, policy: CompetencyPolicy, points: Mapping[str, int], ranks: tuple[str, ...]) -> None:
        self.policy = policy
        self.names = {ability.id: ability.name for ability in policy.abilities}
        self.named = {rank: {a.id: a.names.get(rank, a.name) for a in policy.abilities} for rank in ranks}
        self.by_rank = {rank: weights_of(policy, points, rank) for rank in ranks}
        self.points = {rank: {a.id: points[a.marks[rank]] for a in policy.abilities if rank in a.marks} for rank in ranks}
        self.step_up = {rank: step_up_of(policy, points, ranks, rank) for rank in ranks}
        self._ids = policy.ids_by_name()
        self._result = cache(self._weighed)  # one object for all who are told the same

    def judge(self, who: Standing, year: int) -> tuple[WeightsResult, tuple[Evidence, ...]]:
        """The weights of the person's rank, and the attainment from the latest assessment not after `year`."""
        person = who.employee
        cells = [who.own("title")]
        if not self.policy.weighs:
            return WeightsResult(Assigned.NOT_APPLICABLE, "no_table", None, {}, self.names, (), None, 0), tuple(cells)
        if person.rank is None:
            return WeightsResult(Assigned.UNDETERMINED, "rank_unknown", None, {}, self.names, (), None, 0), tuple(cells)
        weights = self.by_rank[person.rank]
        scored = self._scores(person, year, weights)
        cells.extend(Evidence(s.ref, "manager" if s.manager is not None else "own", self._value(s)) for s in scored)
        attained: Fraction | None = None
        if scored:
            points = self.points[person.rank]  # in proportion to the weights, and whole numbers
            given = [(points[self._ids[s.ability]], self._value(s)) for s in scored]
            attained = Fraction(sum(point * value for point, value in given), sum(point for point, _ in given))
        return self._result(person.rank, attained, len(scored)), tuple(cells)

    def _weighed(self, rank: str, attained: Fraction | None, scored: int) -> WeightsResult:
        names, step_up = self.named[rank], self.step_up[rank]
        return WeightsResult(Assigned.ASSIGNED, "by_rank", rank, self.by_rank[rank], names, step_up, attained, scored)

    def scores_of(self, person: Employee, year: int, weights: Mapping[str, Fraction]) -> dict[str, tuple[int, int]]:
        """Ability -> (score, fiscal year) of the latest assessment not after `year` that scores one of `weights`; the
        manager's score stands before the person's own."""
        found = self._scores(person, year, weights)
        return {self._ids[s.ability]: (self._value(s), s.year) for s in found if s.year is not None}

    def _value(self, score: Score) -> int:
        value = score.manager if score.manager is not None else score.own
        return value if value is not None else 0

    def _scores(self, person: Employee, year: int, weights: Mapping[str, Fraction]) -> list[Score]:
        """Scores of the latest assessed year: the manager's, else the person's own; one an ability, in the table's order."""
        if not person.scores:
            return []
        usable = [
            s
            for s in person.scores
            if s.year is not None
            and s.year <= year
            and (s.own is not None or s.manager is not None)
            and self._ids.get(s.ability) in weights
        ]
        latest = max((s.year for s in usable if s.year is not None), default=None)
        by_ability = {self._ids[s.ability]: s for s in usable if s.year == latest}
        return [by_ability[ability] for ability in weights if ability in by_ability]


def stage_of(policy: CareerPolicy, who: Standing, year: int) -> tuple[ChoiceResult, tuple[Evidence, ...]]:
    """The career stage in fiscal year `year`. The chart's ages are shown, never used."""
    person = who.employee
    cells = (who.own("title"), who.own("hired"))
    low, high = who.service(year)
    told = (low if low == high else None, person.rank)

    def unknown(reason: str) -> tuple[ChoiceResult, tuple[Evidence, ...]]:
        return _stage(Assigned.UNDETERMINED, reason, None, None, *told), cells

    if not policy.stages:
        return _stage(Assigned.NOT_APPLICABLE, "no_stages", None, None, *told), cells
    if person.rank is None and any(stage.ranks for stage in policy.stages):
        return unknown("rank_unknown")
    if who.post_managerial is None:
        return unknown("step_down_unknown")
    fitting: list[Stage] = []
    for stage in policy.stages:
        if stage.after_step_down != who.post_managerial or (stage.ranks and person.rank not in stage.ranks):
            continue
        first = stage.first_service_year if stage.first_service_year is not None else low
        last = stage.last_service_year if stage.last_service_year is not None else high
        if high >= first and low <= last:
            fitting.append(stage)
    if len(fitting) != 1 and low != high:
        return unknown("hire_unknown")
    if not fitting:
        return unknown("no_stage")
    stage = fitting[0]
    return _stage(Assigned.ASSIGNED, "by_rank_and_service", stage.id, stage.name, *told), cells


@lru_cache(maxsize=4096)  # people of one rank and year of service share their answer
def _stage(
    status: Assigned, reason: str, stage: str | None, name: str | None, service_year: int | None, rank: str | None
) -> ChoiceResult:
    return ChoiceResult(status, reason, "stage", stage, name, {"service_year": service_year, "rank": rank})


def tier_of(policy: DigitalPolicy, person: Employee) -> tuple[ChoiceResult, tuple[Evidence, ...]]:
    """The digital tier: the roster's column; blank is the policy's default tier."""
    cells = (Evidence(person.ref, "tier", person.tier),)
    if not policy.tiers:
        return _tier(Assigned.NOT_APPLICABLE, "no_tiers", None, None), cells
    tiers = [t for t in policy.tiers if (t.id == person.tier if person.tier is not None else t.default)]
    if not tiers:
        return _tier(Assigned.UNDETERMINED, "tier_unknown", None, None), cells
    return _tier(Assigned.ASSIGNED, "by_roster", tiers[0].id, tiers[0].name), cells


@lru_cache(maxsize=64)
def _tier(status: Assigned, reason: str, tier: str | None, name: str | None) -> ChoiceResult:
    return ChoiceResult(status, reason, "tier", tier, name, {})
