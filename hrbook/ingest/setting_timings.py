"""The sheet of course timings: targets, seats and dates that the city sets for courses of the policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from hrbook.core.policy import Policy
from hrbook.core.source import Basis, RowRef
from hrbook.core.training_policy import Course, Target, TrainingPolicy, Window
from hrbook.ingest.courses import CourseIndex
from hrbook.ingest.setting_kinds import Kinds, near, refuse
from hrbook.ingest.values import read_text
from hrbook.ingest.vocabulary import key

T = TypeVar("T")
CONDITIONS = (
    "ranks",
    "service_first",
    "service_last",
    "rank_first",
    "rank_last",
    "age_first",
    "age_last",
    "job_families",
    "hire_routes",
    "role",
    "hired_mid_year",
    "entered_mid_year",
)


def set_timings(policy: Policy, rows: Iterable[RowRef], kinds: Kinds, year: int) -> TrainingPolicy:
    """The courses as they hold in fiscal year `year`. Rows of that year stand before rows of every year, course by course.

    Several rows of a course are alternatives. Rows without any condition leave the course's targets as they are.
    Raises Fault: an unknown course or rank, a number, date or yes that cannot be read, rows that disagree."""
    courses = CourseIndex(policy)
    by_course: dict[str, dict[int | None, list[RowRef]]] = {}
    for ref in rows:
        code = course_of(ref, courses, policy)
        held = kinds.year(ref, "year") if filled(ref, "year") else None
        by_course.setdefault(code, {}).setdefault(held, []).append(ref)
    changed = {code: _changed(policy, code, groups, kinds, year) for code, groups in by_course.items()}
    return replace(policy.training, courses=tuple(changed.get(c.code, c) for c in policy.training.courses))


def course_of(ref: RowRef, courses: CourseIndex, policy: Policy) -> str:
    """The course that a row names by its code or, without one, by its name. Raises Fault where the policy has no such course."""
    written, name = read_text(ref.raw_of("course_code")), read_text(ref.raw_of("course"))
    if written:
        code = next((c.code for c in policy.training.courses if key(c.code) == key(written)), None)
    else:
        code, _ = courses.find(name, "", None)
    if code is None:
        field = "course_code" if written else "course"
        known = [c.code for c in policy.training.courses] if written else [c.name for c in policy.training.courses]
        raise refuse("setting_course", ref, field, near=near(written or name, known))
    return code


def _changed(policy: Policy, code: str, groups: dict[int | None, list[RowRef]], kinds: Kinds, year: int) -> Course:
    course = next(c for c in policy.training.courses if c.code == code)
    targets = {held: [_target(ref, kinds) for ref in refs] for held, refs in groups.items()}
    refs = groups.get(year, groups.get(None))
    if refs is None:
        return course
    chosen = [target for target in targets[year if year in groups else None] if target is not None]
    mandatory = _one(refs, "mandatory", lambda ref: kinds.yes(ref, "mandatory"))
    repeat = _one(refs, "repeat_years", lambda ref: kinds.number(ref, "repeat_years", 1, 50))
    seats = _one(refs, "seats", lambda ref: kinds.number(ref, "seats", 0, 99_999))
    dates = tuple(dict.fromkeys(text for ref in refs if (text := read_text(ref.raw_of("dates")))))
    return replace(
        course,
        targets=tuple(chosen) or course.targets,
        timing=Basis.SET_BY_CITY if chosen else course.timing,
        mandatory=course.mandatory if mandatory is None else mandatory,
        repeat_years=course.repeat_years if repeat is None else repeat,
        seats=course.seats if seats is None else seats,
        dates=" / ".join(dates) or course.dates,
    )


def _one(refs: list[RowRef], field: str, read: Callable[[RowRef], T]) -> T | None:
    """The value that the rows of one course agree on; blank cells say nothing."""
    found = [(ref, read(ref)) for ref in refs if filled(ref, field)]
    for ref, value in found[1:]:
        if value != found[0][1]:
            raise refuse("setting_disagrees", ref, field, other=found[0][0].address(field))
    return found[0][1] if found else None


def _target(ref: RowRef, kinds: Kinds) -> Target | None:
    """The target of one row; None where it states no condition."""
    if not any(filled(ref, field) for field in CONDITIONS):
        return None
    everybody = key(read_text(ref.raw_of("ranks"))) in kinds.words.everybody
    return Target(
        ranks=kinds.ranks(ref, "ranks") if filled(ref, "ranks") and not everybody else (),
        service_year=_window(ref, kinds, "service", 1),
        rank_year=_window(ref, kinds, "rank", 1),
        age_of_year=_window(ref, kinds, "age", 15),
        job_families=kinds.texts(ref, "job_families"),
        hire_routes=kinds.texts(ref, "hire_routes"),
        hired_mid_year=filled(ref, "hired_mid_year") and kinds.yes(ref, "hired_mid_year"),
        entered_mid_year=filled(ref, "entered_mid_year") and kinds.yes(ref, "entered_mid_year"),
        role=kinds.text(ref, "role"),
    )


def _window(ref: RowRef, kinds: Kinds, name: str, least: int) -> Window | None:
    first, last = (
        kinds.number(ref, field, least, 99) if filled(ref, field) else None for field in (f"{name}_first", f"{name}_last")
    )
    if first is None and last is None:
        return None
    if first is not None and last is not None and last < first:
        raise refuse("setting_reversed", ref, f"{name}_last", other=first)
    return Window(first, last)


def filled(ref: RowRef, field: str) -> bool:
    """Whether something stands in the cell."""
    return ref.raw_of(field) is not None and read_text(ref.raw_of(field)) != ""
