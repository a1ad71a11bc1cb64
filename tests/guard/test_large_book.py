"""A book too large to be held with all its parts: each is looked at in pieces, and what is found is the same."""

import zlib

import pytest

from hrbook.guard import package as packages
from hrbook.guard.found import Kind, Leak
from hrbook.guard.leak import Guard, opened
from hrbook.guard.manifest import content_digest
from hrbook.guard.package import Damaged, open_package
from hrbook.guard.release import Gate
from hrbook.parts import DepartmentBook
from tests.guard.test_large_city import GATE, HERE_PART
from tests.trust.channels import pack

SHEET = "xl/worksheets/sheet1.xml"
WORDS, WORKSHEET = "<Types>字</Types>".encode(), b"<worksheet><a/><b>1</b></worksheet>"
PARTS = {"[Content_Types].xml": WORDS, SHEET: WORKSHEET, "docProps/app.xml": b""}
EVERYBODY = Guard((), ())


@pytest.fixture(autouse=True, params=(1, 7, 1 << 20))
def _pieces(monkeypatch, request):
    """Every book is large, and a piece is as small as it can be: letters and tags are torn."""
    monkeypatch.setattr(packages, "LARGE", 0)
    monkeypatch.setattr(packages, "PIECE", request.param)


def test_the_parts_are_those_of_the_file():
    package = open_package(pack(PARTS))
    assert package.names == tuple(PARTS) and dict(package.parts) == PARTS
    assert dict(package.parts) == PARTS  # as often as asked for
    assert package.part("xl/none.xml") == b""


def test_a_part_without_its_checksum_is_found_at_once():
    checksum = zlib.crc32(WORKSHEET).to_bytes(4, "little")
    with pytest.raises(Damaged, match="sheet1"):
        open_package(pack(PARTS).replace(checksum, b"\0\0\0\1"))


def test_xml_that_ends_too_early_is_damaged():
    assert EVERYBODY.check(opened(pack({SHEET: WORKSHEET})), None) == ()
    for broken in (WORKSHEET[:-4], b"", "<a>字</a>".encode()[:-5], b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'):
        assert EVERYBODY.check(opened(pack({SHEET: broken})), None) == (Leak(SHEET, Kind.DAMAGED),), broken


def test_a_department_s_book_is_searched_and_entered_all_the_same():
    made = HERE_PART.make()
    finished = GATE.release(HERE_PART, made)
    assert finished.leaks == () and finished.entry.content == content_digest(made)
    others = Gate(GATE.guard).release(DepartmentBook("x.xlsx", HERE_PART.view), pack({SHEET: "<a>若竹　一</a>".encode()}))
    assert [leak.kind for leak in others.leaks] == [Kind.NAME]
