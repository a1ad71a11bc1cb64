"""A workbook as its bytes really are: every part once, and whatever stands in the file beside the parts."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass

from hrbook.safe.zips import ZIP_ERRORS

MAGIC = b"PK\x03\x04"
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")


class Damaged(ValueError):
    """The bytes are no zip package that could be searched whole."""


@dataclass(frozen=True, slots=True)
class Package:
    """The parts in the order of the file, by name; `beside`: comments, extra fields and bytes between or after parts."""

    parts: tuple[tuple[str, bytes], ...]
    beside: tuple[tuple[str, bytes], ...]


def open_package(data: bytes) -> Package:
    """Every part and everything beside the parts. Raises Damaged where the bytes are no whole zip package, a part does
    not have its checksum, or a name stands twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            parts = tuple((info.filename, archive.read(info)) for info in infos)
            comment, start = archive.comment, archive.start_dir
    except ZIP_ERRORS as error:
        raise Damaged(str(error)) from error
    if len({name.casefold() for name, _ in parts}) < len(parts):
        raise Damaged("a part stands twice")
    found = [("zip comment", comment)]
    for info in infos:
        found += [(info.filename, info.comment), (info.filename, info.extra)]
    found += _gaps(data, infos, start, len(comment))
    return Package(parts, tuple((where, text) for where, text in found if text))


def _gaps(data: bytes, infos: list[zipfile.ZipInfo], start: int, comment: int) -> list[tuple[str, bytes]]:
    """Bytes that belong to no entry: before, between and after them, and the extra fields of the local headers."""
    found: list[tuple[str, bytes]] = []
    at = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        found.append(("zip", data[at : info.header_offset]))
        head = _LOCAL.unpack_from(data, info.header_offset)
        names, extra = head[-2], head[-1]
        body = info.header_offset + _LOCAL.size + names
        found.append((info.filename, data[body : body + extra]))
        at = body + extra + info.compress_size
    found.append(("zip", data[at:start]))
    end = start
    while data[end : end + 4] == b"PK\x01\x02":
        head = _CENTRAL.unpack_from(data, end)
        end += _CENTRAL.size + head[10] + head[11] + head[12]
    found.append(("zip", data[end + _END.size + comment :] if data[end : end + 4] == b"PK\x05\x06" else data[end:]))
    return found
