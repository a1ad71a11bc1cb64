"""How a cell of the settings is read and said again: one reader for each kind of value. A settings file is the city's
own, so a value that cannot be read is a Fault with its cell, never a guess."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from hrbook.core.fault import Fault
from hrbook.core.policy import Policy
from hrbook.core.roster import Employment
from hrbook.core.rotation_policy import Level, MidCareer
from hrbook.core.source import RowRef
from hrbook.ingest.courses import CourseIndex
from hrbook.ingest.dates import read_date, read_year
from hrbook.ingest.values import read_integer, read_text, read_yes, split_list
from hrbook.ingest.vocabulary import Vocabulary, key
from hrbook.resources import load_toml

E = TypeVar("E", bound=StrEnum)
MOST = 999


def refuse(name: str, ref: RowRef, field: str, **facts: str | int) -> Fault:
    """The Fault on one cell of the settings."""
    place: dict[str, str | int] = {"file": ref.source.file, "sheet": ref.source.sheet, "cell": ref.address(field)}
    return Fault(name, usage=False, **place, found=read_text(ref.raw_of(field)), **facts)


def required(ref: RowRef, field: str) -> str:
    """The text of a cell that its row needs. Raises Fault where it is blank."""
    text = read_text(ref.raw_of(field))
    if not text:
        raise refuse("setting_blank", ref, field)
    return text


def near(found: str, known: Sequence[str]) -> str:
    """The known words that resemble `found`, the closest first; all of them where none does and they are few."""
    by_key = {key(word): word for word in known}
    close = difflib.get_close_matches(key(found), list(by_key), 3, 0.4)
    return ", ".join(by_key[word] for word in close) or ", ".join(list(known)[:12])


class Kinds:
    """Readers of cells for one policy. Every reader takes a row and a field and raises Fault where it cannot read."""

    def __init__(self, policy: Policy, words: Vocabulary, from_1904: bool) -> None:
        self.words = words
        self._from_1904 = from_1904
        self._ranks = {key(text): rank.id for rank in policy.ranks for text in (rank.id, rank.name)}
        self._rank_names = {rank.id: rank.name for rank in policy.ranks}
        self._courses = CourseIndex(policy)
        self._course_names = {course.code: course.name for course in policy.training.courses}
        choices = load_toml("settings.toml")["choices"]
        self._levels = _choices(Level, choices["level"])
        self._midcareer = _choices(MidCareer, choices["midcareer"])
        self._yes_words: Mapping[str, str] = choices["yes"]
        self._said: Mapping[str, str] = choices["words"]
        self._level_names: dict[Level, str] = {level: choices["level"][level.value][0] for level in Level}
        self._midcareer_names: dict[MidCareer, str] = {m: choices["midcareer"][m.value][0] for m in MidCareer}
        employment = load_toml("vocabulary.toml")["employment"]
        self._employment_names: dict[Employment, str] = {e: employment[e.value][0] for e in Employment}

    def reader(self, kind: str) -> Callable[..., Any]:
        """The reader of a kind of settings.toml."""
        readers: dict[str, Callable[..., Any]] = {
            "date": self.date,
            "year": self.year,
            "years": self.number,
            "numbers": self.numbers,
            "band": self.band,
            "text": self.text,
            "yes": self.yes,
            "level": self.levels,
            "ranks": self.ranks,
            "employment": self.employment,
            "list": self.texts,
            "midcareer": self.midcareer,
            "course": self.course,
        }
        return readers[kind]

    def date(self, ref: RowRef, field: str, **_: int) -> date:
        day, _code = read_date(ref.raw_of(field), self.words.dates, self._from_1904)
        if not isinstance(day, date):
            raise refuse("setting_date", ref, field)
        return day

    def year(self, ref: RowRef, field: str, **_: int) -> int:
        year = read_year(ref.raw_of(field), self.words.dates)
        if year is None:
            raise refuse("setting_year", ref, field)
        return year

    def number(self, ref: RowRef, field: str, least: int = 0, most: int = MOST) -> int:
        number = read_integer(ref.raw_of(field), least, most)
        if number is None:
            raise refuse("setting_number", ref, field, least=least, most=most)
        return number

    def numbers(self, ref: RowRef, field: str, least: int = 0, most: int = MOST) -> tuple[int, ...]:
        """Whole numbers in the order in which they stand; equal ones are kept."""
        parts = [part.strip() for part in self.words.separators.split(read_text(ref.raw_of(field))) if part.strip()]
        found = [read_integer(part, least, most) for part in parts]
        numbers = tuple(number for number in found if number is not None)
        if not found or len(numbers) < len(found):
            raise refuse("setting_number", ref, field, least=least, most=most)
        return numbers

    def band(self, ref: RowRef, field: str, least: int = 0, most: int = MOST) -> tuple[int, ...]:
        """Three numbers that do not fall: low, expected, high."""
        numbers = self.numbers(ref, field, least, most)
        if len(numbers) != 3 or list(numbers) != sorted(numbers):
            raise refuse("setting_rising", ref, field)
        return numbers

    def text(self, ref: RowRef, field: str, **_: int) -> str:
        return read_text(ref.raw_of(field))

    def texts(self, ref: RowRef, field: str, **_: int) -> tuple[str, ...]:
        """A list; a word for none is the empty list."""
        found = split_list(ref.raw_of(field), self.words)
        return () if len(found) == 1 and key(found[0]) in self.words.none else found

    def names(self, ref: RowRef, field: str) -> tuple[str, ...]:
        """A list of names that may hold a middle dot: only commas part them."""
        text = read_text(ref.raw_of(field)).replace(self._said["separator"], ",")
        return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))

    def yes(self, ref: RowRef, field: str, **_: int) -> bool:
        found = read_yes(ref.raw_of(field), self.words)
        if found is None:
            raise refuse("setting_yes", ref, field)
        return found

    def levels(self, ref: RowRef, field: str, **_: int) -> tuple[Level, ...]:
        whole = self._levels.get(key(read_text(ref.raw_of(field))))
        if whole is not None:
            return (whole,)
        return self._each(ref, field, self._levels, [self._level_names[level] for level in Level])

    def midcareer(self, ref: RowRef, field: str, **_: int) -> MidCareer:
        found = self._midcareer.get(key(read_text(ref.raw_of(field))))
        if found is None:
            known = ", ".join(self._midcareer_names[choice] for choice in MidCareer)
            raise refuse("setting_choice", ref, field, known=known)
        return found

    def course(self, ref: RowRef, field: str, **_: int) -> str:
        """The code of a course that is named by its code or its name."""
        written = read_text(ref.raw_of(field))
        code, _said = self._courses.find(written, "", None)
        if code is None:
            raise refuse("setting_course", ref, field, near=near(written, list(self._course_names.values())))
        return code

    def rank(self, ref: RowRef, field: str) -> str:
        found = self._ranks.get(key(read_text(ref.raw_of(field))))
        if found is None:
            raise refuse("setting_rank", ref, field, known=", ".join(self._rank_names.values()))
        return found

    def rank_or_undecided(self, ref: RowRef, field: str) -> str | None:
        """The rank; None where the cell says that it is still to be decided."""
        return None if key(read_text(ref.raw_of(field))) == key(self._said["undecided"]) else self.rank(ref, field)

    def ranks(self, ref: RowRef, field: str, **_: int) -> tuple[str, ...]:
        """Ranks in the policy's order; a word for everybody is all of them."""
        if key(read_text(ref.raw_of(field))) in self.words.everybody:
            return tuple(self._rank_names)
        found = self._each(ref, field, self._ranks, list(self._rank_names.values()), "setting_rank")
        return tuple(rank for rank in self._rank_names if rank in found)

    def employment(self, ref: RowRef, field: str, **_: int) -> tuple[Employment, ...]:
        names = [self._employment_names[e] for e in Employment]
        found = self._each(ref, field, self.words.employment, names)
        return tuple(e for e in Employment if e in found)

    def _each(
        self, ref: RowRef, field: str, table: Mapping[str, Any], known: Sequence[str], fault: str = "setting_choice"
    ) -> tuple[Any, ...]:
        found = [table.get(key(part)) for part in split_list(ref.raw_of(field), self.words)]
        if not found or None in found:
            raise refuse(fault, ref, field, known=", ".join(known))
        return tuple(dict.fromkeys(found))

    def say(self, value: Any) -> str:
        """A value in words, as the books print it; what is not set is said by the caller."""
        if isinstance(value, tuple):
            return self._said["separator"].join(self.say(part) for part in value) or self._said["none"]
        if isinstance(value, bool):
            return self._yes_words["yes" if value else "no"]
        if isinstance(value, Level):
            return self._level_names[value]
        if isinstance(value, MidCareer):
            return self._midcareer_names[value]
        if isinstance(value, Employment):
            return self._employment_names[value]
        if isinstance(value, date):
            return value.isoformat()
        return self._rank_names.get(str(value)) or self._course_names.get(str(value), str(value))


def _choices(kind: type[E], words: Mapping[str, Sequence[str]]) -> dict[str, E]:
    return {key(word): kind(name) for name, listed in words.items() for word in (name, *listed)}
