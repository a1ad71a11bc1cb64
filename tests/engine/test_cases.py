"""Every situation of tests/cases, through a real workbook, the reader and the engine."""

import pytest

from tests.engine.adapter import judge_all
from tests.oracle.cases import load

CASES = load()


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case, tmp_path):
    person, world = case["person"], case["world"]
    start = world["register_start"]
    if start is None:
        done = [
            c["date"]
            for c in world["all_completions"]
            if isinstance(c["date"], type(world["as_of"])) and c["result"] in (None, "修了")
        ]
        start = min((d.year if d.month >= 4 else d.year - 1 for d in done), default=None)
    got = judge_all([person], world, tmp_path, start=start)
    if not case["judged"]:
        assert got == {}
        return
    mine = got[person["staff_id"]]
    for wanted in case["expect"]:
        found = mine[wanted["rule"]]
        shown = {key: found["values"].get(key) for key in wanted.get("values", {})}
        assert (found["status"], shown) == (wanted["status"], wanted.get("values", {})), case["why"]
