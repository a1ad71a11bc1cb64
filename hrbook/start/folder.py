"""A working folder: what is laid out in it. Nothing that is there already is ever replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hrbook import resources
from hrbook.guard.stage import write_file
from hrbook.words import Labels

INPUT, TEMPLATES, OUTPUT = "input", "templates", "output"
ROSTER, SETTINGS = "roster.xlsx", "settings.xlsx"
EDITED = ("styles.toml", "roster.toml", "settings.toml", "vocabulary.toml", "defaults.toml", "policy", "labels")
LAUNCHERS = ("check", "build")
MARK = "\ufeff"  # so that every editor on Windows reads the text as UTF-8


@dataclass(frozen=True, slots=True)
class Laid:
    """One file of the folder, and whether it was written (False: it was there and stays as it is)."""

    path: Path
    written: bool


def put(path: Path, data: bytes, *, private: bool = False) -> Laid:
    """Write a file that is not there. Raises Fault where the disk refuses."""
    if path.exists() or path.is_symlink():
        return Laid(path, False)
    write_file(path, data, private=private)
    return Laid(path, True)


def free(path: Path) -> Path:
    """The path, or the first of path(2), path(3) ... that is not there."""
    found, number = path, 1
    while found.exists() or found.is_symlink():
        number += 1
        found = path.with_name(f"{path.stem}({number}){path.suffix}")
    return found


def lay_out(folder: Path, labels: Labels) -> Iterator[Laid]:
    """The parts that need no policy: the guide, the launchers, copies of the templates to edit, the output folder."""
    yield put(folder / labels("init.file.guide"), text_file(labels("init.guide")))
    for name in LAUNCHERS:
        yield put(folder / labels(f"init.file.{name}"), resources.read_bytes(f"launchers/{name}.bat").replace(b"\n", b"\r\n"))
    yield put(folder / TEMPLATES / labels("init.file.guide"), text_file(labels("init.templates")))
    examples = folder / TEMPLATES / labels("init.file.examples")
    for name in templates():
        yield put(examples / name, resources.peek(name))
    (folder / OUTPUT).mkdir(parents=True, exist_ok=True)


def templates() -> Iterator[str]:
    """Names of the templates that people edit, folders gone into."""
    for name in EDITED:
        if name.endswith(".toml"):
            yield name
        else:
            yield from (f"{name}/{file}" for file in resources.names(name, ".toml"))


def text_file(text: str) -> bytes:
    """A text as Windows' editor opens it."""
    return (MARK + text.strip() + "\n").replace("\n", "\r\n").encode("utf-8")
