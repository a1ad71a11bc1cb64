"""Means of scores by department and rank: enough people behind each, and nothing to be had by adding and subtracting them."""

import random
from fractions import Fraction
from itertools import combinations

from hrbook.core.ability_gaps import Scored, ability_gaps
from hrbook.core.safe_aggregates import WHOLE, Care
from tests.survey.attack import reduced, told_by

CARE = Care(5, 1, 5, 0.5)


def people(unit, rank, *scores, ability="a"):
    return [Scored(unit, rank, ability, own, manager) for own, manager in scores]


def many(unit, rank, count, **given):
    return people(unit, rank, *((2 + n % 3, 2 + (n + 1) % 3) for n in range(count)), **given)


def gaps(rows, care=CARE):
    return ability_gaps(rows, care).get("a")


def test_means_are_of_the_same_people():
    found = gaps(people(("b", "d"), "r", (2, 3), (4, 3), (3, 3), (2, 2), (4, 3)))
    assert found.units[WHOLE].people == 5
    assert (found.units[WHOLE].own, found.units[WHOLE].manager) == (Fraction(3), Fraction(14, 5))
    assert found.units[WHOLE].apart == Fraction(1, 5)
    assert found.ranks["r"] == found.units["b", "d"] == found.units[WHOLE]


def test_fewer_people_than_the_threshold_are_shown_nowhere():
    assert gaps(many(("b", "d"), "r", 4)) is None
    found = gaps([*many(("b", "d"), "r", 9), *many(("b", "e"), "r", 3)])
    assert not {("b", "d"), ("b", "e")} & set(found.units), "what is left of the bureau would be three people"


def test_a_small_rank_takes_another_with_it():
    found = gaps([*many(("b", "d"), "chief", 2), *many(("b", "d"), "clerk", 20)])
    assert found.units[WHOLE].people == 22
    assert found.ranks == {}


def test_ranks_less_departments_would_tell_one_person():
    """Department e has only clerks; all clerks less department e are the one clerk of department d."""
    rows = [*many(("b", "d"), "chief", 6), *many(("b", "d"), "clerk", 1), *many(("b", "e"), "clerk", 6)]
    found = gaps(rows)
    assert ("b", "d") in found.units and ("b", "e") in found.units
    assert found.ranks == {}
    more = gaps([*rows, *many(("b", "d"), "clerk", 4)])
    assert set(more.ranks) == {"chief", "clerk"}


def test_abilities_are_looked_at_one_by_one():
    rows = [*many(("b", "d"), "r", 9), *many(("b", "d"), "r", 4, ability="few")]
    assert set(ability_gaps(rows, CARE)) == {"a"}


def generated(dice):
    """People of some departments and ranks: small groups, large ones, departments of one rank."""
    rows = []
    for bureau in range(dice.randint(1, 4)):
        for department in range(dice.randint(1, 4)):
            for rank in dice.sample("abcde", dice.randint(1, 4)):
                count = dice.choice((0, 1, 1, 2, 4, 6, 9))
                rows += many((f"b{bureau}", f"d{department}"), rank, count)
    return rows


def attacked(rows, found, least):
    """Groups of fewer people than `least` whose sum the shown figures tell: by elimination, for every cell and pair of cells."""
    cells = sorted({(row.unit, row.rank) for row in rows})
    size = {cell: sum(1 for row in rows if (row.unit, row.rank) == cell) for cell in cells}
    given = {cell: Fraction(sum(row.own for row in rows if (row.unit, row.rank) == cell)) for cell in cells}
    groups = [[c for c in cells if c[0][: len(unit)] == unit] for unit in found.units]
    groups += [[c for c in cells if c[1] == rank] for rank in found.ranks]
    system = reduced([[Fraction(c in group) for c in cells] + [sum(given[c] for c in group)] for group in groups])
    return [
        some
        for together in (1, 2)
        for some in combinations(cells, together)
        if sum(size[c] for c in some) < least and told_by(system, [Fraction(c in some) for c in cells]) is not None
    ]


def test_nothing_is_told_of_few_people_by_elimination():
    shown = told = 0
    for seed in range(150):
        rows = generated(random.Random(seed))
        for one in ability_gaps(rows, CARE).values():
            shown += len(one.units) + len(one.ranks)
            told += len(attacked(rows, one, CARE.least))
    assert shown > 500
    assert told == 0
