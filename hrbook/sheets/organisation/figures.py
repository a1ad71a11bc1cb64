"""The figures behind the charts of the first sheet as one long table, so that every chart can be checked and re-used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.sheets.book import DataColumn, DataSheet, Series, Value
from hrbook.sheets.organisation.desk import Desk
from hrbook.summary import UNKNOWN

ORDER = 120  # the last sheet
CATEGORY, VALUE = 3, 4  # columns of the table
TOP_COURSES = 8
STANDINGS = (
    (RotationStatus.MET,),
    (RotationStatus.ON_TRACK,),
    (RotationStatus.NEEDS_PLAN,),
    (RotationStatus.NOT_REACHED, RotationStatus.OUT_OF_REACH),
    (RotationStatus.EXCUSED, RotationStatus.UNDETERMINED),
)


@dataclass(slots=True)
class Figures:
    """Rows of the table in the making, and where each series lies."""

    desk: Desk
    rows: list[tuple[Value, ...]] = field(default_factory=list)
    places: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def add(self, figure: str, series: str, unit: str, values: Sequence[tuple[str, int]]) -> None:
        """One series of a figure: its categories with their numbers, in the order of the chart."""
        labels = self.desk.labels
        first = len(self.rows) + 1
        head = (self.desk.reading.year, labels(f"org.figures.{figure}"), series)
        self.rows.extend((*head, category, value, labels(f"org.figures.unit.{unit}")) for category, value in values)
        self.places[figure, series] = (first, len(self.rows))

    def series(self, figure: str, series: str, colour: str, point_colours: Sequence[str] = ()) -> Series:
        """The series as a chart's."""
        name = self.desk.sheet_name("org_data_figures")
        first, last = self.places[figure, series]
        return Series(
            series, (name, first, CATEGORY, last, CATEGORY), (name, first, VALUE, last, VALUE), colour, tuple(point_colours)
        )

    def highest(self, figure: str, series: str) -> int:
        """The greatest number of a series."""
        first, last = self.places[figure, series]
        return max((int(str(row[VALUE])) for row in self.rows[first - 1 : last]), default=0)

    def spoken(self, figure: str, series: str) -> str:
        """The numbers of a series in words, for those who cannot see the chart."""
        first, last = self.places[figure, series]
        labels = self.desk.labels
        parts = [
            labels("org.figures.spoken", name=str(row[CATEGORY]), value=f"{row[VALUE]:,}", unit=str(row[VALUE + 1]))
            for row in self.rows[first - 1 : last]
        ]
        return labels("org.figures.join").join(parts)


def figures_of(desk: Desk) -> Figures:
    """All figures of the run."""
    made = Figures(desk)
    labels, policy, summary, reading = desk.labels, desk.policy, desk.summary, desk.reading
    totals = dict(zip(summary.rotation.columns, summary.rotation.totals(), strict=True))
    people = labels("org.figures.series.people")
    made.add("rotation", people, "people", [(_standing(desk, group), sum(totals[s.value] for s in group)) for group in STANDINGS])
    ranks = dict(zip(summary.ranks.columns, summary.ranks.totals(), strict=True))
    high_first = [(r.name, ranks[r.id]) for r in reversed(policy.ranks)]
    unknown = [(labels("org.unknown"), ranks[UNKNOWN])] if ranks[UNKNOWN] else []
    made.add("ranks", people, "people", [*high_first, *unknown])
    bands = [(_band(desk, int(str(band))), sum(summary.service.row(band))) for band in summary.service.rows]
    made.add("service", people, "people", bands)
    named = {c.code: c.name for c in policy.training.courses}
    due, late = TrainingStatus.IN_TARGET.value, TrainingStatus.OVERDUE.value
    wanted = [(summary.courses.at(c, due), summary.courses.at(c, late), c) for c in map(str, summary.courses.rows)]
    top = sorted((w for w in wanted if w[0] + w[1]), key=lambda w: (-w[0] - w[1], w[2]))[:TOP_COURSES]
    for status, place in ((TrainingStatus.IN_TARGET, 0), (TrainingStatus.OVERDUE, 1)):
        counts = [(named[w[2]], (w[0], w[1])[place]) for w in top]
        made.add("courses", desk.marks.training[status].word, "cases", counts)
    ahead = [summary.upcoming.total_of(year) for year in summary.upcoming.columns]
    years = [reading.year, *(int(str(year)) for year in summary.upcoming.columns)]
    planned = [summary.courses.total_of(due), *ahead]
    made.add(
        "outlook",
        labels("org.figures.series.planned"),
        "cases",
        [(labels.short_year(y), n) for y, n in zip(years, planned, strict=True)],
    )
    return made


def _band(desk: Desk, first: int) -> str:
    return desk.labels("org.figures.band", first=first, last=first + 4)


def _standing(desk: Desk, group: tuple[RotationStatus, ...]) -> str:
    """The word of a slice: the status, or the words for several small ones together."""
    return desk.marks.rotation[group[0]].word if len(group) == 1 else desk.labels(f"org.figures.standing.{group[0].value}")


def sheets(desk: Desk) -> tuple[DataSheet, ...]:
    """The table as a machine-readable sheet."""
    labels = desk.labels
    columns = (
        DataColumn(labels("org.data.year"), "integer", 14),
        DataColumn(labels("org.figures.head.figure"), "text", 26),
        DataColumn(labels("org.figures.head.series"), "text", 24),
        DataColumn(labels("org.figures.head.category"), "text", 34),
        DataColumn(labels("org.figures.head.value"), "integer", 10),
        DataColumn(labels("org.figures.head.unit"), "text", 8),
    )
    rows, page = figures_of(desk).rows, desk.page("org_data_figures")
    return (DataSheet(desk.sheet_name("org_data_figures"), columns, rows, page, tab="grey"),)
