"""Digital talent by name, department by department, for the personnel department: who leads, who could, what would be open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hrbook.core.assessment import Assessed
from hrbook.core.digital import Standing, Talent, talent_of
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.organisation.desk import Desk, list_departments
from hrbook.sheets.tiers import LOOKS, path_text
from hrbook.words import Labels

ORDER = 71
HEAD, BODY = 3, 4
HEIGHT = 18.0
WIDTHS = (24, 30, 9, 40, 15, 44, 10, 24)
MOST = 3  # names in one cell


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet; none where the policy has no tiers."""
    labels, digital = desk.labels, desk.policy.digital
    if not digital.tiers:
        return ()
    talents = {d.key: talent_of(d.people, desk.reading) for d in desk.departments}
    canvas = Canvas(desk.sheet_name("org_digital_who"), WIDTHS)
    desk.band(canvas, "org_digital_who", _finding(desk, list(talents.values())))
    heads = [labels(key) for key in ("level.bureau", "level.department", "org.departments.people")]
    names = [labels(f"org.digital_who.{key}") for key in ("leads", "after", "ready", "coming", "outside")]
    canvas.line(HEAD, 0, [*heads, *names], "th")
    canvas.heights[HEAD] = 32
    for at in list_departments(desk, canvas, BODY, HEIGHT):
        talent = talents[at.department.key]
        how = talent.standing
        canvas.put(at.row, 3, _names(labels, talent.own), f"td_small shrink{at.edge}")
        canvas.put(at.row, 4, labels(f"org.digital_who.is.{how}"), f"{LOOKS[how]}{at.edge}")
        canvas.put(at.row, 5, _names(labels, talent.ready), f"td_small shrink{at.edge}")
        canvas.put(at.row, 6, len(talent.coming) or None, f"count{at.edge}")
        canvas.put(at.row, 7, _names(labels, talent.outside), f"td_small shrink{at.edge}")
    paths = labels("list.separator").join(
        labels("org.digital_who.path", tier=tier.name, path=path_text(labels, desk.reading, tier.id))
        for tier in digital.tiers
        if not tier.default
    )
    row = BODY + len(desk.departments)
    canvas.put(row, 0, labels("org.digital_who.note", paths=paths), "caption_wrap", cols=len(WIDTHS))
    page = replace(desk.page("org_digital_who"), repeat_rows=(HEAD, HEAD))
    return (canvas.sheet(page, freeze=(BODY, 2), tab="blue"),)


def _names(labels: Labels, people: Sequence[tuple[str, Assessed]]) -> str | None:
    names = list(dict.fromkeys(person.employee.name for _, person in people))
    text = labels("list.separator").join(names[:MOST])
    return labels("org.digital_who.more", names=text, count=len(names) - MOST) if len(names) > MOST else text or None


def _finding(desk: Desk, talents: Sequence[Talent]) -> str:
    empty = [talent for talent in talents if talent.standing is Standing.NOBODY]
    opening = [talent for talent in talents if talent.standing.open]
    return desk.labels(
        "org.digital_who.finding",
        nobody=len(empty),
        could=sum(bool(talent.ready) for talent in empty),
        open=len(opening),
        bare=sum(not talent.ready for talent in opening),
    )
