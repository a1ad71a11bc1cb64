"""What a workbook says beside its cells: document properties, defined names, comments, texts in drawn boxes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from hrbook.ingest.package import read_package, resolve

NEVER_SAVED = "2000-01-01"  # the day in the properties of a book as it was issued
_Opener = Callable[[str], ElementTree.Element | None]
THREADED = "[Threaded comment]"  # what Excel writes into an old comment that stands for a thread


@dataclass(frozen=True, slots=True)
class Aside:
    """A text beside the cells: its sheet and the cell of a comment ("" for a drawn box)."""

    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Package:
    """`custom` are the custom document properties, `names` the defined names with their formulas, `saved` the moment
    of the last saving as the file says (ISO), "" where it does not say or was never saved by anybody."""

    custom: Mapping[str, str]
    names: Mapping[str, str]
    saved: str
    asides: tuple[Aside, ...]


def read_asides(data: bytes) -> Package:
    """Read a workbook that has passed the preflight. What cannot be read is left out: the cells are read elsewhere."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        known = read_package(archive)
        root = _opener(archive)
        top = root("_rels/.rels")
        custom, core = (next(iter(_targets(top, "", kind)), "") for kind in ("/custom-properties", "/core-properties"))
        asides = [aside for name, part in known.sheets.items() for aside in _asides(name, part, root)]
        return Package(_custom(root(custom)), _names(root(known.main)), _saved(root(core)), tuple(asides))


def sheet_parts(data: bytes) -> dict[str, str]:
    """The part of every sheet by its name, in the order of the book."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return read_package(archive).sheets


def _opener(archive: zipfile.ZipFile) -> _Opener:
    parts = {name.casefold(): name for name in archive.namelist()}

    def root(part: str) -> ElementTree.Element | None:
        name = parts.get(part.casefold())
        if name is None:
            return None
        try:
            return ElementTree.fromstring(archive.read(name))
        except ElementTree.ParseError:
            return None

    return root


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _custom(root: ElementTree.Element | None) -> dict[str, str]:
    if root is None:
        return {}
    return {e.get("name", ""): "".join(e.itertext()).strip() for e in root if _local(e) == "property"}


def _names(root: ElementTree.Element | None) -> dict[str, str]:
    if root is None:
        return {}
    return {e.get("name", ""): (e.text or "").strip() for e in root.iter() if _local(e) == "definedName"}


def _saved(root: ElementTree.Element | None) -> str:
    if root is None:
        return ""
    text = next((e.text or "" for e in root if _local(e) == "modified"), "").strip()
    return "" if text.startswith(NEVER_SAVED) else text[:19]


def _targets(relations: ElementTree.Element | None, folder: str, kind: str) -> list[str]:
    if relations is None:
        return []
    found = [r.get("Target", "") for r in relations if r.get("Type", "").endswith(kind) and r.get("TargetMode") != "External"]
    return [resolve(folder, target) for target in found]


def _relations(part: str) -> str:
    folder, _, leaf = part.rpartition("/")
    return f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"


def _asides(name: str, part: str, root: _Opener) -> Iterator[Aside]:
    inside, own = root(_relations(part)), part.rpartition("/")[0]
    threads = [a for p in _targets(inside, own, "/threadedComment") for a in _comments(root(p), name, "threadedComment")]
    yield from threads
    told = {aside.cell for aside in threads}
    for comments in _targets(inside, own, "/comments"):
        for aside in _comments(root(comments), name, "comment"):
            if aside.cell not in told and not aside.text.startswith(THREADED):
                yield aside
    for drawing in _targets(inside, own, "/drawing"):
        yield from _boxes(root(drawing), name)


def _comments(root: ElementTree.Element | None, sheet: str, tag: str) -> Iterator[Aside]:
    for element in root.iter() if root is not None else ():
        if _local(element) == tag:
            text = "".join(e.text or "" for e in element.iter() if _local(e) in ("t", "text")).strip()
            if text:
                yield Aside(sheet, element.get("ref", ""), text)


def _boxes(root: ElementTree.Element | None, sheet: str) -> Iterator[Aside]:
    for element in root.iter() if root is not None else ():
        if _local(element) == "txBody":
            lines = ["".join(t.text or "" for t in p.iter() if _local(t) == "t") for p in element if _local(p) == "p"]
            text = "\n".join(lines).strip()
            if text:
                yield Aside(sheet, "", text)
