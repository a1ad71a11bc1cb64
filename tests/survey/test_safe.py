"""Which sums may be shown: a few situations that people can follow, and a share of the attack."""

import random

import pytest

from hrbook.core.safe_aggregates import Care, Sums, shown
from hrbook.core.survey import release
from tests.survey.attack import attacked, campaign, generated

CARE = Care(least=5, low=1, high=5, margin=0.5)


def city(**departments):
    """Departments by name "b_d": how many people answered, all with 3 unless a sum is given."""
    found = {}
    for name, said in departments.items():
        count, total = said if isinstance(said, tuple) else (said, 3 * said)
        found[tuple(name.split("_"))] = Sums((count,), (total,))
    return found


def hidden(leaves):
    """Names of what is hidden."""
    every = {unit for leaf in leaves for unit in ((), leaf[:1], leaf) if leaves[leaf].size}
    return {"_".join(unit) for unit in every - shown(leaves, CARE)}


def test_departments_with_enough_answers_are_all_shown():
    assert hidden(city(a_x=5, a_y=9, b_z=7)) == set()


def test_where_nobody_answered_nothing_is_shown():
    assert shown({}, CARE) == shown(city(a_x=0, b_y=0), CARE) == frozenset()


def test_one_small_department_takes_the_smallest_of_its_bureau_with_it():
    assert hidden(city(a_x=3, a_y=9, a_z=6, b_w=7)) == {"a_x", "a_z"}


def test_two_small_ones_together_too_few_take_a_third():
    assert hidden(city(a_x=2, a_y=2, a_z=6, a_w=8)) == {"a_x", "a_y", "a_z"}
    assert hidden(city(a_x=3, a_y=2, a_z=6, a_w=8)) == {"a_x", "a_y"}


def test_a_small_bureau_of_one_department_hides_another_bureau_too():
    assert hidden(city(a_x=3, b_y=9, b_z=6, c_w=30)) == {"a", "a_x", "b", "b_z"}


def test_what_is_hidden_together_is_never_of_one_mind():
    """Five fives among the hidden would be known to be fives one by one."""
    assert hidden(city(a_x=(3, 15), a_y=(6, 30), a_z=(9, 20), b_w=7)) == {"a_x", "a_y", "a_z"}


def test_a_department_without_answers_hides_nobody():
    assert hidden(city(a_x=3, a_y=0, a_z=6, a_w=8)) == {"a_x", "a_z"}


def test_a_city_that_is_too_small_shows_nothing():
    assert shown(city(a_x=2, b_y=2), CARE) == frozenset()


def test_means_near_the_ends_are_cut():
    survey, _ = generated(random.Random(1))
    answers = {("a", "x"): [(5, 5, 1)] * 9, ("a", "y"): [(3, 4, 2)] * 9}
    told = release(2026, "", survey, dict.fromkeys(answers, 9), answers).figures[("a", "x")]
    assert (told["q0"].end, told["q2"].end) == (1, -1)
    assert float(told["q0"].mean) == 5 - survey.care.margin


def test_the_attack_recovers_nothing():
    surveys, years, closed, open_, told = campaign(25, seed=99)
    assert told == []
    assert (surveys, years > 30, closed > 100, open_ > 100) == (25, True, True, True)


@pytest.mark.parametrize("careless", ["small ones only", "within bureaus only"])
def test_the_attack_finds_careless_results(careless):
    """Hiding only what is small, or looking only within bureaus, is what the attack is there to find."""
    found = 0
    for number in range(12):
        survey, years = generated(random.Random(f"{careless}/{number}"))
        answers = years[0]
        open_ = set(release(2026, "", survey, {}, answers).figures)
        enough = {u for u, people in answers.items() if people}
        if careless == "small ones only":
            many = [min(sum(p[q] is not None for p in answers[u]) for q in range(3)) >= survey.care.least for u in sorted(enough)]
            open_ |= {u for u, is_ in zip(sorted(enough), many, strict=True) if is_}
        open_ |= {u[:1] for u in enough} | {()}
        found += bool(attacked(survey, answers, open_))
    assert found > 3
