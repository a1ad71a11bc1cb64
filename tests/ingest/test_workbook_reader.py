"""Rows keep their numbers, values their types; error cells and unsaved formulas are no blanks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from hrbook.core.fault import Fault
from hrbook.ingest.workbook import ErrorCell, UnsavedFormula, parse_workbook, read_workbook


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with `old` replaced in its first sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name.endswith("sheet1.xml"):
                assert old in text
                text = text.replace(old, new)
            target.writestr(name, text)
    return stream.getvalue()


def test_types_and_true_row_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    sheet["B3"], sheet["C3"], sheet["D3"] = "001", 1234, 12.5
    sheet["B5"], sheet["C5"], sheet["D5"] = date(2025, 4, 1), datetime(2025, 4, 1, 9, 30), time(9, 30)  # noqa: DTZ001
    sheet["B6"], sheet["C6"] = True, " x "
    book.save(tmp_path / "a.xlsx")
    read = read_workbook(tmp_path / "a.xlsx").sheets[0]
    assert (read.name, read.width, read.hidden) == ("表", 4, False)
    assert read.rows[0] == read.rows[1] == (None,) * 5
    assert read.rows[2] == (None, "001", 1234, 12.5, None)
    assert type(read.rows[2][2]) is int
    assert read.rows[4] == (None, date(2025, 4, 1), date(2025, 4, 1), "09:30:00", None)
    assert type(read.rows[4][2]) is date
    assert read.rows[5] == (None, True, " x ", None, None)


def test_numbers_have_the_digits_that_excel_shows(write: Callable[..., Path]) -> None:
    row = read_workbook(write({"s": [[100001.00000000001, 0.1 + 0.2, 1e300, 2.5]]})).sheets[0].rows[0]
    assert row[:4] == (100001, 0.3, 1e300, 2.5) and type(row[0]) is int and type(row[2]) is float


def test_error_cells_and_unsaved_formulas_are_marked(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["C1"] = "a", "=TODAY()", '=VLOOKUP("<x>",A:B,2)'
    sheet["A2"] = "#N/A"
    sheet["F9"] = "=1/0"
    book.save(tmp_path / "a.xlsx")
    read = read_workbook(tmp_path / "a.xlsx").sheets[0]
    assert read.rows[0][1] == "=TODAY()" and type(read.rows[0][1]) is UnsavedFormula
    assert read.rows[0][2] == '=VLOOKUP("<x>",A:B,2)'
    assert read.rows[1][0] == "#N/A" and type(read.rows[1][0]) is ErrorCell
    assert read.rows[8][5] == "=1/0"
    assert read.broken_rows == {0, 1, 8}
    assert all(len(row) == read.width + 1 for row in read.rows if row is read.rows[0])


def test_saved_results_are_values(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet("s")
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("B1", '="x"&"y"', None, "xy")
        sheet.write_formula("C1", "=NA()", None, "#N/A")
    row = read_workbook(tmp_path / "a.xlsx").sheets[0].rows[0]
    assert row[:2] == (2, "xy")
    assert row[2] == "#N/A" and type(row[2]) is ErrorCell


def test_a_saved_empty_text_is_a_blank(write: Callable[..., Path]) -> None:
    """Excel saves the result "" as an empty value of a text cell."""
    data = changed(
        write({"s": [["x", "y"]]}).read_bytes(),
        b'<c r="B1" t="inlineStr"><is><t>y</t></is></c>',
        b'<c r="B1" t="str"><f>IF(1,"","x")</f><v></v></c>',
    )
    assert parse_workbook(data, "a.xlsx").sheets[0].rows[0][:2] == ("x", None)


def test_the_1904_epoch_is_read_from_the_workbook(write: Callable[..., Path]) -> None:
    book = read_workbook(write({"s": [[date(2025, 4, 1), 44286]]}, from_1904=True))
    assert book.from_1904
    assert book.sheets[0].rows[0][:2] == (date(2025, 4, 1), 44286)


def test_merges_hidden_sheets_and_charts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].merge_cells("B2:D3")
    book.worksheets[0]["B2"] = "x"
    book.create_sheet("hidden").sheet_state = "hidden"
    book.create_chartsheet("chart")
    book.save(tmp_path / "a.xlsx")
    sheets = read_workbook(tmp_path / "a.xlsx").sheets
    assert [(s.name, s.hidden) for s in sheets] == [("Sheet", False), ("hidden", True)]
    assert sheets[0].merges == (((1, 1), (2, 3)),)


def test_reader_errors_become_faults(write: Callable[..., Path]) -> None:
    data = changed(write({"s": [["x"]]}).read_bytes(), b"</row></sheetData>", b"<row")
    with pytest.raises(Fault) as caught:
        parse_workbook(data, "a.xlsx")
    assert (caught.value.key, caught.value.facts["file"]) == ("file_damaged", "a.xlsx")


def test_a_panic_of_the_reader_becomes_a_fault(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        pass

    def panics(_: object) -> None:
        raise Panic("index out of bounds")

    data = write({"s": [["x"]]}).read_bytes()
    monkeypatch.setattr("hrbook.ingest.reader.load_workbook", panics)
    with pytest.raises(Fault) as caught:
        parse_workbook(data, "a.xlsx")
    assert caught.value.key == "file_damaged"
