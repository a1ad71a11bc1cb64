"""The parts of a workbook package as texts that can be changed, and the package made anew from them."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import quoteattr

from hrbook.excel.marked.xml import local_attributes, resolve

MACRO = re.compile(
    r"(?:^|/)(?:vbaProject|vbaData|vbaProjectSignature\w*)\.(?:bin|xml)$|(?:^|/)activeX/|^customUI/|^_xmlsignatures/"
)
MACRO_TYPES = ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "application/vnd.ms-excel.template.macroEnabled.main+xml")
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TYPES = "[Content_Types].xml"
STRICT = "http://purl.oclc.org/ooxml"
WHEN = (1980, 1, 1, 0, 0, 0)
RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*?(?:/>|>\s*</(?:\w+:)?Relationship>)")
OVERRIDE = re.compile(r"<(?:\w+:)?(?:Override|Default)\b[^>]*?(?:/>|>\s*</(?:\w+:)?(?:Override|Default)>)")


class Parts:
    """A package by part name. Parts that are not asked for stay as they are."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._names = [info.filename for info in archive.infolist() if not info.is_dir()]
            self._data = {name: archive.read(name) for name in self._names}
        self.left_out = tuple(sorted(name for name in self._names if MACRO.search(name)))
        self._drop(self.left_out)
        self.main = self._main()
        strict = STRICT in self.text(self.main)
        self.office = f"{STRICT}/officeDocument" if strict else "http://schemas.openxmlformats.org/officeDocument/2006"
        self.space = f"{STRICT}/spreadsheetml/main" if strict else "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        relations = {r.get("Id", ""): r for r in self.relations(self.main)}
        self.sheets: dict[str, str] = {}
        for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", self.text(self.main)):
            found = local_attributes(tag)
            relation = relations.get(found.get("id", ""))
            target = self.find(relation["Target"]) if relation is not None else None
            if target is not None and "worksheet" in (relation or {}).get("Type", ""):
                self.sheets[found["name"]] = target

    def text(self, name: str) -> str:
        """A part as text, without a byte order mark, said to be UTF-8."""
        raw = self._data[name]
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in raw[:4]:
            raw = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le").encode("utf-8")
        text = raw.decode("utf-8-sig")
        return re.sub(r'^(<\?xml[^>]*encoding=")[^"]*"', r'\1UTF-8"', text)

    def has(self, name: str) -> bool:
        """Whether the package holds the part."""
        return name in self._data

    def put(self, name: str, text: str, kind: str = "") -> None:
        """Write a part; `kind` is the content type of a new one."""
        if name not in self._data:
            self._names.append(name)
            if kind:
                tag = f'<Override PartName="/{name}" ContentType="{kind}"/>'
                self._append(TYPES, tag, "Types")
        self._data[name] = text.encode("utf-8")

    def default(self, extension: str, kind: str) -> None:
        """Let all parts with an extension have a content type, where the package does not say so yet."""
        if not re.search(rf'Extension="{extension}"', self.text(TYPES), re.IGNORECASE):
            text = self.text(TYPES)
            at = re.search(r"<(?:\w+:)?Types\b[^>]*>", text)
            if at is None:
                raise ValueError(TYPES)
            tag = f'<Default Extension="{extension}" ContentType="{kind}"/>'
            self.put(TYPES, text[: at.end()] + tag + text[at.end() :])

    def relations(self, part: str) -> list[dict[str, str]]:
        """The relations of a part, each with Id, Type and Target as a part name."""
        name = rels_of(part)
        if name not in self._data:
            return []
        folder = part.rpartition("/")[0]
        found = []
        for tag in RELATION.findall(self.text(name)):
            entry = local_attributes(tag)
            if entry.get("TargetMode") != "External":
                entry["Target"] = resolve(folder, entry.get("Target", ""))
            found.append(entry)
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation of `kind` (the last word of its type) to the part `target`; gives its id."""
        name = rels_of(part)
        if name not in self._data:
            space = "http://schemas.openxmlformats.org/package/2006/relationships"
            self.put(
                name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{space}"></Relationships>'
            )
            self.default("rels", "application/vnd.openxmlformats-package.relationships+xml")
        taken = {entry.get("Id", "") for entry in self.relations(part)}
        new = next(f"rIdHr{n}" for n in range(1, 10_000) if f"rIdHr{n}" not in taken)
        kind = f"{self.office}/relationships/{kind}"
        tag = f'<Relationship Id="{new}" Type="{kind}" Target={quoteattr("/" + target)}/>'
        self._append(name, tag, "Relationships")
        return new

    def find(self, name: str) -> str | None:
        """The part of that name in the spelling that the package has."""
        if name in self._data:
            return name
        return next((known for known in self._names if known.casefold() == name.casefold()), None)

    def free(self, pattern: str) -> str:
        """A part name that is not taken yet; `pattern` holds {n}."""
        return next(name for n in range(1, 100_000) if self.find(name := pattern.format(n=n)) is None)

    def packed(self) -> bytes:
        """The package as a file, in the order of the original, without any clock."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self._names:
                archive.writestr(zipfile.ZipInfo(name, WHEN), self._data[name], zipfile.ZIP_DEFLATED)
        return buffer.getvalue()

    def _append(self, name: str, tag: str, root: str) -> None:
        text = self.text(name)
        ends = list(re.finditer(rf"</(\w+:)?{root}>", text))
        if not ends:  # an empty root that closes itself
            match = re.search(rf"<((?:\w+:)?{root})\b([^>]*)/>", text)
            if match is None:
                raise ValueError(name)
            text = f"{text[: match.start()]}<{match.group(1)}{match.group(2)}></{match.group(1)}>{text[match.end() :]}"
            ends = list(re.finditer(rf"</(\w+:)?{root}>", text))
        end = ends[-1]
        prefix = end.group(1) or ""
        self._data[name] = (text[: end.start()] + tag.replace("<", f"<{prefix}", 1) + text[end.start() :]).encode("utf-8")

    def _main(self) -> str:
        for entry in self.relations(""):
            if entry.get("Type", "").endswith("/officeDocument"):
                found = self.find(entry["Target"])
                if found is not None:
                    return found
        raise KeyError("officeDocument")

    def _drop(self, names: tuple[str, ...]) -> None:
        """Leave parts out, with every relation and content type that names them; a macro workbook becomes a plain one."""
        gone = {name.casefold() for name in names} | {rels_of(name).casefold() for name in names}
        self._names = [name for name in self._names if name.casefold() not in gone]
        self._data = {name: self._data[name] for name in self._names}
        for rels in [name for name in self._names if name.endswith(".rels")]:
            text = self.text(rels)
            kept = _without(text, rels.replace("_rels/", "").rpartition("/")[0], gone)
            if kept != text:
                self._data[rels] = kept.encode("utf-8")
        types = self.text(TYPES)
        for kind in MACRO_TYPES:
            types = types.replace(kind, SHEET_TYPE)
        kept = OVERRIDE.sub(
            lambda m: "" if local_attributes(m.group()).get("PartName", "")[1:].casefold() in gone else m.group(), types
        )
        self._data[TYPES] = kept.encode("utf-8")


def _without(text: str, folder: str, gone: set[str]) -> str:
    """A part of relations without those that lead to parts which are left out."""
    return RELATION.sub(lambda m: "" if _leads_to(m.group(), folder, gone) else m.group(), text)


def _leads_to(tag: str, folder: str, gone: set[str]) -> bool:
    entry = local_attributes(tag)
    return entry.get("TargetMode") != "External" and resolve(folder, entry.get("Target", "")).casefold() in gone


def rels_of(part: str) -> str:
    """The part that holds the relations of another part; of the package for the empty name."""
    folder, _, leaf = part.rpartition("/")
    return f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"
