"""The results of a survey: for the personnel department over everything that may be shown, for a department its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrbook.core.safe_aggregates import WHOLE, Unit
from hrbook.core.survey import Figure, Release, Topic
from hrbook.sheets.book import Book, Chart, DataColumn, DataSheet, Series, Sheet, Value
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.survey.frame import Frame

WIDE = (30, *(12,) * 9)
COLOURS = ("blue", "orange", "alarm2", "grey", "sky", "navy2", "alarm", "sub")
YEARS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """The releases of this and earlier years, the oldest first; the last is this year's."""

    frame: Frame
    releases: tuple[Release, ...]

    @property
    def last(self) -> Release:
        return self.releases[-1]

    def figure(self, unit: Unit, item: str, back: int = 0) -> Figure | None:
        """The figure of a unit, `back` surveys before the last one; None where it is not shown."""
        if back >= len(self.releases):
            return None
        return self.releases[-1 - back].figures.get(unit, {}).get(item)

    def text(self, unit: Unit, item: str, back: int = 0) -> str | float:
        """The mean as it is shown."""
        figure = self.figure(unit, item, back)
        if figure is None:
            return self.frame.labels("survey.hidden")
        mean = float(figure.mean)
        return mean if not figure.end else self.frame.labels("survey.up" if figure.end > 0 else "survey.down", mean=f"{mean:g}")

    def change(self, unit: Unit, item: str) -> str:
        """What changed since the survey before, in words; "" where either is not shown."""
        new, old = self.figure(unit, item), self.figure(unit, item, 1)
        if new is None or old is None or new.end or old.end:
            return ""
        return self.frame.labels("survey.change", points=f"{float(new.mean - old.mean):+.2f}")


def organisation_book(told: Told, path: str, sheets: Sequence[Sheet | DataSheet] = ()) -> Book:
    """The results for the personnel department; `sheets` follow the figures of the departments."""
    frame = told.frame
    title = frame.labels("survey.results_title", year=frame.labels.fiscal_year(frame.year))
    every = (overview(told, WHOLE), _departments(told), _questions(told, (WHOLE,)), *sheets, _data(told, None))
    return frame.book(path, title, every, {"hrbook-kind": "survey-results"})


def department_book(told: Told, unit: Unit, path: str) -> Book:
    """The results for one department: its own, its bureau's, the organisation's; each only where it may be shown."""
    frame = told.frame
    title = frame.labels("survey.results_title", year=frame.labels.fiscal_year(frame.year))
    around: tuple[Unit, ...] = (unit, (unit[0],), WHOLE)
    every = (overview(told, unit), _questions(told, around), _data(told, around))
    return frame.book(path, title, every, {"hrbook-kind": "survey-results"})


def overview(told: Told, unit: Unit) -> Sheet:
    """The success cycle drawn with this year's means, and every topic over the years with a chart. Where a department's own
    figures may not be shown, those of its bureau stand there, or the organisation's, and the finding says so."""
    frame, labels = told.frame, told.frame.labels
    above = [unit[:length] for length in range(len(unit), -1, -1)]
    of = next((one for one in above if one in told.last.figures), None)
    if of is None:
        finding = labels("survey.overview.nothing", least=frame.survey.care.least)
    elif of == unit:
        finding = _extremes(told, of)
    else:
        finding = labels("survey.overview.instead", unit=frame.unit(unit), least=frame.survey.care.least, of=frame.unit(of))
    canvas = frame.canvas("survey_results", WIDE, finding, unit=frame.unit(unit), year=labels.fiscal_year(frame.year))
    canvas.row = 3
    if of is not None:
        _cycle(told, canvas, of)
        _years(told, canvas, of)
    canvas.put(canvas.row, 0, labels("survey.overview.note", least=frame.survey.care.least), "caption_wrap", cols=len(WIDE))
    return canvas.sheet(frame.page("survey_results"), tab="blue")


