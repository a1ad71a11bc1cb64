"""The rows of a worksheet as XML, the same byte for byte as the library writes them from its own cells.

With bulk.py, which collects the cells, and package.py this is the only module that touches the inside of xlsxwriter:
`_write_row`, `_write_empty_row`, `_get_xf_index`, `_get_format_key`, `_get_font_key`, `_get_border_key`, and the attributes
`fh`, `merge`, `row_info`, `comments`, `dim_rowmin`, `dim_rowmax`, `formats`, `xf_format_indices`, `dxf_format_indices`,
`default_format_properties`.
tests/excel/test_bulk.py compares every part of many books with what the library's own calls give."""

from __future__ import annotations

import io
from itertools import count
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from hrbook.excel.grid import BLANK, Lines, Shape

BLOCK = 16  # rows that share the attribute "spans"
ROW, TAIL = "\0", "%s"  # in a template: the number of the row, and what stands in a cell
LETTERS = [xl_col_to_name(col) for col in range(256)]
NAMED = len(LETTERS)
CELLS = [f'<c r="{name}{ROW}' for name in LETTERS]
PACKED = 2048  # rows that are written before they are packed
FORMATS = 4096  # as many formats are kept from workbook to workbook

_formats: dict[tuple[object, ...], dict[str, Any]] = {}  # what unused formats hold, by their properties
_origins = count()  # package.py knows formats of the same properties by it


class Shared:
    """What the sheets of one workbook share. `workbook` is an xlsxwriter.Workbook."""

    def __init__(self, workbook: Any) -> None:
        self.strings = workbook.str_table
        self.tails: dict[str, str] = {}  # XML by clean text
        self.known: dict[Any, str] = {None: BLANK, "": BLANK}  # XML by value as it was given; no float, no bool
        self.styles: dict[Any, str] = {}  # by format
        self._templates: dict[Shape, str] = {}
        self._workbook = workbook
        self._defaults = tuple(workbook.default_format_properties.items())

    def add_format(self, properties: dict[str, Any]) -> Any:
        """A new format, as the workbook's add_format makes it, but worked out once a process."""
        workbook, key = self._workbook, (self._defaults, *properties.items())
        known = _formats.get(key)
        if known is None:
            made = workbook.add_format(properties)
            made._get_format_key()  # the format remembers it
            for name in ("_get_font_key", "_get_border_key"):  # these it works out again whenever it is asked
                setattr(made, name, getattr(made, name)().__str__)
            made.origin = next(_origins)
            if len(_formats) >= FORMATS:
                _formats.clear()
            _formats[key] = vars(made) | {"xf_format_indices": None, "dxf_format_indices": None}
            return made
        made = object.__new__(Format)
        vars(made).update(known)
        made.xf_format_indices, made.dxf_format_indices = workbook.xf_format_indices, workbook.dxf_format_indices
        workbook.formats.append(made)
        return made

    def style(self, form: Any) -> str:
        """The end of a cell's reference and its format. The first call for a format gives it its number."""
        known = self.styles.get(form)
        if known is None:
            known = self.styles[form] = f'" s="{form._get_xf_index()}"'
        return known

    def template(self, shape: Shape) -> str:
        """A row of this shape with places for its number (ROW) and for what stands in each cell (TAIL). Formats get their
        numbers here, so it is asked for in the order in which rows are written."""
        known = self._templates.get(shape)
        if known is None:
            parts: list[str] = []
            for col, form, last, blank in shape:
                parts.append(f"{opening(col)}{self.style(form)}{TAIL}")
                if last > col:
                    end = self.style(blank) + BLANK
                    parts.append(end.join(CELLS[col + 1 : last + 1] if last < NAMED else map(opening, range(col + 1, last + 1))))
                    parts.append(end)
            known = self._templates[shape] = "".join(parts)
        return known


def write_rows(sheet: Any, lines: Lines, shared: Shared) -> None:
    """Write rows to the open file of an xlsxwriter worksheet, in place of its `_write_rows`."""
    write = sheet.fh.write
    spans = _spans(sheet, lines)
    tags = _Tags(sheet)
    shape, template = None, ""  # of the row before: those of a table share one object
    for row in range(sheet.dim_rowmin, sheet.dim_rowmax + 1):
        info, span = sheet.row_info.get(row), spans.get(row // BLOCK)
        line = lines.get(row)
        if line is not None:
            if line[0] is not shape:
                shape, template = line[0], shared.template(line[0])
            cells = template.replace(ROW, str(row + 1)) % tuple(line[1])
            write(f"{tags.opened(row, span, info)}{cells}</row>")
            if row % PACKED == PACKED - 1:
                sheet.fh.flush()
        elif info is not None or row in sheet.comments:
            sheet._write_empty_row(row, span, info)


def write_merges(sheet: Any) -> None:
    """Write the list of merged ranges, in place of the library's `_write_merge_cells`."""
    if sheet.merge:
        most = max([last for _, _, _, last in sheet.merge])
        names = LETTERS if most < NAMED else [xl_col_to_name(col) for col in range(most + 1)]
        cells = [f'<mergeCell ref="{names[col]}{row + 1}:{names[last]}{end + 1}"/>' for row, col, end, last in sheet.merge]
        sheet.fh.write(f'<mergeCells count="{len(cells)}">{"".join(cells)}</mergeCells>')


def opening(col: int) -> str:
    """The beginning of a cell, with a place for the number of its row."""
    return CELLS[col] if col < NAMED else f'<c r="{xl_col_to_name(col)}{ROW}'


class _Tags:
    """Opening tags of rows: the library's own for the first row of a kind, the same with another number afterwards."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._known: dict[tuple[object, ...], str] = {}

    def opened(self, row: int, span: str | None, info: Any) -> str:
        key = (span, id(info))  # bulk.py lets rows of one height share what is noted of them, and the sheet keeps it
        rest = self._known.get(key)
        if rest is None:
            sheet = self._sheet
            file, sheet.fh = sheet.fh, io.StringIO()
            sheet._write_row(row, span, info)
            sheet.fh, found = file, sheet.fh.getvalue()
            rest = self._known[key] = str(found).removeprefix(f'<row r="{row + 1}')
        return f'<row r="{row + 1}{rest}'


def _spans(sheet: Any, lines: Lines) -> dict[int, str]:
    """First and last column, counted from 1, of what stands in a block of rows."""
    found: dict[int, tuple[int, int]] = {}
    notes = [(row, min(cols), max(cols)) for row, cols in sheet.comments.items() if cols]
    for row, first, last in (*lines.ends(BLOCK), *notes):
        least, most = found.get(row // BLOCK, (first, last))
        found[row // BLOCK] = (least if least < first else first, most if most > last else last)
    return {block: f"{first + 1}:{last + 1}" for block, (first, last) in found.items()}
