"""Organisation-wide counts: every table adds up to the people and judgements that it counts."""

import subprocess
import sys
from dataclasses import replace

import pytest

from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.summary import HIRED, UNKNOWN, Table, summarise
from tests.sheets.builders import employee
from tests.sheets.whole import april, whole_view


@pytest.fixture(scope="module")
def view():
    return whole_view()


@pytest.fixture(scope="module")
def summary(view):
    return summarise(view.assessment, view.departments)


def test_everybody_is_counted_once_by_rank_status_and_tier(view, summary):
    people = len(view.assessment.people)
    assert summary.ranks.total == summary.rotation.total == summary.tiers.total == people == 8
    assert summary.trainings.total == summary.courses.total == people * len(view.policy.training.courses)
    for table in (summary.ranks, summary.rotation, summary.tiers):
        assert [sum(row) for row in table.counts] == [len(d.people) for d in view.departments]


def test_an_unmapped_title_is_counted_apart(summary):
    assert summary.ranks.total_of(UNKNOWN) == 1


def test_statuses_are_those_of_the_judgements(view, summary):
    said = [p.rotation.result.status for p in view.assessment.people]
    for status in RotationStatus:
        assert summary.rotation.total_of(status.value) == said.count(status)
    done = [j for p in view.assessment.people for j in p.trainings.values() if j.result.status is TrainingStatus.COMPLETED]
    assert summary.courses.at("TC-K01", TrainingStatus.COMPLETED.value) == len(done) == 1


def test_people_with_something_to_do_are_counted_once(view, summary):
    for status in (TrainingStatus.IN_TARGET, TrainingStatus.OVERDUE):
        people = [p for p in view.assessment.people if any(j.result.status is status for j in p.trainings.values())]
        assert summary.people_to_do.total_of(status.value) == len(people)


def test_the_window_is_running_or_over_for_everybody_inside_the_guide(summary):
    inside = summary.rotation.total - summary.rotation.total_of(RotationStatus.NOT_APPLICABLE.value)
    assert summary.window.total == inside


def test_last_chances_leave_no_spring_out(view, summary):
    chances = sorted(p.rotation.result.last_chance.year for p in view.assessment.people if p.rotation.result.last_chance)
    assert list(summary.last_chance.rows) == list(range(2027, chances[-1] + 1))
    assert summary.last_chance.total == len(chances)


def test_an_ability_counts_the_people_whose_rank_carries_the_strongest_mark(view, summary):
    execution = next(a for a in view.policy.competency.abilities if a.id == "execution")
    strong = {rank for rank, mark in execution.marks.items() if mark == "especially"}
    assert summary.abilities.total_of("execution") == sum(p.employee.rank in strong for p in view.assessment.people)


def test_flows_are_moves_of_the_latest_three_years(summary):
    """Only the hires of 2026 and the moves of 2024 and 2026 fall into FY2024 to FY2026."""
    assert summary.flow_years == (2024, 2026)
    assert sum(summary.flow.row(HIRED)) == 1
    assert summary.flow.total == 3


def test_nobody_gives_empty_tables():
    empty = whole_view(people=[])
    counted = summarise(empty.assessment, empty.departments)
    assert counted.rotation.total == 0
    assert counted.last_chance.rows == ()


def test_a_value_without_a_place_is_no_silent_loss(view):
    first = view.departments[0]
    strange = replace(first.people[0], employee=replace(first.people[0].employee, rank="of another policy"))
    with pytest.raises(ValueError, match="no place"):
        summarise(view.assessment, [replace(first, people=(strange,))])


def test_a_missing_row_or_column_counts_zero():
    table = Table(("a",), ("x", "y"), ((1, 2),))
    assert (table.at("a", "y"), table.at("b", "y"), table.at("a", "z")) == (2, 0, 0)
    assert table.row("b") == (0, 0)
    assert table.totals() == (1, 2)


def test_service_years_are_banded_by_five():
    view = whole_view([employee("1", hired=april(2026)), employee("2", hired=april(2022)), employee("3", hired=april(2021))])
    assert summarise(view.assessment, view.departments).service.rows == (1, 6)


def test_pandas_is_imported_only_where_it_tabulates():
    code = "import sys, hrbook.summary, hrbook.sheets.organisation; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
