"""Digital talent by tier and department; experts from outside are counted apart (policy chapter 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrbook.core.digital import Standing, Talent, talent_of
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas, breaks
from hrbook.sheets.organisation.desk import Desk, list_departments
from hrbook.sheets.tiers import LOOKS
from hrbook.summary import UNKNOWN

ORDER = 70
HEAD = 3
BODY = 4
HEIGHT = 18.0
Talents = Mapping[tuple[str, str], Talent]


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet: people by tier, and whether the department has anybody above the default tier."""
    labels, table = desk.labels, desk.summary.tiers
    talents = {d.key: talent_of(d.people, desk.reading) for d in desk.departments}
    tiers = desk.policy.digital.tiers
    unknown = table.total_of(UNKNOWN) > 0
    names = [*(t.name for t in tiers), *([labels("org.unknown")] if unknown else [])]
    more = [labels("org.digital.outside"), labels("org.digital.ready"), labels("org.digital.leads")]
    canvas = Canvas(desk.sheet_name("org_digital"), (26, 38, 11, *(56 / max(1, len(names)),) * len(names), 12, 9, 31))
    desk.band(canvas, "org_digital", _finding(desk, talents))
    heads = [labels(key) for key in ("level.bureau", "level.department", "org.departments.people")]
    canvas.line(HEAD, 0, [*heads, *names, *more], "th")
    canvas.heights[HEAD] = 32
    end = 3 + len(names)
    totals = [0] * (len(names) + 2)
    for at in list_departments(desk, canvas, BODY, HEIGHT):
        talent = talents[at.department.key]
        numbers = [*_by_tier(desk, at.department.key, talent)[: len(names)], len(talent.outside), len(talent.ready)]
        totals = [whole + number for whole, number in zip(totals, numbers, strict=True)]
        canvas.line(at.row, 3, numbers, f"count{at.edge}")
        lead = talent.standing
        canvas.put(at.row, end + 2, labels(f"org.digital.{lead}"), f"{LOOKS[lead]}{at.edge}")
    row = BODY + len(desk.departments)
    canvas.put(row, 0, labels("org.departments.total"), "totals_label", cols=2)
    canvas.line(row, 2, [sum(len(d.people) for d in desk.departments), *totals], "totals")
    with_leads = sum(bool(talent.own) for talent in talents.values())
    canvas.put(row, end + 2, labels("org.digital.units", count=with_leads), "totals")
    canvas.heights[row] = 22
    gist = labels("org.figures.join").join(labels("org.digital.tier", name=t.name, gist=t.gist) for t in tiers)
    canvas.put(row + 1, 0, labels("org.digital.note", gist=gist), "caption_wrap", cols=len(canvas.columns))
    page = replace(desk.page("org_digital"), repeat_rows=(HEAD, HEAD))
    page = replace(page, row_breaks=breaks(canvas, page, BODY, [HEIGHT] * len(desk.departments), 44))
    return (canvas.sheet(page, freeze=(BODY, 2), tab="blue"),)


def _by_tier(desk: Desk, key: tuple[str, str], talent: Talent) -> list[int]:
    """People of a department by tier, without those from outside; people of unknown tier last."""
    outside = [tier for tier, _ in talent.outside]
    counts = desk.summary.tiers.row(key)
    return [count - outside.count(str(tier)) for tier, count in zip(desk.summary.tiers.columns, counts, strict=True)]


def _finding(desk: Desk, talents: Talents) -> str:
    labels, table = desk.labels, desk.summary.tiers
    outside = [tier for talent in talents.values() for tier, _ in talent.outside]
    parts = labels("org.figures.join").join(
        labels("org.digital.count", name=t.name, people=f"{table.total_of(t.id) - outside.count(t.id):,}")
        for t in desk.policy.digital.tiers
    )
    stands = [talent.standing for talent in talents.values()]
    return labels(
        "org.digital.finding",
        parts=parts,
        outside=len(outside),
        units=len(desk.departments),
        without=stands.count(Standing.NOBODY),
        one=sum(stand.open for stand in stands),
    )
