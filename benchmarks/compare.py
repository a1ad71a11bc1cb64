"""Whether another script wrote the same cells: re-read its books, beside the notes from the finished run. Not measured.

`python -m benchmarks.compare NOTES OTHER [EVERY]` re-reads every EVERYth book; code 1 and the first difference, if any."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from benchmarks.note import NotedSheet, finished, noted


class Different(Exception):
    """Two books do not hold the same values; the text says where."""


def compare(notes: Path, other: Path, every: int = 1) -> tuple[int, int]:
    """Books and values compared. Raises Different at the first value that differs, or where a book is missing or new."""
    theirs = {path.relative_to(other).as_posix() for path in finished(other)}
    books = values = 0
    for number, (name, _, sheets) in enumerate(noted(notes)):
        if name not in theirs:
            raise Different(f"{name} is missing")
        theirs.remove(name)
        if number % every:
            continue
        books += 1
        for left, right in zip_longest(_noted_values(sheets), _values(other / name)):
            if left != right:
                raise Different(f"{name}: {left} and {right}")
            values += 1
    if theirs:
        raise Different(f"{sorted(theirs)[0]} is new")
    return books, values


def _noted_values(sheets: list[NotedSheet]) -> Iterator[tuple[str, int, int, Any]]:
    for name, cells, _ in sheets:
        for row, col, value, *_ in cells:
            if value is not None:
                yield name, row + 1, col + 1, value


def _values(path: Path) -> Iterator[tuple[str, int, int, Any]]:
    """Every value with its sheet, row and column; blank cells are left out."""
    book = load_workbook(path, read_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield sheet.title, cell.row, cell.column, cell.value
    book.close()


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # openpyxl says of every book what it leaves out
    try:
        print(*compare(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:])))
    except Different as found:
        sys.exit(str(found))
