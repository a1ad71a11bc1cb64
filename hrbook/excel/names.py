"""Names of sheets and files that Excel, Windows, macOS and Linux all take, each once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from hrbook.excel.clean import utf16_units

SHEET_LIMIT, FILE_LIMIT = 31, 80  # UTF-16 units
FALLBACK = "_"
_SHEET = str.maketrans({char: chr(ord(char) + 0xFEE0) for char in "[]:*?/\\"})
_FILE = str.maketrans({char: chr(ord(char) + 0xFEE0) for char in '<>:"/\\|?*'})
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|(?:COM|LPT)[0-9])(?= *(?:\.|$))")
_HISTORY = "history"  # Excel keeps this sheet name for itself


def sheet_name(text: str) -> str:
    """A sheet's name from any text: forbidden signs in full width, no control signs, no apostrophe at an end,
    at most 31 UTF-16 units, never empty."""
    name = _cut(_visible(text).translate(_SHEET).strip(" '"), SHEET_LIMIT).strip(" '")
    return f"{name}{FALLBACK}" if not name or name.casefold() == _HISTORY else name


def file_name(text: str, suffix: str = "") -> str:
    """A file's or folder's name from any text, `suffix` (such as ".xlsx") included in the limit of 80 UTF-16 units:
    NFC, forbidden signs in full width, no control signs, no dot or blank at an end, no name of a device."""
    name = _visible(unicodedata.normalize("NFC", text)).translate(_FILE)
    name = name.strip(" ").rstrip(" .")
    if _DEVICE.match(unicodedata.normalize("NFKC", name).upper()):
        name = f"{FALLBACK}{name}"
    return (_cut(name, FILE_LIMIT - utf16_units(suffix)).rstrip(" .") or FALLBACK) + suffix


def unique_sheet_names(texts: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Sheet names in the order of the texts; what differs only by case or width gets (2), (3) ... at its end."""
    return _unique([sheet_name(text) for text in texts], "", SHEET_LIMIT, taken)


def unique_file_names(texts: Iterable[str], suffix: str = "", taken: Iterable[str] = ()) -> list[str]:
    """File names in the order of the texts; what a case-blind or width-blind file system takes for one gets a number."""
    return _unique([file_name(text) for text in texts], suffix, FILE_LIMIT, taken)


def folded(name: str) -> str:
    """The key under which two names collide: compatibility forms and case folded."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _unique(names: list[str], suffix: str, limit: int, taken: Iterable[str]) -> list[str]:
    seen = {folded(name) for name in taken}
    found: list[str] = []
    for name in names:
        candidate, number = _cut(name, limit - utf16_units(suffix)) + suffix, 1
        while folded(candidate) in seen:
            number += 1
            tail = f"({number}){suffix}"
            candidate = _cut(name, limit - utf16_units(tail)).rstrip(" .'") + tail
        seen.add(folded(candidate))
        found.append(candidate)
    return found


def _visible(text: str) -> str:
    """Without control and format signs, halves of pairs and what is no character; variation selectors stay."""
    spaced = re.sub(r"[\t\r\n\u2028\u2029]+", " ", text)
    return "".join(char for char in spaced if unicodedata.category(char) not in ("Cc", "Cf", "Cs") and _is_char(char))


def _is_char(char: str) -> bool:
    return ord(char) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(char) <= 0xFDEF


def _cut(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units, never between a letter and the marks that belong to it."""
    if utf16_units(text) <= limit:
        return text
    end, used = 0, 0
    for index, char in enumerate(text):
        if unicodedata.category(char) not in ("Mn", "Me", "Mc"):
            end = index
        used += utf16_units(char)
        if used > limit:
            break
    return text[:end]
