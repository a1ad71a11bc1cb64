"""A small clean city as a grid of cells that know where they end up, and its workbook."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

ROSTER, ORDERS, COURSES, LEAVES, UNITS = "職員名簿", "異動履歴", "研修履歴", "休業等", "組織"
HEADS = {
    ROSTER: (
        *("職員番号", "氏名", "フリガナ", "生年月日", "採用年月日", "任用区分", "職種", "職名"),
        *("現職層開始日", "部", "課", "係", "在職状況", "備考"),
    ),
    ORDERS: ("職員番号", "氏名", "発令日", "部", "課", "係", "職名", "異動区分"),
    COURSES: ("職員番号", "研修名", "修了日", "結果"),
    LEAVES: ("職員番号", "区分", "開始日", "終了日"),
    UNITS: ("所属コード", "部", "課", "開始日"),
}
BUREAUS = {"総務部": ("人事課", "財政課"), "市民部": ("市民課", "保険年金課"), "子ども家庭部": ("子育て推進課", "保育課")}
SURNAMES = ("架空", "仮名", "想像", "試験", "見本", "例文")
GIVEN = ("太郎", "花子", "一郎", "良子", "健", "美咲", "翔", "結衣")
DONE = ("新任研修", "問題解決", "目標設定")


@dataclass(eq=False)
class Cell:
    """One cell: its value and how it looks. Two cells are never the same one."""

    value: Any
    format: str = ""
    strike: bool = False
    grey: bool = False


@dataclass
class Grid:
    """One sheet: rows of cells, merges as pairs of cells, hidden rows and columns by one of their cells."""

    name: str
    rows: list[list[Cell]]
    merges: list[tuple[Cell, Cell]] = field(default_factory=list)
    hidden_rows: list[Cell] = field(default_factory=list)
    hidden_columns: list[Cell] = field(default_factory=list)

    @property
    def head(self) -> list[Cell]:
        return self.rows[0]

    def column(self, heading: str) -> int:
        return next(n for n, cell in enumerate(self.head) if cell.value == heading)

    def at(self, row: list[Cell], heading: str) -> Cell:
        return row[self.column(heading)]


@dataclass
class City:
    """All sheets. `places` finds the address of every cell after the defects were planted."""

    grids: dict[str, Grid]
    from_1904: bool = False

    def places(self) -> dict[int, tuple[str, str]]:
        return {
            id(cell): (grid.name, f"{get_column_letter(c)}{r}")
            for grid in self.grids.values()
            for r, row in enumerate(grid.rows, 1)
            for c, cell in enumerate(row, 1)
        }

    def cells(self) -> int:
        return sum(1 for grid in self.grids.values() for row in grid.rows for cell in row if cell.value is not None)

    def workbook(self) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        if self.from_1904:
            book.epoch = CALENDAR_MAC_1904
        for grid in self.grids.values():
            sheet = book.create_sheet(grid.name)
            where = {}
            for r, row in enumerate(grid.rows, 1):
                for c, cell in enumerate(row, 1):
                    where[id(cell)] = (r, c)
                    if cell.value is None and not (cell.strike or cell.grey):
                        continue
                    made = sheet.cell(r, c, cell.value)
                    if cell.format:
                        made.number_format = cell.format
                    if cell.strike:
                        made.font = Font(strike=True)
                    if cell.grey:
                        made.fill = PatternFill("solid", fgColor="FFBFBFBF")
            for one, other in grid.merges:
                (top, left), (bottom, right) = where[id(one)], where[id(other)]
                sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
            for cell in grid.hidden_rows:
                sheet.row_dimensions[where[id(cell)][0]].hidden = True
            for cell in grid.hidden_columns:
                sheet.column_dimensions[get_column_letter(where[id(cell)][1])].hidden = True
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()


def clean_city(seed: int, staff: int = 24) -> City:
    """A city without any fault: everybody hired on 1 April, promoted and moved in order."""
    dice = random.Random(seed)
    people, orders, courses, leaves = [], [], [], []
    for number in range(1, staff + 1):
        staff_id = f"{number * 37:06d}"
        name = f"{dice.choice(SURNAMES)}\u3000{dice.choice(GIVEN)}"
        hired = date(dice.randint(2008, 2019), 4, 1)
        birth = date(hired.year - dice.randint(22, 30), dice.randint(4, 12), dice.randint(2, 28))
        promoted = date(hired.year + 5, 4, 1)
        bureau = dice.choice(sorted(BUREAUS))
        department = dice.choice(BUREAUS[bureau])
        first = dice.choice(sorted(BUREAUS))
        people.append(
            (
                *(staff_id, name, "カクウ\u3000タロウ", birth, hired, "正規", "一般事務", "主任", promoted),
                *(bureau, department, f"{department[:-1]}係", "在職", None),
            )
        )
        units = [(first, dice.choice(BUREAUS[first])), (bureau, department)]
        for day, (b, d), title, kind in zip((hired, promoted), units, ("主事", "主任"), ("採用", "昇任"), strict=True):
            orders.append((staff_id, name, day, b, d, f"{d[:-1]}係", title, kind))
        for place, course in enumerate(DONE):
            courses.append((staff_id, course, hired + timedelta(days=60 + 90 * place), "修了"))
        if number % 6 == 0:
            leaves.append((staff_id, "育児休業", date(2021, 4, 1), date(2022, 3, 31)))
    codes = ((b, d) for b, departments in BUREAUS.items() for d in departments)
    units = [(f"{1000 + n}", b, d, date(2000, 4, 1)) for n, (b, d) in enumerate(codes)]
    tables = {ROSTER: people, ORDERS: orders, COURSES: courses, LEAVES: leaves, UNITS: units}
    return City({name: _grid(name, HEADS[name], rows) for name, rows in tables.items()})


def _grid(name: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> Grid:
    return Grid(name, [[Cell(value) for value in row] for row in (head, *rows)])


def data_rows(city: City, name: str) -> Iterator[list[Cell]]:
    yield from city.grids[name].rows[1:]
