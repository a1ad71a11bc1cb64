"""Widths, line ends and heights of Japanese text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrbook import textfit

IVS = "\U000e0101"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("", 0),
        ("R8.4.1", 6),
        ("課長", 4),
        ("ｶﾞ", 2),
        ("が", 2),
        ("か\u3099", 2),
        ("渡邉" + IVS, 4),
        ("𠮷田", 4),
        ("髙﨑", 4),
        ("◎○△→…", 10),
        ("\ue000外字", 6),
        ("一行\n二行目", 6),
        ("ñ", 1),
        ("a\u200db", 2),
    ],
)
def test_units_are_those_of_a_japanese_font(text: str, units: int) -> None:
    assert textfit.units(text) == units


def test_pixels_follow_size_and_weight() -> None:
    assert textfit.text_px("課" * 10, 11) == pytest.approx(150, abs=1)
    assert textfit.text_px("課" * 10, 22) == pytest.approx(2 * textfit.text_px("課" * 10, 11))
    assert textfit.text_px("課", 10, bold=True) > textfit.text_px("課", 10)


@pytest.mark.parametrize("width", [0.5, 1.0, 6.57, 8.43, 46.0])
def test_column_widths_convert_back(width: float) -> None:
    assert textfit.column_px(textfit.column_width(textfit.column_px(width))) == textfit.column_px(width)


@pytest.mark.parametrize(("width", "px"), [(8.43, 64), (8.0, 61), (46.0, 327), (0.5, 6)])
def test_column_pixels_are_those_of_excel(width: float, px: int) -> None:
    assert textfit.column_px(width) == px


def test_a_column_made_for_a_text_shows_it_on_one_line() -> None:
    for text in ("市町村職員研修所", "12AB", "渡邉" + IVS + " 誠一"):
        px = textfit.usable_px(textfit.column_px(textfit.width_for(text, 10, bold=True)))
        assert textfit.wrap(text, px, 10, True) == (text,)


@pytest.mark.parametrize(
    ("text", "letters", "lines"),
    [
        ("短い", 10, ("短い",)),
        ("課題解決のため有効な政策を立案する", 10, ("課題解決のため有効な", "政策を立案する")),
        ("課題解決のため有効な政策を立案する", 9, ("課題解決のため", "有効な政策を", "立案する")),
        ("改善を図る。", 5, ("改善を", "図る。")),
        ("関心（第１希望）", 4, ("関心", "（第１希", "望）")),
        ("Microsoft Excelで数える", 6, ("Microsoft", "Excelで", "数える")),
        ("次は令和9年4月です", 6, ("次は", "令和9年4月", "です")),
        ("件数は1,234.5件です", 6, ("件数は", "1,234.5件", "です")),
        ("一\n二三四", 5, ("一", "二三四")),
        ("データセンター", 4, ("データセ", "ンター")),
        ("データセンター運営", 7, ("データセンター", "運営")),
        ("アイウ・エオカ", 5, ("アイウ・", "エオカ")),
        ("佐々木", 2, ("佐々", "木")),
        ("abcdefgh", 2, ("abcd", "efgh")),
        ("渡邉\U000e0101渡邉\U000e0101", 1, ("渡", "邉\U000e0101", "渡", "邉\U000e0101")),
        ("前 後", 1, ("前", "後")),
    ],
)
def test_lines_end_between_phrases(text: str, letters: int, lines: tuple[str, ...]) -> None:
    assert textfit.wrap(text, textfit.text_px("漢" * letters, 10) + 0.5, 10) == lines


TEXTS = st.text(alphabet="課長を図る、。（）「」ーっャ12３aZ., 々々・→" + IVS + "\u3099𠮷ｶﾞ", max_size=40)


@given(TEXTS, st.floats(20, 300))
def test_wrapping_loses_and_adds_no_letter(text: str, px: float) -> None:
    lines = textfit.wrap(text, px, 10)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert textfit.wrap(text, px, 10) == lines


@given(TEXTS, st.floats(80, 300))
def test_lines_fit_and_keep_marks_with_their_letters(text: str, px: float) -> None:
    for number, line in enumerate(textfit.wrap(text, px, 10)):
        assert textfit.text_px(line, 10) <= px + 0.001
        if number:
            assert not line or not unicodedata.category(line[0]).startswith("M")


@given(
    st.lists(st.sampled_from(["課題を", "改善し、", "図る。", "（参考）", "「目安」は", "2026年度に", "ＯＪＴで"]), max_size=12)
)
def test_no_line_begins_with_a_stop_or_ends_with_an_opening(parts: list[str]) -> None:
    for line in textfit.wrap("".join(parts), 100, 10)[1:]:
        assert line[0] not in "、。）」ーっ"
    for line in textfit.wrap("".join(parts), 100, 10):
        assert not line or line[-1] not in "（「"


def test_row_heights_grow_by_lines_up_to_the_limit_of_excel() -> None:
    assert textfit.row_height(1, 10) < textfit.row_height(2, 10) < textfit.row_height(2, 12)
    assert textfit.row_height(100, 10) == textfit.MAX_HEIGHT
    assert textfit.row_height(3, 10) * 4 == int(textfit.row_height(3, 10) * 4)
