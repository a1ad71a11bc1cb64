"""Where the table of marks and the lists of the ranks do not say the same, and ranks that some part of the policy forgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hrbook.core.fold import fold
from hrbook.lint import Desk, Remark, note, warn


def remarks(desk: Desk) -> Iterator[Remark]:
    """Marks against behaviours; then every rank against behaviours, titles and stages."""
    policy = desk.policy
    table = policy.competency
    abilities = {ability.id: ability for ability in table.abilities}
    listed = {(b.rank, b.ability) for b in table.behaviours}
    ranks_with_lists = {rank for rank, _ in listed}
    points = {mark.id: mark.points for mark in table.marks}
    strongest = max(points.values(), default=0)
    for index, behaviour in enumerate(table.behaviours):
        ability = abilities.get(behaviour.ability)
        if ability is None:
            continue
        subject = f"{behaviour.ability}/{behaviour.rank}"
        facts = {"rank": policy.rank_name(behaviour.rank), "ability": ability.name, "name": behaviour.name}
        loc = ("competency", "behaviours", index)
        if table.weighs and behaviour.rank not in ability.marks:
            yield warn("HR611", *loc, "ability", subject=subject, **facts)
        own = {fold(n) for n in (ability.name, *ability.aliases, ability.names.get(behaviour.rank, ability.name))}
        if fold(behaviour.name.split("\uff08")[0]) not in own:
            yield warn("HR613", *loc, "name", subject=subject, **facts)
    for index, ability in enumerate(table.abilities):
        loc = ("competency", "abilities", index)
        for rank, mark in ability.marks.items():
            strong = len(set(points.values())) > 1 and points.get(mark) == strongest
            if strong and rank in ranks_with_lists and (rank, ability.id) not in listed:
                yield warn(
                    "HR612",
                    *loc,
                    "marks",
                    rank,
                    subject=f"{ability.id}/{rank}",
                    rank=policy.rank_name(rank),
                    ability=ability.name,
                )
        if table.weighs and not ability.marks:
            yield warn("HR621", *loc, "marks", subject=ability.id, ability=ability.name)
    used = Counter(mark for ability in table.abilities for mark in ability.marks.values())
    for index, mark_ in enumerate(table.marks):
        if table.abilities and not used[mark_.id]:
            yield warn("HR620", "competency", "marks", index, name=mark_.name)
    yield from _ranks(desk, ranks_with_lists)


def _ranks(desk: Desk, ranks_with_lists: set[str]) -> Iterator[Remark]:
    policy = desk.policy
    titled = {title.rank for title in policy.titles}
    staged = {rank for stage in policy.career.stages for rank in (stage.ranks or policy.rank_ids) if not stage.after_step_down}
    for index, rank in enumerate(policy.ranks):
        loc = ("ranks", index)
        if ranks_with_lists and rank.id not in ranks_with_lists:
            yield warn("HR614", *loc, subject=rank.id, rank=rank.name)
        if titled and rank.id not in titled:
            yield warn("HR615", *loc, subject=rank.id, rank=rank.name)
        if policy.career.stages and rank.id not in staged:
            yield warn("HR616", *loc, subject=rank.id, rank=rank.name)
    order = {"general": 0, "supervisory": 1, "managerial": 2}
    for index, (low, high) in enumerate(zip(policy.ranks, policy.ranks[1:], strict=False), start=1):
        if order.get(low.group, 0) > order.get(high.group, 0):
            yield warn("HR619", "ranks", index, "group", rank=high.name, other=low.name)
    for index, rank in enumerate(policy.ranks):
        if rank.group not in order:
            yield note("HR622", "ranks", index, "group", rank=rank.name, found=rank.group)
