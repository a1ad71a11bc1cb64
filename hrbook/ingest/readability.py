"""Friendly notes: which rules of the state for machine-readable tables the sheets that are read do not keep.

The ids are those of the Ministry of Internal Affairs' unified rules of 2020 for tables in Excel (1-2 one datum a cell, 1-3
numbers as numbers, 1-4 no merged cells, 1-5 no blanks or breaks for looks, 1-7 values instead of formulas, 1-8 no objects,
1-11 western years) and the topics of the rules of 2026 for administrative data, whose single ids we have not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hrbook.core.finding import Finding
from hrbook.core.roster import Roster
from hrbook.core.source import Scalar, SheetSource, column_letters
from hrbook.ingest import codes
from hrbook.ingest.codes import Code
from hrbook.ingest.vocabulary import key
from hrbook.ingest.workbook import Sheet, Workbook

ERA_DATE = re.compile(r"[^\d\s]{1,2}(\d{1,2}|\u5143)[.\u5e74/-]\d{1,2}([.\u6708/-]\d{1,2})?\u65e5?")
NUMBER = re.compile(r"[\d\uff10-\uff19]{1,3}")
SPREAD = re.compile("^\\S[ \u3000]+\\S([ \u3000]+\\S)*$")  # letters pulled apart by blanks
Place = tuple[int, int]


def readability(book: Workbook, roster: Roster) -> Iterator[Finding]:
    """One note for each rule and sheet, with the first cell and how many there are; only for sheets that were read."""
    read: dict[str, list[SheetSource]] = {}
    for source in roster.sheets:
        if source.file == book.file:
            read.setdefault(source.sheet, []).append(source)
    for sheet in book.sheets:
        for code, places in _of(sheet, read.get(sheet.name, [])):
            if places:
                row, column = min(places)
                cell = f"{column_letters(column)}{row + 1}"
                yield code.on_sheet(book.file, sheet.name, cell, facts={"count": len(places)})


def _of(sheet: Sheet, sources: list[SheetSource]) -> Iterator[tuple[Code, list[Place]]]:
    if not sources:
        return
    head = _heading_row(sheet, sources[0])
    yield codes.RULE_ONE_TABLE, [(0, 0)] * (len(sources) - 1)
    yield codes.RULE_FIRST_ROW, [(head, 0)] if head > 0 else []
    yield codes.RULE_MERGED, [top for top, _ in sheet.merges]
    yield codes.RULE_HIDDEN, [*((row, 0) for row in sheet.hidden_rows), *((0, c) for c in sheet.hidden_columns)]
    yield codes.RULE_FORMULA, [(0, 0)] * sheet.formulas
    yield codes.RULE_OBJECT, [(0, 0)] * sheet.objects
    yield codes.RULE_LOOKS, [(row, 0) for row in sorted(sheet.struck | sheet.grey)]
    body = range(head + 1, len(sheet.rows))
    texts = [(r, c, v) for r in body for c, v in enumerate(sheet.rows[r]) if type(v) is str]
    yield codes.RULE_BREAKS, [(r, c) for r, c, v in texts if "\n" in v]
    yield codes.RULE_ERA, [(r, c) for r, c, v in texts if len(v) < 16 and ERA_DATE.fullmatch(key(v))]
    yield codes.RULE_TEXT_NUMBER, list(_text_numbers(sheet, texts, sources))
    yield codes.RULE_SPACED, [(head, c) for c, v in enumerate(sheet.rows[head]) if type(v) is str and SPREAD.match(v)]
    yield codes.RULE_UNNAMED, _unnamed(sheet, head, body)


def _heading_row(sheet: Sheet, source: SheetSource) -> int:
    words = {key(text) for text in source.headers.values()}
    for index, row in enumerate(sheet.rows):
        if sum(1 for cell in row if type(cell) is str and key(cell) in words) * 2 >= len(words):
            return index
    return 0


def _text_numbers(sheet: Sheet, texts: Iterable[tuple[int, int, str]], sources: list[SheetSource]) -> Iterator[Place]:
    """Short numbers kept as texts, outside codes and staff numbers, which are texts by right."""
    codes_at = {c for s in sources for name, c in s.columns.items() if name in ("staff_id", "code", "course_code", "on")}
    for row, column, value in texts:
        if column not in codes_at and NUMBER.fullmatch(value.strip()):
            yield row, column


def _unnamed(sheet: Sheet, head: int, body: range) -> list[Place]:
    """Columns with data and without a heading."""
    empty = [c for c, v in enumerate(sheet.rows[head][: sheet.width]) if v is None]
    found: list[Place] = []
    for column in empty:
        values: list[Scalar] = [sheet.rows[r][column] for r in body]
        above = any(sheet.rows[r][column] is not None for r in range(head))
        if not above and any(value is not None for value in values):
            found.append((head, column))
    return found
