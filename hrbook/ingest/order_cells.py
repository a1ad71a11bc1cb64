"""Cells that hold several personnel orders: one row of the sheet is read as so many rows, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from hrbook.core.source import RowRef, Scalar
from hrbook.ingest import codes
from hrbook.ingest.captions import unit_of
from hrbook.ingest.dates import read_date
from hrbook.ingest.desk import Desk
from hrbook.ingest.remarks import DAY
from hrbook.ingest.values import read_text
from hrbook.ingest.vocabulary import key

TOGETHER = ("on", "bureau", "department", "section", "code", "title", "kind")
DATED = re.compile(f"\\s*({DAY})\\s*[:\u3000 ]*(.+)")
UNIT_CELLS = ("department", "kind")


def orders_in(ref: RowRef, desk: Desk, staff_id: str) -> Iterator[RowRef]:
    """The row itself, or one row for each order that its cells hold; none where they cannot be told apart."""
    texts = {name: _lines(ref.raw_of(name)) for name in TOGETHER}
    if all(len(lines) < 2 for lines in texts.values()):
        yield ref
        return
    own = next((name for name in UNIT_CELLS if len(texts[name]) > 1 and all(map(DATED.fullmatch, texts[name]))), None)
    rows = _dated(ref, own, texts[own], desk) if own else _parallel(ref, texts, desk)
    field = own or next(name for name, lines in texts.items() if len(lines) > 1)
    if not rows:
        desk.findings.append(codes.ORDERS_UNREAD.at(ref, field, staff_id=staff_id))
        return
    facts: dict[str, Scalar] = {"rows": len(rows)}
    desk.findings.append(codes.ORDERS_SPLIT.at(ref, field, understood=len(rows), staff_id=staff_id, facts=facts))
    yield from rows


def _lines(value: Scalar) -> list[str]:
    if type(value) is not str or ("\n" not in value and "\r" not in value):
        return [""] if value is None else [read_text(value)]
    return [line for line in re.split(r"[\r\n]+", value) if line.strip()]


def _parallel(ref: RowRef, texts: dict[str, list[str]], desk: Desk) -> list[RowRef]:
    """Cells with a line for each order; cells of one line hold for all of them. Every line of the date must be one."""
    count = len(texts["on"])
    if count < 2 or any(len(lines) not in (1, count) for lines in texts.values()):
        return []
    if not all(isinstance(read_date(line, desk.words.dates, False)[0], date) for line in texts["on"]):
        return []
    changes = [{name: lines[place] for name, lines in texts.items() if len(lines) > 1} for place in range(count)]
    return [_changed(ref, change) for change in changes]


def _dated(ref: RowRef, field: str, lines: Sequence[str], desk: Desk) -> list[RowRef]:
    """Lines such as "R6.4.1 unit", where the unit is one that the organisation or the manner of names knows."""
    found: list[RowRef] = []
    for line in lines:
        match = DATED.fullmatch(line)
        day, _ = read_date(match.group(1), desk.words.dates, False) if match else (None, None)
        if match is None or not isinstance(day, date):
            return []
        words = match.group(2).split()
        unit = unit_of(words[0], desk.words.rows)
        if not unit and desk.units is not None and desk.units.has(words[0]):
            unit = {"department": words[0]}
        if not unit:
            return []
        change: dict[str, Scalar] = {"on": day, "bureau": None, "department": None, "section": None, "code": None, **unit}
        change["title"] = words[1] if len(words) > 1 else None
        change["kind"] = None if field == "kind" else ref.raw_of("kind")
        found.append(_changed(ref, change))
    return found


def _changed(ref: RowRef, change: dict[str, Scalar] | dict[str, str]) -> RowRef:
    cells = list(ref.raw)
    for name, value in change.items():
        column = ref.source.columns.get(name)
        if column is not None:
            cells[column] = value
    return replace(ref, raw=tuple(cells))


def several(value: Scalar) -> bool:
    """Whether a cell may hold several orders: a cheap question for every row."""
    return type(value) is str and ("\n" in value or "\r" in value) and bool(key(value))
