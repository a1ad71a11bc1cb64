"""The moves that the guide implies: hand-worked people on 1 April 2026 under the default reading (usual stay 3 years)."""

from dataclasses import replace
from datetime import date

from hrbook.core.outflow import Leaving, later_moves, leaving_of, outflow_of, springs_of
from hrbook.core.rotation_policy import StayRule
from hrbook.core.source import Basis
from hrbook.sheets import organisation
from tests.sheets.builders import POLICY, assessment_of, employee, reading_of, table
from tests.sheets.whole import whole_view

HERE = "市民課"


def april(year):
    return date(year, 4, 1)


def leaving(*moves, hired, **given):
    person = employee("1", *moves, hired=hired, department=moves[-1][1] if moves else HERE, **given)
    assessment = assessment_of([person])
    return leaving_of(assessment.people[0], assessment.reading)


def test_worked_example_b_has_to_go_on_in_2030_and_once_more_in_2031():
    """Hired 2022 (spec 8, B): four years in one place are more than usual, so the next spring; 2030 at the latest."""
    assert leaving(hired=april(2022)) == Leaving(2027, 2030, (2031,))


def test_worked_example_a_stays_as_long_as_usual_first():
    assert leaving(hired=april(2026)) == Leaving(2029, 2034, (2035,))


def test_years_of_a_stay_that_began_within_a_year_count_from_the_next_spring():
    found = leaving((april(2022), "財政課"), (date(2025, 10, 1), HERE), hired=april(2022))
    assert found == Leaving(2029, 2031, ())


def test_the_usual_stay_never_lasts_beyond_the_last_chance():
    found = leaving((april(2018), "財政課"), (april(2026), HERE), hired=april(2018))
    assert found == Leaving(2027, 2027, ())


def test_a_stay_of_unknown_beginning_goes_on_to_the_last_chance():
    found = assessment_of([employee("1", (april(2021), "課税課"), hired=april(2021))])
    assert found.people[0].spells[-1].start is None
    leaving = leaving_of(found.people[0], found.reading)
    assert leaving is not None and leaving.usual == leaving.latest


def test_whoever_has_met_the_guide_or_missed_it_has_to_go_nowhere():
    three = (april(2018), "財政課"), (april(2021), "課税課"), (april(2024), HERE)
    assert leaving(*three, hired=april(2018)) is None
    assert leaving(hired=april(2010)) is None
    assert leaving(hired=april(2000), title="課長") is None


def test_moves_are_counted_by_spring():
    people = [employee("1", hired=april(2022)), employee("2", hired=april(2023)), employee("3", hired=april(2010))]
    assessment = assessment_of(people)
    found = outflow_of(assessment.people, assessment.reading)
    assert springs_of(assessment.reading) == (2027, 2028, 2029, 2030, 2031)
    assert found.people == 2
    assert found.usual == {2027: 2, 2028: 0, 2029: 0, 2030: 0, 2031: 0}
    assert found.latest == {2027: 0, 2028: 0, 2029: 0, 2030: 1, 2031: 1}
    assert later_moves(assessment.people, assessment.reading) == {2027: 0, 2028: 0, 2029: 0, 2030: 0, 2031: 1}


def test_the_organisations_book_adds_up_to_the_last_chances():
    view = whole_view()
    rows = table(next(s for s in organisation.book(view, "x.xlsx").sheets if s.name == "データ_異動の見通し"))
    due = [p.rotation.result.last_chance for p in view.assessment.people if p.rotation.result.last_chance]
    within = [day for day in due if day <= april(2031)]
    assert within
    assert sum(r["異動（人）"] for r in rows if r["数え方"] == "遅くとも") == len(within)


# stays -------------------------------------------------------------------------------------------------------


def book_with(*rules):
    policy = replace(POLICY, rotation=replace(POLICY.rotation, stays=rules))
    return organisation.book(whole_view(reading=reading_of(policy=policy)), "x.xlsx")


def test_stays_are_looked_at_only_where_there_is_a_rule():
    assert "在籍の長さ" not in [s.name for s in book_with().sheets]
    rule = StayRule("watch", "見たい在籍", maximum_years=5, observation=True, basis=Basis.SET_BY_CITY)
    sheet = next(s for s in book_with(rule).sheets if s.name == "在籍の長さ")
    said = [c.value for c in sheet.cells]
    assert {"見たい在籍", "参考", "長期在籍"} <= {v for v in said if isinstance(v, str)}


def test_an_observation_is_for_reference_for_everybody():
    rule = StayRule("watch", "見たい在籍", maximum_years=5, ranks=("shuji",), observation=True, basis=Basis.SET_BY_CITY)
    policy = replace(POLICY, rotation=replace(POLICY.rotation, stays=(rule,)))
    people = assessment_of([employee("1"), employee("2", title="課長")], reading_of(policy=policy)).people
    assert [(p.stay.status.value, p.stay.degree.value) for p in people] == [
        ("within", "reference"),
        ("not_applicable", "reference"),
    ]
