"""One row a department: head count by rank, courses to take, standings to the rotation guide; totals that add up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.sheets.book import DataBar, Sheet
from hrbook.sheets.canvas import Canvas, breaks
from hrbook.sheets.organisation.desk import Desk, list_departments, share
from hrbook.sheets.tally import TO_LOOK_AT
from hrbook.sheets.view import Department
from hrbook.summary import UNKNOWN

ORDER = 20
HEAD = 3  # first of the two heading rows
BODY = 5
HEIGHT = 18.0
STANDINGS = tuple(RotationStatus)


@dataclass(frozen=True, slots=True)
class Line:
    """The numbers of one department (or of all together), in the order of the columns."""

    people: int
    ranks: tuple[int, ...]
    due: int
    due_people: int
    late: int
    late_people: int
    standings: tuple[int, ...]

    @property
    def inside(self) -> int:
        """People inside the rotation guide."""
        return sum(n for s, n in zip(STANDINGS, self.standings, strict=True) if s is not RotationStatus.NOT_APPLICABLE)

    @property
    def look(self) -> int:
        return sum(n for s, n in zip(STANDINGS, self.standings, strict=True) if s in TO_LOOK_AT)

    @property
    def look_share(self) -> float | None:
        """Share of those inside the guide who need a look."""
        return share(self.look, self.inside)

    def numbers(self, with_unknown: bool) -> tuple[int, ...]:
        """All counts, left to right; people of unknown rank only where there are any."""
        ranks = self.ranks if with_unknown else self.ranks[:-1]
        return (self.people, *ranks, self.due, self.due_people, self.late, self.late_people, *self.standings)


def line_of(desk: Desk, department: Department) -> Line:
    """The counts of one department, from the summary."""
    summary, key = desk.summary, department.key
    due, late = TrainingStatus.IN_TARGET.value, TrainingStatus.OVERDUE.value
    return Line(
        len(department.people),
        summary.ranks.row(key),
        summary.trainings.at(key, due),
        summary.people_to_do.at(key, due),
        summary.trainings.at(key, late),
        summary.people_to_do.at(key, late),
        summary.rotation.row(key),
    )


def total_of(lines: list[Line]) -> Line:
    """The sum of all lines."""
    ranks = tuple(map(sum, zip(*(line.ranks for line in lines), strict=True)))
    standings = tuple(map(sum, zip(*(line.standings for line in lines), strict=True)))
    sums = [sum(values) for values in zip(*((x.people, x.due, x.due_people, x.late, x.late_people) for x in lines), strict=True)]
    return Line(sums[0], ranks, sums[1], sums[2], sums[3], sums[4], standings)


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet; empty departments do not exist, so every row counts somebody."""
    labels = desk.labels
    lines = [line_of(desk, d) for d in desk.departments]
    total = total_of(lines) if lines else Line(0, (0,) * len(desk.summary.ranks.columns), 0, 0, 0, 0, (0,) * len(STANDINGS))
    unknown = desk.summary.ranks.total_of(UNKNOWN) > 0
    ranks = [*(r.name for r in desk.policy.ranks), *([labels("org.unknown")] if unknown else [])]
    numbers = len(total.numbers(unknown))
    canvas = Canvas(desk.sheet_name("org_departments"), (16.5, 23.5, *(6.6,) * numbers, 9.5))
    desk.band(canvas, "org_departments", _finding(desk, lines, total))
    _heads(desk, canvas, ranks)
    last = 2 + numbers
    for at, line in zip(list_departments(desk, canvas, BODY, HEIGHT), lines, strict=True):
        canvas.line(at.row, 3, line.numbers(unknown)[1:], f"count{at.edge}")
        canvas.put(at.row, last, line.look_share, f"td_right percent{at.edge}")
    row = BODY + len(lines)
    canvas.put(row, 0, labels("org.departments.total"), "totals_label", cols=2)
    canvas.line(row, 2, total.numbers(unknown), "totals")
    canvas.put(row, last, total.look_share, "totals percent")
    canvas.heights[row] = 22
    canvas.put(row + 1, 0, labels("org.departments.note"), "caption_wrap", cols=last + 1)
    if lines:
        canvas.bars.append(DataBar(BODY, last, row - 1, last, "data_bar", 1.0))
    page = replace(desk.page("org_departments"), repeat_rows=(HEAD, BODY - 1))
    page = replace(page, row_breaks=breaks(canvas, page, BODY, [HEIGHT] * len(lines), 50))
    return (canvas.sheet(page, freeze=(BODY, 2), tab="navy2"),)


def _heads(desk: Desk, canvas: Canvas, ranks: list[str]) -> None:
    labels = desk.labels
    canvas.put(HEAD, 0, labels("level.bureau"), "th", rows=2)
    canvas.put(HEAD, 1, labels("level.department"), "th", rows=2)
    canvas.put(HEAD, 2, labels("org.departments.people"), "th", rows=2)
    col = 3
    groups = (
        ("ranks", "th", ranks),
        ("due", "th_blue", [labels("org.departments.cases"), labels("org.departments.persons")]),
        ("late", "th_grey", [labels("org.departments.cases"), labels("org.departments.persons")]),
        ("rotation", "th_dark", [labels(f"org.short.rotation.{s.value}") for s in STANDINGS]),
    )
    for key, look, names in groups:
        canvas.put(HEAD, col, labels(f"org.departments.group.{key}"), look, cols=len(names))
        canvas.line(HEAD + 1, col, names, "th2")
        col += len(names)
    canvas.put(HEAD, col, labels("org.departments.share"), "th", rows=2)
    canvas.heights.update({HEAD: 20, HEAD + 1: 32})


def _finding(desk: Desk, lines: list[Line], total: Line) -> str:
    return desk.labels(
        "org.departments.finding",
        units=f"{len(lines):,}",
        people=f"{total.people:,}",
        inside=f"{total.inside:,}",
        look=f"{total.look:,}",
        needing=f"{sum(1 for line in lines if line.look):,}",
    )
