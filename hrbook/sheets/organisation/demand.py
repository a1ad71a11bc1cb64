"""Demand for courses: who is due this year, who is past the time, who comes in the next years, against the seats."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hrbook.core.judgement import TrainingStatus
from hrbook.core.source import Basis
from hrbook.core.training_policy import Course
from hrbook.sheets.book import Sheet, Value
from hrbook.sheets.canvas import Canvas, breaks
from hrbook.sheets.organisation.desk import Desk, heat

ORDER = 30
HEAD = 3
BODY = 5
HEIGHT = 18.0
SHOWN = (
    TrainingStatus.IN_TARGET,
    TrainingStatus.OVERDUE,
    TrainingStatus.DEFERRED,
    TrainingStatus.UNDETERMINED,
    TrainingStatus.UNSCHEDULED,
    TrainingStatus.COMPLETED,
)
FIRM = {Basis.STATED: "tag", Basis.INFERRED: "tag_inferred", Basis.SET_BY_CITY: "tag", Basis.UNSET: "tag"}


@dataclass(frozen=True, slots=True)
class Demand:
    """One course: people by status, and by the first fiscal year of a time that is still to come."""

    course: Course
    counts: tuple[int, ...]  # in the order of SHOWN
    ahead: tuple[int, ...]

    @property
    def due(self) -> int:
        return self.counts[0]

    @property
    def spare(self) -> int | None:
        """Seats less those due this year; None where no seats are set."""
        return None if self.course.seats is None else self.course.seats - self.due


def demand_of(desk: Desk) -> list[Demand]:
    """Every course of the policy, by provider and category, in the policy's order."""
    summary, policy = desk.summary, desk.policy
    providers = [p.id for p in policy.training.providers]
    categories = [c.id for c in policy.training.categories]

    def place(course: Course) -> tuple[int, int, int, str]:
        return providers.index(course.provider), categories.index(course.category), course.order, course.code

    return [
        Demand(c, tuple(summary.courses.at(c.code, s.value) for s in SHOWN), summary.upcoming.row(c.code))
        for c in sorted(policy.training.courses, key=place)
    ]


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet, a heading row for each provider and category."""
    labels, policy = desk.labels, desk.policy
    found = demand_of(desk)
    years = [int(str(y)) for y in desk.summary.upcoming.columns]
    canvas = Canvas(desk.sheet_name("org_demand"), (9, 34, 10, *(7.6,) * len(SHOWN), *(7.2,) * len(years), 8, 8, 15))
    desk.band(canvas, "org_demand", _finding(desk, found))
    _heads(desk, canvas, years)
    row, group = BODY, ("", "")
    groups: set[int] = set()
    seats_at = 3 + len(SHOWN) + len(years)
    top = max((n for d in found for n in d.ahead), default=0)
    names = {p.id: p.name for p in policy.training.providers} | {c.id: c.name for c in policy.training.categories}
    for demand in found:
        course = demand.course
        if (course.provider, course.category) != group:
            group = (course.provider, course.category)
            text = labels("org.demand.group", provider=names[course.provider], category=names[course.category])
            canvas.put(row, 0, text, "th2_left bold", cols=len(canvas.columns))
            canvas.heights[row] = HEIGHT
            groups.add(row)
            row += 1
        canvas.put(row, 0, course.code, "code center")
        canvas.put(row, 1, course.name, "td bold shrink")
        canvas.put(row, 2, labels(f"basis.{course.timing.value}"), FIRM[course.timing])
        for col, (status, value) in enumerate(zip(SHOWN, demand.counts, strict=True), start=3):
            canvas.put(row, col, value, "count" + _weight(status, value))
        for col, value in enumerate(demand.ahead, start=3 + len(SHOWN)):
            canvas.put(row, col, value or None, heat(value, top))
        canvas.put(row, seats_at, course.seats, "number_center")
        spare = demand.spare
        canvas.put(row, seats_at + 1, spare, "td_center difference" + (" bold fill_pale_alarm" if (spare or 0) < 0 else ""))
        canvas.put(row, seats_at + 2, course.dates or None, "td_small shrink")
        canvas.heights[row] = HEIGHT
        row += 1
    sums: list[Value] = [sum(d.counts[n] for d in found) for n in range(len(SHOWN))]
    sums += [sum(d.ahead[n] for d in found) for n in range(len(years))]
    canvas.put(row, 0, labels("org.demand.total"), "totals_label", cols=3)
    canvas.line(row, 3, [*sums, sum(d.course.seats or 0 for d in found), None, None], "totals")
    canvas.heights[row] = 22
    canvas.put(row + 1, 0, labels("org.demand.note"), "caption_wrap", cols=len(canvas.columns))
    page = replace(desk.page("org_demand"), repeat_rows=(HEAD, BODY - 1))
    starts = breaks(canvas, page, BODY, [HEIGHT] * (row - BODY), 50)
    page = replace(page, row_breaks=tuple(start - (start - 1 in groups) for start in starts))  # no heading alone at the foot
    return (canvas.sheet(page, freeze=(BODY, 2), tab="orange"),)


def _weight(status: TrainingStatus, value: int) -> str:
    if not value:
        return " muted"
    return {TrainingStatus.IN_TARGET: " bold", TrainingStatus.OVERDUE: " bold alarm"}.get(status, "")


def _heads(desk: Desk, canvas: Canvas, years: list[int]) -> None:
    labels = desk.labels
    for col, key in enumerate(("code", "course", "timing")):
        canvas.put(HEAD, col, labels(f"org.demand.{key}"), "th", rows=2)
    now = labels("org.demand.now", year=labels.fiscal_year(desk.reading.year))
    canvas.put(HEAD, 3, now, "th_blue", cols=len(SHOWN))
    canvas.line(HEAD + 1, 3, [labels(f"org.short.training.{s.value}") for s in SHOWN], "th2")
    col = 3 + len(SHOWN)
    canvas.put(HEAD, col, labels("org.demand.ahead"), "th_dark", cols=len(years))
    canvas.line(HEAD + 1, col, [labels.short_year(y) for y in years], "th2")
    for offset, key in enumerate(("seats", "spare", "dates")):
        canvas.put(HEAD, col + len(years) + offset, labels(f"org.demand.{key}"), "th", rows=2)
    canvas.heights.update({HEAD: 20, HEAD + 1: 32})


def _finding(desk: Desk, found: list[Demand]) -> str:
    short = [d for d in found if d.spare is not None and d.spare < 0]
    facts = {"due": sum(d.due for d in found), "courses": sum(1 for d in found if d.due), "late": sum(d.counts[1] for d in found)}
    text = desk.labels("org.demand.finding", **{k: f"{v:,}" for k, v in facts.items()})
    if not short:
        return text
    lack = sum(-(d.spare or 0) for d in short)
    return text + desk.labels("org.demand.finding_short", courses=len(short), lack=f"{lack:,}")
