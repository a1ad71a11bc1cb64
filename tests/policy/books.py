"""Editing a policy's workbook as people do: open it, write into cells by sheet, row and heading, save."""

from io import BytesIO
from pathlib import Path

import openpyxl

from hrbook import resources
from hrbook.excel.writer import render
from hrbook.ingest.policy import policy_text, read_policy
from hrbook.sheets.policy import book
from hrbook.styles import load_styles

HEAD = 5  # the row of the headings, as Excel counts


def exported(name: str = "tachikawa-3") -> bytes:
    """The workbook of a shipped policy; "" is the blank one."""
    found = read_policy(name) if name else policy_text(resources.read_bytes("policy_blank.toml"), "policy_blank.toml")
    return render(book(found.raw, found.text, found.source.name, "x.xlsx"), load_styles())


class Edited:
    """A workbook in the hands of HR."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(BytesIO(data))

    def save(self, path: Path) -> str:
        self.book.save(path)
        return str(path)

    def column(self, sheet: str, heading: str) -> int:
        cells = {cell.value: cell.column for cell in self.book[sheet][HEAD]}
        return cells[heading]

    def put(self, sheet: str, row: int, heading: str, value: object) -> str:
        """Write the n-th entry (1 is the first); the address of the cell."""
        cell = self.book[sheet].cell(HEAD + row, self.column(sheet, heading))
        cell.value = value
        return f"{sheet}!{cell.coordinate}"

    def item(self, sheet: str, item: str, value: object) -> str:
        """Write a single value beside its name."""
        row = next(cells[0].row for cells in self.book[sheet].iter_rows(min_row=HEAD + 1) if cells[0].value == item)
        self.book[sheet].cell(row, 2).value = value
        return f"{sheet}!B{row}"

    def rows(self, sheet: str, headings: list[str], rows: list[list[object]]) -> None:
        """Write entries from the first row on."""
        for number, values in enumerate(rows, start=1):
            for heading, value in zip(headings, values, strict=True):
                self.put(sheet, number, heading, value)

    def length(self, sheet: str) -> int:
        """How many entries stand there."""
        return sum(1 for cells in self.book[sheet].iter_rows(min_row=HEAD + 1, max_col=1) if cells[0].value is not None)
