"""What a personnel order does to the primary post, read from its kind, its remark and its title (policy/hr_terms)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hrbook.core.roster import Nature
from hrbook.ingest.vocabulary import OrderWords, key

BRACKET = re.compile(r"[(\[\u3010]([^()\[\]\u3010\u3011]*)[)\]\u3011]")


@dataclass(frozen=True, slots=True)
class OrderReading:
    """`known`: the kind is blank or holds a known word. `by_text`: a second post only by its remark or title.

    `private`: a disciplinary matter, which is never read."""

    nature: Nature
    step_down: bool
    left_management: bool
    hire: bool
    promotion: bool
    received: bool
    known: bool
    by_text: bool
    private: bool


def read_order(kind: str, remark: str, title: str, words: OrderWords) -> OrderReading:
    """The reading of one order.

    A second post is said by the kind, the remark or the title; a secondment and a leaving by the kind, or by the
    remark where the kind is blank. The end of a secondment is an ordinary order."""
    kind_key, remark_key = key(kind), key(remark)
    speaking = kind_key or remark_key
    private = _any(kind_key, words.private) and not _any(kind_key, words.private_unless)
    primary_kind = _any(kind_key, words.primary)
    nature, by_text = Nature.PRIMARY, False
    if _any(kind_key, words.second_post) or _any(kind_key, words.second_post_ends):
        nature = Nature.SECOND_POST
    elif _remark_says_second(remark_key, primary_kind, words) or title_is_second_post(title, words):
        nature, by_text = Nature.SECOND_POST, True
    elif _any(speaking, words.leaving):
        nature = Nature.LEAVING
    elif _any(speaking, words.secondment) and not _any(speaking, words.secondment_ends):
        nature = Nature.SECONDMENT
    known = not kind_key or primary_kind or private or nature is not Nature.PRIMARY
    return OrderReading(
        nature,
        step_down=_any(kind_key, words.step_down) or _any(remark_key, words.step_down),
        left_management=_any(kind_key, words.left_management) or _any(remark_key, words.left_management),
        hire=nature is Nature.PRIMARY and _any(speaking, words.hire),
        promotion=nature is Nature.PRIMARY and _any(speaking, words.promotion),
        received=_any(kind_key, words.received),
        known=known or _any(kind_key, words.secondment),
        by_text=by_text,
        private=private,
    )


def title_is_second_post(title: str, words: OrderWords) -> bool:
    """Whether the title as a whole is a second post: the word outside brackets, or a bracket with nothing else in it
    at the front or the end. A bracket that names a further post leaves the title before it the primary one."""
    plain = key(title)
    if not plain:
        return False
    if _any(BRACKET.sub("", plain), words.second_post):
        return True
    for match in BRACKET.finditer(plain):
        at_edge = match.start() == 0 or match.end() == len(plain)
        if at_edge and match.group(1) in words.second_post_marks:
            return True
    return False


def _remark_says_second(remark: str, primary_kind: bool, words: OrderWords) -> bool:
    """The end of a second post in the remark of an ordinary move leaves it an ordinary move."""
    if not _any(remark, words.second_post):
        return False
    return not (primary_kind and _any(remark, words.second_post_ends))


def _any(text: str, words: Iterable[str]) -> bool:
    return bool(text) and any(word in text for word in words)
