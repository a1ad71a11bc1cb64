"""What a machine must have in common with this one, so that it makes the same bytes."""

from __future__ import annotations

import hashlib
import platform
import sys
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from hrbook import __version__
from hrbook.guard.manifest import libraries, versions

CLUSTER = ("dask", "distributed")


@cache
def facts() -> Mapping[str, str]:
    """Name -> value, in the order in which a difference is best told: the version first, then code and data by digest."""
    return {
        "hrbook": __version__,
        "hrbook code": _digest("hrbook", ".py"),
        "hrbook templates": _digest("hrbook.templates", ".toml"),
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()} {sys.byteorder}",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **libraries(),
        **versions(CLUSTER),
    }


def difference(expected: Mapping[str, str], found: Mapping[str, str]) -> tuple[str, str, str] | None:
    """The first fact that differs: its name, what was expected, what was found. None where both are alike."""
    for name in (*expected, *found):
        if expected.get(name) != found.get(name):
            return name, expected.get(name, ""), found.get(name, "")
    return None


def _digest(package: str, ending: str) -> str:
    """The first letters of the digest of every file of a package with that ending."""
    total = hashlib.sha256()
    for name, data in sorted(_files(resources.files(package), "", ending)):
        total.update(f"{name}\n{hashlib.sha256(data).hexdigest()}\n".encode())
    return total.hexdigest()[:12]


def _files(folder: Traversable, below: str, ending: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{below}{entry.name}"
        if entry.is_dir() and name != "templates":  # of the package of that name, wherever it was installed
            yield from _files(entry, f"{name}/", ending)
        elif entry.name.endswith(ending):
            yield name, entry.read_bytes()
