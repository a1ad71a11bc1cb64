"""What is kept of a form, part by part, and what follows when its block is repeated."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import openpyxl
import pytest

from tests.forms import designs
from tests.forms.designs import SHEET, opened, parts_of, rebuilt
from tests.forms.filling import fill, form_of, person

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FIRST = "xl/worksheets/sheet1.xml"


def bare(data: bytes, cells: tuple[str, ...]) -> str:
    """A sheet's XML in one spelling, without the contents of some cells and without the values of formulas."""
    root = ElementTree.fromstring(data)
    for cell in root.iter(f"{MAIN}c"):
        if cell.get("r") in cells or cell.find(f"{MAIN}f") is not None:
            cell.attrib.pop("t", None)
            for child in list(cell):
                if child.tag != f"{MAIN}f":
                    cell.remove(child)
    for listed in root.iter(f"{MAIN}mergeCells"):
        listed.attrib.pop("count", None)
    return ElementTree.canonicalize(ElementTree.tostring(root, encoding="unicode"), strip_text=False)


@pytest.mark.parametrize(
    ("data", "cells", "people"),
    [
        (designs.a_person(), ("B4", "A9", "A4", "D4", "E4"), 0),
        (designs.a_department(), ("B2", "C4", "D4"), 0),
        (designs.a_list(), ("B2", "A4", "B4", "C4", "D4", "E4"), 1),
        (designs.one_row(table=True, chart=True), ("A2", "B2", "C2"), 1),
    ],
    ids=["person", "department", "list of one", "table and chart"],
)
def test_nothing_is_lost(data, cells, people):
    """Every part stands as it was, but for the cells that were filled, values of formulas and the document's properties."""
    rule = "$C4&gt;" if people else "$C$4&gt;"
    before, after = parts_of(data), parts_of(fill(form_of(data), people, **person(1)))
    assert set(before) == set(after)
    changed = {name for name in before if before[name] != after[name]}
    for name in sorted(changed):
        if name.startswith("xl/worksheets/sheet"):
            # a rule over cells of the block names its own row, so that it can follow
            assert bare(after[name], cells) == bare(before[name], cells).replace("$C$4&gt;", rule), name
        elif name.startswith(("xl/charts/", "xl/drawings/", "xl/tables/")):
            assert ElementTree.canonicalize(after[name].decode()) == ElementTree.canonicalize(before[name].decode()), name
        else:  # sample texts of the filled cells are taken out of the shared strings
            assert name in ("xl/workbook.xml", "docProps/core.xml", "xl/sharedStrings.xml"), name
    assert before["xl/styles.xml"] == after["xl/styles.xml"]


def test_the_block_is_repeated_with_all_that_belongs_to_it():
    data = fill(form_of(designs.a_list()), 3)
    book = opened(data)
    sheet = book[SHEET]
    assert [sheet.cell(4 + 3 * n, 2).value for n in range(3)] == ["架空　1子", "架空　2子", "架空　3子"]
    assert [sheet.cell(4 + 3 * n, 4).value.date() for n in range(3)] == [date(2001 + n, 4, 1) for n in range(3)]
    assert sheet["B2"].value == "市民課"
    assert {str(m) for m in sheet.merged_cells.ranges} == {"A1:F1", "A5:C6", "A8:C9", "A11:C12", "D14:F15"}
    assert [sheet.row_dimensions[row].height for row in (4, 7, 10, 5, 8, 11, 6, 14)] == [22, 22, 22, 40, 40, 40, 31, 27]
    assert [b.id for b in sheet.row_breaks.brk] == [6, 9, 12]
    assert (sheet.print_area, sheet.print_title_rows) == (f"'{SHEET}'!$A$1:$F$15", "$1:$3")
    assert sheet["F4"].value == "=C4*2+C$2" and sheet["F10"].value == "=C10*2+C$2"
    assert sheet["F11"].value == f"=IF(C10>3,$F$10,'{SHEET}'!C14)"
    assert (sheet["A14"].value, sheet["C14"].value) == ("合計", "=SUM(C4:C12)")
    assert [c.value for c in book["集計"]["A"]] == [f"=COUNT('{SHEET}'!C4:C12)", f"='{SHEET}'!C14"]
    (choice,) = sheet.data_validations.dataValidation
    assert {str(r) for r in choice.sqref.ranges} == {"E5", "E8", "E11", "E14"} and choice.prompt == "可か否"
    rules = {str(rule.sqref): rule.rules[0] for rule in sheet.conditional_formatting}
    assert rules["C4 C7 C10"].formula == ["$C4>$B$2"] and rules["C4:C12"].type == "dataBar"
    assert sheet["D5"].protection.locked is False and sheet["D11"].protection.locked is False and sheet.protection.sheet
    for row in (7, 10):  # the looks of every cell
        for offset in range(3):
            for col in range(1, 7):
                assert sheet.cell(row + offset, col)._style == sheet.cell(4 + offset, col)._style
    assert book.defined_names["差込_くり返し"].attr_text == f"'{SHEET}'!$4:$12"
    assert "差込_氏名" not in book.defined_names and "差込_部署名" in book.defined_names


