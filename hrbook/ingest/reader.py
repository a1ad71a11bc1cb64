"""Bytes of a workbook -> plain values, in a child process (hrbook.safe.child). The only place that knows python-calamine.

The fast reader shows error cells and formulas without a saved value as blanks, and may drop a cell that the file holds; a
second look at the sheet's XML finds what is missing, so that it is never taken for a blank."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, cast

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum, load_workbook

from hrbook.core.fault import Fault
from hrbook.ingest.looks import NONE, Looks, marked_rows, padded, place_of, read_looks
from hrbook.ingest.package import read_package
from hrbook.safe.preflight import check_bytes

EXACT = 2**53  # floats above this have lost digits
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>(.+?)</(?:\w+:)?v>", re.DOTALL)
CONTENT = re.compile(rb"<(?:\w+:)?(?:v|t)(?: [^>]*)?>([^<]+)<")
VALUES = re.compile(rb"<(?:\w+:)?v(?: [^>]*)?>[^<]")
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
SPAN = re.compile(rb'\b(min|max)="(\d{1,5})"')
ERROR, UNSAVED, DROPPED = "error", "unsaved", "dropped"
MOST_HIDDEN = 16_384  # columns: of any sheet that Excel can hold
Places = dict[tuple[int, int], tuple[str, str]]


def parse(data: bytes, name: str) -> dict[str, Any]:
    """{"from_1904", "sheets": [...]}: see `_sheet`. Raises Fault for bytes that are no workbook or a damaged one."""
    check_bytes(data, name)
    return read(data, name)


def read(data: bytes, name: str) -> dict[str, Any]:
    """The same for bytes that have passed the preflight."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = read_package(archive)
            looks = _looks(archive, package.styles)
            book = load_workbook(io.BytesIO(data))
            sheets = list(_sheets(book, archive, package.sheets, looks))
    except (KeyboardInterrupt, SystemExit, MemoryError, Fault):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise Fault("file_damaged", file=name, found=f"{type(error).__name__}: {error}"[:200]) from error
    return {"from_1904": package.from_1904, "sheets": sheets}


def _looks(archive: zipfile.ZipFile, part: str) -> Looks:
    """A styles part that cannot be read costs the looks, not the values."""
    if not part:
        return NONE
    try:
        return read_looks(archive.read(part))
    except (SyntaxError, ValueError):
        return NONE


def _sheets(book: CalamineWorkbook, archive: zipfile.ZipFile, parts: dict[str, str], looks: Looks) -> Iterator[dict[str, Any]]:
    for meta in book.sheets_metadata:
        if meta.typ is SheetTypeEnum.WorkSheet:
            part = parts.get(meta.name)
            text = archive.read(part) if part else b""
            hidden = meta.visible is not SheetVisibleEnum.Visible
            yield {"name": meta.name, "hidden": hidden, **_sheet(book.get_sheet_by_name(meta.name), text, looks)}


def _sheet(sheet: CalamineSheet, text: bytes, looks: Looks) -> dict[str, Any]:
    """What one sheet holds. `rows` from A1 on, `broken` places with their kind and text; all numbers count from 0."""
    rows = _rows(sheet)
    filled = [len(row) - row.count(None) for row in rows]
    return {
        "rows": rows,
        "merges": sorted(sheet.merged_cell_ranges or []),
        "broken": _broken_cells(text, rows, sum(filled)),
        "padded": padded(text, looks),
        "hidden_rows": [int(n) - 1 for n in HIDDEN_ROW.findall(text)] if b'hidden="' in text else [],
        "hidden_columns": _hidden_columns(text) if b'hidden="' in text else [],
        "struck": marked_rows(text, looks.struck, filled),
        "grey": marked_rows(text, looks.grey, filled),
        "formulas": text.count(b"<f>") + text.count(b"<f "),
        "objects": sum(text.count(mark) for mark in (b"<drawing ", b"<legacyDrawing ", b"<picture ", b"<oleObject ")),
    }


def _rows(sheet: CalamineSheet) -> list[tuple[Any, ...]]:
    """Rows of plain values; equal ones are one object, which makes them smaller to send and quicker to compare."""
    one: dict[Any, Any] = {}
    same = one.setdefault
    rows: list[list[Any]] = cast(list[list[Any]], sheet.to_python(skip_empty_area=False))
    return [
        tuple(
            [
                same(value, value)
                if ((kind := type(value)) is str and value) or kind is date
                else int(value)
                if kind is float and -EXACT < value < EXACT and value.is_integer()
                else _scalar(value)
                for value in row
            ]
        )
        for row in rows
    ]


def _scalar(value: object) -> Any:
    """Blank text is None, a moment is its day; times of day stay as texts, a number of whole days stays a number.

    Numbers have the fifteen digits that Excel keeps and shows, so that noise behind them makes no other number."""
    if value == "":
        return None
    if isinstance(value, float):
        shown = float(f"{value:.15g}")
        return int(shown) if shown.is_integer() and -EXACT < shown < EXACT else shown
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, timedelta) and not value % timedelta(days=1):
        return value.days
    return value if isinstance(value, (str, int, float, date)) else str(value)


def _hidden_columns(text: bytes) -> list[int]:
    found: set[int] = set()
    for match in HIDDEN_COLUMN.finditer(text):
        ends = {name: int(number) for name, number in SPAN.findall(match.group())}
        first, last = ends.get(b"min", 1), ends.get(b"max", 0)
        found.update(range(first - 1, min(last, MOST_HIDDEN)))
    return sorted(found)


def _broken_cells(text: bytes, rows: list[tuple[Any, ...]], filled: int) -> Places:
    """Error cells, formulas without a saved value, and cells with a content that the fast reader does not show."""
    special = b't="e"' in text or b"<f" in text or b":f" in text or b"t='e'" in text
    if not special and _contents(text) == filled:
        return {}
    found: Places = {}
    seen: set[tuple[int, int]] = set()
    for attributes, inside in CELL.findall(text):
        place = place_of(attributes)
        if place is None:
            continue
        if place in seen:
            found[place] = (DROPPED, _content(inside))
            continue
        seen.add(place)
        if not inside:
            continue
        kind = _kind(attributes, inside)
        if kind is not None:
            found[place] = kind
        elif (content := _content(inside)) and _shown(rows, place) is None and not _index(attributes):
            found[place] = (DROPPED, content)
    return found


def _contents(text: bytes) -> int:
    """How many cells hold something, as the marks in the XML say."""
    plain = text.count(b"<v>") - text.count(b"<v></v>") + text.count(b"<is>")
    return plain or len(VALUES.findall(text))


def _kind(attributes: bytes, inside: bytes) -> tuple[str, str] | None:
    value = VALUE.search(inside)
    if b't="e"' in attributes or b"t='e'" in attributes:
        return ERROR, _text(value.group(1)) if value else "#ERROR"
    if value is None and b'"str"' not in attributes and (formula := FORMULA.search(inside)):
        return UNSAVED, "=" + _text(formula.group(1) or b"")
    return None


def _content(inside: bytes) -> str:
    return "".join(_text(part) for part in CONTENT.findall(inside)).strip()


def _index(attributes: bytes) -> bool:
    """A shared text, which may be empty: its index is no content. Text results may be empty too."""
    return b't="s"' in attributes or b't="str"' in attributes


def _shown(rows: list[tuple[Any, ...]], place: tuple[int, int]) -> Any:
    row, column = place
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None


def _text(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace")
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text
