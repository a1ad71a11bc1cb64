"""One sheet of the policy's workbook as lines of cells under known headings, every cell with its address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from hrbook.core.fold import fold
from hrbook.core.source import column_letters
from hrbook.ingest.shape import Flaw
from hrbook.ingest.workbook import Broken, Sheet, Workbook
from hrbook.policy_book.dictionary import Field, Shape, SheetPlan, load_plan
from hrbook.policy_book.spelling import Cell, plain

Key = tuple[str, ...]
ENOUGH = 0.5  # the share of the headings by which their row is known


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells by the field's key ("" : the entry's own key), those of the matrix by the heading of their column.
    Of a sheet of values `header` is the item and the cell its value."""

    sheet: str
    row: int
    cells: Mapping[str, Cell]
    columns: Mapping[Key, int]
    matrix: Mapping[str, Cell] = field(default_factory=dict)
    header: str = ""

    def place(self, key: Key) -> str:
        """Sheet and cell of a field; of the row's first column where it has no column of its own."""
        col = self.columns.get(key, self.columns.get(key[:1], min(self.columns.values(), default=0)))
        return f"{self.sheet}!{column_letters(col)}{self.row + 1}"


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a sheet, blank ones left out, and what is wrong with the sheet itself."""

    lines: tuple[Line, ...]
    flaws: tuple[Flaw, ...] = ()


def read_grid(book: Workbook, plan: SheetPlan) -> Grid:
    """The lines of the sheet that `plan` describes."""
    sheet = next((s for s in book.sheets if fold(s.name) == fold(plan.name)), None)
    if sheet is None:
        return Grid((), (Flaw((), "no_sheet", found=plan.name, at=plan.name),))
    if plan.shape is Shape.VALUES:
        return _values(sheet, plan)
    wanted = {fold(f.header): f for f in plan.fields if f.kind != "matrix"}
    head = max(range(len(sheet.rows)), key=lambda row: (_hits(sheet.rows[row], wanted), -row), default=None)
    if head is None or _hits(sheet.rows[head], wanted) < ENOUGH * len(wanted):
        headers = ", ".join(f.header for f in wanted.values())
        return Grid((), (Flaw((), "no_headings", expected=headers, at=f"{plan.name}!A1"),))
    return _table(sheet, plan, wanted, head)


def _hits(row: Sequence[Cell], wanted: Mapping[str, Field]) -> int:
    return len({fold(plain(cell)) for cell in row} & set(wanted))


def _table(sheet: Sheet, plan: SheetPlan, wanted: Mapping[str, Field], head: int) -> Grid:
    flaws: list[Flaw] = []
    columns: dict[Key, int] = {}
    matrix: dict[int, str] = {}
    grid = next((f.key for f in plan.fields if f.kind == "matrix"), None)
    body = sheet.rows[head + 1 :]
    for col, cell in enumerate(sheet.rows[head]):
        header = plain(cell)
        entry = wanted.get(fold(header))
        at = f"{plan.name}!{column_letters(col)}{head + 1}"
        if entry is not None and (entry.key,) not in columns:
            columns[(entry.key,)] = col
        elif entry is not None:
            flaws.append(Flaw((), "heading_twice", found=header, at=at))
        elif header and grid is not None:
            matrix[col] = header
        elif any(plain(row[col]) for row in body if col < len(row)):
            near = get_close_matches(header, [f.header for f in wanted.values()], n=3, cutoff=0.4)
            known = ", ".join(near or [f.header for f in wanted.values()])
            flaws.append(Flaw((), "unknown_heading", found=header, expected=known, at=at))
    for entry in wanted.values():
        if (entry.key,) not in columns:
            flaws.append(Flaw((), "no_heading", found=entry.header, at=f"{plan.name}!A{head + 1}"))
    lines = []
    keyed = dict(columns)
    if grid is not None:
        keyed |= {(grid, name): col for col, name in matrix.items()}
    for row, cells in enumerate(body, start=head + 1):
        mine = {key[0]: cells[col] for key, col in columns.items() if col < len(cells)}
        marks = {name: cells[col] for col, name in matrix.items() if col < len(cells)}
        if not any(plain(cell) for cell in (*mine.values(), *marks.values())):
            continue
        line = Line(plan.name, row, mine, keyed, marks)
        flaws += [
            Flaw((), "broken", found=str(cells[col]), at=line.place(key)) for key, col in keyed.items() if _broken(cells, col)
        ]
        lines.append(line)
    return Grid(tuple(lines), tuple(flaws))


def _broken(cells: Sequence[Cell], col: int) -> bool:
    return col < len(cells) and isinstance(cells[col], Broken)


def _values(sheet: Sheet, plan: SheetPlan) -> Grid:
    """Item and value side by side, in whatever columns they stand."""
    words = load_plan().words
    named = {fold(words["item"]), fold(words["value"])}
    head = next((n for n, row in enumerate(sheet.rows) if named <= {fold(plain(cell)) for cell in row}), None)
    if head is None:
        return Grid((), (Flaw((), "no_headings", expected=f"{words['item']}, {words['value']}", at=f"{plan.name}!A1"),))
    texts = [fold(plain(cell)) for cell in sheet.rows[head]]
    item, value = texts.index(fold(words["item"])), texts.index(fold(words["value"]))
    flaws: list[Flaw] = []
    lines: dict[str, Line] = {}
    headers = {fold(f.header): f.header for f in plan.fields}
    for number, cells in enumerate(sheet.rows[head + 1 :], start=head + 1):
        name = plain(cells[item])
        if not name and not plain(cells[value]):
            continue
        at = f"{plan.name}!{column_letters(item)}{number + 1}"
        header = headers.get(fold(name))
        if header is None:
            near = get_close_matches(name, list(headers.values()), n=3, cutoff=0.4) or list(headers.values())
            flaws.append(Flaw((), "unknown_item", found=name, expected=", ".join(near), at=at))
        elif header in lines:
            flaws.append(Flaw((), "heading_twice", found=name, at=at))
        else:
            lines[header] = Line(plan.name, number, {"": cells[value]}, {("",): value}, header=header)
            if isinstance(cells[value], Broken):
                flaws.append(Flaw((), "broken", found=str(cells[value]), at=lines[header].place(("",))))
    for field_ in plan.fields:
        if field_.header not in lines:
            flaws.append(Flaw((), "no_item", found=field_.header, at=plan.name))
    return Grid(tuple(lines.values()), tuple(flaws))
