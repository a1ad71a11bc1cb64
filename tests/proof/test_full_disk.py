"""A file system that is really full: the output folder on a small tmpfs of its own."""

import pytest

from tests.proof.conftest import missing
from tests.trust.disk import full

pytestmark = pytest.mark.proof


def test_no_room_for_the_new_run(tmp_path):
    """The run before stays, nothing is left behind, one paragraph is said; with room the run completes."""
    figure = full(tmp_path, 2)
    if figure.said.startswith("cannot be tried"):
        missing("a mount of one's own (unshare)")
    assert figure.holds, figure.said
