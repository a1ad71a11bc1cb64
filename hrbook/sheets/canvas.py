"""Collects the cells of one designed sheet, so that a sheet's code reads from top to bottom as the page does."""

from __future__ import annotations

from collections.abc import Sequence

from hrbook.sheets.book import Block, Cell, Chart, Check, DataBar, Formula, Link, Logo, Page, Run, Sheet, Value
from hrbook.sheets.paper import capacity, line_height, page_starts, pixels, room_for
from hrbook.sheets.view import RunFacts
from hrbook.textfit import units
from hrbook.words import Labels

FINDING, FINDING_INDENT = "finding", 9  # look of the line; pixels before its text
LOOSE = 1.08  # lines end before a word that does not fit, and the letters are bold


class Canvas:
    """A sheet in the making; rows and columns are 0-based, `columns` are widths in characters."""

    def __init__(self, name: str, columns: Sequence[float]) -> None:
        self.name = name
        self.columns = tuple(columns)
        self.cells: list[Cell] = []
        self.heights: dict[int, float] = {}
        self.charts: list[Chart] = []
        self.checks: list[Check] = []
        self.bars: list[DataBar] = []
        self.logo: Logo | None = None
        self.column_looks: tuple[str, ...] = ()  # of whole columns, for cells that are yet to be filled in
        self._stamped: dict[int, tuple[tuple[Cell, ...], list[int]]] = {}  # by the identity of the cells
        self.row = 0  # where the next part begins, for parts that follow one another

    def put(
        self,
        row: int,
        col: int,
        value: Value | Formula = None,
        look: str = "",
        *,
        rows: int = 1,
        cols: int = 1,
        link: Link | None = None,
        runs: tuple[Run, ...] = (),
        note: str = "",
    ) -> None:
        """Place one cell; `rows`/`cols` above 1 merge."""
        self.cells.append(Cell(row, col, value, look, rows, cols, link, runs, note))

    def stamp(self, cells: tuple[Cell, ...], top: int) -> None:
        """Place cells that count their rows from `top`. The same tuple at other rows is described and written only once."""
        self._stamped.setdefault(id(cells), (cells, []))[1].append(top)

    def line(self, row: int, col: int, values: Sequence[Value | Formula], look: str) -> None:
        """Place values side by side under one look."""
        for offset, value in enumerate(values):
            self.put(row, col + offset, value, look)

    def fill(self, row: int, first: int, last: int, look: str) -> None:
        """Give the cells of a row from `first` to `last` a look without a value."""
        for col in range(first, last + 1):
            self.put(row, col, None, look)

    def sheet(
        self,
        page: Page,
        *,
        freeze: tuple[int, int] | None = None,
        autofilter: tuple[int, int, int, int] | None = None,
        protected: bool = False,
        zoom: int = 100,
        tab: str = "",
    ) -> Sheet:
        """The finished sheet."""
        return Sheet(
            name=self.name,
            columns=self.columns,
            cells=tuple(self.cells),
            page=page,
            heights=dict(self.heights),
            freeze=freeze,
            autofilter=autofilter,
            charts=tuple(self.charts),
            checks=tuple(self.checks),
            bars=tuple(self.bars),
            protected=protected,
            zoom=zoom,
            tab=tab,
            logo=self.logo,
            column_looks=self.column_looks,
            blocks=tuple(Block(cells, tuple(tops)) for cells, tops in self._stamped.values()),
        )


def title_band(canvas: Canvas, last_col: int, title: str, finding: str, back: Link | None, back_text: str) -> None:
    """Rows 0-2 of every list sheet: navy band with the title and the way back, the finding in one sentence, a thin gap."""
    canvas.put(0, 0, title, "title", cols=max(1, last_col - 1))
    canvas.put(0, max(1, last_col - 1), back_text if back else None, "band_link", cols=2, link=back)
    canvas.put(1, 0, finding, FINDING, cols=last_col + 1)
    canvas.heights.update({0: 30, 1: finding_height(finding, canvas.columns[: last_col + 1]), 2: 6})
    canvas.row = 3


def finding_height(finding: str, columns: Sequence[float]) -> float:
    """Points of the line of the finding over columns of these widths, whole lines for a finding that needs several."""
    room = room_for(sum(map(pixels, columns)) - FINDING_INDENT, FINDING)
    lines = -(-units(finding) * LOOSE // room) if room > 0 else 1
    return max(24.0, lines * line_height(FINDING) + 8)


def page_texts(
    labels: Labels, run: RunFacts, year: str, as_of: str, unit: str, sheet: str, form_number: str
) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """Header and footer of a printed page: confidentiality, book and sheet, form number; run, page of pages, as-of date."""
    header = (
        labels("page.confidential", city=run.city).strip(),
        labels("page.heading", year=year, unit=unit, sheet=sheet),
        form_number,
    )
    footer = (labels("page.run", version=run.version, run=run.run_id[:8]), labels("page.number"), labels("page.as_of", day=as_of))
    return header, footer


def breaks(canvas: Canvas, page: Page, first: int, heights: Sequence[float], tail: float = 0.0) -> tuple[int, ...]:
    """Rows before which a list goes to a new page, all pages filled about alike. `heights` (points) are those of its rows,
    from row `first` on; those above are the canvas's. `tail` is what must stay with the end of the list."""
    repeated = range(page.repeat_rows[0], page.repeat_rows[1] + 1) if page.repeat_rows else range(0)
    usual = heights[0] if heights else 0.0
    above = sum(canvas.heights.get(row, usual) for row in range(first) if row not in repeated)
    room = capacity(canvas.columns, page) - sum(canvas.heights.get(row, usual) for row in repeated)
    rows = [above + usual, *heights[1:]] if heights else []
    return tuple(first + start for start in page_starts(rows, tail, room))
