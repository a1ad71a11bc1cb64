"""From orders to spells, and which spells add a unit."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from .dates import ONE_DAY, day, whole_months
from .logic import Truth
from .orders import Order, Person, World, has_post, is_second_post, primary_orders, same_post, service_start, text, undated_orders
from .organisation import CLASSES, Row, Unit, carried, category_of, descends, label, related, unit_of


@dataclass
class Spell:
    """start None = unknown; end None = unknown (something of unknown start follows it)."""

    start: date | None
    closed: date | None
    begins_in: Unit | None
    ends_in: Unit | None
    secondment: bool
    end: date | None = None


def is_secondment(kind: str) -> bool:
    return "派遣" in kind and not any(word in kind for word in ("解除", "終了", "満了", "復帰", "帰任"))


def stays_put(org: list[Row], last: Spell, unit: Unit, d: date) -> bool:
    """Whether a unit is the one where the spell is on a day, or came from it."""
    return last.ends_in is not None and (unit == carried(org, last.ends_in, d) or descends(org, unit, last.ends_in))


def last_of_the_day(orders: list[Order], person: Person, homes: list[bool], moves: list[bool]) -> Order:
    """That of the roster's unit, else title; else that of the receiving authority; else the one that leads elsewhere."""

    def key(i: int) -> tuple[Any, ...]:
        o = orders[i]
        title = bool(o.get("title")) and o["title"] == person["title"]
        return homes[i], title, "転任" in text(o.get("kind")), moves[i], i

    return orders[max(range(len(orders)), key=key)]


def dated_spells(person: Person, world: World) -> list[Spell]:
    org, level = world["org"], world["reading"]["unit"]
    found: list[Spell] = []
    orders = [o for o in primary_orders(person, world) if has_post(o)]
    for d, same_day in groupby(orders, key=lambda o: o["date"]):
        last = found[-1] if found else None
        today = list(same_day)
        units, home = [unit_of(org, o, d, level) for o in today], unit_of(org, person, d, level)
        moves = [last is None or not stays_put(org, last, unit, d) for unit in units]
        order = last_of_the_day(today, person, [unit == home for unit in units], moves)
        unit = unit_of(org, order, d, level)
        away = is_secondment(text(order.get("kind")))
        end = day(order.get("end"))
        closed = end if end is not None and end >= d else None
        if (
            last is not None
            and last.ends_in is not None
            and last.secondment == away
            and (last.closed is None or last.closed >= d - ONE_DAY)
        ):
            now = carried(org, last.ends_in, d)
            reorganised = descends(org, unit, last.ends_in) and day(org[unit[1]]["start"]) in (None, d)
            if unit in (now, last.ends_in) or reorganised:
                last.ends_in, last.closed = unit if reorganised else now, closed
                continue
        found.append(Spell(d, closed, unit, unit, away))
    return found


def roster_spell(person: Person, world: World, found: list[Spell]) -> Spell | None:
    """The roster's post, where the dated history does not hold it."""
    if not has_post(person):
        return None
    org, as_of = world["org"], world["as_of"]
    unit = unit_of(org, person, as_of, world["reading"]["unit"])
    known = [o for o in primary_orders(person, world) if has_post(o)]
    if any(same_post(o, person) for o in known):
        return None
    if unit is not None and any(
        u is not None and (u == unit or descends(org, unit, u)) for s in found for u in (s.begins_in, s.ends_in)
    ):
        return None
    announced = [
        o for o in person["orders"] if (d := day(o["date"])) is not None and d > as_of and has_post(o) and not is_second_post(o)
    ]
    if found and any(
        same_post(o, person) or related(org, unit_of(org, o, o["date"], world["reading"]["unit"]), unit) for o in announced
    ):
        return None
    hired = service_start(person, world)
    new = hired is not None and hired >= date(world["year"], 4, 1) and not found
    return Spell(hired if new else None, None, unit, unit, False)


