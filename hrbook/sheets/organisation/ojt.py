"""OJT over the whole organisation (policy chapter 5, section 2, item 3): newcomers by department, and the list for HR."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hrbook.core.assessment import Assessed
from hrbook.core.ojt_types import Newcomer, OjtStatus
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas, breaks
from hrbook.sheets.ojt_words import FIRST, OjtWords
from hrbook.sheets.organisation.desk import Desk
from hrbook.sheets.view import Department

ORDER = 73
HEAD, BODY, HEIGHT = 3, 4, 18.0
LINE = 12.0  # points of each further line in a row
COUNTED = (OjtStatus.PAIRED, OjtStatus.LOOK, OjtStatus.NONE, OjtStatus.UNDETERMINED)
LIST = (
    ("status", 15, ""), ("bureau", 16, "td_small shrink"), ("department", 20, "td_small shrink"), ("staff_id", 10, "staff_id"),
    ("name", 16, "name shrink"), ("hired", 12, "td_center"), ("service", 8, "td_center"),
    ("trainer_id", 12, "td_wrap small center"), ("trainer", 18, "td_wrap small"), ("trainer_place", 20, "td_wrap small"),
    ("span", 21.5, "td_wrap small"), ("reason", 40, "td_wrap small"), ("cell", 16, "td_wrap tiny"),
)  # fmt: skip
Found = tuple[Department, Assessed, Newcomer]


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """Counts by department, then everybody who is new or trained; none where OJT concerns nobody."""
    people = [(d, p, None if p.ojt is None else p.ojt.newcomer) for d in desk.departments for p in d.people]
    found = [(d, p, newcomer) for d, p, newcomer in people if newcomer is not None]
    if not found:
        return ()
    names = {employee.staff_id: employee.name for employee in desk.view.assessment.roster.employees}
    words = OjtWords(desk.labels, desk.reading, names)
    last = {person.staff_id: (person.post.bureau, person.post.department) for person, _ in desk.view.assessment.outside}
    return (_counts(desk, words, [one for one in found if one[2].new]), _list(desk, words, found, last))


def _counts(desk: Desk, words: OjtWords, found: list[Found]) -> Sheet:
    """One row for each department that has a newcomer or a trainer."""
    labels = desk.labels
    canvas = Canvas(desk.sheet_name("org_ojt"), (22, 28, 12, *(14,) * len(COUNTED), 14, 18))
    counted = {d.key: Counter(n.status for of, _, n in found if of is d) for d in desk.departments}
    trainers = {d.key: sum(1 for p in d.people if p.ojt is not None and p.ojt.trains) for d in desk.departments}
    outside = Counter(d.key for d, _, n in found if any(not pair.inside and not pair.gone for pair in n.pairs))
    total = Counter(n.status for _, _, n in found)
    facts = {"newcomers": len(found), "none": total[OjtStatus.NONE], "look": total[OjtStatus.LOOK]}
    desk.band(canvas, "org_ojt", labels("org.ojt.finding", **facts))
    heads = [labels("level.bureau"), labels("level.department"), labels("org.ojt.newcomers")]
    heads += [words.chip(status).text for status in COUNTED] + [labels("org.ojt.trainers"), labels("org.ojt.outside")]
    canvas.line(HEAD, 0, heads, "th")
    canvas.heights[HEAD] = 32
    listed = [d for d in desk.departments if counted[d.key] or trainers[d.key]]
    before, row = "", BODY
    for department in listed:
        edge = "" if department.bureau == before else " group_top"
        before, own = department.bureau, counted[department.key]
        canvas.put(row, 0, department.bureau, f"td_small{edge}" if edge else "td_small muted")
        canvas.put(row, 1, desk.name(department), f"td bold shrink{edge}")
        canvas.put(row, 2, sum(own.values()), f"count{edge}")
        for col, status in enumerate(COUNTED, start=3):
            alarm = " bold alarm" if status is OjtStatus.NONE and own[status] else ""
            canvas.put(row, col, own[status], f"count{edge}{alarm}")
        canvas.line(row, 3 + len(COUNTED), [trainers[department.key], outside[department.key]], f"count{edge}")
        canvas.heights[row] = HEIGHT
        row += 1
    canvas.put(row, 0, labels("org.ojt.total"), "totals_label", cols=2)
    sums = [len(found), *(total[status] for status in COUNTED), sum(trainers.values()), sum(outside.values())]
    canvas.line(row, 2, sums, "totals")
    canvas.heights[row] = 22
    place = desk.policy.place(desk.policy.learning.ojt_clause)
    canvas.put(row + 1, 0, labels("org.ojt.note", ojt=place, asked=words.asked()), "caption_wrap", cols=len(canvas.columns))
    page = replace(desk.page("org_ojt"), repeat_rows=(HEAD, HEAD))
    page = replace(page, row_breaks=breaks(canvas, page, BODY, [HEIGHT] * len(listed), 60))
    return canvas.sheet(page, freeze=(BODY, 2), tab="blue")


def _list(desk: Desk, words: OjtWords, found: list[Found], last: Mapping[str, tuple[str, str]]) -> Sheet:
    """Everybody who is new or trained, those without a trainer first. `last`: where those who are gone were."""
    labels = desk.labels
    canvas = Canvas(desk.sheet_name("org_ojt_list"), [width for _, width, _ in LIST])
    desk.band(canvas, "org_ojt_list", labels("org.ojt.list_finding", count=len(found)))
    canvas.line(HEAD, 0, [labels(f"org.ojt.column.{key}") for key, _, _ in LIST], "th")
    canvas.heights[HEAD] = 32
    for row, one in enumerate(sorted(found, key=lambda one: FIRST.index(one[2].status)), start=BODY):
        chip = words.chip(one[2].status)
        for col, ((_, _, look), value) in enumerate(zip(LIST, _line(desk, words, one, last), strict=True)):
            canvas.put(row, col, value, look or chip.look)
        canvas.heights[row] = HEIGHT + LINE * max(len(one[2].pairs) - 1, 0)
    page = replace(desk.page("org_ojt_list"), repeat_rows=(HEAD, HEAD))
    page = replace(page, row_breaks=breaks(canvas, page, BODY, [canvas.heights[BODY + row] for row in range(len(found))]))
    filtered = (HEAD, 0, HEAD + len(found), len(LIST) - 1)
    return canvas.sheet(page, freeze=(BODY, 5), autofilter=filtered, tab="blue")


def _line(desk: Desk, words: OjtWords, one: Found, last: Mapping[str, tuple[str, str]]) -> tuple[str | None, ...]:
    labels, (department, person, newcomer) = desk.labels, one
    who, pairs = person.employee, newcomer.pairs
    unknown = labels("org.unknown")
    hired = labels.short_day(who.hired) if isinstance(who.hired, date) else unknown
    service = unknown if person.service_year is None else labels("interview.nth_year", year=person.service_year)
    where = (last.get(pair.trainer, pair.place) for pair in pairs)
    places = "\n".join(department or bureau or unknown for bureau, department in where)
    cells = "\n".join(f"{pair.ref.source.sheet}!{pair.ref.address('trainer')}" for pair in pairs)
    head = (words.chip(newcomer.status).text, department.bureau, desk.name(department), who.staff_id, who.name, hired, service)
    return (
        *head,
        "\n".join(pair.trainer for pair in pairs) or None,
        words.trainers(newcomer) or None,
        places or None,
        words.span(newcomer) or None,
        words.reason(person, newcomer),
        cells or None,
    )
