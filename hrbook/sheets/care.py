"""How many people must stand behind a figure that others may read: templates/survey.toml, for surveys and for scores."""

from __future__ import annotations

from hrbook import resources
from hrbook.core.fault import Fault
from hrbook.core.safe_aggregates import Care

NAME = "survey.toml"
LEAST = 3  # fewer people than this hide nobody
MARGIN = (0.25, 1.0)
SCALE = (1, 2, 3, 4, 5)


def load_care() -> Care:
    """The care in force. Raises Fault where the file does not say what is needed."""
    data = resources.load_toml(NAME)
    least, margin = data.get("least"), data.get("margin")
    if type(least) is not int or least < LEAST:
        raise _wrong(f"least = {least}")
    if not isinstance(margin, int | float) or not MARGIN[0] <= margin <= MARGIN[1]:
        raise _wrong(f"margin = {margin}")
    return Care(least, SCALE[0], SCALE[-1], float(margin))


def _wrong(found: str) -> Fault:
    return Fault("survey_questions", file=f"templates/{NAME}", found=found)
