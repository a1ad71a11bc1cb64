"""The list of passwords: a CSV with the columns department and password. Read for a build, made by `hrbook passwords`."""

from __future__ import annotations

import csv
import io
import os
import secrets
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from hrbook.core.fault import Fault
from hrbook.core.fold import fold

COLUMNS = ("department", "password")
LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read for another
LENGTH, LONGEST = 16, 255  # letters; what Excel takes
LARGEST = 4 * 2**20  # bytes of a list


def read_passwords(path: Path, books: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Password of every book, by its path. `books` gives the names under which each may stand in the list, as far as no
    two books share one. Raises Fault where the list cannot be read, names an unknown or the same book twice, lacks one,
    or has one password for two books. What the Fault says is never a password."""
    known: dict[str, list[str]] = {}
    for book, names in books.items():
        for name in {fold(name) for name in names}:
            known.setdefault(name, []).append(book)
    found: dict[str, str] = {}
    for number, department, password in read_list(path):
        hits = known.get(fold(department), [])
        if len(hits) != 1:
            key = "password_department_unclear" if hits else "password_department_unknown"
            raise Fault(key, file=path.name, row=number, found=department)
        if hits[0] in found:
            raise Fault("password_department_twice", file=path.name, row=number, found=department)
        if password in found.values():
            raise Fault("password_twice", file=path.name, row=number, found=department)
        found[hits[0]] = password
    for book, names in books.items():
        if book not in found:
            raise Fault("password_missing", file=path.name, found=names[0])
    return found


def read_list(path: Path) -> list[tuple[int, str, str]]:
    """Row number, department and password of every row. Raises Fault where the list cannot be read or a password has a
    length that Excel does not take. What the Fault says is never a password."""
    found = []
    for number, (department, password) in _rows(path):
        if not password or len(password) > LONGEST:
            raise Fault("password_length", file=path.name, row=number, found=department, limit=LONGEST)
        found.append((number, department.removeprefix("'"), password))
    return found


def new_list(departments: Sequence[str]) -> bytes:
    """A list with a new password for each department (in the spelling that a CSV may have), UTF-8 with BOM for Excel."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for department in departments:
        writer.writerow((department, "".join(secrets.choice(LETTERS) for _ in range(LENGTH))))
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def open_to_others(path: Path) -> bool:
    """Whether others than the owner may read the list. Windows keeps rights elsewhere: there it is False."""
    return os.name != "nt" and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _rows(path: Path) -> list[tuple[int, tuple[str, str]]]:
    """Row number and the two fields of every row under the heading."""
    try:
        if path.stat().st_size > LARGEST:
            raise Fault("password_list_unreadable", file=path.name, found=path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        raise Fault("password_list_unreadable", file=path.name, found=error.strerror or type(error).__name__) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp932", "replace")  # as Excel saves CSV in Japan
    try:
        rows = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise Fault("password_list_unreadable", file=path.name, found=str(error)) from error
    heading = [name.strip().casefold() for name in rows[0]] if rows else []
    if not set(COLUMNS) <= set(heading):
        raise Fault("password_list_heading", file=path.name, expected=",".join(COLUMNS))
    places = [heading.index(name) for name in COLUMNS]
    full = [(number, row) for number, row in enumerate(rows[1:], 2) if any(row)]
    return [(number, tuple(row[p].strip() if p < len(row) else "" for p in places)) for number, row in full]  # type: ignore[misc]
