"""How tall the rows of a list are, and where its pages break: few people get more air, many fill their pages evenly."""

from __future__ import annotations

import math

from hrbook.sheets.paper import page_starts


def paged(count: int, low: float, high: float, room: float, tail: float) -> tuple[float, tuple[int, ...]]:
    """Height of each of `count` rows (points, `low` to `high`) and the indices of the rows that begin a new page.

    `room` is what one page holds beside its heads, `tail` what must stay with the last rows."""
    pages = max(1, math.ceil((count * low + tail) / room))
    spare = (pages * room - tail) / max(1, count)
    height = min(high, max(low, math.floor(spare * 4) / 4))
    starts = page_starts([height] * count, tail, room)
    while len(starts) + 1 > pages and height > low:
        height = max(low, height - 0.25)
        starts = page_starts([height] * count, tail, room)
    return height, starts
