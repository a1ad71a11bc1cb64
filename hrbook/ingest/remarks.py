"""Free text in a roster's remarks: periods of leave, secondments and leavings, which belong on sheets of their own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hrbook.core.roster import MaybeDate, Presence
from hrbook.ingest.dates import read_date
from hrbook.ingest.proposals import propose
from hrbook.ingest.vocabulary import Vocabulary, key

DAY = "(?:[^\\s\\d~\u301c\u3001,;/()]{0,2}\\d{1,4}|[^\\s\\d]{2}\u5143)[./\u5e74-]\\d{1,2}(?:[./\u6708-]\\d{1,2})?[\u6708\u65e5]?"
TILDE = "[~\u301c\u2015\u30fc\u2212-]"
SPAN = re.compile(f"({DAY})\\s*(?:\u304b\u3089|\u3088\u308a)?\\s*(?:({TILDE})\\s*({DAY})?)?")
PARTS = re.compile("[\n\r\u3001\u3002;]+")


@dataclass(frozen=True, slots=True)
class Remark:
    """One statement: what it concerns, the word that says so, and its days; `end` None is open."""

    presence: Presence
    word: str
    start: MaybeDate
    end: MaybeDate

    @property
    def said(self) -> str:
        """The statement in short, for people."""
        days = [day.isoformat() if isinstance(day, date) else "" for day in (self.start, self.end)]
        return f"{self.word} {days[0]}\uff5e{days[1]}".strip() if any(days) else self.word


def read_remark(text: str, words: Vocabulary) -> Iterator[Remark]:
    """The statements of a remark that say something of a person's presence; anything else is left alone."""
    for part in PARTS.split(unicodedata.normalize("NFKC", text)):
        plain = key(part)
        found = _presence(plain, words)
        if found is None:
            continue
        presence, word = found
        match = SPAN.search(part)
        start = _day(match.group(1), words, last=False) if match else None
        end = _day(match.group(3), words, last=True) if match and match.group(3) else None
        yield Remark(presence, word, start, end)


def _presence(plain: str, words: Vocabulary) -> tuple[Presence, str] | None:
    """The word that a statement is about; shorter hours and ends of a leave are none."""
    if any(word in plain for word in words.at_work_kinds) or any(word in plain for word in words.remark_ends):
        return None
    for word in sorted(words.leave_kinds, key=lambda w: (-len(w), w)):
        if word in plain:
            return Presence.LEAVE, word
    for word in words.orders.secondment:
        if word in plain:
            return Presence.SECONDED, plain if len(plain) <= 12 else word
    for word in sorted(words.orders.leaving, key=lambda w: (-len(w), w)):
        if word in plain:
            return Presence.GONE, word
    return None


def _day(text: str | None, words: Vocabulary, *, last: bool) -> MaybeDate:
    if text is None:
        return None
    day, _ = read_date(text, words.dates, False)
    if isinstance(day, date):
        return day
    proposed, _ = propose(text, words.dates, last=last, as_of=None)
    return proposed
