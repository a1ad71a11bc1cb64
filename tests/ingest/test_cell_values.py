"""Dates, years, staff numbers and small values in the spellings that rosters hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrbook.core.roster import UNREADABLE, Employment, Outcome, Presence
from hrbook.ingest import codes
from hrbook.ingest.dates import read_date, read_year
from hrbook.ingest.staff_ids import common_width, own_id
from hrbook.ingest.values import read_integer, read_name, read_staff_id, read_text, read_yes, split_list
from hrbook.ingest.vocabulary import key, load_vocabulary
from hrbook.ingest.workbook import ErrorCell, UnsavedFormula

WORDS = load_vocabulary()
DAY = date(2025, 4, 1)

SAME_DAY: list[Any] = [
    DAY,
    "R7.4.1",
    "r7.4.1",
    "Ｒ７．４．１",
    "R 7. 4. 1",
    "R07.04.01",
    "R070401",
    "R7/4/1",
    "R7-4-1",
    "令和7年4月1日",
    "令和７年　４月　１日",
    "令和七年四月一日",
    "令7.4.1",
    "令和7.4.1",
    "2025/4/1",
    "2025-04-01",
    "2025.4.1",
    "２０２５／４／１",
    "2025年4月1日",
    "2025年4月1日（火）",
    "2025/4/1(火)",
    "2025/04/01 00:00:00",
    "2025-04-01T00:00:00",
    " 2025/4/1 ",
    "2025年4月1日付",
    "令和7年4月1日付け",
    "20250401",
    20250401,
    "2025－4－1",
    "2025/4/1\n",
]


@pytest.mark.parametrize("cell", SAME_DAY)
def test_one_day_in_many_spellings(cell: Any) -> None:
    assert read_date(cell, WORDS.dates, False) == (DAY, None)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("昭和40年4月1日", date(1965, 4, 1)),
        ("S40.4.2", date(1965, 4, 2)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("平成1年1月8日", date(1989, 1, 8)),
        ("H31.4.30", date(2019, 4, 30)),
        ("㍻31.4.30", date(2019, 4, 30)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("㋿元年5月1日", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("平成二十九年十二月三十一日", date(2017, 12, 31)),
        ("平成十年十月十日", date(1998, 10, 10)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("明治22年4月1日", date(1889, 4, 1)),
        ("H28.2.29", date(2016, 2, 29)),
    ],
)
def test_eras(cell: str, day: date) -> None:
    assert read_date(cell, WORDS.dates, False) == (day, None)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("H32.4.1", date(2020, 4, 1)),
        ("平成31年5月1日", date(2019, 5, 1)),
        ("昭和64年3月1日", date(1989, 3, 1)),
        ("S100.4.1", date(2025, 4, 1)),
        ("令和元年4月30日", date(2019, 4, 30)),
        ("平成元年1月7日", date(1989, 1, 7)),
    ],
)
def test_a_date_outside_its_era_is_read_and_said(cell: str, day: date) -> None:
    assert read_date(cell, WORDS.dates, False) == (day, codes.ERA_OUTSIDE)


@pytest.mark.parametrize("cell", ["７．４．１", "7.4.1", "7/4/1", "25-4-1"])
def test_an_era_is_never_guessed(cell: str) -> None:
    assert read_date(cell, WORDS.dates, False) == (UNREADABLE, codes.ERA_MISSING)


@pytest.mark.parametrize(
    "cell",
    [
        "2025/2/30",
        "H30.2.29",
        "令和7年4月",
        "2025/4",
        "R7.4",
        "令和7年度",
        "4/1/2025",
        "R0.4.1",
        "X7.4.1",
        "来年春",
        "2025/13/1",
        20251301,
        2025,
        1234,
        True,
        45748.5 * 10,
        -3,
        date(1900, 1, 1),
    ],
)
def test_what_is_no_date_is_unreadable(cell: Any) -> None:
    assert read_date(cell, WORDS.dates, False) == (UNREADABLE, codes.DATE_UNREADABLE)


@pytest.mark.parametrize(
    "cell", ["不明", "－", "-", "ー", "9999-99-99", "9999/12/31", "99", 99, 0, 99999999, "未定", date(9999, 12, 31)]
)
def test_words_for_unknown_are_blank_with_a_note(cell: Any) -> None:
    assert read_date(cell, WORDS.dates, False) == (None, codes.DATE_UNKNOWN)


@pytest.mark.parametrize("cell", [None, "", "　 "])
def test_blank(cell: Any) -> None:
    assert read_date(cell, WORDS.dates, False) == (None, None)


def test_serial_numbers_follow_the_workbooks_epoch() -> None:
    assert read_date(45748, WORDS.dates, False) == (DAY, codes.DATE_SERIAL)
    assert read_date(44286, WORDS.dates, True) == (DAY, codes.DATE_SERIAL)


@pytest.mark.parametrize("cell", [ErrorCell("#N/A"), UnsavedFormula("=TODAY()")])
def test_broken_cells_are_never_blank(cell: Any) -> None:
    assert read_date(cell, WORDS.dates, False)[0] is UNREADABLE


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_every_day_reads_back_from_its_spellings(day: date) -> None:
    year, letter = (day.year - 2018, "R") if day >= date(2019, 5, 1) else (day.year - 1988, "H")
    spellings: list[Any] = [
        day,
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        int(f"{day:%Y%m%d}"),
        f"{letter}{year}.{day.month}.{day.day}",
        f"{letter}{year:02}{day.month:02}{day.day:02}",
    ]
    assert {read_date(cell, WORDS.dates, False)[0] for cell in spellings} == {day}


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        (2026, 2026),
        ("2026", 2026),
        ("令和8年度", 2026),
        ("R8", 2026),
        ("令和元年度", 2019),
        ("H30年度", 2018),
        ("２０２６年度", 2026),
    ],
)
def test_fiscal_years(cell: Any, year: int) -> None:
    assert read_year(cell, WORDS.dates) == year


@pytest.mark.parametrize("cell", [8, "8", 26, "来年度", True, 2026.5, None, ErrorCell("#N/A")])
def test_what_is_no_fiscal_year(cell: Any) -> None:
    assert read_year(cell, WORDS.dates) is None


@pytest.mark.parametrize(
    ("cell", "staff_id", "folded"),
    [
        ("001234", "001234", False),
        ("００１２３４", "001234", True),
        (" 001234", "001234", True),
        ("001 234\u00a0", "001234", True),
        ("Ｋ00012", "K00012", True),
        (1234, "1234", False),
        (12.5, "", False),
        (True, "", False),
        (-1, "", False),
        (date(2025, 4, 1), "", False),
        (ErrorCell("#REF!"), "", False),
        (None, "", False),
    ],
)
def test_staff_numbers(cell: Any, staff_id: str, folded: bool) -> None:
    assert read_staff_id(cell) == (staff_id, folded)


def test_zeros_come_back_only_to_one_common_width() -> None:
    assert common_width(["001234", 77, "００１２３５"]) == 6
    assert common_width(["001234", "12345"]) is None
    assert common_width([1234, 5678]) == 4
    assert common_width([1234, 567]) is None
    assert common_width(["K00012", "001234"]) == 6
    assert own_id(77, 6) == ("000077", (codes.STAFF_ID_PADDED,))
    assert own_id(77, None) == ("77", ())
    assert own_id("K12", 6) == ("K12", ())


def test_small_values() -> None:
    assert [read_integer(v, 1, 5) for v in (3, "３", "4 ", 5.0, 6, 0, "x", True, None, 2.5)] == [
        3,
        3,
        4,
        5,
        None,
        None,
        None,
        None,
        None,
        None,
    ]
    assert [read_yes(v, WORDS) for v in ("はい", "〇", "○", 1, True, "いいえ", "×", 0, "？", None)] == [
        True,
        True,
        True,
        True,
        True,
        False,
        False,
        False,
        None,
        None,
    ]
    assert split_list("A、B,C・D\nE；A", WORDS) == ("A", "B", "C", "D", "E")
    assert read_text("  x　") == "x" and read_text(12) == "12" and read_text(None) == ""
    assert read_name("髙橋　太郎 ") == "髙橋　太郎 " and read_name("　") == ""


@pytest.mark.parametrize("name", ["髙橋", "山﨑", "𠮷田", "神谷", "福島", "葛󠄀城"])
def test_names_are_kept_to_the_letter(name: str) -> None:
    assert read_name(name) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ｼｽﾃﾑ係", "システム係"),
        ("ＤＸ推進課", "DX推進課"),
        ("ОＪＴ", "OJT"),  # the first letter is Cyrillic
        ("ルック アップ たちかわ", "ルックアップたちかわ"),
        ("氏　　名", "氏名"),
        ("採用_x000D_\n年月日", "採用年月日"),
        ("フォロ－アップ", "フォローアップ"),
        ("二ュース", "ニュース"),
    ],
)
def test_keys_fold_spellings(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_keys_keep_different_names_apart() -> None:
    assert key("子供家庭部") != key("子ども家庭部")
    assert key("齊藤") != key("斎藤")


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("正規", Employment.REGULAR),
        ("任期付職員", Employment.FIXED_TERM),
        ("暫定再任用", Employment.REAPPOINTED),
        ("定年前再任用短時間", Employment.REAPPOINTED),
        ("会計年度任用職員", Employment.FISCAL_YEAR),
        ("ﾊﾟｰﾄﾀｲﾑ会計年度任用職員", Employment.FISCAL_YEAR),
    ],
)
def test_employment_words(word: str, meaning: Employment) -> None:
    assert WORDS.employment[key(word)] is meaning


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("在職", Presence.ACTIVE),
        ("育児短時間勤務", Presence.ACTIVE),
        ("出向", Presence.ACTIVE),
        ("休職中", Presence.LEAVE),
        ("育休", Presence.LEAVE),
        ("研修派遣", Presence.SECONDED),
        ("退職", Presence.GONE),
        ("死亡", Presence.GONE),
    ],
)
def test_presence_words(word: str, meaning: Presence) -> None:
    assert WORDS.presence[key(word)] is meaning


@pytest.mark.parametrize(
    ("marks", "meaning"),
    [
        ("〇○◯⭕◎●1済レ✓", Outcome.COMPLETED),
        ("×未－", Outcome.NOT_COMPLETED),
        ("欠", Outcome.ABSENT),
        ("免", Outcome.EXEMPT),
    ],
)
def test_marks_of_the_training_register(marks: str, meaning: Outcome) -> None:
    assert {WORDS.outcome.get(key(mark)) for mark in marks} == {meaning}