def _extremes(told: Told, unit: Unit) -> str:
    """The topics with the highest and the lowest mean."""
    labels, topics = told.frame.labels, told.frame.survey.topics
    means = [(figure.mean, topic.name) for topic in topics if (figure := told.figure(unit, topic.id)) is not None]
    count = min(figure.count for figure in told.last.figures[unit].values())
    return labels("survey.overview.finding", high=max(means)[1], low=min(means)[1], count=f"{count:,}")


def _cycle(told: Told, canvas: Canvas, unit: Unit) -> None:
    """The stations side by side, arrows between them, and the way back from the last to the first below."""
    labels, row = told.frame.labels, canvas.row
    stations = [topic for topic in told.frame.survey.topics if topic.cycle]
    if not stations:
        return
    canvas.put(row, 0, labels("survey.overview.cycle"), "h2", cols=len(WIDE))
    canvas.heights.update({row: 24, row + 1: 6, row + 2: 18, row + 3: 34, row + 4: 30, row + 5: 18})
    starts = [0, *(2 + 2 * place for place in range(len(stations) - 1))] if len(stations) > 4 else [0, 2, 5, 8][: len(stations)]
    for place, (col, topic) in enumerate(zip(starts, stations, strict=True)):
        wide = 1 if col == 0 or len(stations) > 4 else 2
        canvas.put(row + 2, col, topic.name, "kpi_label_blue bold", cols=wide)
        canvas.put(row + 3, col, told.text(unit, topic.id), "kpi_number_blue decimal2", cols=wide)
        note = labels("survey.overview.station", gist=topic.gist, change=told.change(unit, topic.id))
        canvas.put(row + 4, col, note.strip(), "kpi_note_blue wrap", cols=wide)
        if place:
            canvas.put(row + 3, col - 1, labels("survey.overview.arrow"), "td_center navy huge no_rule")
    canvas.put(row + 5, 0, labels("survey.overview.back", first=stations[0].name, last=stations[-1].name), "th2", cols=len(WIDE))
    canvas.row = row + 7


def _years(told: Told, canvas: Canvas, unit: Unit) -> None:
    """Means by topic and year, and a line for each station of the cycle."""
    labels, row, topics = told.frame.labels, canvas.row, told.frame.survey.topics
    past = told.releases[-YEARS:]
    canvas.put(row, 0, labels("survey.overview.years"), "h2", cols=len(WIDE))
    canvas.put(row + 1, 0, labels("survey.head.topic"), "th")
    canvas.line(row + 1, 1, [labels.short_year(release.year) for release in past], "th")
    canvas.heights.update({row: 24, row + 1: 20})
    for place, topic in enumerate(topics):
        at = row + 2 + place
        canvas.put(at, 0, topic.name, "td bold")
        values = [told.text(unit, topic.id, len(past) - 1 - back) for back in range(len(past))]
        canvas.line(at, 1, values, "td center decimal2")
        canvas.heights[at] = 18
    last = row + 2 + len(topics)
    where = canvas.name
    series = tuple(
        Series(
            topic.name, (where, row + 1, 1, row + 1, len(past)), (where, row + 2 + place, 1, row + 2 + place, len(past)), colour
        )
        for (place, topic), colour in zip(_drawn(topics), COLOURS, strict=False)
    )
    numbers = any(told.figure(unit, topic.id, back) for _, topic in _drawn(topics) for back in range(len(past)))
    if numbers and len(past) > 1:
        alt = labels("survey.overview.chart", unit=told.frame.unit(unit))
        canvas.charts.append(
            Chart(row + 1, 6, "line", series, 350, 190, alt, legend=True, labels=False, maximum=5, number_format="decimal1")
        )
    canvas.row = last + 2


def _drawn(topics: Sequence[Topic]) -> list[tuple[int, Topic]]:
    """The stations of the cycle with their places; all topics where there is no cycle."""
    every = list(enumerate(topics))
    return [(place, topic) for place, topic in every if topic.cycle] or every