def spells(person: Person, world: World) -> list[Spell]:
    """All spells from the hire to the as-of date, in order, with their ends."""
    as_of, hired = world["as_of"], service_start(person, world)
    found = dated_spells(person, world)
    roster = roster_spell(person, world, found)
    for i, s in enumerate(found):
        following = found[i + 1] if i + 1 < len(found) else None
        if following is not None and following.start is not None:
            eve = following.start - ONE_DAY
            s.end = min(s.closed, eve) if s.closed else eve
        elif roster is not None:
            s.end = min(s.closed, as_of) if s.closed else None
        else:
            s.end = min(s.closed, as_of) if s.closed else as_of
    for s in found:
        if s.ends_in is not None:
            s.ends_in = carried(world["org"], s.ends_in, as_of if s.end is None else max(s.end, s.start or s.end))
    if hired is not None:
        found = [s for s in found if s.end is None or s.end >= hired]
        for s in found:
            s.start = max(s.start, hired) if s.start else None
    if roster is not None:
        roster.end = as_of
        found.append(roster)
    return found


def class_of(world: World, unit: Unit) -> Unit | None:
    """The category or kind of place that the reading counts, in its groups."""
    groups = {member: name for name, members in world["reading"].get("groups", {}).items() for member in members}
    return category_of(world["org"], unit, CLASSES[world["reading"]["unit"]], groups)


def stays(person: Person, world: World) -> list[Spell]:
    """The spells, as stays in a category where the reading counts those: departments of one category that follow one
    another are one stay."""
    found = spells(person, world)
    if world["reading"]["unit"] not in CLASSES:
        return found
    joined: list[Spell] = []
    for s in found:
        begins, ends = (class_of(world, u) if u is not None else None for u in (s.begins_in, s.ends_in))
        last = joined[-1] if joined else None
        if (
            last is not None
            and begins is not None
            and begins == last.ends_in
            and last.secondment == s.secondment
            and (s.start is None or last.end is None or last.end >= s.start - ONE_DAY)
        ):
            last.ends_in, last.end = ends, s.end
        else:
            joined.append(Spell(s.start, s.closed, begins, ends, s.secondment, s.end))
    return joined


def long_enough(s: Spell, world: World) -> Truth:
    least = world["reading"]["min_stay_months"]
    if not least:
        return True
    if s.start is None:
        return None
    if s.end is not None:
        return bool(whole_months(s.start, s.end) >= least)
    return None if whole_months(s.start, world["as_of"]) >= least else False


@dataclass
class Counted:
    """spells that add a unit, in order; doubtful = something that might add one and cannot be placed."""

    spells: list[Spell]
    doubtful: bool


def counted(person: Person, world: World, window_end: date | None) -> Counted:
    """The spells that add a unit. window_end None = the window cannot be told (no hire date)."""
    org = world["org"]
    added: list[Spell] = []
    doubtful = False
    moves = world["reading"].get("counted") == "moves"
    over = window_end is not None and world["as_of"] > window_end
    for s in stays(person, world):
        if s.secondment and not world["reading"]["secondment_counts"]:
            continue
        if s.begins_in is None:
            doubtful = True
            continue
        before = [a for a in added if a.ends_in is not None]
        if any(related(org, s.begins_in, a.ends_in) for a in (before[-1:] if moves else before) if a.ends_in is not None):
            if moves:  # still there, perhaps under another name
                before[-1].ends_in = s.ends_in or before[-1].ends_in
            continue
        enough = long_enough(s, world)
        if enough is None or (s.start is None and over):
            doubtful = True
        elif enough:
            added.append(s)
    for order in undated_orders(person):
        unit: Unit | None = unit_of(org, order, world["as_of"], world["reading"]["unit"])
        if world["reading"]["unit"] in CLASSES and unit is not None:
            unit = class_of(world, unit)
        if unit is None or moves or not any(a.ends_in is not None and related(org, unit, a.ends_in) for a in added):
            doubtful = True
    return Counted(added[1:] if moves else added, doubtful)


def names(world: World, found: list[Spell]) -> list[str]:
    return [label(world["org"], s.begins_in) for s in found if s.begins_in is not None]
