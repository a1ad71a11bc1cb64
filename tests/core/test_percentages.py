"""Percentages that people add up."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hrbook.core.competency import percentages


def test_the_largest_remainders_get_what_is_left():
    assert percentages({"a": Fraction(1, 3), "b": Fraction(1, 3), "c": Fraction(1, 3)}) == {"a": 34, "b": 33, "c": 33}
    thirteenths = {name: Fraction(points, 13) for name, points in zip("abcdefg", (2, 2, 2, 2, 2, 2, 1), strict=True)}
    assert percentages(thirteenths) == {"a": 16, "b": 16, "c": 15, "d": 15, "e": 15, "f": 15, "g": 8}


def test_nothing_has_no_percentages():
    assert percentages({}) == {}


@given(st.lists(st.integers(1, 9), min_size=1, max_size=40))
def test_percentages_add_up_to_a_hundred_and_stay_within_one(points):
    shares = {str(place): Fraction(value, sum(points)) for place, value in enumerate(points)}
    found = percentages(shares)
    assert sum(found.values()) == 100
    assert all(abs(found[key] - share * 100) < 1 for key, share in shares.items())
