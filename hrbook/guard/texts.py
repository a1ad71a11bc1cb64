"""Every text in a part of a package, however it is written: elements, attributes, comments, formulas, escapes, encodings."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote
from xml.parsers import expat

from hrbook.guard.package import MAGIC, Damaged, open_package

# Cells and rows as the writer makes them hold no text: numbers, and places in the list of shared texts. A whole run of them is
# one match, and nothing in it is tried a second way (++, *+): half the time of one match a cell.
_CELLS = re.compile(
    rb'(?:<c r="[A-Z]++\d++"(?: s="\d++")?+(?: t="s")?+(?:/>|><v>[\d.E-]++</v></c>)|</row>'
    rb'|<row(?: [a-zA-Z0-9:]++="[\d.:]*+")*+/?+>|<mergeCell ref="[A-Z0-9:]++"/>|<(?:col|brk)(?: \w++="[\d.]*+")*+/>)++'
)
# Nor do empty elements of which all attributes are sizes, colours or switches.
_SIZES = re.compile(
    rb"<[a-z][A-Za-z0-9:]*(?: (?:val|rgb|theme|tint|indexed|style|[xybtlr]|c[xy]|horizontal|vertical|indent|wrapText|shrinkToFit"
    rb'|numFmtId|fontId|fillId|borderId|xfId|apply[A-Z][A-Za-z]+)="(?:[0-9A-F.-]*|center|left|right|top|bottom|distributed)")+/>'
)
_SHARED = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<>&]*)</t></si>')
# An attribute that holds a size, a colour, an index or an area is no text, unless its name says that people read it.
_STRUCTURE = re.compile(r"[#{]?[0-9A-Fa-f.:+-]*[%}]?|\$?[A-Z]{1,3}\$?\d+(?:[: ]\$?[A-Z]{1,3}\$?\d+)*")
_SAID = ("name", "descr", "title", "display", "displayName", "tooltip", "prompt", "promptTitle", "error", "errorTitle")
_READ = frozenset(
    (*_SAID, "alt", "formatCode", "caption", "text", "Target", "codeName", "author", "uniqueName", "totalsRowLabel", "location")
)
_NUMBERS = frozenset(("v", "row", "col", "rowOff", "colOff", "i4", "sqref", "lastEdited"))  # elements without words
_FORMULAS = frozenset(("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula"))
_WHOLE = frozenset(("si", "is", "p", "comment", "text", "rich", "string"))  # texts in parts, read as one
_BANDS = frozenset(("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"))
_LITERAL = re.compile(r'"((?:[^"]|"")*)"')
_REFERENCE = re.compile(r"\$?\b[A-Z]{1,3}\$?\d+\b|\$\d+|\$[A-Z]{1,3}\b")
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Za-z&])')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
XML = (".xml", ".rels", ".vml")
DEEPEST = 3  # packages within packages


def texts_of(name: str, data: bytes, depth: int = 0) -> Iterator[str]:
    """The texts of one part, in every reading of its bytes. Raises Damaged for XML that is not well-formed."""
    yield name
    if name.endswith(XML):
        if name == "xl/sharedStrings.xml":
            try:
                yield from [text.decode("utf-8") for text in _SHARED.findall(data)]
            except UnicodeDecodeError as error:
                raise Damaged(str(error)) from error
            data = _SHARED.sub(b"", data)
        elif "/worksheets/" in name:
            data = _CELLS.sub(b"", data)
        yield from _xml_texts(_SIZES.sub(b"", data))
    else:
        yield from raw_texts(data, depth)


def readable(name: str, pieces: Iterable[bytes]) -> bool:
    """Whether a part can be read to its end; of what is no XML nothing is asked."""
    if not name.endswith(XML):
        return True
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True


def _refuse(*_: object) -> None:
    raise ValueError("document type declaration")


def raw_texts(data: bytes, depth: int = 0) -> Iterator[str]:
    """Texts of bytes that are no XML of ours: under every likely encoding, and within a nested package."""
    if data.startswith(MAGIC) and depth < DEEPEST:
        try:
            package = open_package(data)
        except Damaged:
            package = None
        if package is not None:
            for name, part in package.parts:
                try:
                    yield from texts_of(name, part, depth + 1)
                except Damaged:
                    yield from raw_texts(part, depth + 1)
            for _, rest in package.beside:
                yield from raw_texts(rest, depth + 1)
    for encoding in ("utf-8", "cp932"):
        yield data.decode(encoding, "replace")
    for encoding in ("utf-16-le", "utf-16-be"):
        for shift in (0, 1):
            yield data[shift:].decode(encoding, "replace")


def readings(text: str) -> Iterator[str]:
    """The text, and what else it says once its escapes are undone."""
    yield text
    if "&" in text:
        yield html.unescape(html.unescape(text))
    if "_x" in text:
        yield _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if "%" in text:
        yield unquote(text)
    if "\\" in text:
        yield text.replace("\\", "")
    if len(text) >= 16:
        for found in _BASE64.findall(text):
            try:
                inner = base64.b64decode(found.rstrip("=") + "=" * (-len(found.rstrip("=")) % 4))
            except binascii.Error:
                continue
            yield inner.decode("utf-8", "replace")
            yield inner.decode("utf-16-le", "replace")


def _xml_texts(data: bytes) -> Iterator[str]:
    reader = _Reader()
    try:
        reader.read(data)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Damaged(str(error)) from error
    return iter(reader.found)


class _Reader:
    """Collects the texts of one XML part; each once, in the order in which they were met."""

    def __init__(self) -> None:
        self.found: dict[str, None] = {}
        self._own: list[str] = []  # text of the innermost element
        self._whole: list[list[str]] = []  # texts of the open elements that are read as one

    def read(self, data: bytes) -> None:
        """Read one part to its end. Raises what expat raises, and ValueError for a document type."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._own.append
        parser.CommentHandler = self._add
        parser.ProcessingInstructionHandler = lambda target, text: self._add(text)
        parser.StartDoctypeDeclHandler = _refuse
        parser.Parse(data, True)

    def _add(self, text: str) -> None:
        self.found[text] = None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._own:
            self._flush("")
        found = self.found
        for name, value in attributes.items():
            if value not in found and (_local(name) in _READ or not _is_structure(value)):
                found[value] = None
        if _local(tag) in _WHOLE:
            self._whole.append([])

    def _end(self, tag: str) -> None:
        local = _local(tag)
        if self._own:
            self._flush(local)
        if local in _WHOLE:
            parts = self._whole.pop()
            if parts:
                self.found["".join(parts)] = None
            if self._whole:
                self._whole[-1].extend(parts)

    def _flush(self, local: str) -> None:
        text = "".join(self._own)
        self._own.clear()
        if local in _FORMULAS:
            self.found["".join(_LITERAL.findall(text))] = None
            self.found[_REFERENCE.sub(" ", _LITERAL.sub(" ", text))] = None
        elif local in _BANDS:
            self.found[_CODE.sub("", text)] = None
            self.found[_CODE.sub(" ", text)] = None
        elif local not in _NUMBERS or not _is_structure(text):
            self.found[text] = None
        if self._whole:
            self._whole[-1].append(text)


@lru_cache(maxsize=4096)
def _local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


@lru_cache(maxsize=8192)
def _is_structure(text: str) -> bool:
    """Whether a text is a size, a colour, an index or an area. Parts have most of them in common."""
    return _STRUCTURE.fullmatch(text) is not None
