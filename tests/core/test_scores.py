"""Assessments against the weights of a rank, career stages and step-ups: small examples worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from hrbook.core.assessment import Assessed
from hrbook.core.career import Retirement, RetirementAge, Stage, StepDown, Tier, TierPath
from hrbook.core.competency import percentages
from hrbook.core.roster import Employee, Score
from tests.sheets.builders import POLICY, assessment_of, employee, order, reading_of, ref

WORK, FIND, SKILL = "職務遂行能力", "課題発見能力", "専門能力"  # the three abilities of the lowest rank, two points each


def score(ability: str, own: int | None = None, manager: int | None = None, year: int | None = 2025) -> Score:
    return Score(year, ability, own, manager, ref(sheet="評価"))


def judged(person: Employee, **reading: object) -> Assessed:
    (found,) = assessment_of([person], reading_of(**reading)).people
    return found


def attained(*scores: Score) -> tuple[Fraction | None, int]:
    found = judged(replace(employee("1"), scores=scores)).competency.result
    return found.attainment, found.scored


def test_attainment_is_the_weighted_mean_of_what_was_scored() -> None:
    assert attained() == (None, 0)
    assert attained(score(WORK, 4), score(FIND, 2), score(SKILL, 3)) == (Fraction(3), 3)
    assert attained(score(WORK, 4), score(FIND, 3)) == (Fraction(7, 2), 2)


def test_the_managers_score_stands_before_the_persons_own() -> None:
    assert attained(score(WORK, own=5, manager=3)) == (Fraction(3), 1)
    assert attained(score(WORK, own=5)) == (Fraction(5), 1)


def test_only_the_latest_year_up_to_now_counts() -> None:
    assert attained(score(WORK, 5, year=2024), score(FIND, 1, year=2025)) == (Fraction(1), 1)
    assert attained(score(WORK, 5, year=2026), score(WORK, 1, year=2025)) == (Fraction(5), 1)
    assert attained(score(WORK, 5, year=2027), score(WORK, 1, year=2025)) == (Fraction(1), 1)
    assert attained(score(WORK, 5, year=None)) == (None, 0)


def test_what_does_not_belong_to_the_rank_or_was_not_scored_counts_for_nothing() -> None:
    assert attained(score("政策決定能力", 5), score("速記", 5), score(WORK)) == (None, 0)


def test_weights_of_a_higher_rank_differ() -> None:
    """For the second rank policy planning has one point and guidance two."""
    person = employee("1", title="主任", scores=(score("政策立案能力", 2), score("指導育成能力", 5)))
    found = judged(person).competency
    assert found.result.attainment == Fraction(4)
    assert [(cell.ref.source.sheet, cell.field, cell.value) for cell in found.evidence] == [
        ("職員名簿", "title", "shunin"), ("評価", "own", 2), ("評価", "own", 5),
    ]  # fmt: skip


def test_what_is_new_or_stronger_at_the_next_rank() -> None:
    assert judged(employee("1")).competency.result.step_up == ("policy_planning", "negotiation", "guidance")
    assert judged(employee("1", title="部長")).competency.result.step_up == ()
    assert judged(employee("1", title="課長")).competency.result.step_up == ("policy_decision", "administration")


def stage(person: Employee, **reading: object) -> tuple[str | None, str]:
    found = judged(person, **reading).career.result
    return found.choice, found.reason


@pytest.mark.parametrize(("hired", "choice"), [(2026, "formation"), (2017, "formation"), (2016, "core"), (2000, "core")])
def test_the_stage_of_somebody_without_a_post(hired: int, choice: str) -> None:
    assert stage(employee("1", hired=date(hired, 4, 1))) == (choice, "by_rank_and_service")


def test_the_stage_where_something_is_not_known() -> None:
    assert stage(employee("1", hired=None)) == (None, "hire_unknown")
    assert stage(employee("1", hired=None, title="係長")) == ("supervisor", "by_rank_and_service")
    assert stage(employee("1", title="謎の職")) == (None, "rank_unknown")


def test_whether_somebody_stepped_down_is_not_known() -> None:
    """Sixty-two years old, and the history begins in the middle: a managerial post may lie behind the person."""
    person = employee("1", hired=date(1990, 4, 1), birth=date(1964, 5, 1), rank_start=None)
    assert stage(replace(person, orders=())) == (None, "step_down_unknown")


def test_after_the_step_down() -> None:
    down = (
        order(date(1990, 4, 1), "市民課", hire=True),
        order(date(2015, 4, 1), "市民課", title="課長", row=3),
        replace(order(date(2025, 4, 1), "市民課", title="係長", row=4), step_down=True),
    )
    person = employee("1", hired=date(1990, 4, 1), birth=date(1964, 5, 1), title="係長", rank_start=None, orders=down)
    assert stage(person) == ("transmission", "by_rank_and_service")


def test_a_chart_that_has_no_stage_for_somebody() -> None:
    first = Stage("formation", "形成期", "", "", "", ("shuji",), 1, 3)
    policy = replace(POLICY, career=replace(POLICY.career, stages=(first,)))
    assert stage(employee("1", hired=date(2024, 4, 1)), policy=policy) == ("formation", "by_rank_and_service")
    assert stage(employee("1", hired=date(2023, 4, 1)), policy=policy) == (None, "no_stage")
    none = replace(POLICY, career=replace(POLICY.career, stages=()))
    assert stage(employee("1"), policy=none) == (None, "no_stages")


def test_a_policy_whose_abilities_carry_no_marks_weighs_nothing() -> None:
    bare = tuple(replace(ability, marks={}) for ability in POLICY.competency.abilities)
    policy = replace(POLICY, competency=replace(POLICY.competency, abilities=bare))
    found = judged(replace(employee("1"), scores=(score(WORK, 4),)), policy=policy).competency
    assert (found.status, found.result.reason) == ("not_applicable", "no_table")
    assert (found.result.scored, found.result.values()["of"]) == (0, 0)


def test_somebody_of_unknown_rank_has_no_weights() -> None:
    found = judged(replace(employee("1", title="謎の職"), scores=(score(WORK, 4),))).competency.result
    assert (found.status, found.reason, found.scored, found.weights) == ("undetermined", "rank_unknown", 0, {})


def test_percentages_of_nothing_are_none() -> None:
    assert percentages({}) == {}
    third = Fraction(1, 3)
    assert percentages({"a": third, "b": third, "c": third}) == {"a": 34, "b": 33, "c": 33}


def test_what_holds_where_a_policy_says_nothing() -> None:
    assert StepDown().age == 60 and StepDown().ranks == ()
    assert not Stage("s", "", "", "", "").after_step_down and not Tier("t", "", "", "").default
    assert Retirement().age_in(2026) is None
    path = TierPath("t")
    assert (path.courses, path.ranks, path.service_years, path.stay_years) == ((), (), 0, 0)


def test_the_age_of_retirement_is_that_of_the_last_step_that_has_begun() -> None:
    steps = Retirement((RetirementAge(2025, 62), RetirementAge(2023, 61), RetirementAge(2027, 63)))
    assert [steps.age_in(year) for year in (2022, 2023, 2024, 2025, 2026, 2027)] == [None, 61, 61, 62, 62, 63]
