"""`--map "own heading=standard heading"`: the city's headings for one run, on top of the settings' sheet of mappings."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hrbook.core.fault import Fault
from hrbook.ingest.dictionary import load_dictionary
from hrbook.ingest.vocabulary import key

SIGNS = ("=", "\uff1d")
DIVIDERS = (":", "\uff1a", "!")


@dataclass(frozen=True, slots=True)
class HeadingMap:
    """One option: the city's heading and every (sheet id, field id) that it may stand for."""

    header: str
    fields: tuple[tuple[str, str], ...]


def read_maps(texts: Iterable[str]) -> tuple[HeadingMap, ...]:
    """The options as typed: "heading=field", or "sheet:heading=field" for one kind of sheet only. Raises Fault (usage)
    for another form and for a field that the data dictionary does not have."""
    return tuple(_read(text) for text in texts)


def _read(text: str) -> HeadingMap:
    sign = next((sign for sign in SIGNS if sign in text), "")
    own, _, wanted = text.rpartition(sign) if sign else ("", "", "")
    divider = next((d for d in DIVIDERS if d in own), "")
    sheet, _, header = own.partition(divider) if divider else ("", "", own)
    header, wanted = header.strip(), wanted.strip()
    if not header or not wanted:
        raise Fault("map_form", usage=True, found=text)
    specs = [s for s in load_dictionary("roster.toml").sheets if not sheet.strip() or s.holds(sheet) == 0]
    fields = tuple((s.id, f.id) for s in specs for f in s.fields if key(wanted) in (key(f.header), f.id))
    if not fields:
        known = [f.header for s in specs for f in s.fields]
        raise Fault("map_field", usage=True, found=text, expected=wanted, near=_near(wanted, known))
    return HeadingMap(header, fields)


def _near(wanted: str, known: Sequence[str]) -> str:
    words = list(dict.fromkeys(known))
    return ", ".join(difflib.get_close_matches(wanted, words, 3, 0.3) or words[:8])
