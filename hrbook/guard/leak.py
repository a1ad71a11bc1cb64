"""The leak guard: a finished department book is opened and searched, in every part of its package, for everybody outside
its audience. Numbers match as whole values or words, names under every spelling. What the book's own people have written in
their own rows is theirs to say, and namesakes within the audience are no finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import add

from hrbook.core.roster import Employee
from hrbook.guard.found import Hit, Kind, Leak
from hrbook.guard.numbers import numbers_of, typed_numbers
from hrbook.guard.own import Counted, Own
from hrbook.guard.package import Damaged, Package, open_package
from hrbook.guard.people import MAIL, WORD, Person, by_key
from hrbook.guard.spelling import closed, places_of, spaced
from hrbook.guard.texts import raw_texts, readable, readings, texts_of

SHORTEST_NUMBER, SHORTEST_NAME, SHORTEST_READING = 5, 2, 4  # what is shorter matches as a whole value only
SHORTEST_SEARCHED = 4  # letters of a number
_GAP, _WORDS = re.compile(r"\s{2}"), re.compile(r"[^\W_]+")
REMEMBERED = 200_000  # texts; books share most of theirs
EXPECTED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core|custom)\.xml"
    r"|xl/(?:workbook|sharedStrings|styles|comments\d+|metadata)\.xml|xl/_rels/workbook\.xml\.rels|xl/theme/theme1\.xml"
    r"|xl/(?:worksheets/sheet|charts/chart|drawings/drawing|tables/table)\d+\.xml"
    r"|xl/(?:worksheets|drawings)/_rels/(?:sheet|drawing)\d+\.xml\.rels|xl/drawings/vmlDrawing\d+\.vml"
)


class Guard:
    """Searches books for `people`. `public` are texts that any book may show (words, policy, organisation): a key that
    also stands in one of them, such as a surname that is a place, matches as a whole value only; as a whole public text
    it cannot be told apart and is not searched. A guard travels to other processes with what it has learnt left out."""

    def __init__(self, people: Iterable[Person], public: Iterable[str]) -> None:
        people = tuple(people)
        self._owners: dict[Kind, dict[str, tuple[str, ...]]] = {
            Kind.NAME: dict(by_key(people, "names")),
            Kind.READING: dict(by_key(people, "readings")),
            Kind.MAIL: dict(by_key(people, "mails")),
            Kind.NUMBER: {},
        }
        for person in people:
            if person.number:
                known = self._owners[Kind.NUMBER]
                known[person.number] = (*known.get(person.number, ()), person.staff_id)
        self._typed = {key.lstrip("0"): key for key in self._owners[Kind.NUMBER] if key.isdecimal()}
        self._public: frozenset[str] = frozenset()
        self._words: dict[str, str] = {}  # numbers that are one word
        self._rest: dict[str, tuple[Hit, ...]] = {}  # everything else
        self._starts: dict[str, tuple[int, ...]] = {}  # first two letters of these: their lengths
        self._whole: dict[str, tuple[Hit, ...]] = {}
        self._known: dict[str, tuple[tuple[Hit, str], ...]] = {}  # what texts hold, and in which reading
        self._learn(public)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_known": {}}

    def check(
        self,
        package: Package | None,
        audience: Sequence[Employee] | None,
        declared: Sequence[str] = (),
        counted: Counted = frozenset,
    ) -> tuple[Leak, ...]:
        """The leaks of a book for `audience`, sorted, each once; `declared` are texts that may stand in it whoever they
        name (its approvers), `counted` gives the numbers that it counts to: somebody's number that is the same cannot be
        told from it. None as audience: a book for those who may see everybody, so only its package is checked."""
        if package is None:
            return (Leak("", Kind.DAMAGED),)
        leaks: set[Leak] = set(foreign(package))
        if audience is None:
            leaks.update(Leak(name, Kind.DAMAGED) for name in package.names if not readable(name, package.pieces(name)))
            return tuple(sorted(leaks))
        own = Own(audience, declared, counted)
        for name, data in package.parts:
            try:
                leaks.update(self._found(name, texts_of(name, data), own))
                leaks.update(self._typed_in(package, name, data, own))
            except Damaged:
                leaks.add(Leak(name, Kind.DAMAGED))
        for where, data in package.beside:
            leaks.update(self._found(where, raw_texts(data), own))
        return tuple(sorted(leaks))

    def names_outsider(self, text: str, audience: Sequence[Employee]) -> bool:
        """Whether a text that these readers have not written tells them of somebody else."""
        own = Own(audience, (), said=False)
        return any(True for _ in self._found("", (text,), own))

    def _found(self, part: str, texts: Iterable[str], own: Own) -> Iterator[Leak]:
        for text in texts:
            hits = self._known.get(text)
            if hits is None:
                hits = tuple((hit, reading) for reading in readings(text) for hit in self._hits(reading))
                if len(self._known) >= REMEMBERED:
                    self._known.clear()
                self._known[text] = hits
            for hit, reading in hits:
                if hit.key in own.keys[hit.kind] or (hit.kind is Kind.NUMBER and own.counts(hit.key)):
                    continue
                if not own.explains(hit.key, reading):
                    yield Leak(part, hit.kind, self._owners[hit.kind].get(hit.key, ("",))[0])

    def _typed_in(self, package: Package, part: str, data: bytes, own: Own) -> Iterator[Leak]:
        numbers = {number.decode() for number in numbers_of(part, data)} & self._typed.keys()
        outside = {n for n in numbers if self._typed[n] not in own.keys[Kind.NUMBER] and not (own.counts(n) or own.cites(n))}
        for number in typed_numbers(package, data, outside) if outside else ():
            yield Leak(part, Kind.NUMBER, self._owners[Kind.NUMBER][self._typed[number]][0])

    def _hits(self, text: str) -> tuple[Hit, ...]:
        words = spaced(text)
        key = closed(words)
        found = dict.fromkeys(self._whole.get(key, ()))
        for word in WORD.findall(words):
            for part in (word, *word.split("-")):
                if part in self._words:
                    found[Hit(Kind.NUMBER, part)] = None
        starts, rest = self._starts, self._rest
        if (self._ascii or not key.isascii()) and not starts.keys().isdisjoint(map(add, key, key[1:])):
            for at in range(len(key)):
                for length in starts.get(key[at : at + 2], ()):
                    for hit in rest.get(key[at : at + length], ()):
                        if hit not in found and self._stands(hit.key, words):
                            found[hit] = None
        if "@" in words:
            found.update((Hit(Kind.MAIL, self._known_mail(mail)), None) for mail in MAIL.findall(words))
        return tuple(found)

    def _stands(self, key: str, words: str) -> bool:
        """Whether a key stands in a text as something that people read as one: Latin letters as words of their own ("lee" is
        not in "sleep"); and nothing that begins or ends within a word and goes on beyond a wide gap, or into the next word
        where all those words are public (a department and its section)."""
        if key.isascii():
            return re.search(rf"(?<![0-9a-z]){r'[^0-9a-z]*'.join(map(re.escape, key))}(?![0-9a-z])", words) is not None
        for start, end in places_of(key, words):
            whole = _whole_words(words, start, end)
            if len(whole) == end - start or not (_GAP.search(words, start, end) or self._are_public(_WORDS.findall(whole))):
                return True
        return False

    def _are_public(self, words: Sequence[str]) -> bool:
        return len(words) > 1 and all(closed(word) in self._public for word in words)

    def _known_mail(self, found: str) -> str:
        """The address of somebody that an address-like text begins with (a file's name may follow), else the text itself."""
        known, mail = self._owners[Kind.MAIL], found
        while "@" in mail:
            if mail in known:
                return mail
            mail = mail.rpartition(".")[0]
        return found

    def _learn(self, public: Iterable[str]) -> None:
        """Sort the keys: what any text may be searched for, and what must be a whole value."""
        rest: dict[str, tuple[Hit, ...]] = {}
        whole: dict[str, list[Hit]] = {}
        for kind, shortest in ((Kind.NUMBER, SHORTEST_NUMBER), (Kind.NAME, SHORTEST_NAME), (Kind.READING, SHORTEST_READING)):
            for key in self._owners[kind]:
                hit = Hit(kind, key)
                shut = closed(key)
                if kind is Kind.NUMBER and len(shut) < SHORTEST_SEARCHED:
                    continue  # "42" or "R8": no search can tell it from a count or a year
                if len(shut) < shortest:
                    whole.setdefault(shut, []).append(hit)
                elif kind is Kind.NUMBER and WORD.fullmatch(key):
                    self._words[key] = key
                else:
                    rest[shut] = (*rest.get(shut, ()), Hit(kind, shut))
        self._rest = rest
        self._set_starts()
        self._ascii = any(start.isascii() for start in self._starts)  # whether a key may begin with ASCII letters
        keys = {text: closed(spaced(text)) for text in public}
        self._public = frozenset(keys.values())
        for text, key in keys.items():
            for hit in self._hits(text):
                if hit.kind is not Kind.MAIL:
                    self._demote(hit, whole)
            whole.pop(key, None)
        self._whole = {key: tuple(hits) for key, hits in whole.items()}
        self._set_starts()

    def _set_starts(self) -> None:
        lengths: dict[str, set[int]] = {}
        for key in self._rest:
            lengths.setdefault(key[:2], set()).add(len(key))
        self._starts = {start: tuple(sorted(found)) for start, found in lengths.items()}

    def _demote(self, hit: Hit, whole: dict[str, list[Hit]]) -> None:
        if self._words.pop(hit.key, None) is None:
            others = tuple(other for other in self._rest[hit.key] if other != hit)
            if others:
                self._rest[hit.key] = others
            else:
                del self._rest[hit.key]
        whole.setdefault(closed(hit.key), []).append(hit)


def _whole_words(text: str, start: int, end: int) -> str:
    """The place of a text together with the words that it begins and ends in."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]


def foreign(package: Package) -> Iterator[Leak]:
    """What a book of hrbook never holds: other parts, links to the outside, bytes beside the parts."""
    for name in package.names:
        if not EXPECTED.fullmatch(name) or (name.endswith(".rels") and b"External" in package.part(name)):
            yield Leak(name, Kind.FOREIGN)
    for where, _ in package.beside:
        yield Leak(where, Kind.FOREIGN)


def opened(data: bytes) -> Package | None:
    """The package of a finished book; None where it cannot be opened whole."""
    try:
        return open_package(data)
    except Damaged:
        return None
