"""A blank form as plain data: its sheets, columns and drop-downs, as the data dictionaries of the inputs have them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hrbook.sheets.book import Check, Value

EARLIEST, LATEST = date(1900, 1, 1), date(2150, 12, 31)  # the days that Excel and the reader both know


@dataclass(frozen=True, slots=True)
class FormField:
    """One column. `shape` is text, date, number, choice or any; `how` says how it is written, `accepts` what else its heading
    may be. Where not `strict`, the choices only help. `bounds` are least and most of a number."""

    header: str
    required: bool
    shape: str
    how: str
    why: str
    example: str
    accepts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    strict: bool = True
    bounds: tuple[int, int] = (0, 9999)


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One sheet with its heading in row 1. `rows` stand in it already; `checks` are on single cells of these rows."""

    name: str
    why: str
    required: bool
    fields: tuple[FormField, ...]
    rows: tuple[tuple[Value, ...], ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class FormBook:
    """A whole form. `intro` are the lines on the page that explains it; `example`: with a page of example rows."""

    path: str
    title: str
    intro: tuple[str, ...]
    sheets: tuple[FormSheet, ...]
    example: bool = True
