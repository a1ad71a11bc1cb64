"""Workbooks as they are read again: bytes, cells, print set-up, checks, charts, protection."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell
from python_calamine import CalamineWorkbook

from hrbook.core.fault import Fault
from hrbook.excel.writer import Engine, render
from hrbook.sheets.book import (
    Book,
    Cell,
    Chart,
    DataBar,
    DataColumn,
    DataSheet,
    DateCheck,
    ListCheck,
    NumberCheck,
    Page,
    Run,
    Series,
    Sheet,
    Value,
)
from hrbook.styles import load_styles

from .demo import PEOPLE, REASON, demo_book

HERE = Path(__file__)
DIGEST = "import hashlib,runpy;from hrbook.excel.writer import render;from hrbook.styles import load_styles;"


@pytest.fixture(scope="module")
def data() -> bytes:
    return render(demo_book(), load_styles())


@pytest.fixture(scope="module")
def book(data: bytes) -> Any:
    with pytest.warns(UserWarning):  # openpyxl says that it drops the extension for data bars
        return openpyxl.load_workbook(io.BytesIO(data))


def day(year: int, month: int) -> datetime:
    return datetime.combine(date(year, month, 1), time())


def one(*cells: Cell, **more: Any) -> Any:
    data = render(Book("p", "t", "", "", "", (Sheet("s", (10,), cells, Page(), **more),)), load_styles())
    return openpyxl.load_workbook(io.BytesIO(data))["s"]


def table(*rows: tuple[Value, ...], columns: tuple[DataColumn, ...]) -> Any:
    data = render(Book("p", "t", "", "", "", (DataSheet("d", columns, rows, Page()),)), load_styles())
    return openpyxl.load_workbook(io.BytesIO(data))["d"]


@pytest.mark.parametrize("engine", ["bulk", "plain"])
def test_same_book_same_bytes(data: bytes, engine: Engine) -> None:
    assert render(demo_book(), load_styles(), engine) == data


@pytest.mark.parametrize("environment", [{"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}, {"PYTHONHASHSEED": "2", "TZ": "UTC"}])
def test_same_bytes_in_another_process(data: bytes, environment: dict[str, str]) -> None:
    import hashlib
    import os

    code = f"{DIGEST}book=runpy.run_path({str(HERE.with_name('demo.py'))!r})['demo_book']();"
    code += "print(hashlib.sha256(render(book,load_styles())).hexdigest())"
    run = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment, "LC_ALL": "C"}, capture_output=True, check=True
    )
    assert run.stdout.decode().strip() == hashlib.sha256(data).hexdigest()


def test_another_reader_sees_the_same_values(data: bytes) -> None:
    read = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert read.sheet_names == [sheet.name for sheet in demo_book().sheets]
    rows = read.get_sheet_by_name("データ_職員").to_python()
    assert rows[0] == ["年度（西暦）", "職員番号", "氏名", "採用日", "受講率（％）"]
    assert rows[1] == [2026, "010021", "渡邉\U000e0101 誠一", date(1992, 4, 1), 98.5]
    assert rows[7][4] == "" and len(rows) == 1 + len(PEOPLE)
    staff = read.get_sheet_by_name("職員一覧").to_python()
    assert staff[11][5] == 7  # the cached value of the formula


def test_values_keep_their_types(book: Any) -> None:
    sheet = book["職員一覧"]
    assert sheet["A5"].value == "010021" and sheet["A5"].data_type == "s"
    assert sheet["E5"].value == day(1992, 4) and "ggge" in sheet["E5"].number_format
    assert sheet["F5"].value == 35 and sheet["F12"].value == "=COUNT(F5:F11)"
    assert str(sheet["H8"].value).replace("\n", "") == REASON and "\n" in str(sheet["H8"].value)
    assert sheet["I1"].value == '=HYPERLINK("#\'表紙\'!A1","◀ 表紙")'
    assert sheet["I1"].font.color.rgb == "FFFFFFFF" and sheet["I1"].fill.fgColor.rgb == "FF17375E"
    assert "同じ" in sheet["G7"].comment.text


def test_values_of_every_kind() -> None:
    sheet = one(
        Cell(0, 0, True),
        Cell(1, 0, 2.5, "td percent1"),
        Cell(2, 0, date(2026, 4, 1)),
        Cell(3, 0, date(1890, 4, 1), "td"),
        Cell(4, 0, None, "td"),
        Cell(5, 0, "", "td"),
        Cell(6, 0, 10**15),
        Cell(7, 0, date(2019, 5, 1), "era_date"),
        Cell(8, 0, None, runs=(Run(""),)),
    )
    assert [sheet.cell(row, 1).value for row in range(1, 8)] == [
        True, 2.5, day(2026, 4), "1890-04-01", None, None, 10**15,
    ]  # fmt: skip
    assert sheet["A2"].number_format == "0.0%" and sheet["A3"].number_format == "yyyy-mm-dd"
    assert "令和元年" in sheet["A8"].number_format and sheet["A9"].value is None


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="row 1 column 1"):
        one(Cell(0, 0, value))


def test_merges_heights_and_widths(book: Any) -> None:
    sheet = book["表紙"]
    assert {"A1:R1", "S2:T3"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert sheet.row_dimensions[1].height == pytest.approx(34, abs=0.5)
    assert sheet.column_dimensions["A"].width == pytest.approx(51 / 7, abs=0.01)  # pixels by digits, as the file holds it
    assert sheet.sheet_view.showGridLines is False and book["データ_職員"].sheet_view.showGridLines is not False


def test_runs_keep_their_fonts(data: bytes) -> None:
    with pytest.warns(UserWarning):
        rich = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)["表紙"]["A6"].value
    assert [str(part) for part in rich] == ["7", " 人"]
    assert [part.font.sz for part in rich] == [24, 10] and [part.font.b for part in rich] == [True, False]


def test_the_normal_font_carries_the_column_widths(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read("xl/styles.xml").decode()
        theme = archive.read("xl/theme/theme1.xml").decode()
    first = styles.split("<font>")[1]
    assert '<sz val="11"/>' in first and '<name val="BIZ UDゴシック"/>' in first and '<charset val="128"/>' in first
    assert "Calibri" not in styles and "Calibri" not in theme and theme.count("BIZ UDゴシック") >= 6


def test_print_set_up(book: Any) -> None:
    cover, staff, form, table_ = (book[name] for name in ("表紙", "職員一覧", "面談シート", "データ_職員"))
    for sheet in (cover, staff, form, table_):
        assert sheet.page_setup.paperSize == 9 and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.center.text == "&P ／ &N" and sheet.oddHeader.left.text == "取扱注意　人事情報"
        assert sheet.oddHeader.left.size == 8 and sheet.print_options.horizontalCentered
    assert (cover.page_setup.orientation, form.page_setup.orientation) == ("landscape", "portrait")
    assert (cover.page_setup.fitToHeight, staff.page_setup.fitToHeight) == (None, 0)  # one page is the default
    assert staff.print_title_rows == "$1:$4" and table_.print_title_rows == "$1:$1"
    assert [item.id for item in form.row_breaks.brk] == [40]
    assert (staff.page_margins.left, staff.page_margins.top) == (0.4, 0.6)


def test_print_area_and_columns() -> None:
    page = Page(repeat_cols=(0, 1), area=(0, 0, 3, 4), centre=False, fit_width=2, paper=8)
    data = render(Book("p", "t", "", "", "", (Sheet("s", (9,), [Cell(0, 0, "x")], page),)), load_styles())
    sheet = openpyxl.load_workbook(io.BytesIO(data))["s"]
    assert sheet.print_area == "'s'!$A$1:$E$4" and sheet.print_title_cols == "$A:$B"
    assert sheet.page_setup.fitToWidth in (2, "2") and sheet.page_setup.paperSize == 8
    assert not sheet.print_options.horizontalCentered


def test_view_and_order(book: Any) -> None:
    staff = book["職員一覧"]
    assert staff.freeze_panes == "C5" and staff.auto_filter.ref == "A4:I11"
    assert book["面談シート"].sheet_view.zoomScale == 110
    assert book["面談シート"].sheet_view.selection[0].sqref == "A10"
    assert book["表紙"].sheet_properties.tabColor.rgb == "FF17375E"
    assert [name for name in book.sheetnames if book[name].sheet_state == "hidden"] == ["集計", "選択肢"]
    assert book.active.title == "表紙"


def test_a_hidden_first_sheet_is_not_opened() -> None:
    sheets = (Sheet("a", (9,), [], Page(), hidden=True), Sheet("b", (9,), [], Page()))
    data = render(Book("p", "t", "", "", "", sheets), load_styles())
    assert openpyxl.load_workbook(io.BytesIO(data)).active.title == "b"
    with pytest.raises(ValueError, match="can be seen"):
        render(Book("p", "t", "", "", "", sheets[:1]), load_styles())


def test_checks(book: Any) -> None:
    checks = {str(item.sqref): item for item in book["面談シート"].data_validations.dataValidation}
    assert checks["A10:D10"].formula1 == '"希望する,希望しない"' and checks["A10:D10"].prompt == "選んでください"
    assert checks["A50:D50"].formula1 == "選択肢!$A$1:$A$2"
    days = checks["E10:H10"]
    assert (days.type, days.formula1, days.formula2) == ("date", "46113", "46477") and days.error
    assert (checks["I10:L10"].type, checks["I10:L10"].formula1, checks["I10:L10"].formula2) == ("whole", "1", "5")


@pytest.mark.parametrize(
    "check",
    [
        ListCheck(0, 0, 0, 0, ("a",), prompt_title="あ" * 33),
        DateCheck(0, 0, 0, 0, date(2026, 4, 1), date(2026, 4, 2), prompt="あ" * 256),
        NumberCheck(0, 0, 0, 0, 1, 2, error="あ" * 226),
    ],
)
def test_prompts_that_excel_would_not_hold(check: Any) -> None:
    with pytest.raises(ValueError, match="longer than"):
        one(checks=(check,))


def test_only_yellow_cells_are_open(book: Any) -> None:
    form = book["面談シート"]
    assert form.protection.sheet and form.protection.objects and form.protection.password is None
    assert not form.protection.selectLockedCells and not form.protection.formatRows
    cells = [cell for row in form.iter_rows() for cell in row if not isinstance(cell, MergedCell)]
    opened = {cell.coordinate for cell in cells if not cell.protection.locked}
    filled = {cell.coordinate for cell in cells if cell.fill.fgColor.rgb == "FFFFF9DB"}
    assert opened == filled and "A10" in opened
    assert not book["職員一覧"].protection.sheet


def test_data_bars(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    assert '<cfvo type="num" val="40"/>' in sheet and 'gradient="0"' in sheet
    free = Sheet("s", (9,), [Cell(0, 0, 3)], Page(), bars=(DataBar(0, 0, 0, 0, "data_bar"),))
    assert render(Book("p", "t", "", "", "", (free,)), load_styles())


def test_charts_are_native_and_described(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        charts = [archive.read(f"xl/charts/chart{number}.xml").decode() for number in (1, 2, 3)]
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert [kind in chart for kind, chart in zip(("barDir", "doughnutChart", '"stacked"'), charts, strict=True)] == [True] * 3
    assert 'descr="職層の構成。部長1人、課長1人、主任3人、主事2人。"' in drawing
    assert all("majorGridlines" not in chart and "BIZ UDゴシック" in chart for chart in charts)
    assert charts[1].count("<c:dPt>") == 5 and charts[1].count('val="1B2733"') >= 2  # dark text on the light parts
    assert charts[2].count('<c:delete val="1"/>') >= 3  # labels of the two zeros and the hidden axis
    assert 'orientation val="maxMin"' in charts[0]


@pytest.mark.parametrize("kind", ["column", "stacked_column", "line"])
def test_other_charts(kind: str) -> None:
    cells = [Cell(0, 0, "a"), Cell(1, 0, "b"), Cell(0, 1, 0), Cell(1, 1, 5)]
    series = Series("n", ("s", 0, 0, 1, 0), ("s", 0, 1, 1, 1), "blue", ("blue", "orange"), label_colour="ink")
    chart = Chart(4, 0, kind, (series,), 300, 200, "a 0, b 5", legend=True, maximum=10, number_format='0"人"')
    book = Book("p", "t", "", "", "", (Sheet("s", (9, 9), cells, Page(), charts=(chart,)),))
    with zipfile.ZipFile(io.BytesIO(render(book, load_styles()))) as archive:
        text = archive.read("xl/charts/chart1.xml").decode()
    assert ("lineChart" if kind == "line" else "barChart") in text and 'max val="10"' in text and "legendPos" in text
    with pytest.raises(ValueError, match="kind of chart"):
        sheet = Sheet("s", (9, 9), cells, Page(), charts=(replace(chart, kind="pie3d"),))
        render(Book("p", "t", "", "", "", (sheet,)), load_styles())


def test_a_chart_may_stand_over_a_data_sheet() -> None:
    source = DataSheet("d", (DataColumn("a", "text", 9), DataColumn("n", "integer", 9)), [("x", 0), ("y", 2)], Page())
    series = Series("n", ("d", 1, 0, 2, 0), ("d", 1, 1, 2, 1), "blue")
    chart = Chart(0, 0, "stacked_bar", (series,), 300, 200, "x 0, y 2")
    book = Book("p", "t", "", "", "", (Sheet("s", (9,), [], Page(), charts=(chart,)), source))
    with zipfile.ZipFile(io.BytesIO(render(book, load_styles()))) as archive:
        text = archive.read("xl/charts/chart1.xml").decode()
    assert '<c:dLbl><c:idx val="0"/><c:delete val="1"/></c:dLbl>' in text


def test_document_properties(book: Any) -> None:
    assert (book.properties.title, book.properties.subject) == ("令和8年度 人材育成ブック 市民生活部", "人材育成")
    assert book.properties.created == day(2000, 1) and not book.properties.creator
    assert {item.name: item.value for item in book.custom_doc_props.props} == {
        "hrbook.run": "0123abcd",
        "hrbook.as_of": "2026-04-01",
    }
    with pytest.raises(ValueError, match="property"):
        render(replace(demo_book(), custom={"a": "x" * 256}), load_styles())


def test_data_sheets_are_tables(book: Any) -> None:
    sheet = book["データ_職員"]
    (made,) = sheet.tables.values()
    assert made.ref == "A1:E8" and made.autoFilter is None
    assert [column.name for column in made.tableColumns] == [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "A2" and not sheet.merged_cells.ranges
    assert sheet["D2"].number_format == "yyyy-mm-dd" and sheet["E8"].value is None
    assert not book["データ_空"].tables and book["データ_空"]["A1"].value == "年度（西暦）"


@pytest.mark.parametrize(
    ("kind", "value"),
    [("text", 1), ("integer", "1"), ("integer", 1.5), ("integer", True), ("number", "x"), ("date", "2026-04-01")],
)
def test_a_column_holds_one_kind(kind: str, value: Value) -> None:
    with pytest.raises(ValueError, match="row 2"):
        table((value,), columns=(DataColumn("a", kind, 9),))


def test_headings_and_rows_must_fit() -> None:
    with pytest.raises(ValueError, match="headings"):
        table(columns=(DataColumn("A", "text", 9), DataColumn("a", "text", 9)))
    with pytest.raises(ValueError, match="headings"):
        table(columns=(DataColumn("", "text", 9),))
    with pytest.raises(ValueError, match="headings"):
        table(columns=(DataColumn("a\nb", "text", 9),))
    with pytest.raises(ValueError, match="2 values"):
        table(("a", "b"), columns=(DataColumn("a", "text", 9),))


def test_a_sheet_has_an_end() -> None:
    with pytest.raises(Fault) as caught:
        table(*[()] * 1_048_576, columns=())
    assert caught.value.key == "too_many_rows"


def test_long_headings_get_taller_rows_but_no_line_ends() -> None:
    heading = "今年度に受講する研修の件数（件）"
    sheet = table((1,), columns=(DataColumn(heading, "integer", 10),))
    assert sheet["A1"].value == heading and sheet.row_dimensions[1].height > 30
