"""The map from the sentences of a policy's text to its rules. The text itself is the city's and is not held here: a sentence
is its place, our own short wording and a fingerprint, which proves the map against the city's document."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

PRINT_LENGTH = 16  # hexadecimal digits: 64 bits, far more than a document of some hundred sentences needs


class Treatment(StrEnum):
    """What became of a sentence: rules stand for it, a sheet shows how it stands, it is described and asks nothing that
    could be judged, or it is outside what the batch does. A heading asks nothing by itself."""

    RULE = "rule"
    SHEET = "sheet"
    DESCRIBED = "described"
    OUTSIDE = "outside"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, table cell or figure of the policy's text. `clause` and `number` say where it stands (number 0: a
    heading, which may come again as a running title); `length` and `fingerprint` are those of its normalised text; `gist`
    is our wording; `rules` are rule ids, `sheets` ids of sheets (the words "sheet.<id>.name"), and `because` says why the
    sentence is out of scope."""

    clause: str
    number: int
    length: int
    fingerprint: str
    gist: str
    rules: tuple[str, ...] = ()
    because: str = ""
    sheets: tuple[str, ...] = ()

    @property
    def treatment(self) -> Treatment:
        if not self.number:
            return Treatment.HEADING
        if self.rules:
            return Treatment.RULE
        return Treatment.SHEET if self.sheets else Treatment.OUTSIDE if self.because else Treatment.DESCRIBED


@dataclass(frozen=True, slots=True)
class Coverage:
    """The map of one edition: its sentences and headings in the order of the text."""

    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """A map held against a document. `missing`: rows whose sentence the document lacks; `unmapped`: what the document has
    and no row stands for, each with the number of the row that it follows (0: before the first); `found` of `rows`."""

    rows: int
    found: int
    missing: tuple[Sentence, ...]
    unmapped: tuple[tuple[int, str], ...]

    @property
    def whole(self) -> bool:
        return not self.missing and not self.unmapped


def normalised(text: str) -> str:
    """A text without blanks, line ends and differences of width, so that it does not matter how a document was laid out."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def fingerprint(text: str) -> str:
    """The fingerprint of a sentence that is normalised already."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:PRINT_LENGTH]


def prove(rows: Sequence[Sentence], document: str, ends: str) -> Proof:
    """Hold `rows` against a document (raw text); `ends` are the signs that end a sentence, and only cut what is left over.

    The sentences are looked for in their order, each after the one before it, or anywhere if it is not there; then the
    headings, wherever they stand."""
    text = normalised(document)
    taken = bytearray(len(text))
    missing: list[Sentence] = []
    places: list[tuple[int, int]] = []  # start of a found sentence, the number of its row
    at = 0
    for number, row in enumerate(rows, start=1):
        if row.treatment is Treatment.HEADING:
            continue
        start = _find(text, row, at, taken)
        if start is None:
            missing.append(row)
            continue
        _take(taken, start, row.length)
        places.append((start, number))
        at = start + row.length
    missing += [row for row in rows if row.treatment is Treatment.HEADING and not _take_all(text, row, taken)]
    unmapped = []
    for start, piece in _left(text, taken):
        before = max((place for place in places if place[0] < start), default=(0, 0))
        unmapped += [(before[1], part) for part in _sentences(piece, ends)]
    return Proof(len(rows), len(rows) - len(missing), tuple(missing), tuple(unmapped))


def _take(taken: bytearray, start: int, length: int) -> None:
    taken[start : start + length] = b"\x01" * length


def _take_all(text: str, row: Sentence, taken: bytearray) -> bool:
    """Take every place of a heading; whether there was one."""
    found = False
    while (start := _find(text, row, 0, taken)) is not None:
        _take(taken, start, row.length)
        found = True
    return found


def _find(text: str, row: Sentence, at: int, taken: bytearray) -> int | None:
    """Where the sentence of a row stands, nothing of it taken yet: from `at` on, else from the beginning."""
    length = row.length
    if length <= 0:
        return None
    beyond = max(0, len(text) - length + 1)
    for places in (range(at, beyond), range(min(at, beyond))):
        for start in places:
            free = not taken[start] and not any(taken[start : start + length])
            if free and fingerprint(text[start : start + length]) == row.fingerprint:
                return start
    return None


def _left(text: str, taken: bytearray) -> Iterator[tuple[int, str]]:
    start = None
    for index in range(len(text) + 1):
        free = index < len(text) and not taken[index]
        if free and start is None:
            start = index
        elif not free and start is not None:
            yield start, text[start:index]
            start = None


def _sentences(piece: str, ends: str) -> Iterator[str]:
    part = ""
    for char in piece:
        part += char
        if char in ends:
            yield part
            part = ""
    if part:
        yield part