def _departments(told: Told) -> Sheet:
    """Every unit and topic; what is not shown says so."""
    frame, labels, topics = told.frame, told.frame.labels, told.frame.survey.topics
    units: list[Unit] = [WHOLE]
    for bureau in sorted({unit[0] for unit in told.last.asked}):
        units += [(bureau,), *sorted(unit for unit in told.last.asked if unit[0] == bureau)]
    hidden = sum(1 for unit in units if len(unit) == 2 and unit not in told.last.figures)
    finding = labels("survey.units.finding", units=len(told.last.asked), hidden=hidden, least=frame.survey.care.least)
    canvas = frame.canvas("survey_units", (24, 34, 10, *(10.5,) * len(topics)), finding)
    frame.heads(canvas, 3, ("bureau", "department", "asked"))
    canvas.line(3, 3, [topic.name for topic in topics], "th")
    canvas.heights[3] = 40
    for row, unit in enumerate(units, start=4):
        look = "totals" if len(unit) < 2 else "td"
        canvas.put(row, 0, unit[0] if unit else labels("survey.whole"), f"{look} left shrink")
        canvas.put(row, 1, frame.unit(unit) if len(unit) == 2 else None, f"{look} left shrink")
        people = sum(count for one, count in told.last.asked.items() if one[: len(unit)] == unit)
        canvas.put(row, 2, people, f"{look} center integer")
        canvas.line(row, 3, [told.text(unit, topic.id) for topic in topics], f"{look} center decimal2")
        canvas.heights[row] = 18
    canvas.put(
        4 + len(units), 0, labels("survey.units.note", least=frame.survey.care.least), "caption_wrap", cols=3 + len(topics)
    )
    return canvas.sheet(frame.page("survey_units"), freeze=(4, 2), tab="blue")


def _questions(told: Told, units: Sequence[Unit]) -> Sheet:
    """Every question with this survey's mean and the one before, for one unit or several."""
    frame, labels, survey = told.frame, told.frame.labels, told.frame.survey
    canvas = frame.canvas("survey_questions", (18, 66, *(17,) * max(2, len(units)), 14), labels("survey.questions.finding"))
    frame.heads(canvas, 3, ("topic", "question"))
    canvas.line(3, 2, [frame.unit(unit) for unit in units], "th")
    extra = [labels("survey.head.before")] if len(units) == 1 else []
    canvas.line(3, 2 + len(units), [*extra, labels("survey.head.change")], "th")
    canvas.heights[3] = 30
    names = {topic.id: topic.name for topic in survey.topics}
    for row, question in enumerate(survey.questions, start=4):
        canvas.put(row, 0, names[question.topic], "td shrink")
        canvas.put(row, 1, question.text, "td_wrap")
        values = [told.text(unit, question.id) for unit in units]
        before = [told.text(units[0], question.id, 1)] if len(units) == 1 else []
        canvas.line(row, 2, [*values, *before], "td center decimal2")
        canvas.put(row, 2 + len(units) + len(before), told.change(units[0], question.id), "td_center")
    return canvas.sheet(frame.page("survey_questions"), freeze=(4, 0), tab="blue")


def _data(told: Told, only: Sequence[Unit] | None) -> DataSheet:
    """Everything that is shown, one row a figure; `only` these units, or all."""
    labels, rows = told.frame.labels, list[tuple[Value, ...]]()
    names = {t.id: t.name for t in told.frame.survey.topics} | {q.id: q.text for q in told.frame.survey.questions}
    for release in told.releases:
        for unit, means in release.figures.items():
            if only is not None and unit not in only:
                continue
            for item, figure in sorted(means.items()):
                bound = labels(f"survey.data.end_{figure.end + 1}")
                where = (unit[0] if unit else None, told.frame.unit(unit) if len(unit) == 2 else None)
                rows.append((release.year, *where, item, names.get(item), figure.count, float(figure.mean), bound))
    kinds = (
        ("year", "integer", 10), ("bureau", "text", 22), ("department", "text", 26), ("item", "text", 16), ("name", "text", 60),
        ("count", "integer", 12), ("mean", "number", 12), ("bound", "text", 12),
    )  # fmt: skip
    columns = tuple(DataColumn(labels(f"survey.data.{key}"), kind, width) for key, kind, width in kinds)
    return DataSheet(told.frame.sheet_name("survey_data"), columns, rows, told.frame.page("survey_data"), tab="grey")
