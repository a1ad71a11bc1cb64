"""What is on record for a course."""

from datetime import date
from typing import Any

from .dates import day, fy
from .logic import Truth
from .orders import Person, World

Course = dict[str, Any]
COMPLETED, LECTURER, EXEMPT = "修了", "講師", "免除"


def result_of(record: dict[str, Any]) -> str:
    return record["result"] or COMPLETED


def successors(course: Course, world: World) -> list[Course]:
    """The courses that replace this one, and what replaces those."""
    found: list[Course] = []
    waiting = list(course["replaced_by"])
    while waiting:
        code = waiting.pop(0)
        for other in world["courses"]:
            if other["code"] == code and other is not course and other not in found:
                found.append(other)
                waiting.extend(other["replaced_by"])
    return found


def is_for(record: dict[str, Any], course: Course) -> bool:
    return record["course"] == course["code"] or record["course"] in course["names"]


def passes(person: Person, course: Course, world: World) -> list[dict[str, Any]]:
    """Records that count as a completion of the course or of one that replaces it, whatever their date."""
    accepted = {COMPLETED} | ({LECTURER} if course["lecturer_counts"] else set())
    return [
        r
        for r in person["completions"]
        if result_of(r) in accepted and any(is_for(r, c) for c in [course, *successors(course, world)])
    ]


def completion_dates(person: Person, course: Course, world: World) -> list[date]:
    dates = [d for r in passes(person, course, world) if (d := day(r["date"])) is not None and d <= world["as_of"]]
    return sorted(dates)


def completed(person: Person, course: Course, world: World) -> tuple[Truth, date | None]:
    """Completed by the as-of date (within the repeat interval), and the latest such date."""
    years = course["repeat_years"]
    valid = [d for d in completion_dates(person, course, world) if not years or world["year"] - fy(d) < years]
    if valid:
        return True, valid[-1]
    return (None if any(day(r["date"]) is None for r in passes(person, course, world)) else False), None


def ever_completed(person: Person, course: Course, world: World) -> Truth:
    if completion_dates(person, course, world):
        return True
    return None if any(day(r["date"]) is None for r in passes(person, course, world)) else False


def exempt(person: Person, course: Course, world: World) -> bool:
    """An exemption on record, not dated after the as-of date."""
    return any(
        result_of(r) == EXEMPT and is_for(r, course) and not ((d := day(r["date"])) is not None and d > world["as_of"])
        for r in person["completions"]
    )


def register_start(world: World) -> int | None:
    """The FY from which the register is kept: as set, else the FY of the earliest 修了 of anybody."""
    if world["register_start"] is not None:
        return int(world["register_start"])
    dates = [
        d
        for r in world["all_completions"]
        if result_of(r) == COMPLETED and (d := day(r["date"])) is not None and d <= world["as_of"]
    ]
    return fy(min(dates)) if dates else None
