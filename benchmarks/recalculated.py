"""Whether LibreOffice comes to the same result as the value that stands beside each formula of a workbook. Only the cells with
formulas are read, straight from the parts: a city has some eighty books and a million cells."""

from __future__ import annotations

import math
import subprocess
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SAME = 1e-9  # relative difference of two numbers that are the same
# LibreOffice's setting to compute every formula anew when it loads a file, whoever wrote it
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value>
</prop></item></oor:items>"""
Value = str | float | None
Results = Mapping[str, Mapping[str, Value]]  # sheet -> cell -> result


def differences(books: Sequence[Path]) -> dict[Path, list[str]]:
    """Books (of different names) -> what differs, in words; a book that LibreOffice cannot open is a difference."""
    with tempfile.TemporaryDirectory(prefix="hrbook-recalculated-") as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
        office = ["soffice", f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--norestore", "--convert-to"]
        words = [*office, "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), *map(str, books)]
        subprocess.run(words, capture_output=True, check=False, timeout=1200)  # what it could not do is seen below
        return {book: _compare(book, folder / "out" / book.name) for book in books}


def _compare(book: Path, again: Path) -> list[str]:
    if not again.is_file():
        return ["LibreOffice could not open the file"]
    try:
        stands = results(book)
        anew = results(again, {sheet: set(cells) for sheet, cells in stands.items()})
    except (BadZipFile, ElementTree.ParseError, KeyError) as flaw:
        return [f"cannot be read again: {type(flaw).__name__}: {flaw}"]
    return [
        f"{sheet}!{cell}: stands {value!r}, LibreOffice {anew.get(sheet, {}).get(cell)!r}"
        for sheet, cells in stands.items()
        for cell, value in cells.items()
        if not _same(value, anew.get(sheet, {}).get(cell))
    ]


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=SAME, abs_tol=SAME)
    return one == other or (one in (None, "") and other in (None, ""))


def results(book: Path, wanted: Mapping[str, Collection[str]] | None = None) -> Results:
    """The results of the formulas of a workbook, or what stands in the cells `wanted` of each sheet."""
    with ZipFile(book) as package:
        texts: list[str] = []
        if wanted is not None and "xl/sharedStrings.xml" in package.namelist():
            texts = ["".join(node.itertext()) for node in ElementTree.fromstring(package.read("xl/sharedStrings.xml"))]
        found = {}
        for sheet, part in _sheets(package):
            data = package.read(part)
            if b"<f" in data if wanted is None else sheet in wanted:
                found[sheet] = dict(_cells(data, texts, None if wanted is None else wanted[sheet]))
        return found


def _sheets(package: ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of every worksheet."""
    links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    parts = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in ElementTree.fromstring(package.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
        target = parts[sheet.get(LINK)]
        yield sheet.get("name", ""), target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _cells(data: bytes, texts: Sequence[str], wanted: Collection[str] | None) -> Iterator[tuple[str, Value]]:
    for cell in ElementTree.fromstring(data).iter(f"{MAIN}c"):
        place = cell.get("r", "")
        if cell.find(f"{MAIN}f") is not None if wanted is None else place in wanted:
            yield place, _value(cell, texts)


def _value(cell: ElementTree.Element, texts: Sequence[str]) -> Value:
    kind, told = cell.get("t", "n"), cell.findtext(f"{MAIN}v")
    if kind == "inlineStr":
        return "".join(cell.itertext())
    if told is None:
        return None
    if kind == "s":
        return texts[int(told)]
    return told if kind in ("str", "b", "e", "d") else float(told)
