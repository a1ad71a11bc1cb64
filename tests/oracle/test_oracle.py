"""The oracle against the situations of tests/cases (expected by hand from the specification) and against itself."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from .cases import load
from .dates import ONE_DAY, age_on, fy, longest_hole, whole_months
from .generate import generate
from .rotation import RULE
from .rules import judge
from .stay import RULE as STAY

CASES = load()


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = judge(case["person"], case["world"])
    assert bool(found) is case["judged"]
    for want in case["expect"]:
        judgement = found[want["rule"]]
        wanted = want.get("values", {})
        assert (judgement["status"], {k: judgement["values"].get(k) for k in wanted}) == (want["status"], wanted), (
            want["rule"],
            case["why"],
        )


SEEDS = range(12)
PER_WORLD = 12
TRAINING = {
    "completed",
    "exempt",
    "in_target",
    "deferred",
    "lapsed",
    "undetermined",
    "overdue",
    "upcoming",
    "unscheduled",
    "not_applicable",
}
ROTATION = {"not_applicable", "met", "undetermined", "on_track", "needs_plan", "out_of_reach", "not_reached", "excused"}
ASSIGNED = {"assigned", "undetermined"}
STAYS = {"settling", "within", "due", "long", "excused", "undetermined", "not_applicable"}


def statuses_of(rule: str) -> set[str]:
    named = {RULE: ROTATION, STAY: STAYS}
    return named.get(rule, TRAINING if rule.startswith("training.") else ASSIGNED)


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_has_one_known_status_for_every_rule(seed: int) -> None:
    people, world = generate(seed, PER_WORLD)
    rules = {RULE, "competency.weights", "career.stage", "digital.tier"} | {f"training.{c['code']}" for c in world["courses"]}
    rules |= {STAY} if world["stays"] else set()
    judged = [found for p in people if (found := judge(p, world))]
    assert judged
    for found in judged:
        assert set(found) == rules
        assert all(j["status"] in statuses_of(rule) for rule, j in found.items())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_rows_never_matters(seed: int) -> None:
    people, world = generate(seed, PER_WORLD)
    for p in people:
        turned = {**p, **{sheet: p[sheet][::-1] for sheet in ("orders", "completions", "leaves", "reasons")}}
        assert judge(turned, world) == judge(p, world)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_dated_after_the_as_of_date_counts_for_nothing(seed: int) -> None:
    people, world = generate(seed, PER_WORLD)
    later = world["as_of"] + ONE_DAY
    move = {
        "date": later,
        "bureau": "総務部",
        "department": "遠方課",
        "section": None,
        "org_code": None,
        "title": "部長",
        "kind": "昇任",
        "end": None,
        "remark": None,
    }
    for p in people:
        known = {
            **p,
            "orders": [*p["orders"], move],
            "leaves": [*p["leaves"], {"kind": "休職", "start": later, "end": None}],
            "completions": [
                *p["completions"],
                *(
                    {"course": c["code"], "date": later, "result": result}
                    for c in world["courses"]
                    for result in ("修了", "免除")
                ),
            ],
            "reasons": [*p["reasons"], {"rule": RULE, "reason": "後日", "expires": None, "registered_on": later}],
        }
        assert judge(known, world) == judge(p, world)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_weights_of_a_rank_add_up_to_one(seed: int) -> None:
    people, world = generate(seed, PER_WORLD)
    for p in people:
        found = judge(p, world).get("competency.weights")
        if found is not None and found["status"] == "assigned":
            assert sum(Fraction(share) for share in found["values"].values()) == 1


def test_the_generated_people_reach_every_status() -> None:
    seen: dict[str, set[str]] = {"rotation": set(), "stay": set(), "training": set(), "career": set()}
    for seed in range(40):
        people, world = generate(seed, PER_WORLD)
        for p in people:
            for rule, judgement in judge(p, world).items():
                kind = "stay" if rule == STAY else rule.split(".")[0]
                if kind in seen:
                    seen[kind].add(judgement["status"])
    assert seen == {"rotation": ROTATION, "stay": STAYS, "training": TRAINING, "career": ASSIGNED}


def test_the_same_seed_gives_the_same_people() -> None:
    assert generate(3, PER_WORLD) == generate(3, PER_WORLD)
    assert generate(3, PER_WORLD) != generate(5, PER_WORLD)


def test_an_as_of_date_outside_the_year_is_refused() -> None:
    people, world = generate(0, 1)
    for outside in (date(2026, 3, 31), date(2027, 4, 1)):
        with pytest.raises(ValueError, match="as-of"):
            judge(people[0], {**world, "as_of": outside})


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(1966, 4, 1), date(2026, 3, 30), 59),
        (date(1966, 4, 1), date(2026, 3, 31), 60),
        (date(1966, 4, 2), date(2026, 3, 31), 59),
        (date(1966, 4, 2), date(2026, 4, 1), 60),
        (date(2000, 2, 29), date(2026, 2, 27), 25),
        (date(2000, 2, 29), date(2026, 2, 28), 26),
        (date(2000, 2, 29), date(2028, 2, 28), 28),
        (date(2000, 3, 1), date(2028, 2, 28), 27),
        (date(2000, 3, 1), date(2028, 2, 29), 28),
        (date(2001, 1, 1), date(2026, 12, 31), 26),
    ],
)
def test_a_year_of_age_is_complete_on_the_eve_of_the_birthday(birth: date, on: date, age: int) -> None:
    assert age_on(birth, on) == age


@pytest.mark.parametrize(("d", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 1, 1), 2025)])
def test_the_fiscal_year_begins_in_april(d: date, year: int) -> None:
    assert fy(d) == year


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2024, 4, 1), date(2025, 3, 31), 12),
        (date(2024, 4, 1), date(2025, 3, 30), 11),
        (date(2025, 10, 1), date(2026, 4, 1), 6),
        (date(2024, 4, 15), date(2024, 5, 14), 1),
    ],
)
def test_whole_months_include_the_last_day(start: date, end: date, months: int) -> None:
    assert whole_months(start, end) == months


def test_the_longest_hole_is_counted_in_days() -> None:
    covered = [(date(2024, 4, 1), date(2024, 4, 10)), (date(2024, 4, 21), date(2024, 4, 25))]
    assert longest_hole(date(2024, 4, 1), date(2024, 4, 30), covered) == 10
    assert longest_hole(date(2024, 3, 1), date(2024, 4, 30), covered) == 31
    assert longest_hole(date(2024, 4, 2), date(2024, 4, 8), covered) == 0
