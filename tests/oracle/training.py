"""training.<course>: which targets hold in which fiscal year, and the status that follows."""

from datetime import date
from typing import Any

from .completions import Course, completed, completion_dates, ever_completed, exempt, register_start
from .dates import age_on, day, first_day, fy, last_day
from .leave import on_leave, stretch_over
from .logic import Truth, all3, any3, same3
from .orders import Person, World, primary_orders, service_start
from .ranks import Possible, height, possible_ranks, rank_of_title, rank_year_in, roster_start

Target = dict[str, Any]
POPULATION = ("regular", "fixed_term", "reappointed")
YEARS_AHEAD = 5


def window(target: Target, name: str) -> tuple[int | None, int | None] | None:
    limits = target.get(name)
    return (limits[0], limits[1]) if limits else None


def has_end(target: Target) -> bool:
    """Some window of the target closes by itself."""
    return any(w is not None and w[1] is not None for w in (window(target, n) for n in ("service", "rank_year", "age")))


def within(value: int | None, limits: tuple[int | None, int | None]) -> Truth:
    if value is None:
        return None
    low, high = limits
    return (low is None or low <= value) and (high is None or value <= high)


def not_on_first_of_april(d: date | None) -> Truth:
    return None if d is None else (d.month, d.day) != (4, 1)


def fits_the_person(target: Target, person: Person) -> Truth:
    """The conditions that do not move with the years: job family, hire route, role."""
    conditions: list[Truth] = []
    if target.get("job_families"):
        conditions.append(None if not person["job_family"] else person["job_family"] in target["job_families"])
    if target.get("routes"):
        conditions.append(None if not person["hire_route"] else person["hire_route"] in target["routes"])
    if target.get("role"):
        conditions.append(target["role"] in (person["roles"] or ()))
    return all3(conditions)


def employed_in(person: Person, world: World, year: int) -> Truth:
    """On the staff in a fiscal year: from the FY of the hire; without it, from the first FY that shows them at work."""
    hired = service_start(person, world)
    if year >= world["year"]:
        return True
    if hired is not None:
        return fy(hired) <= year
    seen = [o["date"] for o in primary_orders(person, world)]
    seen += [d for d in [roster_start(person, world), day(person["hired"])] if d is not None]
    return True if seen and fy(min(seen)) <= year else None


def holds_as(target: Target, person: Person, world: World, year: int, who: Possible) -> Truth:
    """Does one target hold in a fiscal year for a person who then has this rank?"""
    hired, birth = service_start(person, world), day(person["birth"])
    conditions: list[Truth] = [employed_in(person, world, year), fits_the_person(target, person)]
    if target.get("ranks"):
        conditions.append(None if who.rank is None else who.rank in target["ranks"])
    if (w := window(target, "service")) is not None:
        conditions.append(within(None if hired is None else year - fy(hired) + 1, w))
    if (w := window(target, "rank_year")) is not None:
        conditions.append(rank_year_in(person, world, year, who, *w))
    if (w := window(target, "age")) is not None:
        conditions.append(within(None if birth is None else age_on(birth, last_day(year)), w))
    if target.get("hired_mid_year"):
        conditions.append(not_on_first_of_april(hired))
    if target.get("entered_mid_year"):
        conditions.append(not_on_first_of_april(who.start))
    return all3(conditions)


def as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def course_of(world: World, code: str) -> Course | None:
    return next((c for c in world["courses"] if c["code"] == code), None)


def blocked(course: Course, person: Person, world: World, year: int, who: Possible) -> Truth:
    """The FY belongs to another course: where that was completed in it or, not completed, has its own target in it."""
    found: list[Truth] = []
    for code in as_list(course["not_in_year_of"]):
        other = course_of(world, code)
        if other is None:
            continue
        ever = ever_completed(person, other, world)
        in_target = False if other["timing"] == "unset" else any3(holds_as(t, person, world, year, who) for t in other["targets"])
        if ever is True:
            found.append(any(fy(d) == year for d in completion_dates(person, other, world)))
        else:
            found.append(in_target if ever is False else None)
    return any3(found)


def excluded(course: Course, person: Person, world: World) -> Truth:
    others = [c for code in as_list(course["excludes"]) if (c := course_of(world, code)) is not None]
    return any3(ever_completed(person, c, world) for c in others)


