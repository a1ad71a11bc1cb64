"""Titles, ranks by date, rank years, and the step-down."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from .dates import ONE_DAY, age_on, day, first_day, fy, last_day
from .logic import Truth
from .orders import Order, Person, World, primary_orders, remembered, service_start, text

STEP_DOWN = ("降任", "降格", "役職定年")


def rank_of_title(title: Any, world: World) -> str | None:
    """The rank of a title: by the table; a second post in brackets is left out; 心得 has the rank below the title's."""
    if not title:
        return None
    if title in world["titles"]:
        return str(world["titles"][title])
    bare = title.split("（")[0].split("(")[0]
    if bare != title and bare in world["titles"]:
        return str(world["titles"][bare])
    if bare.endswith("心得") and bare[:-2] in world["titles"]:
        index = world["ranks"].index(world["titles"][bare[:-2]])
        return str(world["ranks"][max(0, index - 1)])
    return None


@dataclass
class Statement:
    """What the history says of the rank on a date: rank None = an unmapped title, or a promotion without a title."""

    date: date
    rank: str | None
    kind: str
    before: str | None
    first: bool


@remembered
def statements(person: Person, world: World) -> list[Statement]:
    """One a day. Of several ranks of one day: that of the roster's title, else of its rank, else one that is new, else
    the last; the words of the day's other orders count too, unless they carry another rank."""
    present = rank_of_title(person["title"], world)
    days: dict[date, list[Order]] = {}
    for order in primary_orders(person, world):
        kind = text(order.get("kind"))
        if order.get("title") or "昇任" in kind or any(word in kind for word in STEP_DOWN):
            days.setdefault(order["date"], []).append(order)
    found: list[Statement] = []
    for d, orders in days.items():
        before = next((s.rank for s in reversed(found) if s.rank is not None), None)
        ranked = [(o, rank) for o in orders if (rank := rank_of_title(o.get("title"), world)) is not None]
        ranked.sort(key=lambda pair: (pair[0]["title"] == person["title"], pair[1] == present, pair[1] != before))
        rank = ranked[-1][1] if ranked else None
        kind = "・".join(text(o.get("kind")) for o in orders if rank_of_title(o.get("title"), world) in (None, rank))
        found.append(Statement(d, rank, kind, found[-1].rank if found else None, not found))
    return found


def is_step_down(s: Statement, world: World) -> bool:
    ranks = world["ranks"]
    fell = s.rank is not None and s.before is not None and ranks.index(s.before) > ranks.index(s.rank)
    return fell or any(word in s.kind for word in STEP_DOWN)


def is_entry(s: Statement, person: Person, world: World) -> bool:
    """The rank of this statement began here, by a promotion or by the hire."""
    ranks = world["ranks"]
    if s.rank is None or is_step_down(s, world):
        return False
    if s.before is not None:
        return bool(ranks.index(s.before) < ranks.index(s.rank))
    hire = ("採用" in s.kind and "再" not in s.kind) or s.date == service_start(person, world)
    return "昇任" in s.kind or (s.first and hire)


def entry_by_history(person: Person, world: World, rank: str | None, until: date) -> date | None:
    """The last promotion or hire into the rank; none that was followed by a lower rank, for the way back is lost."""
    ranks, entry = world["ranks"], None
    for s in statements(person, world):
        if s.date > until or s.rank is None or rank is None:
            continue
        if s.rank == rank and is_entry(s, person, world):
            entry = s.date
        elif ranks.index(s.rank) < ranks.index(rank):
            entry = None
    return entry


def seen_since(person: Person, world: World, rank: str, until: date) -> date | None:
    """The first day of the unbroken run of statements of the rank that goes on on a day."""
    since = None
    for s in statements(person, world):
        if s.date <= until:
            since = None if s.rank != rank else since or s.date
    return since


@remembered
def step_down_dates(person: Person, world: World) -> list[date]:
    """The dates on which the person came down, including a start of the present rank just below a higher one."""
    said = [s.date for s in statements(person, world) if is_step_down(s, world)]
    present, start = rank_of_title(person["title"], world), day(person["rank_start"])
    if present is not None and start is not None and start <= world["as_of"]:
        earlier = [s.rank for s in statements(person, world) if s.date < start and s.rank is not None]
        if earlier and world["ranks"].index(earlier[-1]) > world["ranks"].index(present):
            said.append(start)
    return sorted(set(said))


def roster_start(person: Person, world: World) -> date | None:
    """The start of the present rank that the roster states, as of the as-of date, step-down or not."""
    start = day(person["rank_start"])
    return start if start is not None and start <= world["as_of"] else None


@remembered
def rank_start(person: Person, world: World) -> tuple[date | None, int]:
    """(start of the present rank, None) or (None, the last FY in which it can have begun)."""
    start = roster_start(person, world)
    downs = step_down_dates(person, world)
    if start is not None and start not in downs:
        return start, None
    rank = rank_of_title(person["title"], world)
    entry = entry_by_history(person, world, rank, world["as_of"])
    if entry is not None:
        return entry, None
    into = [s.date for s in statements(person, world) if s.rank == rank and is_step_down(s, world)]
    into += [start] if start is not None else []
    if into:
        return None, fy(max(into)) - 1
    since = seen_since(person, world, rank, world["as_of"]) if rank is not None else None
    return None, fy(since) if since is not None else world["year"]


