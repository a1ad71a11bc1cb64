"""The charts of the organisation's first sheet. Their numbers stand on the sheet of figures."""

from __future__ import annotations

from hrbook.sheets.book import Chart, Series
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.organisation.desk import Desk
from hrbook.sheets.organisation.figures import Figures, figures_of

HEIGHT = 208  # pixels
ROOM = 158.0  # points of the row that a chart lies over
AIR = 1.15  # of the longest bar, so that its label stays inside the frame
STANDING_COLOURS = ("blue", "sky", "orange", "alarm", "grey2")


def add_charts(desk: Desk, canvas: Canvas) -> None:
    """Two rows of charts from the canvas's current row on: three, then two."""
    made = figures_of(desk)
    people, planned = desk.labels("org.figures.series.people"), desk.labels("org.figures.series.planned")
    _heads(desk, canvas, ((0, 7, "rotation"), (8, 6, "ranks"), (15, 9, "service")))
    rotation = made.series("rotation", people, "blue", STANDING_COLOURS)
    _add(made, canvas, 0, 357, "doughnut", "rotation", (rotation,))
    _add(made, canvas, 8, 306, "bar", "ranks", (made.series("ranks", people, "navy2"),))
    _add(made, canvas, 15, 459, "column", "service", (made.series("service", people, "navy2"),))
    canvas.row += 3
    _heads(desk, canvas, ((0, 14, "courses"), (15, 9, "outlook")))
    states = [series for figure, series in made.places if figure == "courses"]
    courses = tuple(made.series("courses", s, colour) for s, colour in zip(states, ("orange", "alarm"), strict=True))
    _add(made, canvas, 0, 714, "stacked_bar", "courses", courses)
    _add(made, canvas, 15, 459, "column", "outlook", (made.series("outlook", planned, "navy2"),))
    canvas.row += 3


def _heads(desk: Desk, canvas: Canvas, places: tuple[tuple[int, int, str], ...]) -> None:
    for col, cols, key in places:
        canvas.put(canvas.row, col, desk.labels(f"org.figures.{key}"), "h2", cols=cols)
    canvas.heights.update({canvas.row: 22, canvas.row + 1: ROOM, canvas.row + 2: 4})


def _add(made: Figures, canvas: Canvas, col: int, width: int, kind: str, figure: str, series: tuple[Series, ...]) -> None:
    """One chart below its heading, with its numbers in words."""
    labels = made.desk.labels
    several = len(series) > 1
    said = [f"{s.name} {made.spoken(figure, s.name)}" if several else made.spoken(figure, s.name) for s in series]
    alt = labels("org.figures.alt", name=labels(f"org.figures.{figure}"), text=labels("org.figures.join").join(said))
    highest = max((made.highest(figure, s.name) for s in series), default=0)
    canvas.charts.append(
        Chart(
            canvas.row + 1,
            col,
            kind,
            series,
            width,
            HEIGHT,
            alt,
            legend=several,
            gap=40,
            category_labels=kind == "doughnut",
            number_format="" if kind == "doughnut" else "integer",
            maximum=highest * AIR if kind == "column" and highest else None,
        )
    )
