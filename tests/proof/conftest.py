"""Checks against the city's own document run where it is at hand: HRBOOK_SHARED names its folder, else ../shared."""

from __future__ import annotations

import os
from pathlib import Path

AT_HAND = "HRBOOK_SHARED" in os.environ or (Path(__file__).parents[3] / "shared").is_dir()
collect_ignore = [] if AT_HAND else ["test_policy_text.py"]
