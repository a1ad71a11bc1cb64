"""rotation.three-in-ten: the population, the window, the status."""

from datetime import date, timedelta
from typing import Any

from .dates import day, first_day, fy, last_day, longest_hole
from .leave import days_so_far, unreadable
from .logic import Truth, all3, any3, not3
from .orders import Person, World, service_start, text
from .ranks import height, rank_of_title
from .spells import counted, names, spells

RULE = "rotation.three-in-ten"
LONGEST_HARMLESS_HOLE = 31
MID_CAREER = ("経験者", "社会人", "中途", "民間")
Values = dict[str, Any]


def in_population(person: Person, world: World) -> Truth:
    reading, rank = world["reading"], rank_of_title(person["title"], world)
    route = text(person["hire_route"])
    conditions: list[Truth] = [
        not3(height(person, world).post_managerial) if rank in (None, *reading["ranks"]) or not reading["ranks"] else False,
        None if person["employment"] is None else person["employment"] in reading["employment"],
    ]
    if reading["job_families_excluded"]:
        family = person["job_family"]
        conditions.append(None if not family else family not in reading["job_families_excluded"])
    if reading["ranks"]:
        conditions.append(None if rank is None else rank in reading["ranks"])
    if reading.get("job_families"):
        family = person["job_family"]
        conditions.append(None if not family else family in reading["job_families"])
    if reading["midcareer"] == "exclude":
        conditions.append(None if not route else not any(word in route for word in MID_CAREER))
    return all3(conditions)


def reason_on_register(person: Person, world: World, rule: str = RULE) -> Truth:
    found: list[Truth] = []
    for r in person["reasons"]:
        if r["rule"] != rule:
            continue
        registered, expires = day(r["registered_on"]), day(r["expires"])
        begun = None if registered is None else registered <= world["as_of"]
        running = True if r["expires"] is None else None if expires is None else world["as_of"] <= expires
        found.append(all3([begun, running]))
    return any3(found)


def has_hole(person: Person, world: World, hired: date, window_end: date) -> bool:
    """Over 31 days in one stretch of the window so far without a spell."""
    as_of = world["as_of"]
    covered = [(s.start, s.end if s.end is not None else as_of) for s in spells(person, world) if s.start is not None]
    return longest_hole(hired, min(as_of, window_end), covered) > LONGEST_HARMLESS_HOLE


def views(person: Person, world: World) -> list[tuple[Person, World]]:
    """The world once for each number that the reading asks for: unit, minimum, what is counted, groups."""
    reading = world["reading"]
    found = [(person, world)]
    for more in reading.get("also", []):
        found.append(({**person, "memo": {}}, {**world, "reading": {**reading, "counted": "units", "groups": {}, **more}}))
    return found


def verdict(person: Person, world: World, hired: date, window_years: int) -> tuple[str, Values]:
    """Status and values for a window of so many service years."""
    reading, year = world["reading"], world["year"]
    service_year = year - fy(hired) + 1
    last_year = fy(hired) + window_years - 1
    window_end = last_day(last_year)
    remaining = max(0, window_years - service_year)
    parts = []
    for who, view in views(person, world):
        found = counted(who, view, window_end)
        inside = [s for s in found.spells if s.start is None or s.start <= window_end]
        parts.append((max(0, view["reading"]["minimum"] - len(inside)), inside, found.doubtful, who, view))
    missing = max(part[0] for part in parts)
    inside = next(part[1] for part in parts if part[0] == missing)
    count, minimum = len(inside), len(inside) + missing
    doubtful = any(part[2] for part in parts if part[0])
    values: Values = {
        "service_year": service_year,
        "count": count,
        "remaining": remaining,
        "last_chance": None,
        "units": names(world, inside),
    }
    population = in_population(person, world)
    too_old = reading["review_years"] is not None and service_year - window_years > reading["review_years"]
    if population is False or too_old:
        return "not_applicable", values
    if not missing:
        return "met", values
    holes = any(has_hole(who, view, hired, window_end) for _, _, _, who, view in parts)
    if population is None or doubtful or holes:
        return "undetermined", values
    running = service_year <= window_years
    if running and count + remaining // reading["usual_stay_years"] >= minimum:
        status = "on_track"
    elif running and count + remaining >= minimum:
        status = "needs_plan"
    else:
        status = "out_of_reach" if running else "not_reached"
    if status in ("on_track", "needs_plan"):
        values["last_chance"] = first_day(last_year - (minimum - count - 1)).isoformat()
    if status != "on_track":
        reason = reason_on_register(person, world)
        if reason is None:
            return "undetermined", {**values, "last_chance": None}
        if reason:
            return "excused", {**values, "last_chance": None}
    return status, values


def judge_rotation(person: Person, world: World) -> dict[str, Any]:
    hired, reading = service_start(person, world), world["reading"]
    if hired is None:
        found = counted(person, world, None)
        short = world["reading"]["minimum"] - len(found.spells)
        for who, view in views(person, world)[1:]:
            other = counted(who, view, None)
            if max(0, view["reading"]["minimum"] - len(other.spells)) > max(0, short):
                found, short = other, view["reading"]["minimum"] - len(other.spells)
        status = "not_applicable" if in_population(person, world) is False else "undetermined"
        return {
            "status": status,
            "values": {
                "service_year": None,
                "count": len(found.spells),
                "remaining": None,
                "last_chance": None,
                "units": names(world, found.spells),
            },
        }
    years = reading["window_years"]
    extensions = [0]
    if reading["leave_extends_window"]:
        known = days_so_far(person, world, hired) // 365
        most = max(known, ((world["as_of"] - hired + timedelta(days=1)).days) // 365)
        extensions = list(range(known, most + 1)) if unreadable(person, world) else [known]
    outcomes = [verdict(person, world, hired, years + n) for n in extensions]
    status = outcomes[0][0] if len({s for s, _ in outcomes}) == 1 else "undetermined"
    values = outcomes[0][1] if status == outcomes[0][0] else {**outcomes[0][1], "last_chance": None}
    return {"status": status, "values": values}
