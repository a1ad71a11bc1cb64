"""The parts of a workbook's package, in and out. Parts that are the same in every book are packed once."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

DAY = 0x0021  # 1 January 1980, the zip format's first day: no clock gets into a file
_LOCAL, _CENTRAL = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_UTF8, _DEFLATED = 0x0800, 8


@dataclass(frozen=True, slots=True)
class Packed:
    """A part ready for the file: its name, compressed bytes, checksum and size."""

    name: str
    data: bytes
    checksum: int
    size: int


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: the last word of its type, and the part it leads to (or what lies outside)."""

    id: str
    kind: str
    target: str
    external: bool


def unpacked(data: bytes) -> dict[str, bytes]:
    """Every part by name, in the order of the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def packed(name: str, data: bytes) -> Packed:
    """One part, compressed."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    return Packed(name, deflate.compress(data) + deflate.flush(), zlib.crc32(data), len(data))


def archive(parts: Iterable[Packed]) -> bytes:
    """The file of these parts, the same bytes for the same parts."""
    body: list[bytes] = []
    directory: list[bytes] = []
    count = at = 0
    for part in parts:
        name = part.name.encode("utf-8")
        flags = 0 if name.isascii() else _UTF8
        common = (20, flags, _DEFLATED, 0, DAY, part.checksum, len(part.data), part.size, len(name), 0)
        head = _LOCAL.pack(b"PK\x03\x04", *common) + name
        directory.append(_CENTRAL.pack(b"PK\x01\x02", 20, *common, 0, 0, 0, 0, at) + name)
        body += (head, part.data)
        at += len(head) + len(part.data)
        count += 1
    listing = b"".join(directory)
    return b"".join((*body, listing, _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listing), at, 0)))


def relations(parts: dict[str, bytes], source: str) -> tuple[Relation, ...]:
    """What a part leads to; "" is the package itself."""
    folder, name = posixpath.split(source)
    data = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if data is None:
        return ()
    found = []
    for element in ElementTree.fromstring(data):
        target, external = element.get("Target", ""), element.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join(folder, target) if not target.startswith("/") else target[1:])
        kind = element.get("Type", "").rpartition("/")[2]
        found.append(Relation(element.get("Id", ""), kind, target, external))
    return tuple(found)
