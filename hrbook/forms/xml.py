"""An XML part by places: where its elements begin and end, so that everything around them can stay as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

_TAG = re.compile(rb"<[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>\s*")
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(slots=True)
class Element:
    """One element: its full and its local name, attributes as written (prefix and all), places in the text, children.

    `start` to `end` is all of it, `inner` to `close` what lies between its tags."""

    tag: str
    attributes: Mapping[str, str]
    start: int
    inner: int = 0
    close: int = 0
    end: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.tag.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        return self.tag[: -len(self.name)]

    def child(self, name: str) -> Element | None:
        """The first child of that local name."""
        return next((c for c in self.children if c.name == name), None)

    def walk(self) -> list[Element]:
        """It and everything below, in the order of the text."""
        found, waiting = [], [self]
        while waiting:
            element = waiting.pop()
            found.append(element)
            waiting += reversed(element.children)
        return found


@dataclass(frozen=True, slots=True)
class Part:
    """A part as UTF-8 and its outermost element."""

    data: bytes
    root: Element

    def cut(self, start: int, end: int) -> str:
        """The text between two places."""
        return self.data[start:end].decode("utf-8")


def read(data: bytes) -> Part:
    """Take a part apart. Raises ValueError where it is no XML."""
    data = _utf8(data)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    top = Element("", {}, 0)
    stack = [top]

    def start(tag: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        match = _TAG.match(data, at)
        element = Element(tag, attributes, at, match.end() if match else at)
        stack[-1].children.append(element)
        stack.append(element)

    def end(_: str) -> None:
        element, at = stack.pop(), parser.CurrentByteIndex
        if data[element.inner - 2 : element.inner] == b"/>":  # ends with its own tag
            element.close = element.end = element.inner
        else:
            element.close, element.end = at, data.index(b">", at) + 1

    def text(found: str) -> None:
        stack[-1].text += found

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return Part(data, top.children[0])


def _utf8(data: bytes) -> bytes:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16")
    else:
        text = data.decode("utf-8-sig")
    body = _DECLARED.sub("", text, count=1)
    return (DECLARATION + body).encode("utf-8")


def quoted(text: str) -> str:
    """A text as the value of an attribute, without its quotes."""
    return escape(text, quote=True).replace("\n", "&#10;").replace("\t", "&#9;")


def opening(element: Element, *without: str, **instead: str) -> str:
    """The opening of an element's tag up to the last attribute; `without` are left out, `instead` are set."""
    kept = {key: value for key, value in element.attributes.items() if key not in without and key not in instead}
    said = [f' {key}="{quoted(value)}"' for key, value in (kept | instead).items()]
    return f"<{element.tag}{''.join(said)}"
