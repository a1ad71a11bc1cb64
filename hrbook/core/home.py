"""The department in which somebody is at home: as the roster row writes it, what is blank there from the unit's code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from hrbook.core.fold import fold
from hrbook.core.roster import OrgRow, Post


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
