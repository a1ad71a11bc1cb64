"""Every kind of defect in one city (more cities: `python -m tests.dirty --seeds 20`)."""

from __future__ import annotations

import pytest

from hrbook.core.policy import Policy
from hrbook.ingest.policy import load_policy
from tests.dirty.kinds import KINDS
from tests.dirty.measure import measure


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("tachikawa-3")[0]


def test_there_are_kinds_enough() -> None:
    assert len(KINDS) >= 40


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_defect_is_found_at_its_cell_and_nothing_changes_silently(name: str, policy: Policy) -> None:
    score = measure(name, 1, policy)
    assert (score.missed, score.silent, score.misplaced) == ([], [], 0)
    assert score.alarms <= 0.01 * score.cells, score.alarmed
