"""Bytes of a workbook -> sheets of plain values with true row numbers. The only place that knows python-calamine.

The fast reader shows error cells and formulas without a saved value as blanks; a second look at the sheet's XML puts
them back, so that they are never taken for blanks."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum, load_workbook

from hrbook.core.fault import Fault
from hrbook.core.source import Scalar
from hrbook.safe.preflight import preflight

Merge = tuple[tuple[int, int], tuple[int, int]]
EXACT = 2**53  # floats above this have lost digits
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>(.+?)</(?:\w+:)?v>", re.DOTALL)


class Broken(str):
    """What stands in a cell whose value cannot be used; it is shown as a text and never read as one."""

    __slots__ = ()


class ErrorCell(Broken):
    """An Excel error such as #N/A."""

    __slots__ = ()


class UnsavedFormula(Broken):
    """A formula for which the file holds no value."""

    __slots__ = ()


Row = tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows[i]` is row i + 1 as Excel shows it, from column A on; blank is None.

    Every row is as wide as the sheet plus one cell that is always blank, to which a missing column can be bound.
    `merges` hold 0-based corners, `broken_rows` the 0-based rows with a cell that is Broken."""

    name: str
    rows: tuple[Row, ...]
    width: int
    merges: tuple[Merge, ...]
    hidden: bool
    broken_rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that was read once: its name, SHA-256, bytes and sheets in order. `from_1904` is Excel's other epoch."""

    file: str
    sha256: str
    data: bytes
    sheets: tuple[Sheet, ...]
    from_1904: bool


def read_workbook(path: Path) -> Workbook:
    """Preflight and read `path`. Raises Fault where it cannot be read."""
    return parse_workbook(preflight(path), path.name)


def parse_workbook(data: bytes, name: str) -> Workbook:
    """The same for bytes that have passed the preflight."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts, from_1904 = _parts(archive)
            book = load_workbook(io.BytesIO(data))
            sheets = tuple(_sheets(book, archive, parts))
    except (KeyboardInterrupt, SystemExit, MemoryError, Fault):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise Fault("file_damaged", file=name, found=f"{type(error).__name__}: {error}"[:200]) from error
    return Workbook(name, hashlib.sha256(data).hexdigest(), data, sheets, from_1904)


def _sheets(book: CalamineWorkbook, archive: zipfile.ZipFile, parts: dict[str, str]) -> Iterator[Sheet]:
    for meta in book.sheets_metadata:
        if meta.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        rows = _rows(sheet)
        part = parts.get(meta.name)
        broken = _broken_cells(archive, part) if part else {}
        if broken:
            rows = _with_broken(rows, broken)
        merges = tuple(sorted(sheet.merged_cell_ranges or []))
        width = len(rows[0]) - 1 if rows else 0
        hidden = meta.visible is not SheetVisibleEnum.Visible
        yield Sheet(meta.name, tuple(rows), width, merges, hidden, frozenset(row for row, _ in broken))


def _rows(sheet: CalamineSheet) -> list[Row]:
    rows: list[list[Any]] = cast(list[list[Any]], sheet.to_python(skip_empty_area=False))
    return [
        (
            *[
                value
                if (kind := type(value)) is str and value
                else int(value)
                if kind is float and -EXACT < value < EXACT and value.is_integer()
                else value
                if kind is date
                else _scalar(value)
                for value in row
            ],
            None,
        )
        for row in rows
    ]


def _scalar(value: object) -> Scalar:
    """Blank text is None, a moment is its day; times of day and durations stay as texts.

    Numbers have the fifteen digits that Excel keeps and shows, so that noise behind them makes no other number."""
    if value == "":
        return None
    if isinstance(value, float):
        shown = float(f"{value:.15g}")
        return int(shown) if shown.is_integer() and -EXACT < shown < EXACT else shown
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, (str, int, float, date)) else str(value)


def _parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """Sheet name -> part, by the workbook's relations; and whether its days count from 1904."""
    names = {name.casefold(): name for name in archive.namelist()}
    root = _xml(archive, names, "_rels/.rels")
    main = next((r.get("Target", "") for r in root if r.get("Type", "").endswith("/officeDocument")), "xl/workbook.xml")
    main = main.lstrip("/")
    folder, _, leaf = main.rpartition("/")
    relations = _xml(archive, names, f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels")
    targets = {r.get("Id", ""): _resolve(folder, r.get("Target", "")) for r in relations}
    book = _xml(archive, names, main)
    parts: dict[str, str] = {}
    from_1904 = False
    for element in book.iter():
        local = element.tag.rpartition("}")[2]
        if local == "workbookPr":
            from_1904 = element.get("date1904", "") in ("1", "true", "on")
        elif local == "sheet":
            relation = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
            part = names.get(targets.get(relation, "").casefold())
            if part is not None:
                parts[element.get("name", "")] = part
    return parts, from_1904


def _xml(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(names.get(part.casefold(), part)))


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _broken_cells(archive: zipfile.ZipFile, part: str) -> dict[tuple[int, int], Broken]:
    """0-based (row, column) of error cells and of formulas without a saved value."""
    text = archive.read(part)
    if b't="e"' not in text and b"<f" not in text and b":f" not in text and b"t='e'" not in text:
        return {}
    found: dict[tuple[int, int], Broken] = {}
    for attributes, inside in CELL.findall(text):
        error = b't="e"' in attributes or b"t='e'" in attributes
        formula = FORMULA.search(inside) if inside else None
        if not error and formula is None:
            continue
        value = VALUE.search(inside) if inside else None
        if error:
            content: Broken = ErrorCell(_text(value.group(1)) if value else "#ERROR")
        elif value is None and formula is not None and b'"str"' not in attributes:
            content = UnsavedFormula("=" + _text(formula.group(1) or b""))
        else:
            continue
        place = REFERENCE.search(attributes)
        if place:
            column = 0
            for letter in place.group(1):
                column = column * 26 + letter - 64
            found[int(place.group(2)) - 1, column - 1] = content
    return found


def _text(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace")
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text


def _with_broken(rows: list[Row], broken: dict[tuple[int, int], Broken]) -> list[Row]:
    width = max(max(column for _, column in broken) + 2, len(rows[0]) if rows else 1)
    height = max(max(row for row, _ in broken) + 1, len(rows))
    wide = [row + (None,) * (width - len(row)) for row in rows] + [(None,) * width] * (height - len(rows))
    for (row, column), content in sorted(broken.items()):
        cells = list(wide[row])
        cells[column] = content
        wide[row] = tuple(cells)
    return wide