@dataclass
class Possible:
    """A rank that the person may have in a fiscal year, with what is known of its beginning."""

    rank: str | None
    start: date | None
    not_after: int | None


@remembered
def possible_ranks(person: Person, world: World, year: int) -> list[Possible]:
    """The ranks possible in a fiscal year: one where it is known."""
    present = rank_of_title(person["title"], world)
    ranks = list(world["ranks"])
    start, bound = rank_start(person, world)
    if year >= world["year"]:
        return [Possible(r, start, bound) for r in ([present] if present else ranks)]
    end = last_day(year)
    said = [s for s in statements(person, world) if s.date <= end]
    stated = roster_start(person, world)
    if stated is not None and stated <= end and (not said or said[-1].date < stated or said[-1].rank is None):
        return [Possible(r, start, bound) for r in ([present] if present else ranks)]
    if said and said[-1].rank is not None:
        rank = said[-1].rank
        entry = entry_by_history(person, world, rank, end)
        going_on = all(s.rank in (None, present) for s in statements(person, world) if s.date > end)
        if rank == present and start is not None and start <= end and (entry is None or going_on):
            entry = start
        came_down = [s.date for s in said if s.rank == rank and is_step_down(s, world)]
        since = seen_since(person, world, rank, end)
        bound = fy(max(came_down)) - 1 if came_down else fy(since) if since is not None else None
        return [Possible(rank, entry, bound if entry is None else None)]
    up_to = ranks[: ranks.index(present) + 1] if present else ranks
    return [Possible(r, start if r == present else None, None) for r in up_to]


def rank_year_in(person: Person, world: World, year: int, who: Possible, low: int | None, high: int | None) -> Truth:
    """Does the rank year of a fiscal year lie in low..high? An unknown start lies between the hire and its bound."""
    low, high = low if low is not None else -999, high if high is not None else 999
    if who.start is not None:
        return low <= year - fy(who.start) + 1 <= high
    hired = service_start(person, world)
    least = 1 if who.not_after is None else max(1, year - who.not_after + 1)
    most = year - fy(hired) + 1 if hired is not None else 998
    if most < least:
        most = least
    inside = [low <= n <= high for n in range(least, most + 1)]
    return True if all(inside) else False if not any(inside) else None


@dataclass
class Height:
    """How high the person has stood: index of the highest rank known, of the highest possible, and the state itself."""

    present: int | None
    known: int
    possible: int
    post_managerial: Truth


def history_tells_all(person: Person, world: World) -> bool:
    said, hired = statements(person, world), service_start(person, world)
    return bool(said) and hired is not None and said[0].date <= hired and all(s.rank is not None for s in said)


@remembered
def height(person: Person, world: World) -> Height:
    ranks, title = list(world["ranks"]), rank_of_title(person["title"], world)
    present = ranks.index(title) if title is not None else None
    manager = min(ranks.index(r) for r in world["step_down"]["from_ranks"])
    said = statements(person, world)
    known = max([ranks.index(s.rank) for s in said if s.rank is not None] + [present if present is not None else 0])
    possible = len(ranks) - 1 if present is None else known
    for s in said:
        seen = [ranks.index(b.rank) for b in said if b.rank is not None and b.date <= s.date and b is not s]
        if is_step_down(s, world) and s.rank is not None and not any(i > ranks.index(s.rank) for i in seen):
            known = max(known, min(ranks.index(s.rank) + 1, len(ranks) - 1))
            possible = len(ranks) - 1
            if "役職定年" in s.kind:
                known = max(known, manager)
    below = present is not None and present < manager
    told = rank_is_old(person, world) or history_tells_all(person, world)
    if below and old_enough(person, world) and not told:
        possible = len(ranks) - 1
    possible = max(known, possible)
    if present is None:
        state: Truth = None
    elif present >= manager:
        state = False
    else:
        state = True if known >= manager else None if possible >= manager else False
    return Height(present, known, possible, state)


def could_have_come_down_by(birth: date, d: date, world: World) -> bool:
    """The first 1 April on or after the day that follows the completion of the age is not later than d."""
    return age_on(birth, first_day(fy(d)) - ONE_DAY) >= int(world["step_down"]["age"])


def old_enough(person: Person, world: World) -> bool:
    """The step-down by age may lie behind the person (a birth date that cannot be read leaves it open)."""
    birth = day(person["birth"])
    if person["employment"] == "reappointed" or birth is None:
        return True
    return could_have_come_down_by(birth, world["as_of"], world)


def rank_is_old(person: Person, world: World) -> bool:
    """The present rank began before the age of the step-down, and not by coming down."""
    start, birth = rank_start(person, world)[0], day(person["birth"])
    if start is None or birth is None or any(d >= start for d in step_down_dates(person, world)):
        return False
    return not could_have_come_down_by(birth, start, world)
