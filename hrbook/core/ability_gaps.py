"""Ability gaps by department and by rank: means of own and manager's scores of one year, where enough people stand behind
them. What is hidden cannot be had by subtraction, from departments, bureaus, the whole, ranks, or all of them together.

Only people with both scores of an ability count for it, so that both means are of the same people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from hrbook.core.safe_aggregates import WHOLE, Care, Sums, Unit, shown, units_of


@dataclass(frozen=True, slots=True)
class Scored:
    """One person's two scores of one ability."""

    unit: Unit  # (bureau, department)
    rank: str
    ability: str
    own: int
    manager: int


@dataclass(frozen=True, slots=True)
class Means:
    """Means of the same `people`."""

    people: int
    own: Fraction
    manager: Fraction

    @property
    def apart(self) -> Fraction:
        """How much higher people see themselves."""
        return self.own - self.manager


@dataclass(frozen=True, slots=True)
class AbilityGaps:
    """What may be shown of one ability: means by unit (`()` is the whole organisation) and by rank."""

    units: Mapping[Unit, Means]
    ranks: Mapping[str, Means]


def ability_gaps(scored: Iterable[Scored], care: Care) -> dict[str, AbilityGaps]:
    """By ability, what may be shown; abilities of which nothing may be are left out."""
    by_ability: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        by_ability[one.ability].append(one)
    found = {ability: _gaps(rows, care) for ability, rows in sorted(by_ability.items())}
    return {ability: gaps for ability, gaps in found.items() if gaps.units}


def _gaps(rows: Sequence[Scored], care: Care) -> AbilityGaps:
    leaves = _sums(rows, [row.unit for row in rows])
    open_units = shown(leaves, care)
    ranks = _sums(rows, [("", row.rank) for row in rows])
    open_ranks = frozenset(unit for unit in shown(ranks, care) if len(unit) == 2)
    if _tells(rows, open_units, open_ranks, care.least):
        open_ranks = frozenset()
    every = units_of(leaves)
    return AbilityGaps(
        {unit: _means(every[unit]) for unit in sorted(open_units)}, {unit[1]: _means(ranks[unit]) for unit in sorted(open_ranks)}
    )


def _sums(rows: Sequence[Scored], keys: Sequence[Unit]) -> dict[Unit, Sums]:
    """Sums of both scores by key."""
    count: Counter[Unit] = Counter(keys)
    own, manager = Counter[Unit](), Counter[Unit]()
    for key, row in zip(keys, rows, strict=True):
        own[key] += row.own
        manager[key] += row.manager
    return {key: Sums((count[key],) * 2, (own[key], manager[key])) for key in sorted(count)}


def _means(sums: Sums) -> Means:
    own, manager = (Fraction(total, count) for total, count in zip(sums.sums, sums.counts, strict=True))
    return Means(sums.counts[0], own, manager)


def _tells(rows: Sequence[Scored], units: frozenset[Unit], ranks: frozenset[Unit], least: int) -> bool:
    """Whether the sums by unit and those by rank, added and subtracted, tell the sum of fewer than `least` people.

    People are edges between the groups whose sums are known: their unit (what of a bureau or of the whole is not shown makes
    one group), and their rank (those not shown make one). A sum or difference of groups in which everybody counts once or not
    at all is a split of the groups in two: it tells the sum of the people across it. For a choice of ranks every unit best
    stands on the side where fewer of its people are across; the fewest across decide."""
    if not ranks:
        return False
    edges: Counter[tuple[Unit, str]] = Counter()
    for row in rows:
        edges[_known_unit(row.unit, units), row.rank if ("", row.rank) in ranks else ""] += 1
    sides = sorted({rank for _, rank in edges})
    size: Counter[Unit] = Counter()
    for (unit, _), people in edges.items():
        size[unit] += people
    for many in range(1, len(sides)):
        for chosen in combinations(sides, many):
            here: Counter[Unit] = Counter()
            for (unit, rank), people in edges.items():
                here[unit] += people if rank in chosen else 0
            across = sum(min(here[unit], size[unit] - here[unit]) for unit in size)
            if 0 < across < least:
                return True
    return False


def _known_unit(unit: Unit, units: frozenset[Unit]) -> Unit:
    """The smallest group with a known sum that the unit belongs to."""
    if unit in units:
        return unit
    return unit[:1] if unit[:1] in units else WHOLE
