"""Courses that nobody can be due for, targets that repeat each other, names and relations that cannot matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from hrbook.core.calendar import fiscal_year
from hrbook.core.fold import fold
from hrbook.core.source import Basis
from hrbook.core.training_policy import Course, Target, Window
from hrbook.lint import Desk, Remark, warn

FIRST, LAST = 1, 60  # years of service and in a rank
YOUNGEST, OLDEST = 15, 80


def remarks(desk: Desk) -> Iterator[Remark]:
    """Every course by itself and against the others."""
    policy = desk.policy
    courses = {course.code: course for course in policy.training.courses}
    since = None if policy.effective_from is None else fiscal_year(policy.effective_from)
    for index, course in enumerate(policy.training.courses):
        loc = ("training", "courses", index)
        for remark in (*_targets(course), *_names(course, since), *_relations(course, courses)):
            yield warn(remark.code, *loc, *remark.loc, subject=course.code, course=course.name, **remark.facts)
    places = Counter((c.provider, c.category, c.order) for c in policy.training.courses)
    for index, course in enumerate(policy.training.courses):
        if places[course.provider, course.category, course.order] > 1:
            yield warn(
                "HR639", "training", "courses", index, "order", course=course.name, found=course.order, subject=course.code
            )
    for index, provider in enumerate(policy.training.providers):
        if courses and provider.id not in {c.provider for c in courses.values()}:
            yield warn("HR640", "training", "providers", index, name=provider.name)
    for index, category in enumerate(policy.training.categories):
        if courses and category.id not in {c.category for c in courses.values()}:
            yield warn("HR640", "training", "categories", index, name=category.name)


def _targets(course: Course) -> Iterator[Remark]:
    for index, target in enumerate(course.targets):
        if course.timing is Basis.UNSET and any(_windows(target)):
            yield warn("HR638", "targets", index)
        if not _possible(target):
            yield warn("HR631", "targets", index)
        for other, earlier in enumerate(course.targets):
            if other != index and _covers(earlier, target) and (other < index or not _covers(target, earlier)):
                yield warn("HR632", "targets", index, number=other + 1)
                break
    if not course.targets:
        yield warn("HR631", "code")


def _windows(target: Target) -> tuple[Window | None, ...]:
    return target.service_year, target.rank_year, target.age_of_year


def _possible(target: Target) -> bool:
    """Whether somebody can be in a target at all: a year of service needs an age, a year in a rank a year of service, and a
    hire in the midst of a year that the years of service reach beyond nothing."""
    service, rank, age = target.service_year, target.rank_year, target.age_of_year
    if age is not None and service is not None and (age.last or OLDEST) < YOUNGEST + (service.first or FIRST) - 1:
        return False
    if rank is not None and service is not None and (rank.first or FIRST) > (service.last or LAST):
        return False
    return age is None or ((age.last or OLDEST) >= YOUNGEST and (age.first or YOUNGEST) <= OLDEST)


def _covers(one: Target, other: Target) -> bool:
    """Whether everybody of `other` is in `one` too."""
    return (
        (not one.ranks or (bool(other.ranks) and set(other.ranks) <= set(one.ranks)))
        and all(_holds(a, b) for a, b in zip(_windows(one), _windows(other), strict=True))
        and (not one.job_families or one.job_families == other.job_families)
        and (not one.hire_routes or one.hire_routes == other.hire_routes)
        and (not one.hired_mid_year or other.hired_mid_year)
        and (not one.entered_mid_year or other.entered_mid_year)
        and (not one.role or one.role == other.role)
        and (not one.nominated or other.nominated)
    )


def _holds(one: Window | None, other: Window | None) -> bool:
    if one is None:
        return True
    if other is None:
        return False
    return (one.first or FIRST) <= (other.first or FIRST) and (one.last or LAST) >= (other.last or LAST)


def _names(course: Course, since: int | None) -> Iterator[Remark]:
    seen: dict[str, list[int]] = {}
    for index, name in enumerate(course.names):
        own = fold(name.name) == fold(course.name) and name.first_year is None and name.last_year is None
        if own and index < len(course.names) - 1:
            yield warn("HR633", "names", index, name=name.name)
        if since is not None and name.last_year is not None and name.last_year < since - LAST:
            yield warn("HR633", "names", index, name=name.name)
        for other in seen.setdefault(fold(name.name), []):
            earlier = course.names[other]
            if (earlier.last_year or 9999) >= (name.first_year or 0) and (name.last_year or 9999) >= (earlier.first_year or 0):
                yield warn("HR634", "names", index, name=name.name)
        seen[fold(name.name)].append(index)


def _relations(course: Course, courses: Mapping[str, Course]) -> Iterator[Remark]:
    for relation, code in (("prerequisites", "HR635"), ("replaced_by", "HR636")):
        if _circle(course.code, relation, courses):
            yield warn(code, relation)
    for index, other in enumerate(course.prerequisites):
        if other in course.excludes:
            yield warn("HR637", "prerequisites", index, other=courses[other].name)
        elif other in courses and _later(courses[other], course):
            yield warn("HR641", "prerequisites", index, other=courses[other].name)
    for index, barred in enumerate(course.not_in_year_of):
        blocking = courses.get(barred)
        if blocking is None or blocking.timing is Basis.UNSET:
            continue
        if all(any(_covers(wide, target) for wide in blocking.targets) for target in course.targets):
            yield warn("HR642", "not_in_year_of", index, other=blocking.name)


def _circle(code: str, relation: str, courses: Mapping[str, Course]) -> bool:
    seen: set[str] = set()
    waiting = list(getattr(courses[code], relation))
    while waiting:
        at = waiting.pop()
        if at == code:
            return True
        if at not in seen and at in courses:
            seen.add(at)
            waiting += getattr(courses[at], relation)
    return False


def _later(needed: Course, course: Course) -> bool:
    """Whether every window of service years of the one begins after every one of the other has ended."""
    begins = [t.service_year.first for t in needed.targets if t.service_year and t.service_year.first]
    ends = [t.service_year.last for t in course.targets if t.service_year and t.service_year.last]
    timed = needed.timing is not Basis.UNSET and course.timing is not Basis.UNSET
    whole = len(begins) == len(needed.targets) and len(ends) == len(course.targets)
    return timed and whole and bool(begins) and min(begins) > max(ends)
