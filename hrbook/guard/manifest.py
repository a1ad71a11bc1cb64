"""manifest.json: what a run was made from and what it consists of, every part with its SHA-256. No clock time in it."""

from __future__ import annotations

import hashlib
import io
import json
import platform
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

LIBRARIES = ("budoux", "click", "openpyxl", "pandas", "pydantic", "python-calamine", "xlsxwriter")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the run: path below the output folder, its digests, data rows, and who it is for.

    `sha256` and `size` are of the file as it stands, `content` of the workbook itself: of an encrypted book, the one within."""

    path: str
    sha256: str
    content: str
    size: int
    rows: int
    audience: str
    encrypted: bool = False


@dataclass(frozen=True, slots=True)
class Withheld:
    """A book that was made and not let go: its path, who it was for, and how many findings the guard has."""

    path: str
    audience: str
    leaks: int


def sha256(data: bytes) -> str:
    """Hex SHA-256 of `data`."""
    return hashlib.sha256(data).hexdigest()


def sha256_of(pieces: Iterable[bytes]) -> str:
    """Hex SHA-256 of what the pieces are together."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def content_digest(data: bytes) -> str:
    """Digest that does not depend on the packing: for a zip package of its sorted part names and their digests."""
    if not data.startswith(b"PK\x03\x04"):
        return sha256(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return parts_digest((info.filename, sha256(package.read(info))) for info in package.infolist())


def parts_digest(digests: Iterable[tuple[str, str]]) -> str:
    """The content digest of a package from the digest of each part."""
    return sha256("\n".join(sorted(f"{name}:{digest}" for name, digest in digests)).encode("utf-8"))


def entry(path: str, data: bytes, rows: int, audience: str) -> Entry:
    """The manifest's line on one file."""
    return Entry(path, sha256(data), content_digest(data), len(data), rows, audience)


def libraries() -> dict[str, str]:
    """Versions of the packages that the output depends on."""
    return versions(LIBRARIES)


def versions(names: Iterable[str]) -> dict[str, str]:
    """Versions of packages; the empty string for one that is not installed."""
    found = {}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def manifest(
    *,
    run_id: str,
    tool: str,
    year: int,
    as_of: str,
    options: Mapping[str, str],
    inputs: Mapping[str, Mapping[str, str]],
    columns: Mapping[str, Mapping[str, str]],
    templates: Mapping[str, tuple[str, str]],
    totals: Mapping[str, int],
    files: Sequence[Entry],
    withheld: Sequence[Withheld] = (),
    forms: Sequence[Mapping[str, Any]] = (),
) -> bytes:
    """The manifest as JSON, keys sorted. `forms`: the city's own forms, each with what could not be carried over."""
    body = {
        "schema": 1,
        "run_id": run_id,
        "tool": {"name": "hrbook", "version": tool},
        "python": {"version": platform.python_version(), "platform": platform.system()},
        "libraries": libraries(),
        "fiscal_year": year,
        "as_of": as_of,
        "options": dict(options),
        "inputs": {key: dict(value) for key, value in inputs.items()},
        "columns": {sheet: dict(fields) for sheet, fields in columns.items()},
        "templates": {name: {"from": place, "sha256": digest} for name, (place, digest) in templates.items()},
        "control_totals": dict(totals),
        "forms": [dict(form) for form in forms],
        "files": [asdict(item) for item in sorted(files, key=lambda f: f.path)],
        "withheld": [asdict(item) for item in sorted(withheld, key=lambda w: w.path)],
    }
    return written(body)


def written(body: Mapping[str, Any]) -> bytes:
    """A manifest as JSON; there is one way only to write it."""
    return (json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def platform_of() -> dict[str, str]:
    """The Python and the system of this machine, as the manifest names them."""
    return {"python": platform.python_version(), "system": platform.system()}
