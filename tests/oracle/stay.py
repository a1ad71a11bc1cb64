"""rotation.stay: how long somebody has been in the present department. Rules of the world: {id, minimum, target, maximum,
ranks, job_families, service (first, last), categories, places}; the first that fits is the person's."""

from dataclasses import replace
from typing import Any

from .dates import fy, whole_months
from .logic import Truth, all3, any3
from .orders import Person, World, has_post, service_start
from .organisation import carried, category_of, descends, unit_of
from .ranks import rank_of_title
from .rotation import reason_on_register
from .spells import Spell, spells

RULE = "rotation.stay"


def judge_stay(person: Person, world: World) -> dict[str, Any]:
    view = {**world, "reading": {**world["reading"], "unit": "課"}}
    person = {**person, "memo": {}}
    found = spells(person, view)
    present = found[-1] if found and (found[-1].closed is None or found[-1].closed >= world["as_of"]) else None
    if present is not None and roster_elsewhere(person, view, found):
        present = replace(present, start=None)
    employment = person["employment"]
    if employment is not None and employment not in world["reading"]["employment"]:
        return {"status": "not_applicable", "years": None}
    tried, settled = [], False
    for rule in world["stays"]:
        fits = rule_fits(person, world, rule, present)
        if fits is not False:
            tried.append(standing(person, world, rule, present))
        if fits:
            settled = True
            break
    if not settled:
        tried.append({"status": "not_applicable", "years": None})
    if employment is None and any(t["status"] != "not_applicable" for t in tried):
        return {"status": "undetermined", "years": None}
    if len({t["status"] for t in tried}) == 1:
        return tried[0]
    return {"status": "undetermined", "years": None}


def roster_elsewhere(person: Person, world: World, found: list[Spell]) -> bool:
    """Whether the roster names a unit that split off from one of the history's at some day: since when the person is there
    cannot be told."""
    if not has_post(person):
        return False
    org, as_of = world["org"], world["as_of"]
    unit = unit_of(org, person, as_of, "課")
    ends = [s.ends_in for s in found if s.ends_in is not None]
    begins = [s.begins_in for s in found if s.begins_in is not None]
    here = any(unit == carried(org, u, as_of) or descends(org, unit, u) for u in ends)
    return not here and any(descends(org, unit, u) for u in begins)


def rule_fits(person: Person, world: World, rule: dict[str, Any], present: Any) -> Truth:
    rank, hired, family = rank_of_title(person["title"], world), service_start(person, world), person["job_family"]
    first, last = (*rule.get("service", ()), None, None)[:2]
    year = None if hired is None else world["year"] - fy(hired) + 1
    asked: list[Truth] = []
    if rule.get("ranks"):
        asked.append(None if rank is None else rank in rule["ranks"])
    if rule.get("job_families"):
        asked.append(None if not family else family in rule["job_families"])
    if first is not None:
        asked.append(None if year is None else year >= first)
    if last is not None:
        asked.append(None if year is None else year <= last)
    for key, column in (("categories", "category"), ("places", "place")):
        if rule.get(key):
            unit = present.ends_in if present is not None else None
            word = category_of(world["org"], unit, column) if unit is not None else None
            asked.append(None if word is None else word[1] in rule[key])
    return all3(asked)


def standing(person: Person, world: World, rule: dict[str, Any], present: Any) -> dict[str, Any]:
    if present is None or present.start is None:
        return {"status": "undetermined", "years": None}
    years = whole_months(present.start, world["as_of"]) // 12
    if rule.get("maximum") is not None and years >= rule["maximum"]:
        status = "long"
    elif rule.get("target") is not None and years >= rule["target"]:
        status = "due"
    else:
        status = "settling" if rule.get("minimum") is not None and years < rule["minimum"] else "within"
    if status in ("long", "due"):
        reasons = [reason_on_register({**person, "reasons": [r]}, world, RULE) for r in person["reasons"]]
        held = any3(reasons)
        if held is None:
            return {"status": "undetermined", "years": years}
        if held:
            return {"status": "excused", "years": years}
    return {"status": status, "years": years}