def test_formulas_are_worked_out_when_the_book_opens():
    """No value of the sample stays behind a formula."""
    parts = parts_of(fill(form_of(designs.a_list()), 2))
    assert b'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        for cell in ElementTree.fromstring(parts[name]).iter(f"{MAIN}c"):
            assert cell.find(f"{MAIN}f") is None or cell.find(f"{MAIN}v") is None


@pytest.mark.parametrize("people", [1, 2, 57, 400])
def test_from_one_to_four_hundred_people(people):
    sheet = opened(fill(form_of(designs.a_list()), people))[SHEET]
    end = 3 + 3 * people
    assert sheet.max_row == end + 3
    assert [sheet.cell(4 + 3 * n, 1).value for n in range(people)] == list(range(1, people + 1))
    assert sheet.cell(end + 2, 3).value == f"=SUM(C4:C{end})"


def test_a_table_and_a_chart_over_the_block_grow_with_it():
    parts = parts_of(fill(form_of(designs.one_row(table=True, chart=True)), 5))
    assert b'ref="A1:C6"' in parts["xl/tables/table1.xml"]
    chart = parts["xl/charts/chart1.xml"].decode()
    assert "$C$2:$C$6" in chart and "$B$2:$B$6" in chart
    rows = [int(e.text) for e in ElementTree.fromstring(parts["xl/drawings/drawing1.xml"]).iter() if e.tag.endswith("}row")]
    assert rows == [9, 23]  # drawn from E6 on, four rows further down
    assert opened(fill(form_of(designs.one_row(table=True)), 5))["一覧"]["C8"].value == "=SUM(C2:C6)"


def test_shared_formulas_are_written_out():
    data = parts_of(designs.one_row())
    sheet = (
        data[FIRST]
        .decode()
        .replace(
            '<row r="4"',
            '<row r="3"><c r="B3"><f t="shared" ref="B3:C3" si="0">B4+$A$1</f><v>1</v></c>'
            '<c r="C3"><f t="shared" si="0"/><v>1</v></c></row><row r="4"',
            1,
        )
    )
    found = opened(fill(form_of(rebuilt(data | {FIRST: sheet.encode()})), 4))["一覧"]
    assert (found["B6"].value, found["C6"].value) == ("=B7+$A$1", "=C7+$A$1")


def test_a_cell_that_the_sheet_did_not_have():
    """Excel leaves out cells without value and look; a name may stand there all the same."""
    book = openpyxl.Workbook()
    book.active.title = "白紙"
    data = designs.saved(designs.named(book, {"差込_氏名": "$D$7", "差込_職員番号": "$B$7", "差込_フリガナ": "$A$2"}, "白紙"))
    sheet = opened(fill(form_of(data), **person(1, kana="カクウ")))["白紙"]
    assert (sheet["D7"].value, sheet["B7"].value, sheet["A2"].value) == ("架空　1子", "00001", "カクウ")


def test_the_sample_does_not_stay_behind():
    """A form made from one that was filled in: the person of the sample stands nowhere in the package."""
    data = designs.a_list()
    shared = designs.one_row()

    def texts(book):
        return {e.text for part in parts_of(book).values() if part[:1] == b"<" for e in ElementTree.fromstring(part).iter()}

    sample = {"見本　太郎", "（部署名）"}
    assert sample <= texts(data)
    assert not sample & texts(fill(form_of(data), 2))
    assert "見本" in texts(shared) and "見本" not in texts(fill(form_of(shared), 2))
    assert opened(fill(form_of(data), 2))[SHEET]["A3"].value == "番号"


