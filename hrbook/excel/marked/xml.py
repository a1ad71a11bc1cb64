"""Small helpers on XML texts that must stay as they are but for one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import unescape

ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")
TAG = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<(/?)([\w:.-]+)((?:\"[^\"]*\"|'[^']*'|[^>\"'])*?)(/?)>", re.DOTALL)
ENTITIES = {"&quot;": '"', "&apos;": "'"}
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def local_attributes(tag: str) -> dict[str, str]:
    """The attributes of a start tag by local name."""
    return {name.rpartition(":")[2]: unescape(value[1:-1], ENTITIES) for name, value in ATTRIBUTE.findall(tag)}


def prefix_of(text: str, root: str) -> str:
    """The prefix of the root element, with its colon; empty where there is none."""
    match = re.search(rf"<(\w+:)?{root}\b", text)
    return (match.group(1) or "") if match else ""


def top_tags(text: str, start: int) -> Iterator[tuple[str, int]]:
    """(local name, position) of every element at the level of `start`, up to the end of the element around it."""
    depth = 0
    for match in TAG.finditer(text, start):
        name = match.group(2)
        if name is None:
            continue
        if match.group(1):
            depth -= 1
            if depth < 0:
                yield "", match.start()
                return
        else:
            if depth == 0:
                yield name.rpartition(":")[2], match.start()
            depth += 0 if match.group(4) else 1


def legal(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return ILLEGAL.sub("", text)


def resolve(folder: str, target: str) -> str:
    """A relation's target as the name of a part."""
    if target.startswith("/"):
        return target[1:]
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)
