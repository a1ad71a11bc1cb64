"""What a file must be before any reader opens it: a workbook of bounded size without XML entities."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from hrbook.core.fault import Fault
from hrbook.safe.owner import open_by
from hrbook.safe.zips import ZIP_ERRORS

ZIP, CFB = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SPREADSHEETS = (
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    b"application/vnd.ms-excel.template.macroEnabled.main+xml",
)
OTHERS = (
    (b"application/vnd.ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
    (b"wordprocessingml", "docx"),
    (b"presentationml", "pptx"),
)
XML_PARTS = (".xml", ".rels", ".vml")
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
PLAIN_ROW = re.compile(rb'<row r="(\d{1,9})"')
ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,9})"')
REFERENCE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,9})(\d{1,9})"')
FAR_COLUMN = re.compile(rb' r="[A-Z]{3}')
NEGATIVE_INDEX = re.compile(rb'\bt="s"[^>]*><(?:\w+:)?v>-')  # readers answer it with another cell's text
CHUNK, OVERLAP = 1 << 20, 64
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of any sheet that Excel can hold


@dataclass(frozen=True, slots=True)
class Limits:
    """What is still read: bytes of the file, parts in it, bytes inflated, inflated / packed, cells of one sheet's area."""

    file_bytes: int = 200 * 2**20
    parts: int = 5_000
    inflated_bytes: int = 1_500 * 2**20
    ratio: int = 250
    ratio_from_bytes: int = 20 * 2**20  # small parts may pack any way they like
    area: int = 20_000_000


LIMITS = Limits()


def preflight(path: Path, limits: Limits = LIMITS) -> bytes:
    """The bytes of an .xlsx or .xlsm workbook, read once. Raises Fault, one key for each reason not to open it."""
    data = fetch(path, limits)
    check_bytes(data, path.name, limits)
    return data


def fetch(path: Path, limits: Limits = LIMITS) -> bytes:
    """The bytes of a file, unlooked at: a child process checks them. Raises Fault where there is nothing to read."""
    name = path.name
    try:
        if path.is_dir():
            raise Fault("file_is_folder", file=name)
        if path.stat().st_size > limits.file_bytes:
            raise Fault("file_too_large", file=name, found=path.stat().st_size, limit=limits.file_bytes)
        data = path.read_bytes()
    except FileNotFoundError:
        raise Fault("file_missing", file=name, found=path.as_posix()) from None
    except OSError as error:
        owner = open_by(path)
        if owner is not None:
            raise Fault("file_open" if owner else "file_open_unnamed", file=name, owner=owner) from error
        raise Fault("file_unreadable", file=name, found=error.strerror or type(error).__name__) from error
    return data


def check_bytes(data: bytes, name: str, limits: Limits = LIMITS) -> None:
    """The same for bytes that are at hand; `name` is said in the Fault."""
    if not data:
        raise Fault("file_empty", file=name)
    if data.startswith(CFB):
        raise Fault(_legacy(data), file=name, found="OLE")
    if not data.startswith(ZIP):
        raise Fault("file_not_workbook", file=name, found=_kind_of_text(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive, name, limits)
            _check_kind(archive, name)
            _check_contents(archive, name, limits)
    except ZIP_ERRORS as error:
        raise Fault("file_damaged", file=name, found=str(error) or type(error).__name__) from error


def is_encrypted(data: bytes) -> bool:
    """Whether the bytes are a workbook under a password. Names of streams stand in the compound file in UTF-16."""
    return data.startswith(CFB) and "EncryptedPackage".encode("utf-16-le") in data


def _legacy(data: bytes) -> str:
    if is_encrypted(data):
        return "file_encrypted"
    old = any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book"))
    return "file_xls" if old else "file_not_workbook"


def _kind_of_text(data: bytes) -> str:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table")):
        return "html"
    if head.startswith(b"%pdf"):
        return "pdf"
    if head.startswith(b"<?xml"):
        return "xml"
    if head.startswith(b"\x09") and data[1:2] in (b"\x00", b"\x02", b"\x04", b"\x08"):
        return "xls"
    return "binary" if b"\x00" in data[:2048] else "text"


def _check_parts(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise Fault("file_too_many_parts", file=name, found=len(parts), limit=limits.parts)
    seen: set[str] = set()
    total = 0
    for part in parts:
        if part.flag_bits & 1:
            raise Fault("file_encrypted", file=name)
        if part.filename.casefold() in seen:
            raise Fault("file_part_twice", file=name, found=part.filename)
        seen.add(part.filename.casefold())
        total += part.file_size
        packed = max(part.compress_size, 1)
        if part.file_size > limits.ratio_from_bytes and part.file_size / packed > limits.ratio:
            raise Fault("file_inflates", file=name, found=part.file_size // packed, limit=limits.ratio)
    if total > limits.inflated_bytes:
        raise Fault("file_inflates", file=name, found=total, limit=limits.inflated_bytes)


def _check_kind(archive: zipfile.ZipFile, name: str) -> None:
    names = set(archive.namelist())
    if "[Content_Types].xml" not in names:
        found = "ods" if "mimetype" in names and "content.xml" in names else "zip"
        raise Fault("file_not_workbook", file=name, found=found)
    types = archive.read("[Content_Types].xml").replace(b"\x00", b"")
    if any(kind in types for kind in SPREADSHEETS):
        return
    found = next((word for mark, word in OTHERS if mark in types), "zip")
    raise Fault("file_not_workbook", file=name, found=found)


def _check_contents(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Inflates every part once: the sizes in a zip's directory may lie, and so may its dimensions."""
    total = 0
    for part in archive.infolist():
        sheet = "/worksheets/" in part.filename and part.filename.endswith(".xml")
        rows = top = 0
        far, tail, wide = False, b"", b""
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                if total > limits.inflated_bytes:
                    raise Fault("file_inflates", file=name, found=total, limit=limits.inflated_bytes)
                if not part.filename.endswith(XML_PARTS):
                    continue
                if not tail:
                    wide = b"\x00" if b"\x00" in chunk[:4] or chunk[:2] in (b"\xff\xfe", b"\xfe\xff") else b""
                text = tail + chunk
                plain = text.replace(wide, b"") if wide else text
                if DECLARATION.search(plain):
                    raise Fault("file_has_entities", file=name, found=part.filename)
                if sheet:
                    if b"v>-" in plain and NEGATIVE_INDEX.search(plain):
                        raise Fault("file_damaged", file=name, found=part.filename)
                    numbers = PLAIN_ROW.findall(plain) or ROW.findall(plain)
                    rows, top = rows + len(numbers), max(top, *map(int, numbers)) if numbers else top
                    far = far or FAR_COLUMN.search(plain) is not None
                tail = text[-OVERLAP:]
        if sheet and (far or top > 2 * rows + 10_000):
            _check_area(archive, part, name, limits)


def _check_area(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    """A few cells far apart make readers lay out the whole area between them."""
    bottom, right = 1, 1
    for letters, number in REFERENCE.findall(archive.read(part)):
        index = 0
        for letter in letters:
            index = index * 26 + letter - 64
        bottom, right = max(bottom, int(number)), max(right, index)
    if bottom * right > limits.area or bottom > LAST_ROW or right > LAST_COLUMN:
        raise Fault("sheet_too_wide", file=name, found=part.filename, rows=bottom, columns=right, limit=limits.area)
