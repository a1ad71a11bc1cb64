"""Forms that cannot be filled end in one clear paragraph; what cannot be carried over is named."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from hrbook.commands._shared import paragraph
from hrbook.core.fault import Fault
from hrbook.core.finding import Severity
from hrbook.findings import load_catalogue
from tests.forms import designs
from tests.forms.designs import LIST, SHEET, drawn, named, parts_of, rebuilt, saved
from tests.forms.filling import fill, form_of
from tests.sheets.builders import LABELS


def with_names(names: dict[str, str]) -> bytes:
    return saved(named(drawn()[0], names))


def pivoted() -> bytes:
    parts = parts_of(designs.one_row())
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotTable"
    parts[rels] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{kind}" Target="../pivotTables/pivotTable1.xml"/></Relationships>'
    ).encode()
    return rebuilt(parts)


def linked() -> bytes:
    parts = parts_of(designs.a_list())
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
    rels = parts["xl/_rels/workbook.xml.rels"].decode()
    added = f'<Relationship Id="rId99" Type="{kind}" Target="externalLinks/externalLink1.xml"/></Relationships>'
    return rebuilt(parts | {"xl/_rels/workbook.xml.rels": rels.replace("</Relationships>", added).encode()})


def with_macro() -> bytes:
    parts = parts_of(designs.a_list())
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return rebuilt(parts | {"[Content_Types].xml": types})


def merged_across() -> bytes:
    book, sheet = drawn()
    sheet.merge_cells("F6:F8")
    return saved(named(book, LIST))


def two_tables() -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("票")
    sheet.write(0, 0, "x")
    sheet.add_table(5, 0, 8, 1)
    book.define_name("差込_氏名", "=票!$A$2")
    book.define_name("差込_くり返し", "=票!$2:$3")
    book.close()
    return target.getvalue()


PERSON = {"差込_氏名": "$B$4"}
BAD = {
    "no name at all": (saved(drawn()[0]), "form_without_field", ()),
    "unknown field": (with_names(PERSON | {"差込_氏名カナ": "$C$4"}), "form_unknown", ("差込_氏名カナ", "差込_氏名")),
    "number too high": (with_names(PERSON | {"差込_経歴_21": "$C$4"}), "form_unknown", ("差込_経歴_21",)),
    "number missing": (with_names(PERSON | {"差込_経歴": "$C$4"}), "form_unknown", ("差込_経歴_1",)),
    "several cells": (with_names({"差込_氏名": "$B$4:$C$4"}), "form_place", ("差込_氏名",)),
    "inside a merged cell": (with_names({"差込_氏名": "$B$5"}), "form_place", ("$B$5",)),
    "deleted cell": (with_names({"差込_氏名": "#REF!"}), "form_place", ("#REF!",)),
    "formula as a place": (with_names({"差込_氏名": "OFFSET($A$1,1,1)"}), "form_place", ("OFFSET",)),
    "other sheet": (with_names({"差込_氏名": "'ない表'!$B$2"}), "form_place", ("ない表",)),
    "two names on a cell": (
        with_names({"差込_氏名": "$B$4", "差込_職名": "$B$4"}),
        "form_twice",
        ("B4", "差込_氏名", "差込_職名"),
    ),
    "two blocks": (with_names(LIST | {"差込_くり返し.2": "$8:$8"}), "form_two_blocks", ("4:6", "8:8")),
    "block in two areas": (with_names(LIST | {"差込_くり返し": f"'{SHEET}'!$4:$5,'{SHEET}'!$7:$7"}), "form_two_blocks", ("4:5",)),
    "block of columns": (with_names(LIST | {"差込_くり返し": "$A:$B"}), "form_block_place", ("$A:$B",)),
    "block without cells": (with_names({"差込_部署名": "$B$2", "差込_くり返し": "$4:$6"}), "form_empty_block", ("4:6",)),
    "person outside the block": (with_names(LIST | {"差込_職名": "$A$8"}), "form_outside", ("A8", "差込_職名")),
    "over a formula": (with_names(PERSON | {"差込_職名": "$F$4"}), "form_over_formula", ("F4",)),
    "merged cell cut": (merged_across(), "form_block_cuts", ("F6:F8",)),
    "table below": (two_tables(), "form_table", ("A6:B9",)),
    "pivot table": (pivoted(), "form_pivot", ("一覧",)),
    "other workbooks": (linked(), "form_external", ()),
    "macro": (with_macro(), "form_macro", ()),
    "empty file": (b"", "file_empty", ()),
    "encrypted": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file_encrypted", ()),
    "text": ("氏名,部署".encode(), "file_not_workbook", ()),
    "cut off": (designs.a_list()[:2000], "file_damaged", ()),
    "broken sheet": (
        rebuilt(parts_of(designs.a_list()) | {"xl/worksheets/sheet1.xml": b"<worksheet><a></worksheet>"}),
        "file_damaged",
        (),
    ),
    "sheet missing": (rebuilt({k: v for k, v in parts_of(designs.a_list()).items() if "sheet1" not in k}), "file_damaged", ()),
}


@pytest.mark.parametrize(("data", "key", "said"), BAD.values(), ids=list(BAD))
def test_a_bad_form_is_one_paragraph(data, key, said):
    with pytest.raises(Fault) as caught:
        form_of(data, "育成面談.xlsx")
    assert caught.value.key == key
    text = paragraph(caught.value, LABELS)
    assert "育成面談.xlsx" in text and "\n" not in text
    assert all(word in text for word in said), text


def told(data: bytes) -> list[tuple[str, str, str]]:
    """Code, cell and what was found, of every finding; each has words in both languages."""
    form = form_of(data)
    for language in ("ja", "en"):
        catalogue = load_catalogue(language)
        for finding in form.findings:
            assert form.file in catalogue.message(finding) and catalogue.remedy(finding)
            assert catalogue.severity(finding.code) is finding.severity
    return [(f.code, f.cell, str(f.found)) for f in form.findings]


def test_a_good_form_has_no_finding():
    assert told(designs.a_list()) == [] and told(designs.a_person()) == []


def test_what_cannot_be_repeated_is_named():
    book, sheet = drawn()
    sheet["B4"].comment = Comment("ここに氏名", "人事課")
    sheet["A8"].comment = Comment("下のメモ", "人事課")
    sheet["A9"] = "=C5"
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = (
        1,
        openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True),
    )
    data = saved(named(book, LIST | {"氏名": "$B$4"}))
    assert told(data) == [
        ("HR522", "B4", ""),
        ("HR523", "A9", "C5"),
        ("HR525", f"'{SHEET}'!$B$4", "氏名"),
        ("HR526", "", ""),
    ]
    made = designs.opened(fill(form_of(data), 3))[SHEET]
    assert made["B4"].comment.text == "ここに氏名" and made["B7"].comment is None  # once, at the first person
    assert made["A14"].comment.text == "下のメモ"  # moved with what is below
    assert made.page_setup.fitToHeight == 0


def test_a_chart_in_the_block_is_named():
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("票")
    bars = book.add_chart({"type": "bar"})
    bars.add_series({"values": "=票!$C$2:$C$3"})
    sheet.insert_chart("D2", bars)
    book.define_name("差込_氏名", "=票!$A$2")
    book.define_name("差込_くり返し", "=票!$2:$3")
    book.close()
    form = form_of(target.getvalue())
    assert [(f.code, f.cell, f.severity) for f in form.findings] == [("HR521", "2", Severity.WARNING)]
    assert "xl/charts/chart1.xml" in parts_of(fill(form, 4))


@pytest.mark.parametrize("last", ["$4:$600000", "$4:$6"])
def test_too_many_people_for_one_sheet(last):
    """Because of the block itself, or of what stands far below it."""
    book, sheet = drawn()
    sheet["A1048575"] = "底"
    form = form_of(saved(named(book, LIST | {"差込_くり返し": last})))
    with pytest.raises(Fault) as caught:
        fill(form, 3)
    assert caught.value.key == "form_too_many"
