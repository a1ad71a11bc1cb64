"""The settings that the invented city decided, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hrbook.core.calendar import FIRST_MONTH
from hrbook.sample.node import Node
from hrbook.sample.tables import Row, Table, Tables, Value

YEARS_OF_PLAN = 5


def settings_tables(data: Node) -> Tables:
    """All sheets of the settings workbook but the first."""
    settings = data.node("settings")
    rows: dict[str, list[Row]] = {
        "criteria": [
            (part.whole("year") if "year" in part else None, part.text("key"), part.value("value"), part.text("note"))
            for part in settings.nodes("criteria")
        ],
        "timings": list(_timings(data)),
        "sessions": list(_sessions(data)),
        "promotions": [],
        "stays": [],
        "measures": list(_measures(settings)),
        "tiers": list(_tiers(data)),
        "titles": [tuple(str(word) for word in row) for row in settings.lists("titles")],
        "headings": [],
        "seals": list(_seals(settings)),
        "forms": list(settings.pairs("forms")),
    }
    return tuple(table(data, key, found) for key, found in rows.items())


def table(data: Node, key: str, rows: list[Row]) -> Table:
    """The rows under the sheet name, note and headers that the data has for `key`."""
    node = data.node("sheets").node(key)
    return Table(node.text("name"), node.text("note"), node.texts("columns"), tuple(rows))


def _timings(data: Node) -> Iterator[Row]:
    words, ranks = data.node("words"), data.node("city").texts("ranks")
    for course in data.nodes("course"):
        for node in course.nodes("setting"):
            chosen = words.text("divider").join(ranks[number] for number in node.wholes("ranks")) if "ranks" in node else None
            yield (
                None,
                course.text("code"),
                course.texts("names")[0],
                chosen,
                *_window(node, "service"),
                *_window(node, "rank_year"),
                *_window(node, "age"),
                None,
                None,
                None,
                None,
                None,
                words.text("yes" if node.flag("mandatory") else "no"),
                node.whole("repeat") if "repeat" in node else None,
                node.whole("seats") if "seats" in node else None,
                node.text("held") if "held" in node else None,
                node.text("note") if "note" in node else data.node("settings").text("timing_note"),
            )


def _sessions(data: Node) -> Iterator[Row]:
    """Every session of the target year, first its course, then its days."""
    year, names = data.node("city").whole("year"), {c.text("code"): c.texts("names")[0] for c in data.nodes("course")}
    for code, place, seats, *held in data.node("settings").lists("sessions"):
        for month, day, days in (part for part in held if isinstance(part, list)):
            first = date(year + (month < FIRST_MONTH), month, day)
            yield str(code), names[str(code)], first, first + timedelta(days=days - 1), int(str(seats)), str(place), None


def _measures(settings: Node) -> Iterator[Row]:
    """The city's decisions on the five-year plan: owner and goals, and what it added."""
    for number, owner, *said in settings.lists("measures"):
        goals = [value if isinstance(value, int | float) else None for value in said[:YEARS_OF_PLAN]]
        goals += [None] * (YEARS_OF_PLAN - len(goals))
        name, clause = (str(part) for part in said[YEARS_OF_PLAN:]) if len(said) > YEARS_OF_PLAN else (None, None)
        yield str(number), name, clause, str(owner), None, *goals, settings.text("invented")


def _tiers(data: Node) -> Iterator[Row]:
    words, ranks, settings = data.node("words"), data.node("city").texts("ranks"), data.node("settings")
    for tier, courses, places, *years in settings.lists("tiers"):
        named = [ranks[number] for number in places if isinstance(number, int)] if isinstance(places, list) else []
        least = [year if isinstance(year, int) else None for year in years]
        yield str(tier), str(courses), words.text("divider").join(named) or None, *least, settings.text("invented")


def _window(node: Node, key: str) -> tuple[Value, Value]:
    bounds = node.wholes(key) if key in node else ()
    return (bounds[0] if bounds else None, bounds[1] if len(bounds) > 1 else None)


def _seals(settings: Node) -> Iterator[Row]:
    for form, headings in settings.lists("seals"):
        if isinstance(headings, list):
            yield from ((str(form), place, str(heading)) for place, heading in enumerate(headings, start=1))
