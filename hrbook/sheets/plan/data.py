"""The plan for machines: demand, nominations, people left out, people away by day, and the assumptions, each in long form."""

from __future__ import annotations

from hrbook.core.plan_policy import CASES
from hrbook.core.seating import days_away
from hrbook.sheets.book import DataSheet, Value
from hrbook.sheets.plan.desk import Desk

ORDER = 100
COURSE = (("course", "text", 12), ("course_name", "text", 34), ("provider", "text", 24))
PERSON = (
    ("bureau", "text", 20),
    ("department", "text", 24),
    ("staff_id", "text", 12),
    ("name", "text", 20),
    ("rank", "text", 12),
)
Row = tuple[Value, ...]


def sheets(desk: Desk) -> tuple[DataSheet, ...]:
    """Five tables."""
    return (_demand(desk), _nominated(desk), _left(desk), _away(desk), _assumed(desk))


def _demand(desk: Desk) -> DataSheet:
    rows: list[Row] = []
    for plan in desk.plan.courses:
        course = plan.course
        head = (course.code, course.name, desk.provider(plan), desk.labels(f"basis.{course.timing.value}"))
        for place, (year, band) in enumerate(zip(desk.years, plan.demand.counts, strict=True)):
            waits = plan.waiting[place] if plan.waiting else None
            rows.append((*head, year, band.low, band.expected, band.high, plan.seats, waits))
    kinds = (
        *COURSE, ("timing", "text", 14), ("year", "integer", 10), ("low", "integer", 12), ("expected", "integer", 12),
        ("high", "integer", 12), ("seats", "integer", 12), ("waiting", "integer", 16),
    )  # fmt: skip
    return desk.table("plan_data_demand", kinds, rows)


def _person(desk: Desk, staff_id: str) -> Row:
    who = desk.plan.people[staff_id].employee
    rank = desk.view.policy.rank_name(who.rank)
    return (who.post.bureau or None, who.post.department or None, who.staff_id, who.name, rank or None)


def _nominated(desk: Desk) -> DataSheet:
    plan, rows = desk.plan, list[Row]()
    for course in plan.courses:
        head = (course.course.code, course.course.name, desk.provider(course))
        for session, people in course.sessions:
            for request in people:
                why = desk.labels(f"plan.urgency.{plan.urgency(request).value}")
                day = (session.number, session.first, session.last, session.place or None)
                rows.append((*head, *day, why, *_person(desk, request.staff_id)))
    kinds = (
        *COURSE, ("number", "integer", 8), ("first", "date", 14), ("last", "date", 14), ("place", "text", 20),
        ("urgency", "text", 16), *PERSON,
    )  # fmt: skip
    return desk.table("plan_data_nominated", kinds, rows)


def _left(desk: Desk) -> DataSheet:
    plan, rows = desk.plan, list[Row]()
    for course in plan.courses:
        head = (course.course.code, course.course.name, desk.provider(course))
        for entry in course.left:
            why = desk.labels(f"plan.urgency.{plan.urgency(entry.request).value}")
            rows.append((*head, why, *_person(desk, entry.request.staff_id), desk.why(entry)))
    return desk.table("plan_data_left", (*COURSE, ("urgency", "text", 16), *PERSON, ("why", "text", 60)), rows)


def _away(desk: Desk) -> DataSheet:
    names, limits = desk.departments(), desk.plan.asking.problem.limits
    rows: list[Row] = [
        (day, unit[0] or None, names[unit], count, limits.get(unit)) for day, unit, count in days_away(desk.plan.answer)
    ]
    kinds = (
        ("day", "date", 14), ("bureau", "text", 20), ("department", "text", 24), ("away", "integer", 16),
        ("limit", "integer", 16),
    )  # fmt: skip
    return desk.table("plan_data_away", kinds, rows)


def _assumed(desk: Desk) -> DataSheet:
    """Every assumption of every case as one number, with where it comes from."""
    labels, told = desk.labels, desk.plan.forecast
    assumed, rows = told.assumed, list[Row]()
    source = labels("plan.data.set" if assumed.promotions_set else "plan.data.seen")
    for said in assumed.promotions:
        rank = desk.view.policy.rank_name(said.rank)
        for case in CASES:
            share = round(float(said.share.of(case)), 6)
            rows.append((labels("plan.data.share"), rank, said.first, said.last, labels(f"plan.assumed.{case}"), share, source))
    for seen in assumed.risen:
        rank = desk.view.policy.rank_name(seen.rank)
        for year, up, there in seen.years:
            for key, number in (("risen", up), ("in_rank", there)):
                rows.append((labels(f"plan.data.{key}"), rank, None, None, str(year), number, labels("plan.data.seen")))
    source = labels("plan.data.set" if assumed.hires_set else "plan.data.seen")
    for case in CASES:
        rows.append((labels("plan.data.hires"), None, None, None, labels(f"plan.assumed.{case}"), assumed.hires.of(case), source))
    for year, number in assumed.hired:
        rows.append((labels("plan.data.hired"), None, None, None, str(year), number, labels("plan.data.seen")))
    kinds = (
        ("what", "text", 30), ("rank", "text", 12), ("rank_first", "integer", 14), ("rank_last", "integer", 14),
        ("case", "text", 14), ("value", "number", 12), ("source", "text", 24),
    )  # fmt: skip
    return desk.table("plan_data_assumed", kinds, rows)
