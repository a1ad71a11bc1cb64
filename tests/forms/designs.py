"""Forms as HR might draw them, made with real libraries: openpyxl and xlsxwriter."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.formatting.rule import DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

SHEET = "面談 票"
LIST = {
    "差込_部署名": "$B$2",
    "差込_通し番号": "$A$4",
    "差込_氏名": "$B$4",
    "差込_入庁年数": "$C$4",
    "差込_採用年月日": "$D$4",
    "差込_ローテーションの判定": "$E$4",
    "差込_くり返し": "$4:$6",
}


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def drawn() -> tuple[openpyxl.Workbook, openpyxl.worksheet.worksheet.Worksheet]:
    """A sheet with everything that a form has around its cells: rows 4-6 are to be repeated, rows 8-9 lie below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    thin = Side(style="thin", color="FF1B2733")
    for row in range(4, 7):
        for col in range(1, 7):
            cell = sheet.cell(row, col)
            cell.border = Border(thin, thin, thin, thin)
            cell.font = Font(name="BIZ UDゴシック", size=9 + row, bold=row == 4)
            cell.fill = PatternFill("solid", fgColor="FFFFF9DB")
    for col, width in enumerate((6, 18, 9, 14, 16, 12), start=1):
        sheet.column_dimensions[get_column_letter(col)].width = width
    sheet["A1"] = "育成面談票"
    sheet["A1"].font = Font(size=18, bold=True)
    sheet.merge_cells("A1:F1")
    sheet["A2"], sheet["B2"] = "部署", "（部署名）"
    for col, head in enumerate(("番号", "氏名", "年数", "採用", "判定", "計"), start=1):
        sheet.cell(3, col, head)
    sheet["B4"] = "見本　太郎"
    sheet["D4"].number_format = "yyyy/mm/dd"
    sheet["F4"] = "=C4*2+C$2"
    sheet["F5"] = f"=IF(C4>3,$F$4,'{SHEET}'!C8)"
    sheet.merge_cells("A5:C6")
    sheet["A5"] = "所見"
    sheet["A5"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[4].height, sheet.row_dimensions[5].height, sheet.row_dimensions[6].height = 22, 40, 31
    sheet["A8"], sheet["C8"] = "合計", "=SUM(C4:C6)"
    sheet.merge_cells("D8:F9")
    sheet["D8"] = "しめ"
    sheet.row_dimensions[8].height = 27
    choice = DataValidation(type="list", formula1='"可,否"', allow_blank=True, promptTitle="受講", prompt="可か否")
    choice.add("E5")
    choice.add("E8")
    sheet.add_data_validation(choice)
    sheet.conditional_formatting.add("C4", FormulaRule(formula=["$C$4>$B$2"], font=Font(bold=True)))
    sheet.conditional_formatting.add("C4:C6", DataBarRule("min", 0, "max", 0, color="FF0072B2"))
    sheet.row_breaks.append(Break(id=6))
    sheet.print_area, sheet.print_title_rows = "A1:F9", "1:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.oddHeader.center.text, sheet.oddFooter.right.text = "様式第3号", "&P / &N"
    sheet.freeze_panes = "C4"
    sheet["D5"].protection = Protection(locked=False)
    sheet.protection.sheet = True
    other = book.create_sheet("集計")
    other["A1"], other["A2"] = f"=COUNT('{SHEET}'!C4:C6)", f"='{SHEET}'!C8"
    return book, sheet


def named(book: openpyxl.Workbook, names: dict[str, str], sheet: str = SHEET) -> openpyxl.Workbook:
    for name, place in names.items():
        text = place if "!" in place else f"'{sheet}'!{place}"
        book.defined_names[name] = DefinedName(name, attr_text=text)
    return book


def a_list() -> bytes:
    """A form with a block of three rows."""
    return saved(named(drawn()[0], LIST))


def one_row(*, table: bool = False, chart: bool = False) -> bytes:
    """A list with a block of one row, made with xlsxwriter: sums, a shared look, a table or a chart over the block."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("一覧")
    cell = book.add_format({"border": 1})
    sheet.write_row(0, 0, ["番号", "氏名", "年数"], cell)
    sheet.write_row(1, 0, [1, "見本", 5], cell)
    sheet.write(3, 1, "計", cell)
    sheet.write_formula(3, 2, "=SUM(C2:C2)", cell, 5)
    if table:
        sheet.add_table(0, 0, 1, 2, {"columns": [{"header": h} for h in ("番号", "氏名", "年数")], "name": "人"})
    if chart:
        bars = book.add_chart({"type": "bar"})
        bars.add_series({"categories": "=一覧!$B$2:$B$2", "values": "=一覧!$C$2:$C$2"})
        sheet.insert_chart("E6", bars)
    for name, place in {"通し番号": "$A$2", "氏名": "$B$2", "入庁年数": "$C$2", "くり返し": "$2:$2"}.items():
        book.define_name(f"差込_{name}", f"=一覧!{place}")
    book.close()
    return target.getvalue()


def a_person() -> bytes:
    """A form for one person, with a note, a picture-less drawing, and the name twice."""
    book, sheet = drawn()
    sheet["A9"] = "（氏名）"
    sheet["B2"].comment = Comment("部署の正式な名前", "人事課")
    names = {
        "差込_氏名": "$B$4",
        "差込_氏名.2": "$A$9",
        "差込_職員番号": "$A$4",
        "差込_採用年月日": "$D$4",
        "差込_基準日": "$E$4",
    }
    return saved(named(book, names))


def a_department() -> bytes:
    """A form with fields of the department only."""
    return saved(named(drawn()[0], {"差込_部署名": "$B$2", "差込_人数": "$C$4", "差込_基準日": "$D$4"}))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def rebuilt(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return target.getvalue()


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))
