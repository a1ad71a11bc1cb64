"""Contender (a), a bare script: read the roster with openpyxl, write the same cells with xlsxwriter, nothing more.

`bare.py ROSTER` only reads; `bare.py ROSTER NOTES OUT` reads, then writes every noted book below OUT."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False}  # right for text, and faster than the defaults


def read(roster: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every sheet."""
    book = openpyxl.load_workbook(roster, read_only=True, data_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def noted(notes: Path) -> Iterator[Any]:
    """The noted books, one at a time."""
    with notes.open("rb") as stream:
        while True:
            try:
                yield pickle.load(stream)
            except EOFError:
                return


def write(target: Path, styles: list[dict[str, Any]], sheets: list[Any]) -> None:
    """Write one book."""
    book = xlsxwriter.Workbook(str(target), OPTIONS)
    formats = [book.add_format(style) for style in styles]
    for name, cells, widths in sheets:
        sheet = book.add_worksheet(name)
        for first, last, width in widths:
            sheet.set_column(first, last, width)
        for row, col, value, formula, style, end in cells:
            form = formats[style]
            if end:
                sheet.merge_range(row, col, *end, "" if value is None or formula else value, form)
            if formula:
                sheet.write_formula(row, col, value, form)
            elif not end:
                sheet.write(row, col, value, form)
    book.close()


def main(roster: Path, notes: Path | None = None, out: Path = Path()) -> None:
    """The whole job."""
    read(roster)
    if notes is None:
        return
    for path, styles, sheets in noted(notes):
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write(target, styles, sheets)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
