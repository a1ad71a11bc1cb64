"""How long people have been where they are, against the policy's rules and the city's observations on stays: counts by
rule, and everybody whose stay is long."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hrbook.core.judgement import StayStatus
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.organisation.desk import Desk
from hrbook.why import stay_span

ORDER = 57
HEAD = 3
WIDTHS = (30, 26, 12, *(13,) * 5, 24)
SHOWN = tuple(s for s in StayStatus if s is not StayStatus.NOT_APPLICABLE)
LIST = ("department", "rule", "staff_id", "name", "", "since", "years", "most", "status")


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet; none where neither the policy nor the city has a rule on stays."""
    labels, rules = desk.labels, desk.policy.rotation.stays
    if not rules:
        return ()
    people = [(d, p, p.stay.result) for d in desk.departments for p in d.people if p.stay is not None]
    counts = Counter((r.rule, r.status) for _, _, r in people if r.status is not StayStatus.NOT_APPLICABLE)
    long = [(d, p, r) for d, p, r in people if r.status is StayStatus.LONG]
    canvas = Canvas(desk.sheet_name("org_stays"), WIDTHS)
    asked = sum(counts.values())
    facts = {
        "asked": f"{asked:,}",
        "long": f"{len(long):,}",
        "short": f"{sum(n for (_, s), n in counts.items() if s is StayStatus.SETTLING):,}",
    }
    desk.band(canvas, "org_stays", labels("org.stays.finding", **facts))
    for col, key in enumerate(("rule", "span", "degree")):
        canvas.put(HEAD, col, labels(f"org.stays.{key}"), "th")
    for col, status in enumerate(SHOWN, start=3):
        canvas.put(HEAD, col, labels(f"status.stay.{status.value}"), "th")
    canvas.heights[HEAD] = 24
    row = HEAD + 1
    for rule in rules:
        canvas.put(row, 0, rule.name, "td_wrap bold")
        canvas.put(row, 1, stay_span(rule.minimum_years, rule.target_years, rule.maximum_years, labels), "td_wrap")
        canvas.put(row, 2, labels(f"degree.{'reference' if rule.observation else 'guide'}"), "td_center")
        canvas.line(row, 3, [counts[rule.id, status] for status in SHOWN], "count")
        row += 1
    if counts["", StayStatus.UNDETERMINED]:
        canvas.put(row, 0, labels("org.stays.no_rule"), "td_wrap", cols=3)
        canvas.line(row, 3, [counts["", status] for status in SHOWN], "count")
        row += 1
    canvas.put(row, 0, labels("org.stays.long"), "h2", cols=len(WIDTHS))
    canvas.heights[row] = 24
    row += 1
    for col, key in enumerate(LIST):
        if key:
            canvas.put(row, col, labels(f"org.stays.{key}"), "th", cols=2 if key == "name" else 1)
    canvas.heights[row] = 24
    for department, person, result in long:
        row += 1
        who = person.employee
        canvas.put(row, 0, desk.name(department), "td shrink")
        canvas.put(row, 1, result.name, "td shrink")
        canvas.put(row, 2, who.staff_id, "staff_id")
        canvas.put(row, 3, who.name, "td bold shrink", cols=2)
        canvas.put(row, 5, labels.short_day(result.since), "td_center")
        canvas.put(row, 6, result.years, "td center years")
        canvas.put(row, 7, result.maximum, "td center years")
        canvas.put(row, 8, labels(f"status.stay.{result.status.value}"), "td_center")
    canvas.put(row + 1, 0, labels("org.stays.note"), "caption_wrap", cols=len(WIDTHS))
    page = replace(desk.page("org_stays"), repeat_rows=(0, 1))
    return (canvas.sheet(page, tab="blue"),)
