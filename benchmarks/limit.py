"""Contender (c), the limit: what nobody who writes these books can leave out. It inflates the roster, deflates the finished XML
of every book once, as hrbook does, and writes new files; it makes nothing up itself.

`limit.py note FOLDER PARTS` notes the parts of the books of a finished run (not measured): a row of pickles, (path, name, data),
those of a book together. `limit.py write ROSTER PARTS OUT` is the contender."""

from __future__ import annotations

import pickle
import sys
import zipfile
from collections.abc import Iterator
from io import BufferedReader
from itertools import groupby
from operator import itemgetter
from pathlib import Path

LEVEL = 3  # hrbook.excel.package.LEVEL; not imported, for that would be measured too


def note(finished: Path, parts: Path) -> int:
    """Note the parts of every book below a folder, inputs apart; the number of books."""
    books = [path for path in sorted(finished.rglob("*.xlsx")) if path.relative_to(finished).parts[0] != "inputs"]
    with parts.open("wb") as stream:
        for path in books:
            with zipfile.ZipFile(path) as book:
                for name in book.namelist():
                    pickle.dump((path.relative_to(finished).as_posix(), name, book.read(name)), stream)
    return len(books)


def noted(stream: BufferedReader) -> Iterator[tuple[str, str, bytes]]:
    """The noted parts, one at a time: none need be held longer than it is written."""
    while stream.peek(1):
        yield pickle.load(stream)


def write(roster: Path, parts: Path, out: Path) -> None:
    """The whole job."""
    with zipfile.ZipFile(roster) as book:
        for name in book.namelist():
            book.read(name)
    with parts.open("rb") as stream:
        for path, content in groupby(noted(stream), itemgetter(0)):
            target = out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as book:
                for _, name, data in content:
                    book.writestr(name, data)


if __name__ == "__main__":
    step, *paths = sys.argv[1:]
    if step == "note":
        print(note(Path(paths[0]), Path(paths[1])))
    else:
        write(Path(paths[0]), Path(paths[1]), Path(paths[2]))
