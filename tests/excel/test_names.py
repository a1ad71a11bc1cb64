"""Names that every system takes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrbook.excel.clean import utf16_units
from hrbook.excel.names import file_name, folded, sheet_name, unique_file_names, unique_sheet_names

DEVICES = ("CON", "nul", "Aux", "prn", "COM1", "com¹", "LPT9", "CONIN$", "conout$", "ＣＯＮ", "NUL .txt", "con.xlsx")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市民課", "市民課"),
        ("部/課:係?*[1]\\", "部／課：係？＊［1］＼"),
        ("'引用'", "引用"),
        ("", "_"),
        ("'", "_"),
        ("History", "History_"),
        ("一\n二\x00", "一 二"),
        ("渡邉\U000e0101", "渡邉\U000e0101"),
        ("あ" * 40, "あ" * 31),
        ("𠮷" * 20, "𠮷" * 15),
        ("﨑", "﨑"),
        ("課\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff係", "課係"),  # what Unicode says will never be a character
        ("\ufdcf\ufdf0\ufffd", "\ufdcf\ufdf0\ufffd"),  # their neighbours are
        ("\u0301" * 40, "_"),  # marks without a letter
    ],
)
def test_sheet_names(text: str, name: str) -> None:
    assert sheet_name(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市民課", "市民課.xlsx"),
        ('a<>:"/\\|?*b', "a＜＞：＂／＼｜？＊b.xlsx"),
        ("か\u3099", "が.xlsx"),
        (" 課. . ", "課.xlsx"),
        ("..", "_.xlsx"),
        ("", "_.xlsx"),
        ("../../x", "..／..／x.xlsx"),
        ("a\x00\u202eb\u200b", "ab.xlsx"),
        ("コンソール", "コンソール.xlsx"),
        ("CONTROL", "CONTROL.xlsx"),
    ],
)
def test_file_names(text: str, name: str) -> None:
    assert file_name(text, ".xlsx") == name


@pytest.mark.parametrize("text", DEVICES)
def test_devices_are_no_files(text: str) -> None:
    assert file_name(text).startswith("_")


def test_collisions_are_numbered() -> None:
    assert unique_file_names(["A課", "a課", "Ａ課", "b"], ".xlsx", ["B.xlsx"]) == [
        "A課.xlsx",
        "a課(2).xlsx",
        "Ａ課(3).xlsx",
        "b(2).xlsx",
    ]
    assert unique_sheet_names(["表紙", "表紙", "表紙"], ["表紙(2)"]) == ["表紙", "表紙(3)", "表紙(4)"]
    long = unique_sheet_names(["あ" * 31, "あ" * 32])
    assert long == ["あ" * 31, "あ" * 28 + "(2)"]


def test_long_names_are_cut_at_the_limit() -> None:
    """The ending and the number of a name that stood before count, and not one unit more is lost than must be."""
    assert file_name("a" * 90, ".xlsx") == "a" * 75 + ".xlsx"
    assert file_name("a" * 90) == "a" * 80
    assert unique_file_names(["a" * 90, "a" * 90], ".xlsx") == ["a" * 75 + ".xlsx", "a" * 72 + "(2).xlsx"]
    assert unique_file_names(["a" * 80], "") == ["a" * 80]
    assert unique_sheet_names(["a" * 40, "a" * 40]) == ["a" * 31, "a" * 28 + "(2)"]


@given(st.lists(st.text(), max_size=6))
def test_any_texts_become_safe_names(texts: list[str]) -> None:
    for names, limit, forbidden, edges in (
        (unique_sheet_names(texts), 31, "[]:*?/\\", "' "),
        (unique_file_names(texts), 80, '<>:"/\\|?*', ". "),
    ):
        assert len({folded(name) for name in names}) == len(texts)
        for name in names:
            assert 0 < utf16_units(name) <= limit
            assert not set(name) & set(forbidden)
            assert name[0] not in edges.removeprefix(".") and name[-1] not in edges
            assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in name)


@given(st.text())
def test_names_are_stable(text: str) -> None:
    assert sheet_name(sheet_name(text)) == sheet_name(text)
    assert file_name(file_name(text)) == file_name(text)
