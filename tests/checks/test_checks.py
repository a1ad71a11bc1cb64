"""Audit checks: each holds on a sound run, and each breaks where its fact is broken."""

from dataclasses import replace

import pytest

from hrbook.checks import CheckResult, Term, run_checks
from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.words import load_labels
from tests.sheets.whole import lost_row, whole_view


@pytest.fixture(scope="module")
def view():
    aside, finding = lost_row()
    return whole_view(aside=[aside], findings=[finding])


def broken(view, **changes):
    """Codes of the checks that no longer hold when parts of the assessment are replaced."""
    return {r.code for r in run_checks(replace(view, assessment=replace(view.assessment, **changes))) if not r.holds}


def with_person(view, number, **changes):
    people = list(view.assessment.people)
    people[number] = replace(people[number], **changes)
    return tuple(people)


def test_all_hold_on_a_sound_run(view):
    results = run_checks(view)
    assert len(results) == len({r.code for r in results}) >= 10
    assert [r.code for r in results if not r.holds] == []


def test_both_sides_are_laid_open(view):
    population = next(r for r in run_checks(view) if r.code == "C01")
    assert population.left == (Term("rows_read", 10),)
    assert population.right == (Term("people", 8), Term("not_judged", 1), Term("set_aside", 1))


def test_a_lost_row(view):
    assert "C01" in broken(view, roster=replace(view.assessment.roster, rows_read=11))


def test_a_person_in_no_department_or_in_two(view):
    one, *others = view.departments
    missing = replace(one, people=one.people[1:])
    assert [r.code for r in run_checks(replace(view, departments=(missing, *others))) if not r.holds] == ["C02"]
    assert [r.code for r in run_checks(replace(view, departments=(one, one, *others))) if not r.holds] == ["C02"]


def test_a_missing_judgement(view):
    first = view.assessment.people[0]
    fewer = dict(list(first.trainings.items())[1:])
    assert {"C03", "C04"} <= broken(view, people=with_person(view, 0, trainings=fewer))


def test_a_status_that_the_rule_does_not_know(view):
    first = view.assessment.people[0]
    strange = replace(first.rotation, result=replace(first.rotation.result, status="lost"))
    assert "C04" in broken(view, people=with_person(view, 0, rotation=strange))


def test_weights_that_do_not_add_up(view):
    first = view.assessment.people[0]
    weights = dict(list(first.competency.result.weights.items())[1:])
    changed = replace(first.competency, result=replace(first.competency.result, weights=weights))
    assert "C05" in broken(view, people=with_person(view, 0, competency=changed))


def test_a_standing_that_its_count_does_not_bear(view):
    place = next(n for n, p in enumerate(view.assessment.people) if p.rotation.result.status is RotationStatus.NEEDS_PLAN)
    person = view.assessment.people[place]
    for status in (RotationStatus.MET, RotationStatus.NOT_REACHED, RotationStatus.OUT_OF_REACH):
        wrong = replace(person.rotation, result=replace(person.rotation.result, status=status))
        assert "C06" in broken(view, people=with_person(view, place, rotation=wrong))


def test_a_completion_without_a_record(view):
    place, code = next(
        (n, code)
        for n, p in enumerate(view.assessment.people)
        for code, j in p.trainings.items()
        if j.result.status is TrainingStatus.COMPLETED
    )
    person = view.assessment.people[place]
    bare = replace(person.trainings[code], evidence=())
    assert "C07" in broken(view, people=with_person(view, place, trainings={**person.trainings, code: bare}))


def test_excused_without_a_reason(view):
    place = next(n for n, p in enumerate(view.assessment.people) if p.rotation.result.status is RotationStatus.EXCUSED)
    bare = replace(view.assessment.people[place].employee, reasons=())
    assert "C08" in broken(view, people=with_person(view, place, employee=bare))


def test_a_judgement_without_cells(view):
    bare = replace(view.assessment.people[0].career, evidence=())
    assert "C09" in broken(view, people=with_person(view, 0, career=bare))


def test_a_rule_without_a_clause(view):
    policy = replace(view.policy, clauses={k: c for k, c in view.policy.clauses.items() if k != view.policy.rotation.clause})
    assert "C10" in broken(view, reading=replace(view.assessment.reading, policy=policy))


def test_a_row_set_aside_without_a_word(view):
    assert "C11" in broken(view, findings=())


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_check_and_term_has_words(view, language):
    labels = load_labels(language)
    for result in run_checks(view):
        assert labels(f"checks.{result.code}.name")
        assert all(labels(f"checks.term.{t.key}") for t in (*result.left, *result.right))


def test_the_difference_is_left_less_right():
    result = CheckResult("C00", (Term("people", 5),), (Term("people", 3), Term("set_aside", 1)))
    assert (result.left_total, result.right_total, result.difference, result.holds) == (5, 4, 1, False)
