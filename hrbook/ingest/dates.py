"""Dates and fiscal years in every spelling that a cell holds: typed, serial, compact, Japanese era, words for unknown."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from hrbook.core.roster import UNREADABLE, MaybeDate
from hrbook.core.source import Scalar
from hrbook.ingest import codes
from hrbook.ingest.codes import Code
from hrbook.ingest.vocabulary import DateWords, key
from hrbook.ingest.workbook import Broken

# Dates outside these years are not staff data; they are typing errors, zero dates or "no end".
FIRST, LAST = date(1868, 1, 25), date(2150, 12, 31)
SURE = date(1910, 1, 1)  # before it, a date cell holds a year that somebody typed into it
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
# A bare number is a serial date only from 1927 to 2099: below, it is a count or a year, above, a compact date.
FIRST_SERIAL, LAST_SERIAL = date(1927, 1, 1), date(2099, 12, 31)
PARTS = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})")
COMPACT = re.compile(r"\d{8}")
ERA_COMPACT = re.compile(r"([^\d.\-/]{1,2})(\d{2})(\d{2})(\d{2})")
ERA_PARTS = re.compile(r"([^\d.\-/]{1,2})[./-]?(\d{1,3})[./-](\d{1,2})[./-](\d{1,2})")
NO_ERA = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{1,2})")
TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
Read = tuple[MaybeDate, Code | None]


def read_date(value: Scalar, words: DateWords, from_1904: bool) -> Read:
    """The date of a cell and what is to be said of it (None: nothing). Blank is None; UNREADABLE is never a guess."""
    if value is None:
        return None, None
    if isinstance(value, date):
        return _bounded(value) if value >= SURE else (UNREADABLE, codes.DATE_UNREADABLE)
    if isinstance(value, bool):
        return UNREADABLE, codes.DATE_UNREADABLE
    if isinstance(value, (int, float)):
        return _number(value, words, from_1904)
    if isinstance(value, Broken):
        return UNREADABLE, None  # the table has already said so
    return _text(value, words)


def _bounded(day: date) -> Read:
    if FIRST <= day <= LAST:
        return day, None
    return (None, codes.DATE_UNKNOWN) if day.year == 9999 else (UNREADABLE, codes.DATE_UNREADABLE)


def _number(value: int | float, words: DateWords, from_1904: bool) -> Read:
    """Serial numbers and compact dates; the number of days decides, whatever part of the date the format shows."""
    whole = int(value) if abs(value) < 10**9 else 0
    if whole == value and 19000101 <= whole <= 21501231:
        return _built(whole // 10000, whole // 100 % 100, whole % 100)
    if whole == value and key(str(whole)) in words.unknown:
        return None, codes.DATE_UNKNOWN
    epoch = EPOCH_1904 if from_1904 else EPOCH_1900
    if whole > 0 and FIRST_SERIAL <= (day := epoch + timedelta(days=min(whole, 2_000_000))) <= LAST_SERIAL:
        return day, codes.DATE_SERIAL
    return UNREADABLE, codes.DATE_UNREADABLE


@lru_cache(maxsize=65536)
def _text(text: str, words: DateWords) -> Read:
    if not text.strip():
        return None, None
    if key(text) in words.unknown:
        return None, codes.DATE_UNKNOWN
    plain = plain_date(text, words)
    if key(plain.replace("/", ".").replace("-", ".")) in words.unknown:
        return None, codes.DATE_UNKNOWN
    if match := PARTS.fullmatch(plain):
        return _built(*map(int, match.groups()))
    if COMPACT.fullmatch(plain):
        return _built(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    if match := ERA_PARTS.fullmatch(plain) or ERA_COMPACT.fullmatch(plain):
        return _era(match.group(1), *map(int, match.groups()[1:]), words=words)
    return UNREADABLE, codes.ERA_MISSING if NO_ERA.fullmatch(plain) else codes.DATE_UNREADABLE


def plain_date(text: str, words: DateWords) -> str:
    """A date with digits and dots only: widths, blanks, kanji numerals, suffixes and words for year and month folded."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = TIME.sub("", plain)
    plain = "".join(plain.split())
    plain = re.sub(rf"\([{words.weekdays}][^()]{{0,2}}\)$", "", plain)
    for suffix in words.suffixes:
        plain = plain.removesuffix(suffix)
    plain = _digits(plain, words)
    plain = plain.replace(words.year, ".").replace(words.month, ".").removesuffix(words.day)
    plain = plain.replace("\u2010", "-").replace("\u2212", "-").replace("\u2013", "-").replace("\u30fc", "-")
    return plain.replace("\u3001", ".").replace(",", ".").replace("\u3002", ".").replace("\u30fb", ".")


def _digits(text: str, words: DateWords) -> str:
    """The first year of an era and kanji numerals (up to 99) as digits."""
    for spelling, *_ in words.eras:
        if text.startswith(spelling + words.first_year):
            text = spelling + "1" + text[len(spelling) + len(words.first_year) :]
            break
    if not any(letter in text for letter in words.digits[1:] + words.ten):
        return text
    kanji = f"[{words.digits}{words.ten}]+"

    def number(match: re.Match[str]) -> str:
        tens, ten, ones = match.group().rpartition(words.ten)
        if not ten:
            return "".join(str(words.digits.index(letter)) for letter in ones)
        try:
            return str((words.digits.index(tens) if tens else 1) * 10 + (words.digits.index(ones) if ones else 0))
        except ValueError:
            return match.group()

    return re.sub(kanji, number, text)


def _era(name: str, number: int, month: int, day: int, *, words: DateWords) -> Read:
    for spelling, first_year, first, last in words.eras:
        if spelling == name:
            if not 1 <= number <= 150:
                return UNREADABLE, codes.DATE_UNREADABLE
            found, code = _built(first_year + number - 1, month, day)
            if isinstance(found, date) and not first <= found.toordinal() <= last:
                return found, codes.ERA_OUTSIDE
            return found, code
    return UNREADABLE, codes.DATE_UNREADABLE


def _built(year: int, month: int, day: int) -> Read:
    try:
        return _bounded(date(year, month, day))
    except ValueError:
        return UNREADABLE, codes.DATE_UNREADABLE


def read_year(value: Scalar, words: DateWords) -> int | None:
    """A fiscal year as its first calendar year: 2026, "2026", or an era with its number; None where it is none."""
    if isinstance(value, bool) or value is None or isinstance(value, (date, Broken)):
        return None
    if isinstance(value, float):
        return None
    if isinstance(value, int):
        return value if 1900 <= value <= 2150 else None
    plain = "".join(unicodedata.normalize("NFKC", value).split())
    plain = _digits(plain.removesuffix(words.fiscal_year).removesuffix(words.year), words)
    if re.fullmatch(r"\d{4}", plain):
        return int(plain) if 1900 <= int(plain) <= 2150 else None
    match = re.fullmatch(r"([^\d.]{1,2})\.?(\d{1,3})", plain)
    if match is None:
        return None
    for spelling, first_year, _, _ in words.eras:
        if spelling == match.group(1) and int(match.group(2)) >= 1:
            return first_year + int(match.group(2)) - 1
    return None
