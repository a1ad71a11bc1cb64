"""Figures of the five-year plan: counted from a run, each with its part and whole."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from hrbook.core.career import TierPath
from hrbook.core.indicators import Kind, figures_of, indicator_ids, kind_of, known
from hrbook.core.learning_policy import OjtReading
from hrbook.core.programme import Decided, Plan, items_of
from hrbook.core.returned import Entry, Group, Origin
from hrbook.core.roster import Employment, Outcome, Qualification, Score, Trainer
from hrbook.core.survey import Figure, Release, merged
from hrbook.ingest.policy import load_policy
from hrbook.sheets.view import departments_of
from tests.sheets.builders import POLICY, assessment_of, completion, employee, reading_of, ref, wish

APRIL = date(2026, 4, 1)


def figures(people, releases=(), **given):
    assessment = assessment_of(people, reading_of(**given))
    return {figure.id: figure for figure in figures_of(assessment, departments_of(assessment), releases)}


def parts(figure):
    return (figure.part, figure.whole, figure.value)


def test_people_on_course_of_all_whom_the_guide_judges():
    moves = (date(2017, 4, 1), "市民課"), (date(2021, 4, 1), "課税課")
    people = [employee("1", hired=APRIL), employee("2", *moves, hired=date(2017, 4, 1)), employee("3", title="課長")]
    assert parts(figures(people)["rotation"]) == (1, 2, Fraction(1, 2))


def test_records_of_this_and_the_last_year_count_of_all_but_yearly_appointees():
    scores = (
        Score(2025, "専門能力", None, 3, ref()),
        Score(2024, "専門能力", 4, None, ref()),
        Score(2025, "専門能力", None, None, ref()),
    )
    learned = Qualification("簿記", date(2025, 11, 1), "", ref()), Qualification("簿記", date(2024, 3, 1), "", ref())
    entry = Entry("1", 2025, Group.GOAL, "goal", "", "", "x", Origin("f", "s", "A1", "0", "", ""), False)
    people = [
        employee("1", wishes=(wish(2025),), scores=tuple(scores[:1]), qualifications=learned[:1], returned=(entry,)),
        employee("2", wishes=(wish(2024),), scores=tuple(scores[1:2]), qualifications=learned[1:]),
        employee("3", scores=tuple(scores[2:])),
        employee("4", employment=Employment.FISCAL_YEAR, wishes=(wish(2025),)),
    ]
    found = figures(people)
    for name in ("wishes", "scores", "forms", "learning"):
        assert parts(found[name]) == (1, 3, Fraction(1, 3)), name


def test_what_was_learnt_counts_by_kind_once_a_person():
    def learnt(kind):
        return Qualification("講座", date(2025, 11, 1), "", ref(), kind)

    people = [
        employee("1", qualifications=(learnt("online"), learnt("online"), learnt("outside"))),
        employee("2", qualifications=(learnt("online"),)),
        employee("3"),
    ]
    found = figures(people)
    assert [parts(found[f"learning.{kind}"])[:2] for kind in ("online", "outside", "joint")] == [(2, 3), (1, 3), (0, 3)]
    bare = figures([employee("1", qualifications=(learnt(None),))])
    assert (bare["learning"].part, bare["learning.online"].value) == (1, None), "a roster without kinds tells nothing of them"


def test_what_is_dated_after_the_day_of_the_run_does_not_count():
    ahead = Qualification("簿記", date(2026, 10, 1), "", ref(), "qualification")
    found = figures([employee("1", qualifications=(ahead,)), employee("2", qualifications=(replace(ahead, on=APRIL),))])
    assert parts(found["learning"]) == (1, 2, Fraction(1, 2))


def test_newcomers_with_a_trainer_of_all_newcomers():
    ojt = OjtReading(newcomer_years=1)
    pair = Trainer("9", None, None, ref())
    people = [
        employee("1", hired=APRIL, trainers=(pair,)),
        employee("2", hired=APRIL),
        employee("3", hired=APRIL, trainers=(replace(pair, start=date(2026, 5, 1)),)),
        employee("9", hired=date(2010, 4, 1)),
    ]
    assert parts(figures(people, ojt=ojt)["ojt"]) == (1, 3, Fraction(1, 3))
    assert figures(people[1:2], ojt=ojt)["ojt"].value is None, "nobody keeps a list of pairs"


def test_what_nobody_keeps_cannot_be_told():
    found = figures([employee("1")])
    assert [found[name].value for name in ("wishes", "scores", "forms", "learning", "literacy", "midcareer", "outside")] == [
        None
    ] * 7


def test_courses_whose_time_has_come():
    done = completion("TC-K01", APRIL), completion("TC-K01", APRIL, Outcome.ABSENT)
    people = [employee("1", hired=APRIL, completions=done[:1]), employee("2", hired=APRIL, completions=done[1:])]
    found = figures(people)
    assert found["training.ladder"].part == 1 and found["training.ladder"].whole >= 2
    categories = [found[name] for name in found if name.startswith("training.")]
    assert found["training"].whole == sum(figure.whole for figure in categories)
    assert found["training"].part == sum(figure.part for figure in categories)


def test_digital_talent_with_experts_from_outside_apart():
    people = [
        employee("1", tier="leader", department="財政課"),
        employee("2", department="課税課", completions=(completion("TC-K04", date(2024, 5, 1)),)),
        employee("3", department="市民課", tier="senmon", employment=Employment.FIXED_TERM),
    ]
    given = {"outside_experts": (Employment.FIXED_TERM,), "tier_paths": (TierPath("general", ("TC-K04",)),)}
    found = figures(people, **given)
    assert parts(found["leaders"]) == (1, 3, Fraction(1, 3))
    assert [found[name].part for name in ("tier.senmon", "tier.leader", "outside")] == [0, 1, 1]
    assert parts(found["literacy"]) == (1, 1, Fraction(1))


def test_hires_of_the_last_five_years_and_who_stayed():
    people = [
        employee("1", hired=date(2025, 4, 1), hire_route="経験者採用"),
        employee("2", hired=date(2022, 4, 1)),
        employee("3", hired=date(2022, 4, 1), left=date(2024, 3, 31)),
        employee("4", hired=date(2019, 4, 1), hire_route="経験者採用"),
    ]
    found = figures(people, rotation={"midcareer_routes": ("経験者",)})
    assert parts(found["midcareer"]) == (1, 3, Fraction(1, 3))
    assert parts(found["stay"]) == (2, 3, Fraction(2, 3))


def test_the_survey_of_the_year_or_the_latest_before():
    def closed(year, mean, end=0):
        return Release(year, "", {}, {(): {"talk": Figure(9, Fraction(mean), end)}, ("部",): {"talk": Figure(5, Fraction(1))}})

    found = figures([employee("1")], [closed(2024, 3), closed(2025, 4, 1), closed(2027, 2)])["survey.talk"]
    assert (found.kind, found.value, found.whole, found.end) == (Kind.MEAN, 4, 9, 1)
    assert "survey.talk" not in figures([employee("1")], [closed(2027, 2)])


def test_every_figure_is_known_and_of_its_kind():
    found = figures([employee("1")])
    assert tuple(found) == indicator_ids(POLICY)
    assert all(figure.kind is kind_of(name) and known(name, POLICY) for name, figure in found.items())
    assert known("survey.talk", POLICY) and not known("tier.general", POLICY) and not known("", POLICY)


def test_a_policy_without_tiers_or_courses_has_fewer_figures():
    bare = load_policy("maibara-transfer")[0]
    found = figures([employee("1", title="職員", hired=APRIL)], policy=bare)
    assert tuple(found) == indicator_ids(bare)
    assert found["leaders"].value is None and found["training"].value is None


def test_the_city_decides_on_the_policys_measures_and_adds_its_own():
    goals = (Fraction(1, 2), None, Fraction(3, 4))
    plan = Plan(2025, (Decided("M18", owner="情報担当課", indicator="leaders", goals=goals), Decided("P1", "市の取組")))
    items = {item.id: item for item in items_of(POLICY.programme, plan)}
    assert list(items)[-1] == "P1" and items["P1"].own and not items["M18"].own
    assert (items["M18"].name, items["M18"].owner) == (POLICY.programme.measures[17].name, "情報担当課")
    assert [items["M18"].goal(plan, year) for year in (2024, 2025, 2026, 2027, 2028)] == [None, *goals, None]
    assert items["M18"].goal(replace(plan, first_year=None), 2025) is None


def test_the_policy_states_neither_owner_nor_goal():
    items = items_of(POLICY.programme, Plan())
    assert {(item.owner, item.goals) for item in items} == {("", ())}
    assert POLICY.programme.years == 5 and len(items) == len({item.id for item in items}) >= 15


@pytest.mark.parametrize("clause", ["5-1", "5-2", "5-3", "5-4", "6-1", "6-2", "6-3", "7-2", "8-2"])
def test_every_section_that_asks_for_something_has_a_measure(clause):
    assert any(measure.clause.startswith(clause) for measure in POLICY.programme.measures)


def test_each_survey_of_two_runs_is_told_once_as_the_later_run_has_it():
    def closed(year, mean):
        return Release(year, "s", {}, {(): {"talk": Figure(9, Fraction(mean))}})

    both = merged((closed(2024, 3), closed(2025, 3)), (closed(2025, 4), closed(2026, 5)))
    assert [(one.year, one.figures[()]["talk"].mean) for one in both] == [(2024, 3), (2025, 4), (2026, 5)]
