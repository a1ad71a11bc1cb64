"""Small workbooks, written with openpyxl, that the tests of the reader open as real files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from hrbook.core.finding import Finding
from hrbook.core.policy import Policy
from hrbook.core.roster import Employee, Roster
from hrbook.ingest.policy import load_policy
from hrbook.ingest.roster import How, RosterBooks, roster_of
from hrbook.ingest.workbook import parse_workbook

Rows = Sequence[Sequence[Any]]
HEAD = ("職員番号", "氏名", "生年月日", "採用年月日", "職種", "職名", "部", "課")
BORN, HIRED = date(1995, 5, 1), date(2018, 4, 1)


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy("tachikawa-3")[0]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def make(sheets: Mapping[str, Rows], name: str = "roster.xlsx", from_1904: bool = False) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        if from_1904:
            book.epoch = CALENDAR_MAC_1904
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return make


@dataclass
class Read:
    """A roster that was read, with questions that tests ask."""

    roster: Roster
    findings: tuple[Finding, ...]

    def person(self, staff_id: str = "001") -> Employee:
        return next(e for e in self.roster.employees if e.staff_id == staff_id)

    def cells(self, code: str) -> list[str]:
        return [f.cell for f in self.findings if f.code == code]

    def codes(self) -> list[str]:
        return sorted({f.code for f in self.findings})


@pytest.fixture
def read(write: Callable[..., Path], policy: Policy) -> Callable[..., Read]:
    def make(sheets: Mapping[str, Rows], *, from_1904: bool = False, **options: Any) -> Read:
        path = write(sheets, from_1904=from_1904)
        books = RosterBooks(parse_workbook(path.read_bytes(), path.name))
        roster, findings = roster_of(books, policy, How(**options))
        return Read(roster, findings)

    return make


def person(staff_id: Any = "001", **change: Any) -> tuple[Any, ...]:
    """A clean roster row under HEAD; `change` names cells by heading."""
    row = dict(zip(HEAD, (staff_id, "架空　太郎", BORN, HIRED, "一般事務", "主任", "総務部", "人事課"), strict=True))
    row.update(change)
    return tuple(row.values())
