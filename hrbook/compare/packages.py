"""Two workbooks compared part by part and cell by cell, with the standard library alone: so that what it says does not
depend on the library that wrote them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from hrbook.core.fault import Fault
from hrbook.safe.preflight import check_bytes

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRINGS = "xl/sharedStrings.xml"
Said = tuple[str, str]  # what stands in a cell (value, or "=" and the formula), and the number of its format


@dataclass(frozen=True, slots=True)
class Apart:
    """One place where two workbooks differ. `sheet` is empty for a part of the package that is no sheet; `one` and
    `other` are what stands there, empty where nothing does. `looks`: only the format differs."""

    sheet: str
    place: str
    one: str
    other: str
    looks: bool = False


def apart(one: bytes, other: bytes, *, looks: bool = True) -> Iterator[Apart]:
    """Every place where workbook `other` differs from `one`, sheets first and each from its top. Raises Fault where one
    of them is no workbook. Without `looks` only values count."""
    check_bytes(one, "")
    check_bytes(other, "")
    try:
        with zipfile.ZipFile(io.BytesIO(one)) as first, zipfile.ZipFile(io.BytesIO(other)) as second:
            yield from _apart(Package(first), Package(second), looks)
    except (KeyError, ValueError, IndexError, ElementTree.ParseError, zipfile.BadZipFile) as error:
        raise Fault("file_damaged", file="", found=str(error)) from error


class Package:
    """An open workbook: its sheets by name, its other parts by path."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = sorted(archive.namelist())
        self.sheets = self._sheets()
        self._strings: list[str] | None = None

    def read(self, name: str) -> bytes | None:
        return self._archive.read(name) if name in self.names else None

    def cells(self, sheet: str) -> dict[tuple[int, int], tuple[str, Said]]:
        """What stands on a sheet: (row, column) -> (address, what is said)."""
        found: dict[tuple[int, int], tuple[str, Said]] = {}
        path = self.sheets.get(sheet)
        if path is None:
            return found
        with self._archive.open(path) as stream:
            for _, cell in ElementTree.iterparse(stream):
                if cell.tag == f"{MAIN}c":
                    place = cell.get("r", "")
                    found[_numbers(place)] = (place, (self._said(cell), cell.get("s", "0")))
                elif cell.tag == f"{MAIN}row":
                    cell.clear()
        return found

    def _said(self, cell: ElementTree.Element) -> str:
        formula = cell.find(f"{MAIN}f")
        value = cell.findtext(f"{MAIN}v", "")
        kind = cell.get("t", "n")
        if kind == "s" and value:
            value = self._string(int(value))
        elif kind == "inlineStr":
            value = "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))
        return value if formula is None else f"={formula.text or ''} [{value}]"

    def _string(self, place: int) -> str:
        if self._strings is None:
            root = ElementTree.fromstring(self.read(STRINGS) or b"<none/>")
            self._strings = ["".join(text.text or "" for text in entry.iter(f"{MAIN}t")) for entry in root]
        return self._strings[place]

    def _sheets(self) -> Mapping[str, str]:
        """Name of each sheet -> its part, in the order of the tabs."""
        links = ElementTree.fromstring(self._archive.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        book = ElementTree.fromstring(self._archive.read("xl/workbook.xml"))
        found = {}
        for sheet in book.iter(f"{MAIN}sheet"):
            target = targets.get(sheet.get(f"{LINKS}id"), "")
            found[sheet.get("name", "")] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        return found


def _apart(one: Package, other: Package, looks: bool) -> Iterator[Apart]:
    strings = one.read(STRINGS) == other.read(STRINGS)
    sheets = [*one.sheets, *(name for name in other.sheets if name not in one.sheets)]
    parts = {one.sheets.get(name) for name in sheets} | {other.sheets.get(name) for name in sheets} | {STRINGS}
    for name in sheets:
        mine, theirs = one.sheets.get(name), other.sheets.get(name)
        if mine is None or theirs is None:
            yield Apart(name, "", "" if mine is None else name, "" if theirs is None else name)
            continue
        same = one.read(mine) == other.read(theirs)
        if not (same and strings):
            seen = False
            for difference in _cells_apart(name, one, other, looks):
                seen = True
                yield difference
            if looks and not same and not seen:
                yield Apart("", mine, "", "", looks=True)
    if not looks:
        return
    for path in sorted({*one.names, *other.names} - {part for part in parts if part is not None}):
        first, second = one.read(path), other.read(path)
        if first != second:
            yield Apart("", path, path if first is not None else "", path if second is not None else "", looks=True)


def _cells_apart(sheet: str, one: Package, other: Package, looks: bool) -> Iterator[Apart]:
    mine, theirs = one.cells(sheet), other.cells(sheet)
    for place in sorted(mine.keys() | theirs.keys()):
        (address, first), (other_address, second) = (c.get(place, ("", ("", ""))) for c in (mine, theirs))
        if not _same_said(first[0], second[0]):
            yield Apart(sheet, address or other_address, first[0], second[0])
        elif looks and first != second:
            yield Apart(sheet, address or other_address, first[0], second[0], looks=True)


def _same_said(one: str, other: str) -> bool:
    """Whether two cells say the same; a formula is the same also where a program saved it without its value."""
    if one == other:
        return True
    bare = [text.removesuffix(" []") for text in (one, other) if text.startswith("=") and text.endswith(" []")]
    return bool(bare) and all(text.startswith(f"{bare[0]} [") for text in (one, other))


def _numbers(place: str) -> tuple[int, int]:
    """Row and column of an address such as B12."""
    column = row = 0
    for sign in place:
        if sign.isdigit():
            row = row * 10 + int(sign)
        else:
            column = column * 26 + ord(sign) - 64
    return row, column
