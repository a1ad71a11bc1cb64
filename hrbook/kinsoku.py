"""Which characters may not begin or end a line of Japanese text (kinsoku; JIS X 4051), in cells and on terminals."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=8192)
def never_starts(char: str) -> bool:
    """Closing brackets, stops, small kana, marks of repetition and length (kinsoku)."""
    plain = unicodedata.normalize("NFKC", char)
    name = unicodedata.name(char, "")
    return (
        unicodedata.category(char) in ("Pe", "Pf")
        or plain[:1] in tuple(")]}.,:;!?%'\u3001\u3002\u30fb\u30fc\u2026\u2025\u2019\u201d\u00b0\u2103\u2030\u301c")
        or char in "\u3005\u303b\u309b\u309c\uff9e\uff9f"
        or (" SMALL " in name and ("HIRAGANA" in name or "KATAKANA" in name))
        or ("ITERATION MARK" in name)
    )


@lru_cache(maxsize=8192)
def never_ends(char: str) -> bool:
    """Opening brackets and what belongs to the number after it."""
    return unicodedata.category(char) in ("Ps", "Pi", "Sc")
