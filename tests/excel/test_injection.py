"""No text of a roster becomes a formula, a link, a code or markup, wherever it stands."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrbook.core.fault import Fault
from hrbook.excel.cells import link_formula
from hrbook.excel.clean import GETA, clean_text
from hrbook.excel.names import sheet_name
from hrbook.excel.pages import band
from hrbook.excel.writer import render
from hrbook.sheets.book import (
    Book,
    Cell,
    Chart,
    DataColumn,
    DataSheet,
    Formula,
    Link,
    ListCheck,
    Page,
    Run,
    Series,
    Sheet,
)
from hrbook.styles import load_styles

PAYLOADS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "{=1+1}",
    "＝1+1",
    '=HYPERLINK("http://example.invalid","x")',
    "http://example.invalid/",
    "https://example.invalid/",
    "ftp://example.invalid/",
    "mailto:a@example.invalid",
    "file:///etc/passwd",
    "internal:'x'!A1",
    "external:other.xlsx",
    "001234",
    "1e5",
    "TRUE",
    "#N/A",
    "<r><t>a</t></r>",
    "<r>&broken</r>",
    "</t></si><si><t>x",
    "]]>",
    "_x0041_",
    "&amp;&#65;",
    "A!B1",
    "&G&P&[Picture]",
    "\"quoted\", and 'more'",
)
FORMULA = re.compile(r"<f[ >]")


def render_one(*sheets: Sheet | DataSheet) -> bytes:
    book = Book("p", "t", "", "", "", sheets)
    data = render(book, load_styles())
    assert data == render(book, load_styles(), "plain")
    return data


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def expected(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_texts_in_cells_stay_texts() -> None:
    looks = ("td", "td_wrap", "", "name")
    cells = [Cell(row, col, text, look) for row, text in enumerate(PAYLOADS) for col, look in enumerate(looks)]
    merged = [Cell(100 + 2 * row, 0, text, "td", rows=2, cols=3, note=text) for row, text in enumerate(PAYLOADS)]
    runs = [Cell(row, 4, text, "td", runs=(Run(text, "bold"), Run(text))) for row, text in enumerate(PAYLOADS)]
    single = [Cell(row, 5, text, runs=(Run(text, "bold"),)) for row, text in enumerate(PAYLOADS)]
    data = render_one(Sheet("s", (400,) * 6, [*cells, *merged, *runs, *single], Page()))
    found = parts(data)
    assert not FORMULA.search(found["xl/worksheets/sheet1.xml"])
    assert "<hyperlink" not in found["xl/worksheets/sheet1.xml"]
    assert not any("relationships/hyperlink" in text for text in found.values())
    sheet = openpyxl.load_workbook(io.BytesIO(data))["s"]
    for row, text in enumerate(PAYLOADS, start=1):
        for col in (1, 3, 4, 6):
            value = sheet.cell(row, col).value
            assert value == ("" if text == "" else expected(text)) and isinstance(value, str)
            assert sheet.cell(row, col).data_type == "s"
        assert sheet.cell(row, 5).value == expected(text) * 2
        assert sheet.cell(99 + 2 * row, 1).value == expected(text)


def test_texts_in_data_sheets_stay_texts() -> None:
    columns = (DataColumn("=見出し", "text", 20), DataColumn("http://x.invalid", "text", 20))
    data = render_one(DataSheet("d", columns, [(text, text) for text in PAYLOADS], Page()))
    assert not FORMULA.search(parts(data)["xl/worksheets/sheet1.xml"])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["d"]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [expected(text) for text in PAYLOADS]
    assert sheet["A1"].value == "=見出し" and sheet["A1"].data_type == "s"


def test_links_hold_their_text_as_a_string() -> None:
    target = sheet_name("人の'シート")
    cells = [Cell(row, 0, text, "td", link=Link(target, "B2")) for row, text in enumerate(PAYLOADS)]
    data = render_one(Sheet("s", (20,), cells, Page()), Sheet(target, (9,), [Cell(0, 0, "x")], Page()))
    shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["s"]
    formulas = openpyxl.load_workbook(io.BytesIO(data))["s"]
    for row, text in enumerate(PAYLOADS, start=1):
        assert shown.cell(row, 1).value == expected(text)
        quoted = expected(text).replace('"', '""')
        assert formulas.cell(row, 1).value == f"=HYPERLINK(\"#'人の''シート'!B2\",\"{quoted}\")"


def test_a_link_too_long_for_a_formula_is_plain_text() -> None:
    data = render_one(Sheet("s", (20,), [Cell(0, 0, "あ" * 256, "td", link=Link("s"))], Page()))
    assert openpyxl.load_workbook(io.BytesIO(data))["s"]["A1"].value == "あ" * 256
    assert link_formula("s", "A1", 'a"b') == '=HYPERLINK("#\'s\'!A1","a""b")'


def test_only_texts_can_be_links() -> None:
    with pytest.raises(ValueError, match="only a text"):
        render_one(Sheet("s", (20,), [Cell(0, 0, 5, link=Link("s"))], Page()))


@pytest.mark.parametrize("text", PAYLOADS)
def test_headers_show_texts_and_nothing_else(text: str) -> None:
    styles = load_styles()
    page = Page(header=(text, "", ""), footer=("{page} / {pages}", text, ""))
    data = render_one(Sheet("s", (9,), [Cell(0, 0, "x")], page))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["s"]
    assert sheet.oddFooter.left.text == "&P / &N"
    code = band(("", text, ""), styles).removeprefix(f'&C&8&"{styles.fonts.normal},Regular"&K{styles.colour("sub")}')
    assert "&" not in code.replace("&&", "")
    shown = code.replace("&&", "&").replace("＆", "&")
    assert shown == re.sub("\n", " ", expected(text))


def test_long_headers_are_shortened_not_lost() -> None:
    code = band(("左" * 200, "{page}", "右" * 100), load_styles())
    assert len(code) <= 255 and "…" in code and "&P" in code and "右" in code


def test_chart_names_are_no_references() -> None:
    for name in ("x!A1", "=s!$A$1", "=1+1"):
        series = Series(name, ("s", 0, 0, 1, 0), ("s", 0, 1, 1, 1), "blue")
        chart = Chart(3, 0, "bar", (series,), 300, 200, f"説明 {name}")
        cells = [Cell(0, 0, "a"), Cell(0, 1, 1), Cell(1, 0, "b"), Cell(1, 1, 2)]
        found = parts(render_one(Sheet("s", (9, 9), cells, Page(), charts=(chart,))))
        formulas = ElementTree.fromstring(found["xl/charts/chart1.xml"]).iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/chart}f"
        )
        assert [formula.text for formula in formulas] == ["s!$A$1:$A$2", "s!$B$1:$B$2"]


@pytest.mark.parametrize("items", [("a,b",), ('a"b',), (), ("あ" * 128, "い" * 128), ("a\nb",), (" ",), ("a\x01",)])
def test_lists_that_would_break_are_refused(items: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="source"):
        render_one(Sheet("s", (9,), [], Page(), checks=(ListCheck(0, 0, 0, 0, items),)))


def test_a_source_is_a_reference() -> None:
    with pytest.raises(ValueError, match="source"):
        render_one(Sheet("s", (9,), [], Page(), checks=(ListCheck(0, 0, 0, 0, source="a,b"),)))


def test_control_characters_leave_a_mark() -> None:
    assert clean_text("a\x00b\x1fc\x7f\x85\ud800\uffff") == f"a{GETA}b{GETA}c{GETA * 4}"
    assert clean_text("a\tb\r\nc\rd") == "a\tb\nc\nd"
    data = render_one(Sheet("s", (9,), [Cell(0, 0, "a\x02b", note="n\x03")], Page()))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["s"]
    assert sheet["A1"].value == f"a{GETA}b" and f"n{GETA}" in sheet["A1"].comment.text


def test_texts_are_never_cut() -> None:
    fits = "𠮷" * 16383 + "a"
    data = render_one(Sheet("s", (9,), [Cell(0, 0, fits)], Page()))
    assert openpyxl.load_workbook(io.BytesIO(data))["s"]["A1"].value == fits
    for cell in (Cell(2, 1, fits + "b"), Cell(2, 1, None, runs=(Run(fits), Run("b"))), Cell(2, 1, Formula('""', fits + "b"))):
        with pytest.raises(Fault) as caught:
            render_one(Sheet("s", (9,), [cell], Page()))
        assert caught.value.facts["row"] == 3 and caught.value.facts["column"] == 2


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=30), min_size=1, max_size=8))
def test_any_text_comes_back(texts: list[str]) -> None:
    cells = [Cell(row, 0, text, "td") for row, text in enumerate(texts)]
    found = parts(render_one(Sheet("s", (9,), cells, Page())))
    assert not FORMULA.search(found["xl/worksheets/sheet1.xml"])
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    root = ElementTree.fromstring(found["xl/sharedStrings.xml"])
    shared = ["".join(node.text or "" for node in item.iter(f"{name}t")) for item in root.iter(f"{name}si")]
    cell_refs = [int(v.text or 0) for v in ElementTree.fromstring(found["xl/worksheets/sheet1.xml"]).iter(f"{name}v")]
    assert [shared[index] for index in cell_refs] == [
        re.sub("(_x[0-9a-fA-F]{4}_)", r"_x005F\1", clean_text(text)) for text in texts
    ]
