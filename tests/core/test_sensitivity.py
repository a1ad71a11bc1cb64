"""The grid of readings, against the plain way: every combination judged as a run of its own."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from hrbook.core.roster import Nature
from hrbook.core.rotation_policy import MidCareer
from hrbook.core.sensitivity import grid_of
from tests.sheets.builders import POLICY, assessment_of, employee, leave, order, reading_of

GRID = grid_of(POLICY.rotation.reading)
TAX, CITIZENS, MONEY = "課税課", "市民課", "財政課"


def april(year):
    return date(year, 4, 1)


def people():
    away = order(april(2021), "都の派遣先", nature=Nature.SECONDMENT, row=3)
    seconded = [order(april(2017), TAX, hire=True), away, order(april(2023), CITIZENS, row=4)]
    short = (april(2017), TAX), (date(2020, 4, 1), CITIZENS), (date(2020, 10, 1), MONEY)
    return [
        employee("new", hired=april(2026)),
        employee("slow", (april(2018), TAX), hired=april(2018)),
        employee("seconded", hired=april(2017), orders=seconded),
        employee("short", *short, hired=april(2017)),
        employee("late", (april(2016), TAX), (april(2019), CITIZENS), (april(2026), MONEY), hired=april(2016)),
        employee(
            "leave", (april(2016), TAX), (april(2019), CITIZENS), (april(2026), MONEY), hired=april(2016),
            leaves=(leave(april(2020), date(2021, 4, 30)),),
        ),
        employee("midcareer", (april(2018), TAX), hired=april(2018), hire_route="経験者採用"),
        employee("manager", title="課長", hired=april(2000)),
    ]  # fmt: skip


def judged(reading):
    found = assessment_of(people(), reading_of(rotation={}) if reading is None else replace(reading_of(), rotation=reading))
    return {p.employee.staff_id: p.rotation.result for p in found.people}


def with_routes(reading):
    return replace(reading, midcareer_routes=("経験者",))


@pytest.mark.parametrize("declared", ["same", "exclude", "strict"])
def test_the_grid_is_what_every_combination_gives(declared):
    own = with_routes(POLICY.rotation.reading)
    if declared == "exclude":
        own = replace(own, midcareer=MidCareer.EXCLUDE)
    if declared == "strict":
        own = replace(own, min_stay_months=12, secondment_counts=False, leave_extends_window=True)
    grid, base = grid_of(own), judged(own)
    statuses = {names: judged(reading) for names, reading in grid.readings.items()}
    for who, result in base.items():
        if not result.readings_tried:
            assert who == "manager"
            continue
        turned = {n: found[who].status for n, found in statuses.items() if found[who].status is not result.status}
        assert (result.readings_tried, result.readings_same) == (len(statuses), len(statuses) - len(turned)), who
        least = {
            n: s for n, s in turned.items() if not any(part in turned for size in range(len(n)) for part in combinations(n, size))
        }
        assert dict(result.turns_on) == {n[0]: s.value for n, s in least.items() if len(n) == 1}, who
        assert dict(result.turns_together) == {"+".join(n): s.value for n, s in least.items() if len(n) > 1}, who


def test_the_topics_of_the_issue_are_all_in_the_grid():
    assert {name for names in GRID.topics.values() for name in names} == {
        "window_years=9", "window_years=11", "min_stay_months=12", "secondment_counts=no", "leave_extends_window=yes",
        "unit=bureau", "unit=section", "midcareer=exclude",
    }  # fmt: skip
    assert len(GRID.readings) == 3 * 2 * 2 * 2 * 3 * 2


def test_somebody_left_out_by_the_declared_reading_alone_is_tried_too():
    result = judged(replace(with_routes(POLICY.rotation.reading), midcareer=MidCareer.EXCLUDE))["midcareer"]
    assert result.status.value == "not_applicable"
    assert dict(result.turns_on)["midcareer=same"] == "needs_plan"
