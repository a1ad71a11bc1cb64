"""Digital talent of the department (policy chapter 7): who leads, who could, what a transfer would leave uncovered; and what
each tier needs. Whoever is named stands in the department's own order; nobody is ranked."""

from __future__ import annotations

from hrbook.core.assessment import Assessed
from hrbook.core.digital import Talent, missing_courses, talent_of
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.department.contents import held
from hrbook.sheets.department.frame import band, page_of
from hrbook.sheets.tiers import path_text
from hrbook.sheets.view import DepartmentView

ORDER = 55
HEAD = 3
WIDTHS = (24, 12, 20, 18, 24, 11, 62)


def sheets(view: DepartmentView) -> tuple[Sheet, ...]:
    """One sheet; none where the policy has no tiers."""
    labels = view.labels
    if "digital" not in held(view):
        return ()
    talent = talent_of(view.people, view.reading)
    canvas = Canvas(labels("sheet.digital.name"), WIDTHS)
    band(view, canvas, labels("sheet.digital.title"), _finding(view, talent))
    row = _people(view, canvas, talent, HEAD)
    row = _tiers(view, canvas, talent, row)
    note = labels("digital.note" if view.reading.tier_paths else "digital.note_no_paths")
    canvas.put(row, 0, note, "caption_wrap", cols=len(WIDTHS))
    return (canvas.sheet(page_of(view, "digital"), freeze=(HEAD, 0), tab="blue"),)


def _people(view: DepartmentView, canvas: Canvas, talent: Talent, row: int) -> int:
    """Everybody who leads or could, group by group; the next free row."""
    labels = view.labels
    heads = ("standing", "staff_id", "name", "title", "tier", "stay", "remark")
    canvas.line(row, 0, [labels(f"digital.{key}") for key in heads], "th")
    canvas.heights[row] = 22
    row += 1
    names = {tier.id: tier.name for tier in view.policy.digital.tiers}
    groups = (
        ("own", "chip_ok", talent.own),
        ("ready", "chip_on_track", talent.ready),
        ("coming", "td_center", talent.coming),
        ("outside", "td_center muted", talent.outside),
    )
    empty = row
    for group, look, people in groups:
        for tier, person in people:
            who = person.employee
            canvas.put(row, 0, labels(f"digital.is.{group}"), look)
            canvas.put(row, 1, who.staff_id, "staff_id")
            canvas.put(row, 2, who.name, "name")
            canvas.put(row, 3, who.title, "td shrink")
            canvas.put(row, 4, names[tier], "td small shrink")
            canvas.put(row, 5, person.stay_years, "td center years")
            canvas.put(row, 6, _remark(view, talent, group, tier, person), "td_wrap small")
            row += 1
    if row == empty:
        canvas.put(row, 0, labels("digital.nobody_listed"), "caption", cols=len(WIDTHS))
        row += 1
    return row


def _remark(view: DepartmentView, talent: Talent, group: str, tier: str, person: Assessed) -> str | None:
    """What to know of one person: an order that takes them away, the last one, the courses that are missing."""
    labels = view.labels
    if group == "own":
        if person in talent.leaving:
            return labels("digital.leaving")
        return labels("digital.last") if talent.staying == 1 else None
    if group == "coming":
        path = next(path for path in view.reading.tier_paths if path.tier == tier)
        courses = labels("list.separator").join(
            view.policy.course_name(c) for c in missing_courses(path, person, view.reading.as_of)
        )
        return labels("digital.missing", courses=courses)
    return None


def _tiers(view: DepartmentView, canvas: Canvas, talent: Talent, row: int) -> int:
    """What each tier needs and what leads there; the next free row."""
    labels, policy = view.labels, view.policy
    canvas.put(row + 1, 0, labels("digital.tiers"), "h2", cols=len(WIDTHS))
    row += 2
    canvas.put(row, 0, labels("digital.tier"), "th")
    canvas.put(row, 1, labels("digital.needs"), "th", cols=3)
    canvas.put(row, 4, labels("digital.grown"), "th", cols=2)
    canvas.put(row, 6, labels("digital.path"), "th")
    canvas.heights.update({row - 1: 22, row: 22})
    for row, tier in enumerate(policy.digital.tiers, start=row + 1):  # noqa: B020 - goes on from the heads
        clause = policy.place(tier.grown_clause or tier.clause)
        canvas.put(row, 0, tier.name, "td_wrap bold")
        canvas.put(
            row, 1, labels("digital.cited", text=tier.needs or tier.gist, clause=policy.place(tier.clause)), "td_wrap", cols=3
        )
        canvas.put(row, 4, labels("digital.cited", text=tier.grown, clause=clause) if tier.grown else None, "td_wrap", cols=2)
        canvas.put(row, 6, path_text(view.labels, view.reading, tier.id), "td_wrap")
        canvas.heights[row] = 54
    return row + 1


def _finding(view: DepartmentView, talent: Talent) -> str:
    labels = view.labels
    facts = {"own": len(talent.own), "ready": len(talent.ready), "coming": len(talent.coming), "outside": len(talent.outside)}
    return labels(f"digital.finding.{talent.standing}", **facts)
