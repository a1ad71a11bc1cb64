"""Career stages that nobody can be in, years that none holds, ages that fall."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hrbook.core.career import Stage
from hrbook.lint import Desk, Remark, warn

LONGEST = 50  # years of service


def remarks(desk: Desk) -> Iterator[Remark]:
    """Stages in their order; then the step-down and the age of retirement."""
    policy = desk.policy
    stages = policy.career.stages
    for index, stage in enumerate(stages):
        taken = {cell for earlier in stages[:index] for cell in _cells(earlier, policy.rank_ids)}
        if _cells(stage, policy.rank_ids) <= taken:
            yield warn("HR618", "career", "stages", index, name=stage.name)
    usual = [stage for stage in stages if not stage.after_step_down]
    for rank in policy.rank_ids:
        held = {year for stage in usual for at, year in _cells(stage, policy.rank_ids) if at == rank}
        lost = sorted(set(range(1, LONGEST + 1)) - held)
        if usual and held and lost:
            yield warn("HR617", "career", "stages", rank=policy.rank_name(rank), first=lost[0], last=lost[-1], subject=rank)
    places = [policy.rank_ids.index(rank) for rank in policy.step_down.ranks if rank in policy.rank_ids]
    if places and sorted(places) != list(range(min(places), len(policy.rank_ids))):
        yield warn("HR661", "step_down", "ranks")
    for index, (one, two) in enumerate(pairwise(policy.retirement.ages), start=1):
        if two.first_year <= one.first_year or two.age < one.age:
            yield warn("HR662", "retirement", "ages", index, year=two.first_year, age=two.age)
    least = min((entry.age for entry in policy.retirement.ages), default=None)
    if policy.step_down.ranks and least is not None and policy.step_down.age > least:
        yield warn("HR663", "step_down", "age", age=policy.step_down.age, other=least)


def _cells(stage: Stage, ranks: tuple[str, ...]) -> set[tuple[str, int]]:
    """The ranks and years of service that a stage holds; people after the step-down are apart from the others."""
    years = range(stage.first_service_year or 1, (stage.last_service_year or LONGEST) + 1)
    apart = "after the step-down: " if stage.after_step_down else ""
    return {(apart + rank, year) for rank in (stage.ranks or ranks) for year in years}
