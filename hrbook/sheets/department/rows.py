"""How tall the rows of a list are, and where its pages break: few people get more air, many fill their pages evenly."""

from __future__ import annotations

import math
from collections.abc import Sequence

from hrbook.sheets.paper import page_starts


def paged(needs: Sequence[float], low: float, high: float, room: float, tail: float) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Heights of rows (points; `low` to `high`, or what the row `needs` where that is more) and the indices of the rows that
    begin a new page.

    `room` is what one page holds beside its heads, `tail` what must stay with the last rows."""

    def at_least(height: float) -> tuple[float, ...]:
        return tuple(max(height, need) for need in needs)

    pages = max(1, math.ceil((sum(at_least(low)) + tail) / room))
    spare = (pages * room - tail) / max(1, len(needs))
    height = min(high, max(low, math.floor(spare * 4) / 4))
    starts = page_starts(at_least(height), tail, room)
    while len(starts) + 1 > pages and height > low:
        height = max(low, height - 0.25)
        starts = page_starts(at_least(height), tail, room)
    return at_least(height), starts
