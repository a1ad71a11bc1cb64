"""What must hold for every person and every reading, whatever the facts: shown on generated people."""

import random
from copy import deepcopy
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.engine.adapter import judge_all, register_start
from tests.oracle.generate import generate
from tests.oracle.orders import is_second_post

ROTATION = "rotation.three-in-ten"
SEEDS = (0, 1, 2, 3, 5, 7)
PEOPLE = 30
POST = ("bureau", "department", "section", "org_code")


def judged(people, world, folder):
    """{staff id: {rule id: (status, values)}} with the world's own start of the register."""
    found = judge_all(people, world, folder, start=register_start(world))
    return {who: {rule: (j["status"], j["values"]) for rule, j in rules.items()} for who, rules in found.items()}


def statuses(people, world, folder):
    return {who: {rule: status for rule, (status, _) in rules.items()} for who, rules in judged(people, world, folder).items()}


def order(day, post, kind="配置換", title=None):
    return {"date": day, **{key: post.get(key) for key in POST}, "title": title, "kind": kind, "end": None, "remark": None}


def on(item):
    return item["date"]


def new_unit(code, name, start=None, parents=()):
    return {
        "code": code,
        "bureau": "総務部",
        "department": name,
        "section": None,
        "start": start,
        "end": None,
        "parents": list(parents),
        "category": None,
        "place": None,
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_has_one_status_for_every_rule(seed, tmp_path):
    people, world = generate(seed, PEOPLE)
    found = statuses(people, world, tmp_path)
    rules = {ROTATION, "competency.weights", "career.stage", "digital.tier", *(f"training.{c['code']}" for c in world["courses"])}
    rules |= {"rotation.stay"} if world["stays"] else set()
    assert len(found) > PEOPLE // 2
    assert all(set(judgements) == rules for judgements in found.values())
    assert sum(len(judgements) for judgements in found.values()) == len(found) * len(rules)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_rows_never_matters(seed, tmp_path):
    people, world = generate(seed, PEOPLE)
    before = judged(people, world, tmp_path)
    shuffle = random.Random(seed).shuffle
    turned = deepcopy(people)
    for person in turned:
        for sheet in ("orders", "completions", "leaves", "reasons"):
            shuffle(person[sheet])
    shuffle(turned)
    organisation = list(world["org"])
    shuffle(organisation)
    assert judged(turned, {**world, "org": organisation}, tmp_path) == before


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rename_never_changes_a_count(seed, tmp_path):
    people, world = generate(seed, PEOPLE)
    world["reading"] = {**world["reading"], "unit": "課"}
    with_sections = {row["department"] for row in world["org"] if row["section"]}
    living = [row for row in world["org"] if row["department"] and row["department"] not in with_sections and row["end"] is None]
    day = date(2023, 4, 1)
    old = next(row for row in living if row["start"] is None or row["start"] < day)
    renamed = [{**row, "end": day - timedelta(days=1)} if row is old else row for row in world["org"]]
    new = {**old, "code": "900", "department": "新しい名の課", "start": day, "parents": [old["code"]]}
    before, after = judged(people, world, tmp_path), judged(people, {**world, "org": [*renamed, new]}, tmp_path)
    counts = [{who: (j[ROTATION][0], j[ROTATION][1]["count"]) for who, j in found.items()} for found in (before, after)]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_splitting_a_spell_never_raises_the_count(seed, tmp_path):
    people, world = generate(seed, PEOPLE)
    split = deepcopy(people)
    for person in split:
        dated = sorted((o for o in person["orders"] if isinstance(o["date"], date) and not is_second_post(o)), key=on)
        days = [on(o) for o in dated]
        for here, following in pairwise(dated):
            alone = days.count(on(here)) == 1 and any(here[key] for key in POST) and here["end"] is None
            if alone and here["kind"] != "派遣" and (on(following) - on(here)).days > 60:
                person["orders"].append(order(on(here) + timedelta(days=30), here, "昇給", here["title"]))
    before, after = judged(people, world, tmp_path), judged(split, world, tmp_path)
    assert [p["staff_id"] for p, q in zip(people, split, strict=True) if p != q]
    for who, found in before.items():
        assert after[who][ROTATION][1]["count"] <= found[ROTATION][1]["count"], who


@pytest.mark.parametrize("seed", SEEDS)
def test_a_later_order_never_changes_a_verdict(seed, tmp_path):
    people, world = generate(seed, PEOPLE)
    world["org"].append(new_unit("901", "遠方課"))
    before = statuses(people, world, tmp_path)
    announced = deepcopy(people)
    for person in announced:
        person["orders"].append(order(world["as_of"] + timedelta(days=1), {"department": "遠方課"}, "昇任", "部長"))
    assert statuses(announced, world, tmp_path) == before


def shifted(value, years):
    if isinstance(value, date):
        return value.replace(year=value.year + years)
    if isinstance(value, dict):
        return {key: shifted(item, years) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(shifted(item, years) for item in value)
    return value


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("years", [-28, -4])  # multiples of four keep 29 February on the calendar
def test_shifting_everything_by_whole_years_changes_nothing(seed, years, tmp_path):
    people, world = generate(seed, PEOPLE)
    start = register_start(world)
    moved = {**shifted(world, years), "year": world["year"] + years, "register_start": None if start is None else start + years}
    assert statuses(shifted(people, years), moved, tmp_path) == statuses(people, world, tmp_path)


@pytest.mark.parametrize("seed", [s for s in range(10) if s % 2 == 0])  # the default reading: no least length of a stay
def test_more_history_never_turns_met_into_something_else(seed, tmp_path):
    people, world = generate(seed, PEOPLE)
    world["org"].append(new_unit("902", "前にいた課"))
    before = statuses(people, world, tmp_path)
    draw = random.Random(seed)
    fuller = deepcopy(people)
    for person in fuller:
        if isinstance(person["hired"], date) and person["hired"] < world["as_of"]:
            days = (world["as_of"] - person["hired"]).days
            day = person["hired"] + timedelta(days=draw.randrange(days))
            if day not in [o["date"] for o in person["orders"]]:
                person["orders"].append(order(day, {"bureau": "総務部", "department": "前にいた課", "org_code": "902"}))
    after = statuses(fuller, world, tmp_path)
    met = [who for who, found in before.items() if found[ROTATION] == "met"]
    assert met
    assert [who for who in met if after[who][ROTATION] != "met"] == []
