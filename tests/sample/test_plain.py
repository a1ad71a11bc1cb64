"""The plain workbook, read back by another library: types, looks, and nothing that is computed."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from hrbook.excel.plain import LINE, NARROW, WIDE, column_width, line_count, text_width, write_tables
from hrbook.sample.tables import Table

ROWS = (
    ("00123", "葛\U000e0100城　\U00020bb7", date(2026, 4, 1), 5, 1.5, None),
    ("=1+1", "+81", date(1964, 4, 2), 0, -2, "注"),
)
TABLE = Table("職員", "一行", ("職員番号", "氏名", "日付", "数", "値", "備考"), ROWS)


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(write_tables((TABLE, Table("空", "なし", ("見出し",), ())), "題", "架空")))


def test_values_keep_their_type(book):
    cells = [[cell.value for cell in row] for row in book["職員"].iter_rows(min_row=2)]
    assert [row.pop(2).date() for row in cells] == [date(2026, 4, 1), date(1964, 4, 2)]
    assert cells[0] == ["00123", "葛\U000e0100城　\U00020bb7", 5, 1.5, None]
    assert cells[1][:2] == ["=1+1", "+81"]
    assert [cell.data_type for cell in book["職員"][3]][:4] == ["s", "s", "d", "n"]


def test_header_filter_and_panes(book):
    sheet = book["職員"]
    head = sheet["A1"]
    assert (head.font.name, head.font.size, head.font.b, head.font.color.rgb) == ("BIZ UDゴシック", 11, True, "FFFFFFFF")
    assert head.fill.fgColor.rgb == "FF17375E"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:F3")
    assert sheet["C2"].number_format == "yyyy-mm-dd"
    assert [cell.value for cell in book["空"][1]] == ["見出し"]


def test_properties_carry_title_and_note_and_no_clock(book):
    properties = book.properties
    assert (properties.title, properties.description, properties.created.date()) == ("題", "架空", date(2026, 4, 1))


def test_same_tables_same_bytes():
    assert write_tables((TABLE,), "題", "架空") == write_tables((TABLE,), "題", "架空")


def test_no_formula_anywhere():
    package = zipfile.ZipFile(io.BytesIO(write_tables((TABLE,), "題", "架空")))
    assert not any(b"<f>" in package.read(name) for name in package.namelist())


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("職員", 4), ("ｱｲ", 2), ("葛\U000e0100", 2), ("", 0)])
def test_text_width(text, width):
    assert text_width(text) == width


def test_column_widths_are_bounded():
    assert column_width("a", []) == NARROW
    assert column_width("職員番号", ["x"]) == 11
    assert column_width("a", ["あ" * 15, None, date(2026, 4, 1)]) == 32
    assert column_width("a", ["あ" * 300]) == WIDE


def test_long_text_wraps_and_its_row_grows():
    long = Table("長", "n", ("見出し",), (("短い",), ("あ" * 100,)))
    sheet = openpyxl.load_workbook(io.BytesIO(write_tables((long,), "題", "架空")))["長"]
    assert line_count("あ" * 100) == 3 and line_count("短い") == 1
    assert sheet.row_dimensions[3].height == 3 * LINE
    assert sheet["A3"].alignment.wrap_text
