"""The nomination list of one course, ready to be sent: one A4 sheet for people; its rows also serve the CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from hrbook.core.training_plan import CoursePlan
from hrbook.sheets.book import Book
from hrbook.sheets.canvas import Canvas, finding_height
from hrbook.sheets.plan.desk import Desk

COLUMNS = ("line", "number", "days", "place", "bureau", "department", "post", "staff_id", "name", "kana", "remark")
WIDTHS = (5, 5, 21, 18, 18, 22, 13, 12, 20, 22, 30)
BODY = 6


@dataclass(frozen=True, slots=True)
class Nominee:
    """One line of the list; `first` and `last` None where the course has no day yet."""

    number: int
    first: date | None
    last: date | None
    days: str
    place: str
    bureau: str
    department: str
    title: str
    staff_id: str
    name: str
    kana: str
    remark: str


def nominees(desk: Desk, plan: CoursePlan) -> list[Nominee]:
    """People with a session, session by session, in the order of the departments' books and then of staff numbers."""
    place = {d.key: number for number, d in enumerate(desk.view.departments)}
    names = {c.code: c.name for c in desk.view.policy.training.courses}
    found = []
    for session, people in plan.sessions:
        for request in sorted(people, key=lambda r: (place[r.unit], r.staff_id)):
            person = desk.plan.people[request.staff_id]
            who = person.employee
            missing = [names.get(code, code) for code in person.trainings[request.course].result.missing_prerequisites]
            remark = desk.labels("plan.list.missing", courses=desk.labels("plan.join").join(missing)) if missing else ""
            held = desk.when(session) if session.first else plan.course.dates or desk.when(session)
            post = who.post
            found.append(
                Nominee(
                    session.number,
                    session.first,
                    session.last,
                    held,
                    session.place,
                    post.bureau,
                    post.department,
                    who.title,
                    who.staff_id,
                    who.name,
                    who.kana,
                    remark,
                )
            )
    return found


def book(desk: Desk, plan: CoursePlan, people: Sequence[Nominee], path: str) -> Book:
    """The list of one course as a workbook of one sheet."""
    labels, reading, course = desk.labels, desk.view.reading, plan.course
    canvas = Canvas(labels("plan.list.sheet"), WIDTHS)
    last = len(WIDTHS) - 1
    year = labels.fiscal_year(reading.year)
    canvas.put(0, 0, labels("plan.list.title", year=year, course=course.name), "title", cols=last + 1)
    sender = {"city": reading.city, "day": labels.day(reading.as_of), "provider": desk.provider(plan), "code": course.code}
    text = labels("plan.list.finding", people=len(people), **sender)
    canvas.put(1, 0, text, "finding", cols=last + 1)
    canvas.heights.update({0: 30, 1: finding_height(text, WIDTHS), 2: 6, 3: 20, 4: 6})
    for col, key in ((0, "from"), (4, "contact"), (8, "sent")):
        canvas.put(3, col, labels(f"plan.list.{key}"), "field_label", cols=2)
        canvas.put(3, col + 2, None, "field_value", cols=2 if col < 8 else 1)
    for col, key in enumerate(COLUMNS):
        canvas.put(BODY - 1, col, labels(f"plan.list.{key}"), "th")
    canvas.heights[BODY - 1] = 24
    before = 0
    for row, one in enumerate(people, start=BODY):
        edge = " group_top" if one.number != before else ""
        before = one.number
        number = one.number if one.first else None
        texts = (one.days, one.place, one.bureau, one.department, one.title)
        canvas.put(row, 0, row - BODY + 1, f"count{edge}")
        canvas.put(row, 1, number, f"td_center{edge}")
        for col, text in enumerate(texts, start=2):
            canvas.put(row, col, text or None, f"td shrink{edge}")
        canvas.put(row, 7, one.staff_id, f"staff_id{edge}")
        canvas.put(row, 8, one.name, f"td bold shrink{edge}")
        canvas.put(row, 9, one.kana or None, f"td_small shrink{edge}")
        canvas.put(row, 10, one.remark or None, f"td_wrap small{edge}")
    page = replace(desk.page("plan_list"), repeat_rows=(0, BODY - 1))
    return Book(
        path=path,
        title=labels("plan.list.title", year=year, course=course.name),
        subject=course.name,
        company=reading.city,
        comments=labels("plan.list.comments"),
        sheets=(canvas.sheet(page, freeze=(BODY, 0)),),
        custom={"hrbook-kind": "nominations", "hrbook-year": str(reading.year)},
    )
