"""The engine and the oracle, two implementations of one specification, on people that random generators made nasty.

Twenty readings of the guide: the default one and nineteen drawn ones. Everybody's statuses and main values are equal."""

import pytest

from tests.engine.adapter import judge_all, register_start
from tests.oracle.verdicts import PEOPLE, SEEDS, verdicts

ROTATION = ("service_year", "count", "remaining", "last_chance", "units")
TRAINING = ("target_fy", "completed_on")


def main_values(rule, judgement):
    """What must be equal. Why something cannot be told is the engine's own matter, so is the window it names then."""
    status, values = judgement["status"], judgement["values"]
    if rule == "rotation.stay":
        return {} if status in ("undetermined", "not_applicable") else {"years": values["years"]}
    if rule.startswith("rotation."):
        return {key: values[key] for key in ROTATION}
    if rule.startswith("training."):
        return {key: values[key] for key in TRAINING if status != "undetermined"}
    if rule == "career.stage":
        return {"stage": values.get("stage")}
    return values if status == "assigned" else {}


def compare(seed, size, folder):
    people, world, wants = verdicts(seed, size)
    engine = judge_all(people, world, folder, start=register_start(world))
    judged = 0
    for person, wanted in zip(people, wants, strict=True):
        found = engine.get(person["staff_id"], {})
        assert set(found) == set(wanted), (seed, person["staff_id"])
        for rule, judgement in wanted.items():
            mine = found[rule]
            assert (mine["status"], main_values(rule, mine)) == (judgement["status"], main_values(rule, judgement)), (
                seed,
                person["staff_id"],
                rule,
                mine["values"].get("reason"),
            )
            judged += 1
    return judged


@pytest.mark.parametrize("seed", SEEDS)
def test_engine_and_oracle_agree(seed, tmp_path):
    assert compare(seed, PEOPLE, tmp_path) > 800


@pytest.mark.proof
@pytest.mark.parametrize("seed", SEEDS)
def test_engine_and_oracle_agree_on_five_thousand_people(seed, tmp_path):
    assert compare(seed, 250, tmp_path) > 4_000
