"""A copy of somebody's own workbook: colours, comments and a sheet of findings are added, nothing else changes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from hrbook.excel.marked import Mark, marked_copy
from hrbook.excel.marked.front import Front, FrontRow
from hrbook.excel.marked.parts import Parts

FRONT = Front(
    "確認", "名簿の確認結果", ["一行目"], (("重さ", 8.0), ("場所", 20.0)), [FrontRow(("注意", "s!B2"), "warning", "'s'!B2")], 1
)
MARKS = [
    Mark("s", "B2", "warning", "HR201 <読めない>"),
    Mark("s", "B2", "note", "HR205"),
    Mark("s", "D9", "error", "空"),
    Mark("s", "7", "note", "行"),
]


def rich() -> bytes:
    """A workbook with what libraries lose: a sparkline, a text box, a chart, a comment, a saved result, conditional formats."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, other = book.add_worksheet("s"), book.add_worksheet("表 '2'x")
        bold = book.add_format({"bold": True, "num_format": "[$-411]ge.m.d"})
        sheet.write_number("B2", 45748, bold)
        sheet.write_formula("C2", "=B2+1", None, 45749)
        sheet.write_string("A9", "x")
        sheet.write_comment("A9", "HR の元のメモ")
        sheet.insert_textbox("F2", "テキスト")
        sheet.add_sparkline("E2", {"range": "s!A1:C1"})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=s!$B$2:$B$3"})
        sheet.insert_chart("F9", chart)
        sheet.conditional_format("B2:B9", {"type": "data_bar", "data_bar_2010": True})
        other.write_string("A1", "y")
        other.repeat_rows(0)
        other.activate()
    return buffer.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_cells_are_coloured_and_keep_their_look() -> None:
    book = opened(marked_copy(rich(), MARKS, FRONT, "hrbook"))
    assert book.sheetnames == ["確認", "s", "表 '2'x"]
    sheet = book["s"]
    assert (sheet["B2"].fill.fgColor.rgb, sheet["B2"].font.b, sheet["B2"].number_format) == ("FFFDECC8", True, "[$-411]ge.m.d")
    assert sheet["D9"].fill.fgColor.rgb == "FFFADBC9" and sheet["A9"].fill.fgColor.rgb == "00000000"


def test_comments_join_those_that_are_there() -> None:
    sheet = opened(marked_copy(rich(), [*MARKS, Mark("s", "A9", "note", "ours")], FRONT, "hrbook"))["s"]
    assert sheet["B2"].comment.text == "HR201 <読めない>\nHR205"
    assert sheet["A9"].comment.text == "HR の元のメモ"
    assert sheet["D9"].comment.text == "空"


def test_everything_else_stays_byte_for_byte() -> None:
    before, after = parts(rich()), parts(marked_copy(rich(), MARKS, FRONT, "hrbook"))
    changed = {name for name in before if after.get(name) != before[name]}
    assert changed == {
        *("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/comments1.xml"),
        *("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/drawings/vmlDrawing1.vml"),
    }
    sheet = after["xl/worksheets/sheet1.xml"].decode()
    assert "sparklineGroup" in sheet and "<v>45749</v>" in sheet and "x14:dataBar" in sheet
    assert before["xl/worksheets/sheet2.xml"].replace(b' tabSelected="1"', b"") == after["xl/worksheets/sheet2.xml"]


def test_the_findings_sheet_is_first_open_and_linked() -> None:
    book = opened(marked_copy(rich(), MARKS, FRONT, "hrbook"))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet["A"]] == ["名簿の確認結果", "一行目", None, "重さ", "注意"]
    assert sheet["B5"].hyperlink.location == "'s'!B2" and sheet["A5"].fill.fgColor.rgb == "FFFDECC8"
    assert book.active is sheet and [s.sheet_view.tabSelected for s in book.worksheets].count(True) == 1
    assert book["表 '2'x"].print_title_rows == "$1:$1"


def test_the_same_input_gives_the_same_bytes() -> None:
    book = rich()  # made once: the library writes the second in which it saves
    assert marked_copy(book, MARKS, FRONT, "hrbook") == marked_copy(book, MARKS, FRONT, "hrbook")


def test_macros_and_signatures_are_left_out() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(rich())) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "[Content_Types].xml":
                text = text.replace(b"spreadsheetml.sheet.main+xml", b"X").replace(
                    b"application/vnd.openxmlformats-officedocument.X", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
                )
                text = text.replace(b"</Types>", b'<Override PartName="/xl/vbaProject.bin" ContentType="x/y"/></Types>')
            if name == "xl/_rels/workbook.xml.rels":
                text = text.replace(
                    b"</Relationships>", b'<Relationship Id="rIdV" Type="v" Target="vbaProject.bin"/></Relationships>'
                )
            target.writestr(name, text)
        target.writestr("xl/vbaProject.bin", b"macro")
        target.writestr("_xmlsignatures/sig1.xml", b"<s/>")
    assert Parts(buffer.getvalue()).left_out == ("_xmlsignatures/sig1.xml", "xl/vbaProject.bin")
    after = parts(marked_copy(buffer.getvalue(), MARKS, FRONT, "hrbook"))
    assert not [name for name in after if "vba" in name or "signatures" in name]
    assert all(b"vbaProject" not in data and b"macroEnabled" not in data for data in after.values())
    assert opened(marked_copy(buffer.getvalue(), MARKS, FRONT, "hrbook")).sheetnames[0] == "確認"


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_sheets_without_rows_styles_or_comments(prefix: str) -> None:
    """What other programs write: no styles part, prefixed names, empty sheets."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    own = f' xmlns:x="{space}"' if prefix else f' xmlns="{space}"'
    sheet = f"<{prefix}worksheet{own}><{prefix}sheetData/></{prefix}worksheet>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(rich())) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/worksheets/sheet2.xml":
                text = sheet.encode()
            target.writestr(name, text)
    book = opened(marked_copy(buffer.getvalue(), [Mark("表 '2'x", "C3", "error", "x")], FRONT, "hrbook"))
    assert book["表 '2'x"]["C3"].fill.fgColor.rgb == "FFFADBC9" and book["表 '2'x"]["C3"].comment.text == "x"


def test_a_name_that_is_taken_is_numbered() -> None:
    front = Front("S", "t", [], FRONT.head, [], 0)
    assert opened(marked_copy(rich(), [], front, "hrbook")).sheetnames[0] == "S2"
    assert re.match(rb"PK", marked_copy(rich(), [], front, "hrbook"))
