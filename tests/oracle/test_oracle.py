"""The oracle against the situations of tests/cases, whose expectations were worked out by hand from the specification."""

from typing import Any

import pytest

from .cases import load
from .rules import judge

CASES = load()


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = judge(case["person"], case["world"])
    assert bool(found) is case["judged"]
    for want in case["expect"]:
        judgement = found[want["rule"]]
        wanted = want.get("values", {})
        assert (judgement["status"], {k: judgement["values"].get(k) for k in wanted}) == (want["status"], wanted), (
            want["rule"], case["why"])
