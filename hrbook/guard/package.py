"""A workbook as its bytes really are: every part once, and whatever stands in the file beside the parts."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping

from hrbook.safe.zips import ZIP_ERRORS

MAGIC = b"PK\x03\x04"
LARGE = 1 << 26  # bytes of all parts: from there on each is inflated when it is looked at, and none is held
PIECE = 1 << 20  # bytes
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")


class Damaged(ValueError):
    """The bytes are no zip package that could be searched whole."""


class Package:
    """An archive that was read to its end without a fault. `names` are its parts in the order of the file; `beside`: comments,
    extra fields and bytes between or after parts."""

    def __init__(self, archive: zipfile.ZipFile, beside: tuple[tuple[str, bytes], ...], held: Mapping[str, bytes]) -> None:
        self.names = tuple(archive.namelist())
        self.beside = beside
        self._archive = archive
        self._held = held

    @property
    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Every part by name, one after the other."""
        return ((name, self.part(name)) for name in self.names)

    def part(self, name: str) -> bytes:
        """One part whole; nothing where there is none."""
        return b"".join(self.pieces(name)) if name in self.names else b""

    def pieces(self, name: str) -> Iterator[bytes]:
        """One part, of which a large package never holds more than a piece."""
        held = self._held.get(name)
        if held is not None:
            yield held
            return
        with self._archive.open(name) as stream:
            while piece := stream.read(PIECE):
                yield piece


def open_package(data: bytes) -> Package:
    """Every part and everything beside the parts. Raises Damaged where the bytes are no whole zip package, a part does
    not have its checksum, or a name stands twice."""
    held: dict[str, bytes] = {}
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos, comment, start = archive.infolist(), archive.comment, archive.start_dir
        if sum(info.file_size for info in infos) < LARGE:
            held = {info.filename: archive.read(info) for info in infos}
        elif (broken := archive.testzip()) is not None:
            raise Damaged(broken)
    except ZIP_ERRORS as error:
        raise Damaged(str(error)) from error
    if len({info.filename.casefold() for info in infos}) < len(infos):
        raise Damaged("a part stands twice")
    found = [("zip comment", comment)]
    for info in infos:
        found += [(info.filename, info.comment), (info.filename, info.extra)]
    found += _gaps(data, infos, start, len(comment))
    return Package(archive, tuple((where, text) for where, text in found if text), held)


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
