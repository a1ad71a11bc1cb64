"""How cells are spelt: the words of templates/vocabulary.toml under their matching keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from hrbook.core.roster import Employment, Outcome, Presence
from hrbook.resources import load_toml

INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]|_x000[dDaA]_")


@cache
def _confusables() -> dict[int, str]:
    table: dict[int, str] = {}
    for pair in load_toml("vocabulary.toml")["confusables"]:
        table.update({ord(one): other for one, other in zip(pair["from"], pair["to"], strict=True)})
    return table


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """The matching key of a text: width, blanks, line breaks, case and look-alike letters folded. Never printed."""
    plain = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    return "".join(plain.split()).translate(_confusables()).casefold()


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words around dates; `eras` are (spelling, first year, first ordinal, last ordinal), longest spelling first."""

    unknown: frozenset[str]
    first_year: str
    year: str
    month: str
    day: str
    fiscal_year: str
    suffixes: tuple[str, ...]
    weekdays: str
    digits: str
    ten: str
    eras: tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class OrderWords:
    """Words of personnel orders, under their keys; found anywhere in the cell."""

    second_post: tuple[str, ...]
    second_post_marks: frozenset[str]
    second_post_ends: tuple[str, ...]
    joiner: str
    secondment: tuple[str, ...]
    secondment_ends: tuple[str, ...]
    leaving: tuple[str, ...]
    step_down: tuple[str, ...]
    left_management: tuple[str, ...]
    hire: tuple[str, ...]
    promotion: tuple[str, ...]
    received: tuple[str, ...]
    primary: tuple[str, ...]
    private: tuple[str, ...]
    private_unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowWords:
    """Words of rows that hold no person, and of the units that captions name."""

    totals: re.Pattern[str]
    remarks: tuple[str, ...]
    dittos: frozenset[str]
    bureau: re.Pattern[str]
    department: re.Pattern[str]
    unit: re.Pattern[str]
    caption_noise: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words that cells are read by. Mappings and sets hold keys, see `key`."""

    dates: DateWords
    orders: OrderWords
    employment: Mapping[str, Employment]
    presence: Mapping[str, Presence]
    outcome: Mapping[str, Outcome]
    leave_kinds: frozenset[str]
    at_work_kinds: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    none: frozenset[str]
    everybody: frozenset[str]
    separators: re.Pattern[str]
    rows: RowWords
    acting: str
    rotation_rules: frozenset[str]
    lost_glyphs: re.Pattern[str]
    name_variants: Mapping[int, str]
    remark_ends: tuple[str, ...]


def load_vocabulary() -> Vocabulary:
    """The vocabulary of templates/vocabulary.toml."""
    words = load_toml("vocabulary.toml")
    lists = words["words"]
    return Vocabulary(
        dates=_dates(words),
        orders=_orders(words["orders"]),
        employment={k: Employment(name) for name, entry in words["employment"].items() for k in _keys(entry)},
        presence={k: Presence(name) for name, entry in words["presence"].items() for k in _keys(entry)},
        outcome={k: Outcome(name) for name, entry in words["outcome"].items() for k in _keys(entry)},
        leave_kinds=frozenset(_keys(words["leave"]["kinds"])),
        at_work_kinds=frozenset(_keys(words["leave"]["at_work"])),
        yes=frozenset(_keys(lists["yes"])),
        no=frozenset(_keys(lists["no"])),
        none=frozenset(_keys(lists["none"])),
        everybody=frozenset(_keys(lists["everybody"])),
        separators=re.compile(f"[{re.escape(lists['separators'])}]"),
        rows=_rows(words["rows"]),
        acting=key(words["titles"]["acting"]),
        rotation_rules=frozenset(_keys(words["rules"]["rotation"])),
        name_variants={ord(one): other for one, other in zip(words["names"]["from"], words["names"]["to"], strict=True)},
        remark_ends=_keys(words["remarks"]["ends"]),
        lost_glyphs=re.compile(
            f"[{re.escape(words['glyphs']['lost'])}\ue000-\uf8ff\U000f0000-\U0010ffff]"
            r"|U\+[0-9A-Fa-f]{4,6}|&#x?[0-9A-Fa-f]+;"
        ),
    )


def _keys(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(key(word) for word in words)


def _rows(entry: Mapping[str, Any]) -> RowWords:
    ends = "|".join(re.escape(key(word)) for word in sorted(entry["totals"], key=len, reverse=True))
    counters = "|".join(re.escape(key(word)) for word in entry["counters"])
    bureau = "|".join(map(re.escape, entry["bureau_ends"]))
    department = "|".join(map(re.escape, entry["department_ends"]))
    return RowWords(
        totals=re.compile(rf"(?:.*\D)?(?:{ends})[:\uff1a]?\(?\d*(?:{counters})?\)?"),
        remarks=_keys(entry["remarks"]),
        dittos=frozenset(entry["dittos"]),
        bureau=re.compile(rf"[^\s\d]+(?:{bureau})"),
        department=re.compile(rf"[^\s\d]+(?:{department})"),
        unit=re.compile(rf"(?P<bureau>[^\s\d]+?(?:{bureau}))?(?P<department>[^\s\d]+?(?:{department}))?"),
        caption_noise=tuple(entry["caption_noise"]),
    )


def _orders(entry: Mapping[str, Any]) -> OrderWords:
    words = {name: _keys(listed) for name, listed in entry.items() if isinstance(listed, list)}
    marks = frozenset(words.pop("second_post_marks"))
    return OrderWords(second_post_marks=marks, joiner=key(entry["joiner"]), **words)


def _dates(words: Mapping[str, Any]) -> DateWords:
    entry = words["dates"]
    eras: list[tuple[str, int, int, int]] = []
    for era in words["eras"]:
        last = era["last"].toordinal() if "last" in era else 10**7
        names = {era["name"], era["name"][0], era["letter"], era["letter"].lower()}
        eras.extend((name, era["first"].year, era["first"].toordinal(), last) for name in names)
    return DateWords(
        unknown=frozenset(_keys(entry["unknown"])),
        first_year=entry["first_year"],
        year=entry["year"],
        month=entry["month"],
        day=entry["day"],
        fiscal_year=entry["fiscal_year"],
        suffixes=tuple(entry["suffixes"]),
        weekdays=entry["weekdays"],
        digits=entry["digits"],
        ten=entry["ten"],
        eras=tuple(sorted(eras, key=lambda e: (-len(e[0]), e[0]))),
    )
