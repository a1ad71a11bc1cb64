"""Native charts: plain, labelled at the mark, readable without colour, described in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from hrbook.excel.clean import clean_text
from hrbook.sheets.book import Chart, Series, Value
from hrbook.styles import Styles, readable_on

KINDS = {
    "bar": ("bar", ""),
    "column": ("column", ""),
    "stacked_bar": ("bar", "stacked"),
    "stacked_column": ("column", "stacked"),
    "doughnut": ("doughnut", ""),
    "line": ("line", ""),
}
HOLE = 50  # percent
SIZE = 9  # points
MOVE_ONLY = 2  # a chart moves with its cell but keeps its size
BANG = "\uff01"  # full width: a name that looks like a reference would be read as one
_REFERENCE = re.compile(r"^=?[^!]+!\$?[A-Z]+\$?\d+")

Reference = tuple[str, int, int, int, int]
Values = Callable[[Reference], list[Value]]


def add_chart(workbook: Any, sheet: Any, chart: Chart, styles: Styles, values: Values) -> None:
    """Insert a chart. `values` gives what stands in a range, so that labels of zeros can be left out."""
    if chart.kind not in KINDS:
        raise ValueError(f"unknown kind of chart: {chart.kind}")
    kind, subtype = KINDS[chart.kind]
    made = workbook.add_chart({"type": kind, "subtype": subtype} if subtype else {"type": kind})
    for series in chart.series:
        made.add_series(_series(chart, series, styles, values(series.values)))
    font = _font(styles, styles.colour("ink"))
    made.set_title({"none": True})
    made.set_legend({"position": "bottom", "font": font} if chart.legend else {"none": True})
    made.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    made.set_plotarea({"border": {"none": True}, "fill": {"none": True}})
    if kind == "doughnut":
        made.set_hole_size(HOLE)
    else:
        _axes(made, chart, font, styles)
    made.set_size({"width": chart.width, "height": chart.height})
    made.show_blanks_as("gap")
    place = {"x_offset": chart.x_offset, "y_offset": chart.y_offset, "object_position": MOVE_ONLY}
    sheet.insert_chart(chart.row, chart.col, made, {**place, "description": clean_text(chart.alt)})


def _axes(made: Any, chart: Chart, font: dict[str, Any], styles: Styles) -> None:
    line = {"color": f"#{styles.colour('line')}", "width": 0.75}
    category: dict[str, Any] = {"num_font": font, "line": line, "major_tick_mark": "none", "minor_tick_mark": "none"}
    amount: dict[str, Any] = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
    if chart.maximum is not None:
        amount["max"] = chart.maximum
    if KINDS[chart.kind][0] == "bar":
        category["reverse"] = True  # first category on top, as in the table
        made.set_y_axis(category)
        made.set_x_axis(amount)
    else:
        made.set_x_axis(category)
        made.set_y_axis(amount)


def _series(chart: Chart, series: Series, styles: Styles, values: list[Value]) -> dict[str, Any]:
    colours = [styles.colour(name) for name in series.point_colours or (series.colour,) * len(values)]
    main = f"#{styles.colour(series.colour)}"
    found: dict[str, Any] = {
        "name": _plain_name(series.name),
        "categories": list(series.categories),
        "values": list(series.values),
    }
    if chart.kind == "line":
        marker = {"type": "circle", "size": 6, "fill": {"color": main}, "border": {"color": main}}
        found |= {"line": {"color": main, "width": 2.25}, "marker": marker}
    else:
        white = {"color": f"#{styles.colour('white')}", "width": 1.5}
        found |= {"fill": {"color": main}, "border": white if chart.kind == "doughnut" else {"none": True}}
        if series.point_colours:
            border = {"border": white} if chart.kind == "doughnut" else {"border": {"none": True}}
            found["points"] = [{"fill": {"color": f"#{colour}"}, **border} for colour in colours]
    if chart.kind not in ("doughnut", "line"):
        found["gap"] = chart.gap
        if KINDS[chart.kind][1]:
            found["overlap"] = 100
    if chart.labels:
        found["data_labels"] = _labels(chart, series, styles, values, colours)
    return found


def _labels(chart: Chart, series: Series, styles: Styles, values: list[Value], colours: list[str]) -> dict[str, Any]:
    """Labels with the value; inside a mark in whichever text colour reads best on it, and none for zero."""
    inside = chart.kind == "doughnut" or bool(KINDS[chart.kind][1])
    ink, white = styles.colour("ink"), styles.colour("white")
    fixed = styles.colour(series.label_colour) if series.label_colour else ""
    found: dict[str, Any] = {"value": True, "font": _font(styles, fixed or ink, bold=True)}
    if chart.number_format:
        found["num_format"] = styles.number_formats.get(chart.number_format, chart.number_format)
    if chart.kind == "doughnut" and chart.category_labels:
        found |= {"category": True, "separator": "\n"}
    if chart.kind in ("bar", "column"):
        found["position"] = "outside_end"
    elif chart.kind == "line":
        found["position"] = "above"
    elif inside and chart.kind != "doughnut":
        found["position"] = "center"
    if inside:
        custom: list[dict[str, Any]] = []
        for value, colour in zip(values, colours, strict=False):
            text = fixed or readable_on(colour, ink, white)
            custom.append({"font": _font(styles, text, bold=True)} if value else {"delete": True})
        found["custom"] = custom
    return found


def _font(styles: Styles, colour: str, bold: bool = False) -> dict[str, Any]:
    return {"name": styles.fonts.normal, "size": SIZE, "color": f"#{colour}", "bold": bold}


def _plain_name(name: str) -> str:
    text = clean_text(name)
    return text.replace("!", BANG) if _REFERENCE.match(text) else text
