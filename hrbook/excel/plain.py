"""Plain tables as a workbook: a styled header, filter, frozen panes, real dates. No formula, nothing else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Protocol

import xlsxwriter

from hrbook.excel.cells import write_text

Value = str | int | float | date | None

FONT = "BIZ UD\u30b4\u30b7\u30c3\u30af"
SIZE = 11
NAVY = "#17375E"
DATE = "yyyy-mm-dd"
CREATED = datetime.combine(date(2026, 4, 1), time())  # fixed, so that the same tables give the same bytes on any day
EPOCH = date(1899, 12, 30)  # day 0 of the serial dates since 1900-03-01
NARROW, WIDE, FILTER_ARROW = 9, 84, 3  # column widths in half-width characters
LINE, HEAD = 18, 26  # row heights in points
JOINING = ("Mn", "Me", "Cf")  # marks and selectors that take no room of their own
LOOKED_AT = 2_000  # rows from which the widths are taken


class PlainTable(Protocol):
    """What a sheet needs: its name, one sentence on it, headers, rows as wide as the headers."""

    @property
    def name(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> tuple[tuple[Value, ...], ...]: ...


def write_tables(tables: Sequence[PlainTable], title: str, note: str) -> bytes:
    """An .xlsx with one sheet a table; `title` and `note` become document properties. The same input, the same bytes.

    Text stays text (staff numbers keep their zeros, nothing becomes a formula); None leaves the cell empty."""
    buffer = BytesIO()
    options = {"in_memory": True, "default_format_properties": {"font_name": FONT, "font_size": SIZE}}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": title, "subject": note, "comments": note, "created": CREATED})
        look = _Look(book)
        for table in tables:
            _sheet(book, table, look)
    return buffer.getvalue()


class _Look:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        font = {"font_name": FONT, "font_size": SIZE, "valign": "vcenter"}
        self.head = book.add_format({**font, "bold": True, "font_color": "#FFFFFF", "bg_color": NAVY})
        self.text = book.add_format({**font, "num_format": "@"})
        self.long = book.add_format({**font, "num_format": "@", "text_wrap": True})
        self.number = book.add_format({**font, "align": "right", "indent": 1})
        self.date = book.add_format({**font, "num_format": DATE, "align": "left"})


def _sheet(book: xlsxwriter.Workbook, table: PlainTable, look: _Look) -> None:
    sheet = book.add_worksheet(table.name)
    sight = table.rows[:LOOKED_AT]
    widths = [column_width(head, (row[place] for row in sight)) for place, head in enumerate(table.columns)]
    texts = [look.long if width == WIDE else look.text for width in widths]
    for place, (head, width) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, head, look.head)
    serials: dict[date, int] = {}
    for line, row in enumerate(table.rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                write_text(sheet, line, place, value, texts[place])
                if texts[place] is look.long and (lines := line_count(value)) > 1:
                    sheet.set_row(line, LINE * lines)
            elif isinstance(value, date):
                serial = serials.get(value)
                if serial is None:
                    serial = serials[value] = (value - EPOCH).days
                sheet.write_number(line, place, serial, look.date)
            elif value is not None:
                sheet.write_number(line, place, value, look.number)
    sheet.set_default_row(LINE)
    sheet.set_row(0, HEAD)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def text_width(text: str) -> int:
    """Width in half-width characters: wide, full-width and ambiguous ones count two, marks that join count none."""
    return sum(0 if unicodedata.category(c) in JOINING else 2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def line_count(text: str) -> int:
    """Lines that `text` takes in the widest column; two half-width characters a line are lost where words break."""
    return max(1, -(-text_width(text) // (WIDE - 4)))


def column_width(head: str, values: Iterable[Value]) -> int:
    """The width that a column needs for its header and values, between NARROW and WIDE."""
    seen = {len(DATE) * " " if isinstance(value, date) else str(value) for value in values if value is not None}
    needed = max((text_width(text) for text in seen), default=0)
    return min(WIDE, max(NARROW, text_width(head) + FILTER_ARROW, needed + 2))
