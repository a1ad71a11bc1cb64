"""Every file of a folder, also in subfolders and zip files, each with the name by which people know it."""

from __future__ import annotations

import contextlib
import io
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hrbook.core.fault import Fault
from hrbook.safe.preflight import LIMITS, ZIP
from hrbook.safe.zips import ZIP_ERRORS

SKIPPED = ("~$", ".", "Thumbs.db", "desktop.ini", "__MACOSX")  # locks of open books, and what systems leave behind
DEPTH = 3  # zip files within zip files
MEMBERS = 20_000
JOINT = "/"


@dataclass(frozen=True, slots=True)
class Found:
    """A file: its name below the folder (through zip files with their name as a folder), its bytes, and when it was saved
    as the file system or the zip file says (ISO, minutes). `fault`: why there are no bytes."""

    name: str
    data: bytes
    saved: str
    fault: Fault | None = None


def find(folder: Path) -> Iterator[Found]:
    """All files below `folder` in the order of their names. Raises Fault where there is no such folder."""
    if not folder.is_dir():
        raise Fault("no_such_folder", usage=True, found=folder.as_posix())
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _skipped(name))
        for file in sorted(files):
            if not _skipped(file):
                path = Path(place) / file
                yield from _file(path, path.relative_to(folder).as_posix())


def _skipped(name: str) -> bool:
    return name.startswith(SKIPPED)


def _file(path: Path, name: str) -> Iterator[Found]:
    try:
        if path.is_symlink():
            raise Fault("returned_link", file=name)
        size = path.stat().st_size
        if size > LIMITS.file_bytes:
            raise Fault("file_too_large", file=name, found=size, limit=LIMITS.file_bytes)
        data = path.read_bytes()
        saved = datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M")
    except OSError as error:
        fault = Fault("file_unreadable", file=name, found=error.strerror or type(error).__name__)
        yield Found(name, b"", "", fault)
    except Fault as fault:
        yield Found(name, b"", "", fault)
    else:
        yield from _opened(name, data, saved, DEPTH)


def _opened(name: str, data: bytes, saved: str, depth: int) -> Iterator[Found]:
    """A zip file that is no workbook as its members; anything else as it is."""
    members = _members(data) if data.startswith(ZIP) else None
    if members is None:
        yield Found(name, data, saved)
        return
    if depth == 0 or len(members) > MEMBERS:
        yield Found(name, b"", saved, Fault("returned_zip_deep", file=name, limit=DEPTH))
        return
    budget = LIMITS.inflated_bytes
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for inner, info in members:
            parts = inner.split("/")
            if info.is_dir() or any(_skipped(part) for part in parts):
                continue
            known = f"{name}{JOINT}{inner}"
            try:
                content = _member(archive, info, known, budget)
            except Fault as fault:
                yield Found(known, b"", saved, fault)
                continue
            budget -= len(content)
            yield from _opened(known, content, _member_time(info), depth - 1)


def _members(data: bytes) -> list[tuple[str, zipfile.ZipInfo]] | None:
    """The members of a zip file by name; None for a workbook or another package of parts, and for a damaged file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names or "mimetype" in names:
                return None
            return sorted(((_name(info), info) for info in archive.infolist()), key=lambda pair: pair[0])
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        return None


def _name(info: zipfile.ZipInfo) -> str:
    """Zip files made on Japanese Windows name their members in its own code page without saying so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("cp932")
    return name.replace("\\", "/")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: int) -> bytes:
    if info.flag_bits & 1:
        raise Fault("file_encrypted", file=name)
    limit = min(LIMITS.file_bytes, budget)
    try:
        with archive.open(info) as stream:
            content = stream.read(limit + 1)
    except ZIP_ERRORS as error:
        raise Fault("file_damaged", file=name, found=str(error) or type(error).__name__) from error
    if len(content) > limit:
        raise Fault("file_too_large", file=name, found=info.file_size, limit=limit)
    return content


def _member_time(info: zipfile.ZipInfo) -> str:
    year, month, day, hour, minute, _ = info.date_time
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"
