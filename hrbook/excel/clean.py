"""Text that is safe in a workbook: no control characters, no half of a surrogate pair, no more than a cell holds."""

from __future__ import annotations

import re

from hrbook.core.fault import Fault

GETA = "\u3013"  # the sign that Japanese printers set for a letter they do not have
LIMIT = 32767  # UTF-16 units in a cell
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """The text with line ends as line feeds and a geta mark for every control character or lone surrogate."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BROKEN.sub(GETA, text) if _BROKEN.search(text) else text


def cell_text(text: str, sheet: str, row: int, col: int) -> str:
    """Cleaned text for one cell. Raises Fault("text_too_long") instead of cutting it."""
    found = clean_text(text)
    if len(found) > LIMIT // 2 and utf16_units(found) > LIMIT:
        raise Fault("text_too_long", sheet=sheet, row=row + 1, column=col + 1, found=utf16_units(found), limit=LIMIT)
    return found


def utf16_units(text: str) -> int:
    """Length as Excel counts it. Lone surrogates count as one."""
    return len(text) + sum(char > "\uffff" for char in text)
