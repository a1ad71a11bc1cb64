"""Every situation of tests/cases, through a real workbook, the reader and the engine: the verdicts that HR expects, and
whatever else is told of it, compared with tests/golden/cases.txt.

After an intended change: `python -m pytest tests/engine/test_cases.py --update-golden`, then read the difference."""

from itertools import zip_longest
from pathlib import Path

import pytest

from tests.engine.adapter import assess_all, heard, register_start
from tests.engine.told import told
from tests.oracle.cases import load

CASES = load()
GOLDEN = Path(__file__).parents[1] / "golden" / "cases.txt"
HEAD = "## "


def golden():
    """Case id -> its lines."""
    sections = GOLDEN.read_text(encoding="utf-8").split(HEAD)[1:] if GOLDEN.exists() else ()
    return {section.split("\n", 1)[0]: section.rstrip("\n").split("\n") for section in sections}


@pytest.fixture(scope="module")
def written(request):
    """The lines of the golden text by case; with --update-golden it is written anew from what the tests put in here."""
    if not request.config.getoption("--update-golden"):
        yield golden()
        return
    fresh = {}
    yield fresh
    GOLDEN.write_text("\n\n".join(HEAD + "\n".join(lines) for lines in fresh.values()) + "\n", encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case, tmp_path, written, request):
    person, world = case["person"], case["world"]
    assessment = assess_all([person], world, tmp_path, start=register_start(world))
    got = heard(assessment)
    if case["judged"]:
        mine = got[person["staff_id"]]
        for wanted in case["expect"]:
            found = mine[wanted["rule"]]
            shown = {key: found["values"].get(key) for key in wanted.get("values", {})}
            assert (found["status"], shown) == (wanted["status"], wanted.get("values", {})), case["why"]
    else:
        assert got == {}
    outside = [f"not judged: {why.value}" for _, why in assessment.outside]
    lines = [case["id"], case["why"], *outside, *(line for one in assessment.people for line in told(assessment, one))]
    if request.config.getoption("--update-golden"):
        written[case["id"]] = lines
    assert [pair for pair in zip_longest(lines, written[case["id"]]) if pair[0] != pair[1]] == []


def test_the_golden_text_holds_no_other_case():
    assert list(golden()) == [case["id"] for case in CASES]