class Years:
    """Per fiscal year and target, whether the target holds for each rank that is possible in that year."""

    def __init__(self, course: Course, person: Person, world: World) -> None:
        self.course, self.person, self.world = course, person, world
        year, hired, birth = world["year"], service_start(person, world), day(person["birth"])
        first = fy(hired) if hired is not None else fy(birth) + 15 if birth is not None else year - 50
        self.first = min(first, year)
        shut = excluded(course, person, world)
        self.table: dict[int, list[list[Truth]]] = {}
        for y in range(self.first, year + YEARS_AHEAD + 1):
            people = possible_ranks(person, world, y)
            self.table[y] = []
            for target in course["targets"]:
                row = []
                for who in people:
                    free = None if (b := blocked(course, person, world, y, who)) is None else not b
                    open_ = None if shut is None else not shut
                    row.append(all3([holds_as(target, person, world, y, who), free, open_]))
                self.table[y].append(row)
        self.returned: dict[int, int] = {}
        for index, target in enumerate(course["targets"]):
            if has_end(target):
                self.move_windows_on_leave(index, target)

    def target_holds(self, year: int, index: int) -> Truth:
        return same3(self.table[year][index])

    def holds(self, year: int, only_ending: bool = False) -> Truth:
        """Some target holds in the year, whatever the rank then was."""
        targets = [i for i, t in enumerate(self.course["targets"]) if has_end(t) or not only_ending]
        ranks = len(possible_ranks(self.person, self.world, year))
        return same3(any3(self.table[year][i][r] for i in targets) for r in range(ranks))

    def run_from(self, year: int, index: int) -> int:
        """The first FY of the unbroken run of years, up to this one, in which the target holds."""
        while year - 1 in self.table and self.target_holds(year - 1, index) is True:
            year -= 1
        return year

    def move_windows_on_leave(self, index: int, target: Target) -> None:
        """A window that ended before this FY and was spent wholly on leave holds in the FY of the return instead."""
        year = self.world["year"]
        ends = [
            y
            for y in range(self.first, year)
            if self.target_holds(y, index) is True and self.target_holds(y + 1, index) is not True
        ]
        moves = []
        for last in ends:
            begins = self.run_from(last, index)
            start = first_day(begins)
            hired = service_start(self.person, self.world)
            entry = possible_ranks(self.person, self.world, begins)[0].start
            for d in [hired, entry if target.get("ranks") or window(target, "rank_year") else None]:
                if d is not None and fy(d) == begins:
                    start = max(start, d)
            back = stretch_over(self.person, self.world, start, last_day(last))
            if back is not None:
                moves.append((begins, last, year if back == date.max else fy(back)))
        for begins, last, to in moves:
            for y in range(begins, last + 1):
                self.table[y][index] = [False] * len(self.table[y][index])
            if to in self.table:
                ranks = target.get("ranks")
                self.table[to][index] = [
                    held if held is True or (ranks and who.rank not in ranks) else True
                    for held, who in zip(self.table[to][index], possible_ranks(self.person, self.world, to), strict=True)
                ]


def passed(rank: str, person: Person, world: World) -> Truth:
    """The person has passed this rank, or has come down from it (or from above it)."""
    index, stood = list(world["ranks"]).index(rank), height(person, world)
    if index < stood.known:
        return True
    if stood.present is None:
        return None
    if stood.known > stood.present and index <= stood.known:
        return True
    return None if stood.possible > stood.present and index <= stood.possible else False


def lapsed(course: Course, person: Person, world: World) -> Truth:
    if not course["targets"] or not all(t.get("ranks") for t in course["targets"]):
        return False
    return all3(passed(r, person, world) for t in course["targets"] for r in t["ranks"])


def is_for_now(course: Course, person: Person, world: World) -> Truth:
    """The course is for the present rank or for all, windows apart."""
    rank = rank_of_title(person["title"], world)
    wanted = [
        all3([fits_the_person(t, person), True if not t.get("ranks") else None if rank is None else rank in t["ranks"]])
        for t in course["targets"]
    ]
    shut = excluded(course, person, world)
    return all3([any3(wanted), None if shut is None else not shut])


def open_status(course: Course, person: Person, world: World) -> tuple[str, int | None]:
    """The status of somebody in the population who has neither completed the course nor been exempted."""
    gone = lapsed(course, person, world)
    if course["timing"] == "unset":
        if gone is not False:
            return ("lapsed" if gone else "undetermined"), None
        wanted = is_for_now(course, person, world)
        return {True: "unscheduled", None: "undetermined", False: "not_applicable"}[wanted], None
    year, years = world["year"], Years(course, person, world)
    now = years.holds(year)
    if now is True:
        sure = [i for i in range(len(course["targets"])) if years.target_holds(year, i) is True]
        since = min((years.run_from(year, i) for i in sure), default=year)
        away = on_leave(person, world)
        return {True: "deferred", None: "undetermined", False: "in_target"}[away], since if away is not None else None
    if gone is True:
        return "lapsed", None
    if gone is None or now is None:
        return "undetermined", None
    settled = max((fy(d) for d in completion_dates(person, course, world)), default=years.first - 1)
    past = {y: years.holds(y, only_ending=True) for y in range(max(years.first, settled + 1), year)}
    held = [y for y, truth in past.items() if truth is True]
    if held:
        start = register_start(world)
        if start is None or max(held) < start:
            return "undetermined", None
        sure = [i for i, t in enumerate(course["targets"]) if has_end(t) and years.target_holds(max(held), i) is True]
        return "overdue", min((years.run_from(max(held), i) for i in sure), default=max(held))
    if any(truth is None for truth in past.values()):
        return "undetermined", None
    ahead = {y: years.holds(y) for y in range(year + 1, year + YEARS_AHEAD + 1)}
    coming = [y for y, truth in ahead.items() if truth is True]
    if coming:
        return "upcoming", coming[0]
    return ("undetermined" if any(truth is None for truth in ahead.values()) else "not_applicable"), None


def judge_course(course: Course, person: Person, world: World) -> dict[str, Any]:
    def answer(status: str, target_fy: int | None = None, on: date | None = None) -> dict[str, Any]:
        return {"status": status, "values": {"target_fy": target_fy, "completed_on": on.isoformat() if on else None}}

    if person["employment"] is not None and person["employment"] not in POPULATION:
        return answer("not_applicable")
    done, on = completed(person, course, world)
    if done is True:
        status, target_fy = "completed", None
    elif exempt(person, course, world):
        status, target_fy = "exempt", None
    else:
        status, target_fy = open_status(course, person, world)
    population_unknown = person["employment"] is None and status != "not_applicable"
    if (done is None and status != "exempt") or population_unknown:
        return answer("undetermined")
    return answer(status, target_fy, on)
