"""A file that no reader should open ends in a Fault of its own, and nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from hrbook.core.fault import Fault
from hrbook.safe.preflight import CFB, LIMITS, preflight

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.{kind}"/></Types>'
)
BOOK = "spreadsheetml.sheet.main+xml"


def packed(parts: dict[str, str], kind: str = BOOK) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(kind=kind))
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def fault(path: Path, **limits: int) -> Fault:
    with pytest.raises(Fault) as caught:
        preflight(path, replace(LIMITS, **limits))
    assert not caught.value.usage
    return caught.value


def put(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "name.xlsx"
    path.write_bytes(data)
    return path


def test_a_good_workbook_comes_back_byte_for_byte(write: Callable[..., Path]) -> None:
    path = write({"職員名簿": [["職員番号"]]})
    assert preflight(path) == path.read_bytes()


def test_missing_and_folder(tmp_path: Path) -> None:
    assert fault(tmp_path / "none.xlsx").key == "file_missing"
    assert fault(tmp_path).key == "file_is_folder"


@pytest.mark.parametrize(
    ("data", "key", "found"),
    [
        (b"", "file_empty", None),
        ("職員番号,氏名\n".encode(), "file_not_workbook", "text"),
        (b"<html><table></table></html>", "file_not_workbook", "html"),
        (b"%PDF-1.7 ...", "file_not_workbook", "pdf"),
        (CFB + "Workbook".encode("utf-16-le"), "file_xls", None),
        (CFB + "EncryptedPackage".encode("utf-16-le") + "Workbook".encode("utf-16-le"), "file_encrypted", None),
        (CFB + "WordDocument".encode("utf-16-le"), "file_not_workbook", None),
        (packed({}, "wordprocessingml.document.main+xml"), "file_not_workbook", "docx"),
        (packed({})[:-30], "file_damaged", None),
        (b"PK\x03\x04 and no more", "file_damaged", None),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, data: bytes, key: str, found: str | None) -> None:
    caught = fault(put(tmp_path, data))
    assert (caught.key, caught.facts["file"]) == (key, "name.xlsx")
    if found is not None:
        assert caught.facts["found"] == found


def test_a_zip_without_content_types(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", "<a/>")
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert fault(put(tmp_path, stream.getvalue())).facts["found"] == "ods"


@pytest.mark.parametrize("text", ['<!DOCTYPE a [<!ENTITY b "c">]><a/>', '<a/><!-- x --><!ENTITY b "c">'])
def test_declarations_are_refused(tmp_path: Path, text: str) -> None:
    caught = fault(put(tmp_path, packed({"xl/workbook.xml": text})))
    assert (caught.key, caught.facts["found"]) == ("file_has_entities", "xl/workbook.xml")


def test_a_declaration_in_another_encoding_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO(packed({}))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16"))
    assert fault(put(tmp_path, stream.getvalue())).key == "file_has_entities"


def test_a_declaration_across_two_chunks_is_found(tmp_path: Path) -> None:
    text = " " * ((1 << 20) - 4) + "<!DOCTYPE a><a/>"
    assert fault(put(tmp_path, packed({"xl/workbook.xml": text}))).key == "file_has_entities"


def test_limits(tmp_path: Path) -> None:
    path = put(tmp_path, packed({"xl/workbook.xml": "<a/>", "xl/big.xml": "0" * 100_000}))
    assert fault(path, file_bytes=100).key == "file_too_large"
    assert fault(path, parts=2).key == "file_too_many_parts"
    assert fault(path, inflated_bytes=50_000).key == "file_inflates"
    assert fault(path, ratio=10, ratio_from_bytes=1000).key == "file_inflates"
    assert preflight(path)


def test_a_size_that_lies_is_found_by_inflating(tmp_path: Path) -> None:
    data = bytearray(packed({"xl/big.xml": "0" * 100_000}))
    place = data.rindex(b"xl/big.xml") - 22  # uncompressed size in the zip's directory
    assert int.from_bytes(data[place : place + 4], "little") == 100_000
    data[place : place + 4] = (10).to_bytes(4, "little")
    assert fault(put(tmp_path, bytes(data)), inflated_bytes=50_000).key in ("file_damaged", "file_inflates")


def test_two_parts_of_one_name(tmp_path: Path) -> None:
    stream = io.BytesIO(packed({"xl/worksheets/sheet1.xml": "<a/>"}))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/worksheets/Sheet1.xml", "<b/>")
    assert fault(put(tmp_path, stream.getvalue())).key == "file_part_twice"


def test_cells_far_apart(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = put(tmp_path, packed({"xl/worksheets/sheet1.xml": f"<sheetData>{rows}</sheetData>"}))
    caught = fault(path)
    assert (caught.key, caught.facts["rows"], caught.facts["columns"]) == ("sheet_too_wide", 1048576, 16384)


def test_a_column_that_no_sheet_has(tmp_path: Path) -> None:
    cell = '<row r="2"><c r="ZZZZZ2"><v>1</v></c></row>'
    path = put(tmp_path, packed({"xl/worksheets/sheet1.xml": f"<sheetData>{cell}</sheetData>"}))
    assert fault(path).key == "sheet_too_wide"


def test_a_negative_text_index(tmp_path: Path) -> None:
    cell = '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>'
    path = put(tmp_path, packed({"xl/worksheets/sheet1.xml": f"<sheetData>{cell}</sheetData>"}))
    assert fault(path).key == "file_damaged"


def test_macro_workbooks_are_read(tmp_path: Path) -> None:
    types = '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
    assert preflight(put(tmp_path, stream.getvalue()))
