"""Books under a password, and the list of passwords."""

from __future__ import annotations

import stat

import pytest

from hrbook.core.fault import Fault
from hrbook.excel.plain import write_tables
from hrbook.guard.passwords import LETTERS, new_list, open_to_others, read_passwords
from hrbook.guard.seal import seal, unseal
from hrbook.sample.tables import Table


def workbook(text: str) -> bytes:
    """A small real workbook."""
    return write_tables((Table("s", "", ("h",), ((text,),)),), text, "")


BOOKS = {"a.xlsx": ("総務部_人事課", "人事課"), "b.xlsx": ("総務部_部付", "総務部 部付"), "c.xlsx": ("市民部_人事課", "人事課")}
GOOD = "department,password\r\n総務部_人事課,one\r\n総務部　部付,二つ目\r\n市民部_人事課,three\r\n"


@pytest.mark.parametrize("password", ["kagi", "長い鍵のことば", "p" * 255])
def test_decrypted_bytes_are_the_plain_ones(password: str) -> None:
    plain = workbook("鷲塚")
    sealed = seal(plain, password)
    assert sealed[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" and plain[:40] not in sealed
    assert unseal(sealed, password) == plain
    with pytest.raises(Fault, match="book_not_opened"):
        unseal(sealed, password + "x")


def test_one_changed_bit_is_noticed() -> None:
    plain = workbook("鷲塚")
    sealed = bytearray(seal(plain, "kagi"))
    place = len(sealed) // 2
    sealed[place] ^= 1
    with pytest.raises(Fault, match="book_not_opened"):
        unseal(bytes(sealed), "kagi")


def test_plain_bytes_are_no_sealed_book() -> None:
    with pytest.raises(Fault, match="book_not_opened"):
        unseal(b"PK\x03\x04 plain", "kagi")


def test_an_equal_book_keeps_its_bytes(tmp_path) -> None:
    plain, changed = workbook("鷲塚"), workbook("梟町")
    before = tmp_path / "book.xlsx"
    before.write_bytes(seal(plain, "kagi"))
    assert seal(plain, "kagi", before) == before.read_bytes()
    assert seal(plain, "another", before) != before.read_bytes()
    assert unseal(seal(changed, "kagi", before), "kagi") == changed
    assert unseal(seal(plain, "kagi", tmp_path / "none.xlsx"), "kagi") == plain


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_list_is_read(tmp_path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(GOOD.encode(encoding))
    assert read_passwords(path, BOOKS) == {"a.xlsx": "one", "b.xlsx": "二つ目", "c.xlsx": "three"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "password_list_heading"),
        ("部署,鍵\n総務部_人事課,one\n", "password_list_heading"),
        (GOOD + "月面課,four\n", "password_department_unknown"),
        (GOOD + "人事課,four\n", "password_department_unclear"),
        (GOOD + "総務部_人事課,four\n", "password_department_twice"),
        (GOOD.replace("three", "one"), "password_twice"),
        (GOOD.replace("three", ""), "password_length"),
        (GOOD.replace("three", "x" * 256), "password_length"),
        (GOOD.replace("市民部_人事課,three\r\n", "\r\n"), "password_missing"),
        (GOOD.replace("市民部_人事課,three", "市民部_人事課"), "password_length"),
        ('department,password\n"open', "password_list_unreadable"),
    ],
)
def test_a_list_that_cannot_be_used(tmp_path, text: str, key: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(Fault) as caught:
        read_passwords(path, BOOKS)
    assert caught.value.key == key
    assert not {"one", "three", "four"} & set(map(str, caught.value.facts.values()))  # a password is never said


def test_the_longest_password_that_excel_takes(tmp_path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(GOOD.replace("three", "x" * 255), encoding="utf-8")
    assert read_passwords(path, BOOKS)["c.xlsx"] == "x" * 255


def test_a_fault_names_the_row_of_the_list(tmp_path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(GOOD + "月面課,four\n", encoding="utf-8", newline="")
    with pytest.raises(Fault) as caught:
        read_passwords(path, BOOKS)
    assert caught.value.facts["row"] == 5  # the heading is row 1


def test_no_list_and_a_huge_one(tmp_path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(Fault, match="password_list_unreadable"):
            read_passwords(path, BOOKS)
    limit = 4 * 2**20
    for size, key in ((limit, "password_list_heading"), (limit + 1, "password_list_unreadable")):
        (tmp_path / "huge.csv").write_bytes((b"x" * 1023 + b"\n") * 4096 + b"x" * (size - limit))
        with pytest.raises(Fault, match=key):
            read_passwords(tmp_path / "huge.csv", BOOKS)


def test_a_new_list_fits(tmp_path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(new_list([names[0] for names in BOOKS.values()]))
    found = read_passwords(path, BOOKS)
    assert len(set(found.values())) == 3
    assert all(len(word) == 16 and set(word) <= set(LETTERS) for word in found.values())
    path.chmod(0o600)
    assert not open_to_others(path)
    path.chmod(0o640)
    assert open_to_others(path) and stat.S_IMODE(path.stat().st_mode) == 0o640
