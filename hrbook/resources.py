"""The one place that finds what people may edit: templates/ of the working folder first, then the package's own."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from hrbook.core.fault import Fault

PACKAGE = "hrbook.templates"
_folder: Path | None = None
_used: dict[str, tuple[str, str]] = {}
_stand_ins: dict[str, tuple[str, bytes]] = {}


def use_folder(folder: Path | None) -> None:
    """Let `folder` (a working folder's templates/) stand before the package's own files; None forgets it."""
    global _folder  # one working folder a process: a command sets it once, before anything is read
    own = resources.files(PACKAGE)
    _folder = folder if folder is not None and folder.is_dir() and str(folder.resolve()) != str(own) else None
    _used.clear()
    _stand_ins.clear()
    load_toml.cache_clear()


def stand_in(name: str, place: str, data: bytes) -> None:
    """Let `data` be templates/`name` until the next `use_folder`: the copy that a finished run kept, from `place` of its day."""
    _stand_ins[name] = (place, data)


def digest_of(name: str) -> str | None:
    """SHA-256 of templates/`name` as it is in force; None where there is none. The name counts as not used."""
    before = dict(_used)
    try:
        read_bytes(name)
        return _used[name][1]
    except Fault:
        return None
    finally:
        _used.clear()
        _used.update(before)


def stood_in(folder: str) -> list[str]:
    """Names of the files of a folder that a finished run brought with it, sorted."""
    return sorted(name.removeprefix(f"{folder}/") for name in _stand_ins if name.startswith(f"{folder}/"))


def peek(name: str) -> bytes:
    """templates/`name` as it is in force, without counting it as used."""
    before = dict(_used)
    try:
        return read_bytes(name)
    finally:
        _used.clear()
        _used.update(before)


def read_bytes(name: str) -> bytes:
    """Contents of templates/`name`, e.g. "policy/tachikawa-3.toml". Raises Fault where there is none."""
    own = _folder / name if _folder else None
    if name in _stand_ins:
        place, data = _stand_ins[name]
    elif own is not None and own.is_file():
        data, place = own.read_bytes(), "folder"
    else:
        packaged = resources.files(PACKAGE).joinpath(name)
        if not packaged.is_file():
            raise Fault("template_missing", file=name)
        data, place = packaged.read_bytes(), "package"
    _used[name] = (place, hashlib.sha256(data).hexdigest())
    return data


@cache
def load_toml(name: str) -> dict[str, Any]:
    """templates/`name` as parsed TOML. Do not change the result: it is shared. Raises Fault where it cannot be read."""
    data = read_bytes(name)
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Fault("template_unreadable", file=name, found=str(error)) from error


def names(folder: str, suffix: str) -> Iterator[str]:
    """File names in templates/`folder` that end with `suffix`, sorted, each once."""
    packaged = resources.files(PACKAGE).joinpath(folder)
    found = {entry.name for entry in packaged.iterdir() if entry.name.endswith(suffix)} if packaged.is_dir() else set()
    own = _folder / folder if _folder else None
    if own is not None and own.is_dir():
        found |= {path.name for path in own.iterdir() if path.name.endswith(suffix)}
    found |= {name.removeprefix(f"{folder}/") for name in _stand_ins if name.startswith(f"{folder}/") and name.endswith(suffix)}
    yield from sorted(found)


def from_folder() -> tuple[tuple[str, str, bytes], ...]:
    """Name, place and content of every template read so far that is not the package's own, sorted."""
    return tuple((name, place, peek(name)) for name, (place, _) in used().items() if place != "package")


def used() -> dict[str, tuple[str, str]]:
    """Every template read so far: name -> ("folder" or "package", SHA-256)."""
    return dict(sorted(_used.items()))
