"""A person's scores over the years by hand: gaps between own and manager's score, to the end of the scale, and means."""

from fractions import Fraction

from hrbook.core.ability_course import assessed_years, attained, course_of
from hrbook.core.roster import Score
from tests.sheets.builders import ref

ORDER = ("a", "b", "c", "d")
WEIGHTS = {"a": Fraction(1, 2), "b": Fraction(1, 4), "c": Fraction(1, 4)}
IDS = {"a": "a", "b": "b", "short b": "b", "c": "c", "d": "d"}


def score(year, ability, own=None, manager=None):
    return Score(year, ability, own, manager, ref(sheet="評価"))


def course(*scores, years=(2024, 2025)):
    return course_of(scores, WEIGHTS, ORDER, IDS, years)


def test_abilities_of_the_rank_stand_in_the_policys_order_and_what_else_was_scored_after_its_place():
    found = course(score(2025, "d", own=5), score(2025, "short b", 2, 4))
    assert [(c.ability, c.weight) for c in found] == [
        ("a", Fraction(1, 2)),
        ("b", Fraction(1, 4)),
        ("c", Fraction(1, 4)),
        ("d", None),
    ]
    assert found[1].scores == {2025: (2, 4)}


def test_gaps_are_those_of_the_last_year_that_scores_the_ability():
    (a, b, c) = course(score(2024, "a", 5, 2), score(2025, "b", 2, None), score(2024, "b", 4, 4))
    assert (a.apart, a.short) == (3, Fraction(3, 2))
    assert (b.latest, b.apart, b.short) == ((2, None), None, Fraction(3, 4))
    assert (c.latest, c.apart, c.short) == ((None, None), None, None)


def test_means_weigh_what_is_scored_and_nothing_else():
    found = course(score(2025, "a", 1, 4), score(2025, "b", 4, None), score(2025, "d", 5, 5))
    assert attained(found, 2025) == (Fraction(2), Fraction(4))
    assert attained(found, 2024) == (None, None)


def test_years_without_a_score_and_later_ones_do_not_count():
    scores = [score(y, "a", 3) for y in (2020, 2021, 2023, 2027)] + [score(2024, "a"), score(None, "a", 3)]
    assert assessed_years(scores, 2026, 2) == (2021, 2023)
    assert course(score(2020, "a", 3), years=(2023,))[0].scores == {}
