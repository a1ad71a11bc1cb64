"""Stays and ranks become orders: hire, move, promotion, step-down, reorganisation, pairs of two authorities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hrbook.core.calendar import first_day, fiscal_year
from hrbook.sample.dice import Dice
from hrbook.sample.ladder import Ranks
from hrbook.sample.moves import Stay
from hrbook.sample.node import Node
from hrbook.sample.organisation import Unit
from hrbook.sample.people import Order

SENIOR_RANK = 2  # up to here people belong to a section


class OrderBook:
    """Writes the orders of a career with the words of the data."""

    def __init__(self, data: Node) -> None:
        self._words = data.node("words")
        node = data.node("career")
        self._coded_since, self._coded = node.day("first_order_codes"), node.share("with_code")
        self._ended, self._double = node.share("with_end"), node.share("double_order")
        self._section = node.share("section_change")
        self._titles = tuple(self._words.text(key) for key in ("clerk", "chief", "senior", "manager", "director"))

    def write(self, dice: Dice, stays: tuple[Stay, ...], ranks: Ranks, title: str, reappointed: date | None) -> tuple[Order, ...]:
        """All primary orders up to now, oldest first; `title` is the one of the seat, in force since the last rank."""
        orders = list(self._walk(dice, stays, ranks, title, reappointed))
        if dice.chance(self._ended):
            days = [order.day for order in orders]
            ends = [next((d - timedelta(days=1) for d in days if d > order.day), None) for order in orders]
            orders = [replace(order, end=end) for order, end in zip(orders, ends, strict=True)]
        return tuple(orders)

    def _walk(self, dice: Dice, stays: tuple[Stay, ...], ranks: Ranks, title: str, reappointed: date | None) -> Iterator[Order]:
        moves = {stay.day: stay for stay in stays}
        changes = dict(ranks)
        days = {*moves, *changes, *self._reforms(stays)} | ({reappointed} if reappointed is not None else set())
        swaps = self._section_days(dice, stays, days, ranks)
        stay, unit, section = stays[0], stays[0].chain[0], stays[0].sections[0]
        rank = ranks[0][1]
        alone = dice.chance(0.5) and len(stays) > 1
        for day in sorted(days | swaps):
            before, before_unit, before_stay = rank, unit, stay
            stay, rank = moves.get(day, stay), changes.get(day, rank)
            unit = stay.unit_on(day)
            if unit is not before_unit:
                section = stay.sections[stay.chain.index(unit)]
            elif day in swaps:
                section = dice.pick([other for other in unit.sections if other is not section])
            kind, remark = self._kind(day, stays, rank - before, (before_stay, stay), (before_unit, unit), reappointed)
            name = self._title(day, stays, ranks, rank, title, alone)
            order = Order(day, unit, section if rank <= SENIOR_RANK else None, name, kind, remark)
            yield self._coded_order(dice, order)
            if kind == self._words.text("order_out") and dice.chance(self._double):
                received = self._words.text("remark_received").format(bureau=unit.bureau)
                yield self._coded_order(dice, replace(order, kind=self._words.text("order_in"), remark=received))

    @staticmethod
    def _reforms(stays: tuple[Stay, ...]) -> set[date]:
        """Days on which the unit of a stay was renamed, merged or split while the person was there."""
        ends = [stay.day for stay in stays[1:]] + [date.max]
        return {u.start for stay, end in zip(stays, ends, strict=True) for u in stay.chain[1:] if u.start < end}

    def _section_days(self, dice: Dice, stays: tuple[Stay, ...], taken: set[date], ranks: Ranks) -> set[date]:
        """1 Aprils on which somebody only changes the section: never in the last stay, whose section is the seat's."""
        found = set()
        for stay, after in pairwise(stays):
            for year in range(fiscal_year(stay.day) + 2, fiscal_year(after.day)):
                day = first_day(year)
                rank = [number for since, number in ranks if since <= day][-1]
                fits = day not in taken and rank <= SENIOR_RANK and len(stay.unit_on(day).sections) > 1
                if fits and dice.chance(self._section):
                    found.add(day)
        return found

    def _kind(
        self,
        day: date,
        stays: tuple[Stay, ...],
        change: int,
        places: tuple[Stay, Stay],
        units: tuple[Unit, Unit],
        reappointed: date | None,
    ) -> tuple[str, str]:
        words = self._words
        moved = places[0] is not places[1]
        remark = words.text("remark_return") if moved and places[0].outside else ""
        if day == stays[0].day:
            return words.text("order_hire"), ""
        if day == reappointed:
            return words.text("order_reappoint"), ""
        if change < 0:
            return words.text("order_down"), words.text("remark_step_down")
        if moved and places[1].outside:
            return words.text("order_secondment"), words.text("remark_secondment").format(body=places[1].outside)
        if change > 0:
            return words.text("order_up"), remark
        if moved:
            crossing = (units[0].other_authority or units[1].other_authority) and units[0].bureau != units[1].bureau
            return words.text("order_out" if crossing else "order_move"), remark
        if units[0] is not units[1]:
            return words.text("order_reform"), words.text("remark_reform")
        return words.text("order_move"), words.text("remark_section")

    def _title(self, day: date, stays: tuple[Stay, ...], ranks: Ranks, rank: int, title: str, alone: bool) -> str:
        since, stepped = ranks[-1][0], len(ranks) > 1 and ranks[-1][1] < ranks[-2][1]
        if day >= since and (stepped or rank != SENIOR_RANK or day >= stays[-1].day):
            return title
        if rank == SENIOR_RANK and alone:
            return self._words.text("senior_alone")
        return self._titles[rank]

    def _coded_order(self, dice: Dice, order: Order) -> Order:
        if order.day < self._coded_since or not dice.chance(self._coded):
            return order if not order.code else replace(order, code="")
        return replace(order, code=self.code_of(order))

    @staticmethod
    def code_of(order: Order) -> str:
        """The code of the order's section, else of its unit; blank for places outside the city."""
        return order.section.code if order.section is not None and order.unit.code else order.unit.code
