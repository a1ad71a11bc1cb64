"""What an incomplete date most likely means. A proposal only: it is used where the run consents to its kind of repair."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from hrbook.core.calendar import first_day, last_day
from hrbook.core.source import Scalar
from hrbook.ingest import codes
from hrbook.ingest.codes import Code
from hrbook.ingest.dates import EPOCH_1900, NO_ERA, SURE, plain_date, read_year
from hrbook.ingest.vocabulary import DateWords
from hrbook.ingest.workbook import Broken

YEARS = (1950, 2100)  # years that people type where a date belongs
MONTH = re.compile(r"(\d{4})[./-](\d{1,2})[./-]?")
ERA_MONTH = re.compile(r"([^\d.\-/]{1,2})[./-]?(\d{1,3})[./-](\d{1,2})[./-]?")
Proposal = tuple[date | None, Code | None]
NOTHING: Proposal = (None, None)


def propose(value: Scalar, words: DateWords, *, last: bool, as_of: date | None) -> Proposal:
    """The likely day of a cell that is no whole date, and the repair that it takes.

    A month or a fiscal year means its first day, or its last where `last`; a year without an era means the youngest era
    that does not lie after `as_of` (without `as_of` it means nothing)."""
    if isinstance(value, (bool, Broken)) or value is None:
        return NOTHING
    if isinstance(value, date):
        return _typed_year((value - EPOCH_1900).days, last) if value < SURE else NOTHING
    if isinstance(value, (int, float)):
        return _typed_year(int(value), last) if value == int(value) else NOTHING
    plain = plain_date(value, words)
    if match := NO_ERA.fullmatch(plain):
        return _without_era(plain, [int(part) for part in match.groups()], words, as_of)
    if match := MONTH.fullmatch(plain):
        return _month(int(match.group(1)), int(match.group(2)), last)
    if match := ERA_MONTH.fullmatch(plain):
        year = read_year(match.group(1) + match.group(2), words)
        return NOTHING if year is None else _month(year, int(match.group(3)), last)
    year = read_year(value, words)
    return NOTHING if year is None else (_year(year, last), codes.DATE_PARTIAL)


def _typed_year(number: int, last: bool) -> Proposal:
    return (_year(number, last), codes.DATE_YEAR_TYPED) if YEARS[0] <= number <= YEARS[1] else NOTHING


def _year(year: int, last: bool) -> date:
    return last_day(year) if last else first_day(year)


def _month(year: int, month: int, last: bool) -> Proposal:
    if not (1868 <= year <= YEARS[1] and 1 <= month <= 12):
        return NOTHING
    return date(year, month, monthrange(year, month)[1] if last else 1), codes.DATE_PARTIAL


def _without_era(plain: str, parts: list[int], words: DateWords, as_of: date | None) -> Proposal:
    """With slashes or dashes two digits are as often a year of this century: nothing is proposed then."""
    number, month, day = parts
    if as_of is None or "." not in plain:
        return NOTHING
    found: list[date] = []
    for _, first_year, first, last in words.eras:
        try:
            when = date(first_year + number - 1, month, day)
        except ValueError:
            continue
        if first <= when.toordinal() <= last and when <= as_of:
            found.append(when)
    return (max(found), codes.ERA_MISSING) if found else NOTHING
