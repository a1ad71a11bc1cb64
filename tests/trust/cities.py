"""Small generated cities whose names and numbers are hard to tell apart, built for real: every book must pass the guard, and
one planted outsider a city must not. Names are places, parts of other names, shared, Latin or one letter long; numbers look
like years, days, counts, codes; people write of each other in their wishes."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from pathlib import Path

from hrbook import batch, judging
from hrbook.guard.leak import Guard, opened
from hrbook.guard.people import everybody
from hrbook.guard.public import public_texts
from hrbook.options import Options
from hrbook.parts import DepartmentBook
from hrbook.sample.tables import Row, Table
from tests.trust.channels import CHANNELS, planted
from tests.trust.smallest import smallest, write_roster

SURNAMES = (
    "林",
    "小林",
    "森",
    "東",
    "山",
    "市",
    "大和",
    "課",
    "佐藤",
    "髙橋",
    "渡邉",
    "渡辺",
    "課長",
    "中",
    "西",
    "会計",
    "研修",
    "𠮷田",
    "神",
)
GIVEN = (
    "一",
    "一郎",
    "林",
    "山",
    "二",
    "田",
    "健",
    "太郎",
    "美咲",
    "実",
    "職員",
    "計画",
    "正",
    "課",
    "翔",
    "あい",
    "サラ",
    "一般",
)
READINGS = (
    ("アイ", "アイ"),
    ("ケン", "シュウ"),
    ("コウ", "エイ"),
    ("イ", "シイ"),
    ("カイ", "ケイ"),
    ("ハヤシ", "イチ"),
    ("コバヤシ", "イチロウ"),
)
WHOLE = ("SMITH JOHN", "Li An", "陳", "ソ・ヨン", "王　一", "Ａｎ　Ｌｅｅ", "東山", "グエン ヴァン アン", "Lee", "総務　課")
NUMBERS = (
    "{:05d}",
    "{:03d}",
    "20{:02d}",
    "A10{:02d}",
    "12-{:03d}",
    "{:06d}",
    "46{:03d}",
    "職{:02d}",
    "{}",
    "E{:02d}",
    "R{:d}",
    "00{:05d}",
)


@dataclass(frozen=True)
class City:
    """What came of one city."""

    books: int
    alarms: tuple[str, ...]
    caught: bool


def run_city(seed: int, folder: Path) -> City:
    """Make one city, judge it, write its books and search them."""
    dice = random.Random(seed)
    roster = write_roster(folder / "roster.xlsx", disguised(smallest(seed), dice))
    loaded = judging.load(Options(roster, by_bureau=seed % 4 == 0, clock_year=2026))
    public = public_texts(loaded.assessment, loaded.departments, loaded.labels, loaded.facts)
    guard = Guard(everybody(loaded.assessment.roster), public)
    paths = batch.book_paths(loaded.departments, loaded.labels)
    alarms: list[str] = []
    last = None
    for department in loaded.departments:
        part = DepartmentBook(paths[department.key], batch.view_of(loaded, department))
        data, readers = part.make(), part.readers
        alarms += [f"{seed} {part.path} {leak}" for leak in guard.check(opened(data), readers)]
        last = (data, readers)
    data, readers = last
    number = "no-such-00777"
    stranger = Guard(
        (*everybody(loaded.assessment.roster), replace(everybody(loaded.assessment.roster)[0], number=number)), public
    )
    book = planted(data, CHANNELS[dice.choice(sorted(CHANNELS))], number)
    return City(len(loaded.departments), tuple(alarms), bool(stranger.check(opened(book), readers)))


def disguised(tables: tuple[Table, ...], dice: random.Random) -> tuple[Table, ...]:
    """The roster under other names and numbers, with words on one another."""
    staff = next(t for t in tables if t.columns[:3] == ("職員番号", "氏名", "フリガナ"))
    style = dice.choice(NUMBERS)
    numbers = {row[0]: style.format(n) for n, row in enumerate(staff.rows, dice.randrange(1, 60))}
    names = {row[0]: _name(dice) for row in staff.rows}
    return tuple(_renamed(table, numbers, names, dice) for table in tables)


def _renamed(table: Table, numbers: dict[object, str], names: dict[object, tuple[str, str]], dice: random.Random) -> Table:
    if table.columns[0] != "職員番号":
        return table
    rows: list[Row] = []
    for row in table.rows:
        new = [numbers[row[0]], *row[1:]]
        if table.columns[1] == "氏名":
            new[1:3] = names[row[0]]
        for heading in {"希望理由", "配慮事項", "備考"} & set(table.columns):
            if dice.random() < 0.3:
                other = dice.choice(sorted(map(str, names)))
                new[table.columns.index(heading)] = f"{names[other][0]}（{numbers[other]}、a.{other}@city.example.jp）と相談"
        rows.append(tuple(new))
    return Table(table.name, table.note, table.columns, tuple(rows))


def _name(dice: random.Random) -> tuple[str, str]:
    reading = "　".join(dice.choice(READINGS))
    if dice.random() < 0.2:
        return dice.choice(WHOLE), reading
    return dice.choice(SURNAMES) + dice.choice(("　", " ", "")) + dice.choice(GIVEN), reading
