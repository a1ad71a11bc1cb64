"""What happens to some people only: notices, second posts, secondments, lost histories, holes, strange titles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from hrbook.core.calendar import fiscal_year
from hrbook.sample.dice import Dice
from hrbook.sample.node import Node
from hrbook.sample.orders import SENIOR_RANK, OrderBook
from hrbook.sample.organisation import Organisation
from hrbook.sample.people import Order, Person

NORMAL_STAFF = 1100
HOLE_DAYS = 200
Change = Callable[[Dice, Person], Person]
Test = Callable[[Person], bool]


class Features:
    """Changes people in place of a list; each feature draws from its own dice, so that one does not disturb another."""

    def __init__(self, data: Node, organisation: Organisation, staff: int, seed: int) -> None:
        self._data, self._words, self._counts = data, data.node("words"), data.node("counts")
        self._organisation, self._staff, self._seed = organisation, staff, seed
        self._now = date(data.node("city").whole("year"), 4, 1)

    def scaled(self, key: str) -> int:
        """The data's count of `key` for a city of this size; at least one."""
        return max(1, round(self._counts.whole(key) * self._staff / NORMAL_STAFF))

    def apply(self, people: list[Person]) -> None:
        """All features, one after another; nobody who is an example or was changed before is touched again."""
        touched: set[int] = set()
        for name, count, test, change in self._plan():
            dice = Dice(self._seed, "feature", name)
            fitting = [n for n, p in enumerate(people) if n not in touched and not p.example and test(p)]
            for place in dice.some(fitting, count):
                people[place] = change(dice, people[place])
                touched.add(place)

    def _plan(self) -> list[tuple[str, int, Test, Change]]:
        titles = self._words.texts("unmapped_titles")
        unused = iter(titles)
        return [
            ("unmapped", len(titles), self._long_chief, lambda d, p: self._retitle(p, next(unused))),
            ("lost", self.scaled("lost_beginnings"), self._young_mover, lambda d, p: replace(p, orders=p.orders[1:])),
            ("hole", self.scaled("holes"), self._young_mover, self._hole),
            ("seconded", self.scaled("seconded"), self._recent, self._second_out),
            ("notice", self.scaled("notices"), self._settled, self._notice),
            ("second", self.scaled("second_posts"), self._settled, self._second_post),
            ("charge", self.scaled("charges"), self._director, self._charge),
        ]

    def _regular(self, person: Person) -> bool:
        return person.employment == self._words.text("regular") and person.status == self._words.text("present")

    def _young(self, person: Person) -> bool:
        return self._regular(person) and bool(person.ranks) and person.ranks[-1][1] <= 1

    def _long_chief(self, person: Person) -> bool:
        general = person.job == self._organisation.general_job
        return self._young(person) and person.ranks[-1][1] == 1 and general

    def _young_mover(self, person: Person) -> bool:
        return self._young(person) and fiscal_year(person.hired) >= self._now.year - 9 and len(person.moves) == 2

    def _recent(self, person: Person) -> bool:
        return self._young(person) and len(person.moves) > 1 and person.moves[-1].year >= self._now.year - 2

    def _settled(self, person: Person) -> bool:
        return self._regular(person) and person.ranks[-1][1] <= SENIOR_RANK and person.moves[-1].year < self._now.year

    def _director(self, person: Person) -> bool:
        return self._regular(person) and person.title == self._words.text("director")

    def _retitle(self, person: Person, title: str) -> Person:
        since = person.ranks[-1][0]
        orders = tuple(replace(o, title=title) if o.day >= since else o for o in person.orders)
        return replace(person, title=title, orders=orders)

    def _hole(self, dice: Dice, person: Person) -> Person:
        """The order before the last move ends long before that move."""
        move = person.moves[-1]
        place = max(n for n, order in enumerate(person.orders) if order.day < move)
        start = person.orders[place].day
        end = max(start + timedelta(days=60), move - timedelta(days=HOLE_DAYS))
        orders = list(person.orders)
        orders[place] = replace(orders[place], end=min(end, move - timedelta(days=40)))
        return replace(person, orders=tuple(orders))

    def _second_out(self, dice: Dice, person: Person) -> Person:
        body = dice.pick(self._data.node("secondment").texts("departments"))
        words, place = self._words, [o.day for o in person.orders].index(person.moves[-1]) if self._has_move(person) else -1
        orders = list(person.orders)
        remark = words.text("remark_secondment").format(body=body)
        orders[place] = replace(orders[place], kind=words.text("order_secondment"), remark=remark)
        return replace(person, orders=tuple(orders), status=words.text("seconded"))

    @staticmethod
    def _has_move(person: Person) -> bool:
        return person.moves[-1] in [order.day for order in person.orders]

    def _notice(self, dice: Dice, person: Person) -> Person:
        day = dice.pick((date(self._now.year, 7, 1), date(self._now.year, 10, 1)))
        wheel = self._organisation.wheel(person.job)
        unit = next((u for u in (dice.spin(wheel) for _ in range(20)) if u is not person.unit), person.unit)
        words = self._words
        order = Order(day, unit, dice.pick(unit.sections), person.title, words.text("order_move"), words.text("remark_notice"))
        return replace(person, orders=(*person.orders, replace(order, code=OrderBook.code_of(order))))

    def _second_post(self, dice: Dice, person: Person) -> Person:
        """A second post in another department: by the kind of order or by the remark; a third of them are over."""
        words = self._words
        others = [unit for unit in self._organisation.departments if unit is not person.unit]
        unit = dice.pick(others)
        crossing = unit.other_authority is not person.unit.other_authority
        kind, remark = words.text("order_second_other" if crossing else "order_second"), ""
        if dice.chance(0.3):
            kind, remark = words.text("order_move"), words.text("remark_second").format(department=unit.department)
        year = dice.whole(max(person.moves[-1].year, self._now.year - 4), self._now.year - 1)
        day = max(date(year, 4, 1), unit.start, person.moves[-1] + timedelta(days=1))
        over = date(self._now.year, 3, 31) if dice.chance(0.35) else None
        extra = [Order(day, unit, None, person.title, kind, remark, unit.code, over, primary=False)]
        if over is not None:
            end = Order(self._now, unit, None, person.title, words.text("order_second_end"), remark, unit.code, primary=False)
            extra.append(end)
        return replace(person, orders=(*person.orders, *extra))

    def _charge(self, dice: Dice, person: Person) -> Person:
        """A head of bureau who also acts as head of one of its departments."""
        own = [unit for unit in self._organisation.departments if unit.bureau == person.unit.bureau]
        unit = dice.pick(own)
        words = self._words
        remark = words.text("remark_charge").format(department=unit.department)
        title = words.text("manager")
        day = max(person.ranks[-1][0], person.moves[-1], unit.start)
        order = Order(day, unit, None, title, words.text("order_charge"), remark, unit.code, primary=False)
        return replace(person, orders=(*person.orders, order))
