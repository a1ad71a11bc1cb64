"""Staff numbers, whole numbers, yes and no, lists and words of closed sets, read from single cells. Pure functions."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from hrbook.core.source import Scalar
from hrbook.ingest.vocabulary import INVISIBLE, Vocabulary, key
from hrbook.ingest.workbook import Broken, PaddedNumber

T = TypeVar("T")


def read_text(value: Scalar) -> str:
    """A text to the letter, only without blanks around it; numbers and dates as they would be written plainly."""
    if type(value) is str:
        return value.strip()
    if value is None or isinstance(value, Broken):
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def read_name(value: Scalar) -> str:
    """A name exactly as it stands; "" where nothing is to be seen."""
    if type(value) is str:
        return value if value.strip() else ""
    return read_text(value)


def read_staff_id(value: Scalar) -> tuple[str, bool]:
    """A staff number as text, and whether its spelling was folded (width, blanks). "" where there is none to read.

    A number cell gives its digits; zeros in front of it are lost there and are put back by the caller, or not at all."""
    if isinstance(value, PaddedNumber):
        return str(value), False
    if type(value) is str:
        plain = "".join(unicodedata.normalize("NFKC", INVISIBLE.sub("", value)).split())
        return plain, plain != value
    if type(value) is int:
        return (str(value), False) if value >= 0 else ("", False)
    return "", False


def read_integer(value: Scalar, first: int, last: int) -> int | None:
    """A whole number from `first` to `last`; None where the cell holds anything else."""
    if isinstance(value, (bool, Broken)):
        return None
    if isinstance(value, str):
        plain = unicodedata.normalize("NFKC", value).strip().replace(",", "")
        value = int(plain) if plain.isascii() and plain.removeprefix("-").isdigit() else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and first <= value <= last else None


def read_yes(value: Scalar, words: Vocabulary) -> bool | None:
    """Yes or no; None where the cell says neither."""
    if isinstance(value, bool):
        return value
    word = key(read_text(value))
    return True if word in words.yes else False if word in words.no else None


def read_word(value: Scalar, words: Mapping[str, T]) -> T | None:
    """One word of a closed set; None where it is none of them."""
    return words.get(key(read_text(value)))


def split_list(value: Scalar, words: Vocabulary) -> tuple[str, ...]:
    """The parts of a cell that lists several things, in their order, each once."""
    parts = (part.strip() for part in words.separators.split(read_text(value)))
    return tuple(dict.fromkeys(part for part in parts if part))
