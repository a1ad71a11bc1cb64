"""The first sheet of both workbooks: that everything is invented, and what the other sheets are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hrbook.sample.node import Node
from hrbook.sample.people import Person
from hrbook.sample.tables import Row, Table

FIRST_REIWA = 2019


def front_table(data: Node, people: Sequence[Person], staff: int, seed: int, year: int, tables: Sequence[Table]) -> Table:
    """Says on its face that the city is invented, the size and the seed, and one line for each of `tables`."""
    node, city = data.node("front"), data.node("city")
    rows = tuple(_rows(data, people, staff, seed, year, tables))
    return Table(node.text("sheet"), city.text("note"), node.texts("columns"), rows)


def _rows(data: Node, people: Sequence[Person], staff: int, seed: int, year: int, tables: Sequence[Table]) -> Iterator[Row]:
    node, city = data.node("front"), data.node("city")
    titles = data.node("words").texts("unmapped_titles")
    facts = {
        "note": city.text("note"),
        "city": city.text("name"),
        "staff": staff,
        "seed": seed,
        "year": year,
        "era": year - FIRST_REIWA + 1,
        "count": sum(person.title in titles for person in people),
    }
    for key in ("about", "city", "staff", "seed", "year", "pair", "unmapped", "examples"):
        head, text = node.texts(key)
        yield (head.format(**facts), text.format(**facts))
    for person in sorted((p for p in people if p.example), key=lambda p: p.number):
        head, text = node.texts("example")
        yield (head.format(letter=person.example), text.format(number=person.number, summary=person.summary))
    for table in tables:
        head, text = node.texts("sheet_line")
        yield (head.format(name=table.name), text.format(note=table.note))
