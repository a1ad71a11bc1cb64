"""Courses with conditions that name other courses, and what is noticed of completions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from hrbook.core.assessment import Assessment
from hrbook.core.results import TrainingResult
from hrbook.core.roster import UNREADABLE, Completion, Employee, Employment, Outcome
from hrbook.core.source import Basis
from hrbook.core.training_policy import Course, Target, Window
from tests.sheets.builders import POLICY, assessment_of, completion, employee, leave, order, reading_of

COURSES = {course.code: course for course in POLICY.training.courses}
FIRST = Target(service_year=Window(1, 1))


def course(code: str, *targets: Target, timing: Basis = Basis.STATED, **more: object) -> Course:
    return replace(COURSES["TS-K01"], code=code, timing=timing, targets=targets or (Target(),), **more)  # type: ignore[arg-type]


def judged(person: Employee, *courses: Course, **reading: object) -> Assessment:
    policy = replace(POLICY, training=replace(POLICY.training, courses=courses))
    return assessment_of([person], reading_of(policy=policy, **reading))


def result(person: Employee, *courses: Course, **reading: object) -> TrainingResult:
    """The answer for the last of the courses."""
    (found,) = judged(person, *courses, **reading).people
    return list(found.trainings.values())[-1].result


def answer(person: Employee, *courses: Course, **reading: object) -> tuple[str, str]:
    found = result(person, *courses, **reading)
    return found.status, found.reason


def with_rows(person: Employee, *rows: Completion) -> Employee:
    return replace(person, completions=rows)


def taken(code: str, year: int, outcome: Outcome = Outcome.COMPLETED) -> Completion:
    return completion(code, date(year, 6, 1), outcome)


def unreadable(code: str) -> Completion:
    return replace(taken(code, 2020), on=UNREADABLE)


ANYBODY = employee("1", hired=date(2020, 4, 1))


def test_a_prerequisite_that_no_catalogue_knows_is_missing() -> None:
    asked = course("B", prerequisites=("A", "NEVER-HELD"))
    assert result(ANYBODY, course("A"), asked).missing_prerequisites == ("A", "NEVER-HELD")
    assert result(with_rows(ANYBODY, taken("A", 2020)), course("A"), asked).missing_prerequisites == ("NEVER-HELD",)


def test_whoever_has_taken_the_other_course_need_not_take_this_one() -> None:
    asked = course("B", excludes=("A",))
    assert answer(ANYBODY, course("A"), asked)[0] == "in_target"
    assert answer(with_rows(ANYBODY, taken("A", 2020)), course("A"), asked) == ("not_applicable", "excluded_by_course")
    assert answer(with_rows(ANYBODY, unreadable("A")), course("A"), asked) == ("undetermined", "register_unreadable")


def test_whoever_has_passed_the_rank_need_not_take_it_whatever_the_register_says() -> None:
    asked = course("B", Target(ranks=("shuji",)), excludes=("A",))
    chief = employee("1", title="係長", hired=date(2010, 4, 1))
    for rows in ((), (taken("A", 2012),), (unreadable("A"),)):
        assert answer(with_rows(chief, *rows), course("A"), asked) == ("lapsed", "rank_passed")


def test_whoever_stepped_down_from_above_need_not_take_it_either() -> None:
    """A year in the rank again, and a course for that year: the rank was passed long ago."""
    orders = (
        order(date(2000, 4, 1), "市民課", hire=True),
        order(date(2012, 4, 1), "市民課", title="課長", row=3),
        replace(order(date(2026, 4, 1), "市民課", title="係長", row=4), step_down=True),
    )
    down = employee("1", title="係長", hired=date(2000, 4, 1), rank_start=None, orders=orders)
    asked = course("B", Target(ranks=("kakaricho",)), excludes=("A",))
    assert answer(with_rows(down, unreadable("A")), course("A"), asked) == ("lapsed", "rank_passed")


def test_where_the_time_of_a_course_is_open_an_exclusion_that_cannot_be_read_is_told() -> None:
    asked = course("B", timing=Basis.UNSET, excludes=("A",))
    assert answer(with_rows(ANYBODY, unreadable("A")), course("A"), asked) == ("undetermined", "register_unreadable")


def test_not_in_the_year_of_another_course() -> None:
    asked = course("B", not_in_year_of=("A", "NEVER-HELD"))
    fresh = employee("1", hired=date(2026, 4, 1))
    assert answer(fresh, course("A", FIRST), asked) == ("upcoming", "window_ahead"), "the first year is that of the other"
    assert result(fresh, course("A", FIRST), asked).target_fy == 2027
    assert answer(ANYBODY, course("A", FIRST), asked)[0] == "in_target"
    now = with_rows(ANYBODY, taken("A", 2026))
    assert answer(now, course("A"), asked, as_of=date(2026, 10, 1))[0] == "upcoming"
    assert answer(with_rows(ANYBODY, unreadable("A")), course("A"), asked)[0] == "undetermined"
    assert answer(fresh, course("A", timing=Basis.UNSET), asked)[0] == "in_target", "a course without a time blocks no year"


def test_a_completion_before_the_rank_it_is_for_is_noted() -> None:
    def noted(rank: str, title: str, on: int) -> bool:
        person = employee("1", hired=date(2015, 4, 1), title=title, rank_start=date(2024, 4, 1))
        person = replace(person, orders=(replace(person.orders[0], title="主事", rank="shuji"),))
        found = judged(with_rows(person, taken("B", on)), course("B", Target(ranks=(rank,)))).findings
        return "HR453" in [finding.code for finding in found]

    assert noted("shunin", "主任", 2023) and not noted("shunin", "主任", 2024)
    assert not noted("shuji", "主任", 2023), "nobody is below the lowest rank"
    assert not noted("kacho", "主任", 2023), "the rank has not begun"


def test_of_several_completions_the_latest_counts_and_a_lecturer_only_where_that_counts() -> None:
    rows = (taken("B", 2021), taken("B", 2023), taken("B", 2024, Outcome.LECTURER))
    assert result(with_rows(ANYBODY, *rows), course("B")).completed_fy == 2023
    lectured = result(with_rows(ANYBODY, *rows), course("B", lecturer_counts=True))
    assert (lectured.completed_fy, lectured.lecturer) == (2024, True)
    both = (taken("B", 2024, Outcome.LECTURER), taken("B", 2024))
    assert not result(with_rows(ANYBODY, *both), course("B", lecturer_counts=True)).lecturer, "who sat in it took it"


@pytest.mark.parametrize(("last", "status"), [(2023, "completed"), (2022, "in_target")])
def test_a_course_that_repeats_is_due_again_after_its_years(last: int, status: str) -> None:
    again = course("B", repeat_years=4)
    assert answer(with_rows(ANYBODY, taken("B", last)), again)[0] == status


def test_a_course_that_stands_in_for_another_one_and_for_the_one_before_that() -> None:
    chain = (course("A", replaced_by=("B",)), course("B", replaced_by=("C",)), course("C"))
    done = with_rows(ANYBODY, taken("C", 2022))
    (found,) = judged(done, *chain).people
    assert [one.status for one in found.trainings.values()] == ["completed"] * 3
    (found,) = judged(with_rows(ANYBODY, taken("A", 2022)), *chain).people
    assert [one.status for one in found.trainings.values()] == ["completed", "in_target", "in_target"]


def test_an_exemption_holds_from_its_day_and_for_its_own_course() -> None:
    exempt = with_rows(ANYBODY, taken("B", 2022, Outcome.EXEMPT))
    assert answer(exempt, course("B")) == ("exempt", "exemption_on_record")
    assert answer(with_rows(ANYBODY, taken("B", 2026, Outcome.EXEMPT)), course("B"))[0] == "in_target"
    assert answer(exempt, course("B"), course("A", replaced_by=("B",)))[0] == "in_target"


def test_a_window_without_a_beginning() -> None:
    asked = course("B", Target(service_year=Window(None, 3)))
    assert answer(employee("1", hired=date(2024, 4, 1)), asked) == ("in_target", "window_now")
    passed = result(employee("1", hired=date(2023, 4, 1)), asked)
    assert (passed.status, passed.target_fy, passed.window_end) == ("overdue", 2023, 2025)


def test_a_window_before_the_register_began() -> None:
    asked = course("B", FIRST)
    person = employee("1", hired=date(2020, 4, 1))
    assert answer(person, asked, register_start=2020) == ("overdue", "window_passed")
    assert answer(person, asked, register_start=2021) == ("undetermined", "before_register")
    assert answer(person, asked, register_start=None)[1] in ("before_register",)


def test_a_window_five_years_ahead_is_the_last_that_is_told() -> None:
    def at(year: int) -> tuple[str, str]:
        return answer(employee("1", hired=date(2026, 4, 1)), course("B", Target(service_year=Window(year, year))))

    assert at(6) == ("upcoming", "window_ahead") and at(7) == ("not_applicable", "no_window")


def test_on_leave_in_the_year_of_the_window() -> None:
    fresh = employee("1", hired=date(2026, 4, 1))
    asked = course("B", FIRST)
    away = replace(fresh, leaves=(leave(date(2026, 4, 1)),))
    assert answer(away, asked) == ("deferred", "on_leave")
    unclear = replace(fresh, leaves=(replace(leave(date(2026, 4, 1)), end=UNREADABLE),))
    assert answer(unclear, asked) == ("undetermined", "leave_unreadable")


def test_a_window_that_was_spent_on_leave_moves_to_the_return() -> None:
    def moved(end: date | None, start: date = date(2024, 4, 1), **more: object) -> tuple[str, int | None]:
        person = replace(employee("1", hired=date(2024, 4, 1)), leaves=(leave(start, end),), **more)  # type: ignore[arg-type]
        found = result(person, course("B", FIRST))
        return found.status, found.target_fy

    assert moved(date(2025, 3, 31)) == ("overdue", 2025), "back on 1 April 2025"
    assert moved(date(2025, 4, 1)) == ("overdue", 2025)
    assert moved(date(2026, 3, 31)) == ("in_target", 2026)
    assert moved(None) == ("deferred", 2026)
    assert moved(date(2025, 3, 30)) == ("overdue", 2024), "a day at work in the year"
    assert moved(date(2026, 3, 31), date(2024, 4, 2)) == ("overdue", 2024)


def test_what_cannot_be_told_of_the_person_is_said() -> None:
    asked = course("B", Target(service_year=Window(3, 3)))
    assert answer(replace(ANYBODY, hired=None, orders=()), asked) == ("undetermined", "hire_unknown")
    aged = course("B", Target(age_of_year=Window(30, 30)))
    assert answer(replace(ANYBODY, birth=None), aged) == ("undetermined", "birth_unknown")
    ranked = course("B", Target(ranks=("shunin",)))
    assert answer(replace(ANYBODY, title="謎の職", rank=None), ranked) == ("undetermined", "rank_unknown")


@pytest.mark.parametrize(("age", "status"), [(14, "not_applicable"), (15, "undetermined")])
def test_nobody_of_unknown_hire_was_hired_before_the_end_of_school(age: int, status: str) -> None:
    """Thirty years old now: hired in 2011 at the earliest."""
    person = replace(ANYBODY, hired=None, rank_start=None, orders=())
    assert answer(person, course("B", Target(age_of_year=Window(age, age))))[0] == status


def test_a_title_of_no_known_rank_that_is_held_since_a_day_that_is_known() -> None:
    """Since April 2024 the person has a rank, but nobody can say which: any course for the first year in one may be missed."""
    person = replace(ANYBODY, title="謎の職", rank=None, rank_start=date(2024, 4, 1), orders=())
    asked = course("B", Target(ranks=("shunin",), rank_year=Window(1, 1)))
    assert answer(person, asked) == ("undetermined", "rank_unknown")


def test_somebody_of_whom_neither_hire_nor_birth_is_known() -> None:
    person = replace(ANYBODY, hired=None, rank_start=None, birth=None, orders=())
    assert answer(person, course("B", FIRST)) == ("undetermined", "hire_unknown")


@pytest.mark.parametrize(
    ("employment", "told"),
    [
        (Employment.FISCAL_YEAR, ("not_applicable", "outside_population")),
        (None, ("undetermined", "employment_unknown")),
        (Employment.REAPPOINTED, ("in_target", "window_now")),
    ],
)
def test_whom_the_courses_are_for(employment: Employment | None, told: tuple[str, str]) -> None:
    assert answer(replace(ANYBODY, employment=employment), course("B")) == told


def conditions() -> Iterable[tuple[Target, Employee, str]]:
    roles = replace(ANYBODY, roles=("デジタル推進員",))
    yield Target(job_families=("一般",)), ANYBODY, "in_target"
    yield Target(job_families=("土木",)), ANYBODY, "not_applicable"
    yield Target(job_families=("土木",)), replace(ANYBODY, job_family=""), "undetermined"
    yield Target(hire_routes=("新規",)), ANYBODY, "in_target"
    yield Target(hire_routes=("経験者",)), ANYBODY, "not_applicable"
    yield Target(hire_routes=("経験者",)), replace(ANYBODY, hire_route=""), "undetermined"
    yield Target(hire_routes=("経験者",), job_families=("土木",)), replace(ANYBODY, hire_route=""), "not_applicable"
    yield Target(role="デジタル"), roles, "in_target"
    yield Target(role="デジタル"), ANYBODY, "not_applicable"
    yield Target(nominated=True), replace(ANYBODY, roles=("B",)), "in_target"
    yield Target(nominated=True), roles, "not_applicable"
    yield Target(hired_mid_year=True), ANYBODY, "not_applicable"
    yield Target(hired_mid_year=True), employee("1", hired=date(2025, 10, 1)), "in_target"
    yield Target(age_of_year=Window(30, 30)), ANYBODY, "in_target"  # born in May 1996: 30 by March 2027
    yield Target(age_of_year=Window(31, None)), ANYBODY, "upcoming"
    yield Target(ranks=("shuji",), rank_year=Window(7, 7)), ANYBODY, "in_target"
    yield Target(ranks=("shuji",), rank_year=Window(8, 8)), ANYBODY, "upcoming"
    yield Target(ranks=("shuji",), entered_mid_year=True), ANYBODY, "not_applicable"


@pytest.mark.parametrize(("target", "person", "status"), list(conditions()))
def test_whom_a_target_is_for(target: Target, person: Employee, status: str) -> None:
    assert answer(person, course("B", target))[0] == status