def test_a_text_cell_without_text():
    """Some writers leave the number of a shared text empty."""
    parts = parts_of(designs.one_row())
    sheet = (
        parts[FIRST]
        .replace(b'<c r="A1"', b'<c r="A1" t="s"><v></v></c><c r="B1"', 1)
        .replace(b'<c r="B1" s="1" t="s"><v>1', b'<c r="D1" s="1" t="s"><v>1', 1)
    )
    assert parts_of(fill(form_of(rebuilt(parts | {FIRST: sheet})), 2))[FIRST].count(b"inlineStr") == 2


def test_blank_values_clear_the_sample():
    data = designs.a_person()
    sheet = opened(fill(form_of(data), **person(1, hired=None, name="")))[SHEET]
    assert sheet["D4"].value is None and sheet["B4"].value is None
    assert sheet["D4"].number_format == "yyyy/mm/dd"


def test_a_date_in_a_cell_without_date_format_is_said_in_words():
    sheet = opened(fill(form_of(designs.a_person()), **person(1)))[SHEET]
    assert sheet["E4"].value == "令和8年4月1日" and sheet["D4"].value.date() == date(2001, 4, 1)


def test_dates_of_the_1904_calendar():
    book, _ = designs.drawn()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    data = designs.saved(designs.named(book, {"差込_採用年月日": "$D$4", "差込_氏名": "$B$4"}))
    found = opened(fill(form_of(data), hired=date(2022, 4, 1), name="架空"))
    assert found.epoch == openpyxl.utils.datetime.CALENDAR_MAC_1904 and found[SHEET]["D4"].value.date() == date(2022, 4, 1)


def test_the_strict_dialect_and_prefixes():
    """Strict Open XML has other namespaces; some writers give every element a prefix."""
    parts = {}
    for name, data in parts_of(designs.a_list()).items():
        text = data.decode() if name.endswith((".xml", ".rels")) else ""
        text = text.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
        )
        text = text.replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        parts[name] = text.encode() if text else data
    found = parts_of(fill(form_of(rebuilt(parts)), 2))
    texts = [e.text for e in ElementTree.fromstring(found[FIRST]).iter("{http://purl.oclc.org/ooxml/spreadsheetml/main}t")]
    assert "架空　2子" in texts
    prefixed = parts_of(designs.a_department())
    root = ElementTree.fromstring(prefixed[FIRST])
    ElementTree.register_namespace("x", MAIN[1:-1])
    prefixed[FIRST] = ElementTree.tostring(root, encoding="utf-16")
    assert opened(fill(form_of(rebuilt(prefixed))))[SHEET]["B2"].value == "市民課"


def test_more_than_the_form_has_room_for_is_said():
    book, _ = designs.drawn()
    names = {"差込_受講対象の研修_1": "$B$4", "差込_受講対象の研修_2": "$C$4", "差込_経歴の開始_1": "$D$4"}
    form = form_of(designs.saved(designs.named(book, names)))
    sheet = opened(fill(form, due=("甲", "乙", "丙", "丁"), career_start=(date(2020, 4, 1), date(2010, 4, 1))))[SHEET]
    assert (sheet["B4"].value, sheet["C4"].value) == ("甲", "乙　ほか2件")
    assert sheet["D4"].value.date() == date(2020, 4, 1)
    assert opened(fill(form, due=("甲",)))[SHEET]["C4"].value is None


HOSTILE = (
    "=1+1",
    "+SUM(A1)",
    "@cmd",
    "-2",
    "\t=A1",
    "<b>&amp;",
    "_x000D_",
    "改\r\n行",
    "]]>",
    "'=x",
    "\x00\x1f",
    "\ud83d",
    "𠮷𩸽" * 3,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_a_text(text):
    data = fill(form_of(designs.a_list()), [person(1, name=text), person(2)], unit=text)
    sheet = opened(data)[SHEET]
    for cell in (sheet["B4"], sheet["B2"]):
        assert cell.data_type == "s"
        expected = text.replace("\r\n", "\n")
        said = "".join("〓" if (ord(c) < 32 and c not in "\t\n") or 0xD800 <= ord(c) < 0xE000 else c for c in expected)
        assert str(cell.value).replace("_x005F_", "_") == said
    formulas = [c.value for row in sheet for c in row if c.data_type == "f"]
    assert len(formulas) == 5
    assert not sheet._hyperlinks


def test_the_same_values_give_the_same_bytes():
    data = designs.a_list()
    assert fill(form_of(data), 3) == fill(form_of(data), 3)
    said = opened(fill(form_of(data), 3)).properties
    assert (said.creator, said.title, said.lastModifiedBy) == ("架空市", "題", None)
