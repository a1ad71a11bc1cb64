"""Every situation of tests/cases, through a real workbook, the reader and the engine."""

import pytest

from tests.engine.adapter import judge_all, register_start
from tests.oracle.cases import load

CASES = load()


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case, tmp_path):
    person, world = case["person"], case["world"]
    got = judge_all([person], world, tmp_path, start=register_start(world))
    if not case["judged"]:
        assert got == {}
        return
    mine = got[person["staff_id"]]
    for wanted in case["expect"]:
        found = mine[wanted["rule"]]
        shown = {key: found["values"].get(key) for key in wanted.get("values", {})}
        assert (found["status"], shown) == (wanted["status"], wanted.get("values", {})), case["why"]
