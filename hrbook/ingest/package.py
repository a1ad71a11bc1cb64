"""The parts of a workbook file: which part is which sheet, by the relations in it, as Excel finds them."""

from __future__ import annotations

import zipfile
from typing import NamedTuple
from xml.etree import ElementTree


class Package(NamedTuple):
    """Sheet name -> part; the part of the styles (empty: none); whether days count from 1904; the part of the workbook."""

    sheets: dict[str, str]
    styles: str
    from_1904: bool
    main: str


def read_package(archive: zipfile.ZipFile) -> Package:
    """The relations of the workbook. Raises KeyError or ParseError where they are damaged."""
    names = {name.casefold(): name for name in archive.namelist()}
    root = _xml(archive, names, "_rels/.rels")
    main = next((r.get("Target", "") for r in root if r.get("Type", "").endswith("/officeDocument")), "xl/workbook.xml")
    main = main.lstrip("/")
    folder, _, leaf = main.rpartition("/")
    relations = _xml(archive, names, f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels")
    targets = {r.get("Id", ""): resolve(folder, r.get("Target", "")) for r in relations}
    styles = next((resolve(folder, r.get("Target", "")) for r in relations if r.get("Type", "").endswith("/styles")), "")
    parts: dict[str, str] = {}
    from_1904 = False
    for element in _xml(archive, names, main).iter():
        local = element.tag.rpartition("}")[2]
        if local == "workbookPr":
            from_1904 = element.get("date1904", "") in ("1", "true", "on")
        elif local == "sheet":
            relation = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
            part = names.get(targets.get(relation, "").casefold())
            if part is not None:
                parts[element.get("name", "")] = part
    return Package(parts, names.get(styles.casefold(), ""), from_1904, main)


def _xml(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(names.get(part.casefold(), part)))


def resolve(folder: str, target: str) -> str:
    """A relation's target as the path of a part; `folder` is that of the part which has the relation."""
    if target.startswith("/"):
        return target.lstrip("/")
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)
