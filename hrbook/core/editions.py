"""Which edition of a policy holds in a fiscal year: the latest of its series that was in force on 1 April."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from hrbook.core.calendar import first_day
from hrbook.core.policy import Policy


def since(edition: Policy) -> date:
    """The day from which an edition holds; one that does not say so has held since before any other."""
    return edition.effective_from or date.min


def in_order(editions: Sequence[Policy]) -> tuple[Policy, ...]:
    """Editions from the oldest to the newest."""
    return tuple(sorted(editions, key=lambda edition: (since(edition), edition.id)))


def edition_of(editions: Sequence[Policy], year: int) -> Policy | None:
    """The edition in force on 1 April of fiscal year `year`: one that takes effect during a year is used from the next one.
    None where all of them begin later. Of two that begin on one day none can be told: see `clashes`."""
    held = [edition for edition in in_order(editions) if since(edition) <= first_day(year)]
    return held[-1] if held else None


def clashes(editions: Sequence[Policy]) -> tuple[tuple[Policy, Policy], ...]:
    """Pairs of editions that begin on one day, so that no fiscal year can choose between them."""
    ordered = in_order(editions)
    return tuple((one, two) for one, two in pairwise(ordered) if since(one) == since(two))
