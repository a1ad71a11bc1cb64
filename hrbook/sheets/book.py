"""A workbook as plain data. Sheets say what stands where and under which look; only hrbook.excel knows Excel.

Rows and columns are 0-based. A look is a string of class names from templates/styles.toml, as in CSS: "cell center rule";
later names win. Sizes are Excel's: column widths in characters of the Normal font, heights and font sizes in points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

Value = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its "=", and the value that it has (written as the cached value)."""

    text: str
    value: str | int | float


@dataclass(frozen=True, slots=True)
class Link:
    """A jump to a cell of the same workbook; the cell keeps its own look."""

    sheet: str
    cell: str = "A1"
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a text under its own look (font only)."""

    text: str
    look: str = ""


class Cell(NamedTuple):
    """What stands at one place. `rows` and `cols` above 1 merge. `runs`, where given, are the value in parts.

    A named tuple, not a dataclass: a department's book has thousands of cells, and a tuple is made five times faster."""

    row: int
    col: int
    value: Value | Formula = None
    look: str = ""
    rows: int = 1
    cols: int = 1
    link: Link | None = None
    runs: tuple[Run, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Cells that stand alike at several places of a sheet: they count their rows from each of `tops`. Values in
    cells of one row each, to whose rows the sheet gives a height: nothing is fitted to them, nothing depends on the place."""

    cells: tuple[Cell, ...]
    tops: tuple[int, ...]

    def placed(self, top: int) -> Iterator[Cell]:
        """The cells where they stand below one of the tops."""
        return (cell._replace(row=top + cell.row) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ListCheck:
    """Dropdown over a range of cells: `source` is a reference such as "=choices!$A$2:$A$5", else `items`."""

    row: int
    col: int
    last_row: int
    last_col: int
    items: tuple[str, ...] = ()
    source: str = ""
    prompt_title: str = ""
    prompt: str = ""
    error: str = ""
    open: bool = False  # the list only helps: other values may be typed


@dataclass(frozen=True, slots=True)
class DateCheck:
    """Only dates from `first` to `last` may be typed."""

    row: int
    col: int
    last_row: int
    last_col: int
    first: date
    last: date
    prompt_title: str = ""
    prompt: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """Only whole numbers from `first` to `last` may be typed."""

    row: int
    col: int
    last_row: int
    last_col: int
    first: int
    last: int
    prompt_title: str = ""
    prompt: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Nothing is checked: a text that is shown while one of the cells is chosen. Unlike a comment it is no drawing."""

    row: int
    col: int
    last_row: int
    last_col: int
    prompt_title: str = ""
    prompt: str = ""
    error: str = ""


Check = ListCheck | DateCheck | NumberCheck | Prompt


@dataclass(frozen=True, slots=True)
class DataBar:
    """Data bars over a range of numbers; `maximum` fixes the full width."""

    row: int
    col: int
    last_row: int
    last_col: int
    colour: str  # a colour name of styles.toml
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One series; categories and values are ranges (sheet, row, col, last_row, last_col), colours names of styles.toml."""

    name: str
    categories: tuple[str, int, int, int, int]
    values: tuple[str, int, int, int, int]
    colour: str
    point_colours: tuple[str, ...] = ()
    label_colour: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart over a cell; `kind`: bar, column, stacked_bar, stacked_column, doughnut, line; `alt` is read aloud."""

    row: int
    col: int
    kind: str
    series: tuple[Series, ...]
    width: int  # pixels
    height: int
    alt: str
    legend: bool = False
    labels: bool = True
    gap: int = 60
    x_offset: int = 0
    y_offset: int = 0
    category_labels: bool = False  # doughnut: category beside the value
    maximum: float | None = None
    number_format: str = ""


@dataclass(frozen=True, slots=True)
class Logo:
    """The box of cells at whose right end the city's mark stands, as large as fits, where styles.toml names one."""

    row: int
    col: int
    last_row: int
    last_col: int
    alt: str


@dataclass(frozen=True, slots=True)
class Page:
    """Print set-up. Header and footer are (left, centre, right) in plain text; {page} and {pages} are filled by Excel."""

    landscape: bool = True
    fit_width: int = 1
    fit_height: int = 0  # 0: as many pages as needed
    repeat_rows: tuple[int, int] | None = None
    repeat_cols: tuple[int, int] | None = None
    row_breaks: tuple[int, ...] = ()
    header: tuple[str, str, str] = ("", "", "")
    footer: tuple[str, str, str] = ("", "", "")
    margins: tuple[float, float, float, float] = (0.4, 0.4, 0.6, 0.6)  # left, right, top, bottom, inches
    area: tuple[int, int, int, int] | None = None  # first row, first col, last row, last col
    centre: bool = True
    paper: int = 9  # ISO A4


@dataclass(frozen=True, slots=True)
class Sheet:
    """A designed sheet. Rows without a height are fitted to their wrapped text by hrbook.excel. `column_looks` are the
    looks of whole columns, for cells that are yet to be filled in; `blocks` stand beside the cells."""

    name: str
    columns: tuple[float, ...]  # a column without width is hidden
    cells: Sequence[Cell]
    page: Page
    heights: Mapping[int, float] = field(default_factory=dict)
    freeze: tuple[int, int] | None = None
    autofilter: tuple[int, int, int, int] | None = None
    charts: tuple[Chart, ...] = ()
    checks: tuple[Check, ...] = ()
    bars: tuple[DataBar, ...] = ()
    protected: bool = False  # without password; cells whose look has `unlocked` stay open
    zoom: int = 100
    tab: str = ""  # a colour name
    hidden: bool = False
    active: tuple[int, int] = (0, 0)
    logo: Logo | None = None
    column_looks: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()

    def every_cell(self) -> Iterator[Cell]:
        """The cells in the order in which they are written, with those of the blocks at each of their places."""
        yield from self.cells
        for block in self.blocks:
            for top in block.tops:
                yield from block.placed(top)


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of a machine-readable sheet: unique heading (unit in brackets), kind: text, integer, number, date."""

    heading: str
    kind: str
    width: float


@dataclass(frozen=True, slots=True)
class DataSheet:
    """One table, heading in row 1, data from row 2, nothing else (rules for machine-readable administrative data)."""

    name: str
    columns: tuple[DataColumn, ...]
    rows: Sequence[tuple[Value, ...]]
    page: Page
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its relative path below the output folder, document properties, sheets in order."""

    path: str
    title: str
    subject: str
    company: str
    comments: str
    sheets: tuple[Sheet | DataSheet, ...]
    custom: Mapping[str, str] = field(default_factory=dict)  # custom document properties
    names: Mapping[str, str] = field(default_factory=dict)  # hidden defined names: name -> formula without its "="
    cell_names: Mapping[str, str] = field(default_factory=dict)  # defined names that people see: name -> place
