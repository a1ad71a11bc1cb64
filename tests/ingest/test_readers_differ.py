"""Where a fast reader may drop or choose something, that is known: no content of the file vanishes without a word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hrbook.ingest.roster import How, RosterBooks, roster_of
from hrbook.ingest.workbook import DroppedCell, parse_workbook
from tests.ingest.conftest import HEAD, person


def changed(path: Path, old: str, new: str) -> bytes:
    """The workbook with `old` replaced in its first sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            if name.endswith("sheet1.xml"):
                assert old in text
                text = text.replace(old, new)
            target.writestr(name, text)
    return stream.getvalue()


def test_a_wrong_dimension_loses_no_row(write: Callable[..., Path]) -> None:
    path = write({"職員名簿": [HEAD, person("001"), person("002")]})
    book = parse_workbook(changed(path, '<dimension ref="A1:H3"/>', '<dimension ref="A1"/>'), "a.xlsx")
    assert [row[0] for row in book.sheets[0].rows] == ["職員番号", "001", "002"]


def test_a_cell_that_stands_twice_is_no_value(write: Callable[..., Path], policy: Any) -> None:
    path = write({"職員名簿": [HEAD, person("001")]})
    again = '<c r="F2" t="inlineStr"><is><t>部長</t></is></c><c r="G2"'
    data = changed(path, '<c r="G2"', again)
    book = parse_workbook(data, "a.xlsx")
    cell = book.sheets[0].rows[1][5]
    assert cell == "部長" and type(cell) is DroppedCell
    roster, findings = roster_of(RosterBooks(book), policy, How())
    assert [(f.code, f.cell, f.found) for f in findings] == [("HR216", "F2", "部長")]
    assert roster.employees[0].rank is None


@pytest.mark.parametrize("hidden", ["1", "true"])
def test_hidden_rows_are_known(write: Callable[..., Path], hidden: str) -> None:
    path = write({"職員名簿": [HEAD, person("001")]})
    book = parse_workbook(changed(path, '<row r="2"', f'<row hidden="{hidden}" r="2"'), "a.xlsx")
    assert book.sheets[0].hidden_rows == (1,)
