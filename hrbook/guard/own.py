"""What a department's book may say: its own people, and what they have written in their own rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from hrbook.core.roster import Employee
from hrbook.guard.found import Kind
from hrbook.guard.people import own_rows, own_texts, person_of
from hrbook.guard.spelling import closed, spaced

_CUT, _MARK = "...", "\1"  # where a text that did not fit ends, after folding (another one may follow); what stands for it


Counted = Callable[[], Collection[int]]
"""The numbers that a book counts, asked for where one of them could be somebody's."""


class Own:
    """What a book may say: the keys of its audience, the numbers that it counts, and the texts that excuse a hit (both gathered
    when first needed; without `said`, what the audience has written excuses nothing)."""

    def __init__(
        self, audience: Sequence[Employee], declared: Sequence[str], counted: Counted = frozenset, *, said: bool = True
    ) -> None:
        people = [person_of(employee) for employee in audience]
        self._said, self._declared = audience if said else (), declared
        self._audience, self._counted = audience, counted
        self._numbers: frozenset[str] | None = None
        self._rows: frozenset[str] | None = None
        self._phrases: tuple[tuple[str, str], ...] | None = None  # without the marks of what may have been cut, and with them
        self._holding: dict[str, tuple[str, ...]] = {}  # the phrases that hold a key, by key
        self.keys: dict[Kind, frozenset[str]] = {
            Kind.NUMBER: frozenset(p.number for p in people),
            Kind.NAME: frozenset(key for p in people for key in p.names),
            Kind.READING: frozenset(key for p in people for key in p.readings),
            Kind.MAIL: frozenset(key for p in people for key in p.mails),
        }

    def explains(self, key: str, text: str) -> bool:
        """Whether the key stands in the text only within a name or a text of the book's own, or arises only where one of
        its names meets the word beside it."""
        key = closed(key)
        rest = _marked(text)
        for phrase in self._that_hold(key):
            rest = _without_beginnings(rest.replace(phrase, "\0"), phrase, key)
        rest = rest.replace(_MARK, "")
        return all(self._meets(rest, found.start(), found.end()) for found in re.finditer(re.escape(key), rest))

    def counts(self, number: str) -> bool:
        """Whether the book counts to this number, which is then written without zeros before it."""
        if self._numbers is None:
            self._numbers = frozenset(map(str, self._counted()))
        return number in self._numbers

    def cites(self, number: str) -> bool:
        """Whether this is the number of a row of the input that is on the book's own people."""
        if self._rows is None:
            self._rows = frozenset(map(str, own_rows(self._audience)))
        return number in self._rows

    def _that_hold(self, key: str) -> tuple[str, ...]:
        """The names and texts of the book's own that hold the key, the longest first."""
        if self._phrases is None:
            names = {*self.keys[Kind.NAME], *self.keys[Kind.READING], *self.keys[Kind.MAIL]}
            texts = {_marked(text) for text in (*own_texts(self._said), *self._declared)}
            phrases = sorted(names | texts, key=lambda phrase: (-len(phrase), phrase))
            self._phrases = tuple((phrase.replace(_MARK, ""), phrase) for phrase in phrases)
        found = self._holding.get(key)
        if found is None:
            found = self._holding[key] = tuple(phrase for bare, phrase in self._phrases if key in bare)
        return found

    def _meets(self, text: str, start: int, end: int) -> bool:
        """Whether a name of the book's own begins or ends within this place of a text, and stands out of it."""
        for name in (*self.keys[Kind.NAME], *self.keys[Kind.READING]):
            for at in range(max(0, start - len(name) + 1), end):
                if (at < start or at + len(name) > end) and text.startswith(name, at):
                    return True
        return False


def _marked(text: str) -> str:
    """A text closed up, with marks where it may have been cut."""
    return _MARK.join(map(closed, spaced(text).split(_CUT)))


def _without_beginnings(text: str, phrase: str, key: str) -> str:
    """A text without the beginnings of the phrase that a sheet has cut, where they hold the key."""
    if key not in phrase:
        return text
    least = max(phrase.index(key) + len(key), len(key) + 1)
    at = len(text)
    while (at := text.rfind(_MARK, 0, at)) >= 0:
        for length in range(min(len(phrase), at), least - 1, -1):
            if text.endswith(phrase[:length], 0, at):
                text = f"{text[: at - length]}\0{text[at:]}"
                at -= length
                break
    return text
