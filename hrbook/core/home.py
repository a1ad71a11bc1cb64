"""The department in which somebody is at home: as the roster row writes it, what is blank there from the unit's code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from hrbook.core.fold import fold
from hrbook.core.roster import Nature, Order, OrgRow, Post


def present_posts(rows: Iterable[OrgRow], as_of: date) -> dict[str, Post]:
    """Folded code -> place, of the units that are there on `as_of`."""
    return {fold(row.code): row.post for row in rows if row.end is None or row.end >= as_of}


def home(post: Post, by_code: Mapping[str, Post]) -> tuple[str, str]:
    """Bureau and department of a post; what is blank comes from its code."""
    known = by_code.get(fold(post.code)) if post.code else None
    if known is None or (post.bureau and post.department):
        return (post.bureau or post.department or post.code, post.department)
    if not post.bureau and not post.department:
        return (known.bureau, known.department)
    return (post.bureau or known.bureau, post.department)


def leads_away(orders: Iterable[Order], here: Post, by_code: Mapping[str, Post]) -> bool:
    """Whether one of these orders takes somebody out of the department, or out of service. What an order leaves blank says
    nothing: an order that names the own bureau alone leads nowhere else."""
    return any(_leads_away(order, home(here, by_code), by_code) for order in orders)


def _leads_away(order: Order, here: tuple[str, str], by_code: Mapping[str, Post]) -> bool:
    if order.nature in (Nature.LEAVING, Nature.SECONDMENT):
        return True
    if order.nature is not Nature.PRIMARY:
        return False
    known = by_code.get(fold(order.post.code)) if order.post.code else None
    bureau, department = order.post.bureau, order.post.department
    if known is not None:
        bureau, department = bureau or known.bureau, department or known.department
    there = fold(bureau), fold(department)
    return any(new and new != fold(old) for new, old in zip(there, here, strict=True))
