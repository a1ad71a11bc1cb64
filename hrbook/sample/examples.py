"""People whose histories are fixed in the data: the worked examples of the rules, so that the sample shows each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hrbook.sample.dice import Dice
from hrbook.sample.names import Names
from hrbook.sample.node import Node
from hrbook.sample.orders import OrderBook
from hrbook.sample.organisation import Organisation
from hrbook.sample.people import Order, Person


def example_places(data: Node) -> list[tuple[str, str]]:
    """(department, title) of every example, in the order of the data."""
    return [(node.text("at"), node.text("title")) for node in data.nodes("example")]


def example_people(data: Node, organisation: Organisation, names: Names, seed: int) -> list[Person]:
    """The people of the data's [[example]], each with a name of its own."""
    return [
        _person(data, node, organisation, names, Dice(seed, "example", node.text("letter")), number)
        for number, node in enumerate(data.nodes("example"), start=1)
    ]


def mapped_titles(data: Node) -> list[tuple[str, str]]:
    """(title, rank) of the titles that the settings map."""
    return [(str(row[0]), str(row[1])) for row in data.node("settings").lists("titles")]


def _person(data: Node, node: Node, organisation: Organisation, names: Names, dice: Dice, number: int) -> Person:
    words, career = data.node("words"), data.node("career")
    now = date(data.node("city").whole("year"), 4, 1)
    levels = {title: rank for rank, title in enumerate(data.node("city").texts("ranks"))}
    levels |= {title: levels[rank] for title, rank in mapped_titles(data)}
    born, unit = node.day("born"), organisation.by_name(node.text("at"))
    section = None if levels[node.text("title")] >= levels[words.text("manager")] else dice.pick(unit.sections)
    orders: list[Order] = []
    for day, department, title, kind in node.lists("orders"):
        place = organisation.former_of(str(department), _day(day))
        last = place is unit and section is not None
        rank_section = None if levels[str(title)] >= levels[words.text("manager")] else dice.pick(place.sections)
        order = Order(_day(day), place, section if last else rank_section, str(title), str(kind), _remark(words, str(kind)))
        code = OrderBook.code_of(order) if order.day >= career.day("first_order_codes") else ""
        notice = words.text("remark_notice") if order.day > now else order.remark
        orders.append(Order(order.day, place, order.section, order.title, order.kind, notice, code))
    ranks = _ranks(orders, levels, now)
    past = [order for order in orders if order.day <= now]
    climbed = next(since for since, rank in reversed(ranks) if rank == ranks[-1][1] or since == ranks[0][0])
    return Person(
        names.draw(dice, born.year, number),
        born,
        orders[0].day,
        node.text("route") if "route" in node else words.text("route_new"),
        words.text("regular"),
        organisation.general_job,
        node.text("title"),
        unit,
        section,
        words.text("present"),
        ranks,
        tuple(order.day for order, before in zip(past, [None, *past], strict=False) if _moved(order, before)),
        climbed,
        tuple(orders),
        example=node.text("letter"),
        summary=node.text("summary"),
        untaken=node.texts("untaken") if "untaken" in node else (),
    )


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise ValueError(f"an order of an example needs a date, not {value!r}")
    return value


def _remark(words: Node, kind: str) -> str:
    remarks = {words.text("order_down"): "remark_step_down", words.text("order_reform"): "remark_reform"}
    return words.text(remarks[kind]) if kind in remarks else ""


def _moved(order: Order, before: Order | None) -> bool:
    return before is None or (order.unit is not before.unit and before.unit not in order.unit.origins)


def _ranks(orders: Sequence[Order], levels: dict[str, int], now: date) -> tuple[tuple[date, int], ...]:
    ranks: list[tuple[date, int]] = []
    for order in orders:
        if order.day <= now and (not ranks or ranks[-1][1] != levels[order.title]):
            ranks.append((order.day, levels[order.title]))
    return tuple(ranks)
