"""The folded key of a text: for matching only, never for printing."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """NFKC, without blanks, case folded: two spellings of one unit name give one key. Never print the result:
    NFKC changes compatibility ideographs that people have in their names."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
