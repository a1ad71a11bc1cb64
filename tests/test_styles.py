"""The looks of templates/styles.toml: complete, readable, and clear when they are not."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from hrbook.core.fault import Fault
from hrbook.resources import load_toml
from hrbook.styles import STACKED, Styles, contrast, load_styles, parse_styles, readable_on

LOOKS = sorted(load_toml("styles.toml")["looks"])


@pytest.fixture
def tables() -> dict[str, Any]:
    return copy.deepcopy(load_toml("styles.toml"))


@pytest.mark.parametrize("name", LOOKS)
def test_text_stands_out_from_its_fill(name: str) -> None:
    look = load_styles().look(name)
    if look.fill:
        assert contrast(look.fill, look.colour) >= 4.5
    elif name != "white":
        assert contrast("FFFFFF", look.colour) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert readable_on("E69F00", "1B2733", "FFFFFF") == "1B2733"


def test_later_names_win() -> None:
    styles = load_styles()
    look = styles.look("td center bold fill_orange group_top regular")
    assert (look.align, look.bold, look.fill) == ("center", False, styles.colour("orange"))
    assert look.top == ("medium", styles.colour("navy2")) and look.bottom == ("thin", styles.colour("hair"))


def test_every_status_of_the_words_has_a_chip() -> None:
    statuses, styles = load_toml("labels/common.toml")["status"], load_styles()
    assert set(statuses) == {"rotation", "training", "assigned"}
    for group, words in statuses.items():
        for status in words:
            special = f"chip_{group}_{status}"
            assert styles.look(special if special in styles.classes else f"chip_{status}").fill


def test_what_sheets_rely_on() -> None:
    styles = load_styles()
    assert styles.look("th_vertical").rotation == STACKED
    assert styles.look("input").unlocked and not styles.look("td").unlocked
    assert styles.look("guide_line").right == ("thick", styles.colour("alarm"))
    assert not any(styles.look(name).wrap for name in ("name", "kana", "staff_id", "field_name"))
    assert styles.look("").font == styles.fonts.normal and styles.look("").size == 11


def test_an_unknown_class_is_named(tables: dict[str, Any]) -> None:
    with pytest.raises(Fault) as caught:
        load_styles().look("td centre")
    assert caught.value.key == "look_unknown" and caught.value.facts["look"] == "centre"
    with pytest.raises(Fault) as caught:
        load_styles().colour("purple")
    assert caught.value.key == "colour_unknown"


@pytest.mark.parametrize(
    "look",
    [
        {"colour": "purple"},
        {"fill": "FFFFFF"},
        {"top": "thin"},
        {"top": "heavy navy"},
        {"align": "centre"},
        {"valign": "middle"},
        {"bold": "yes"},
        {"wrap": 1},
        {"size": "big"},
        {"size": 0},
        {"indent": 99},
        {"rotation": 120},
        {"number_format": "0"},
        {"font": "other"},
        {"background": "navy"},
        {"like": "nothing"},
        {"like": "td"},
    ],
)
def test_what_cannot_be_read_is_named(tables: dict[str, Any], look: dict[str, Any]) -> None:
    tables["looks"]["td"] = look
    with pytest.raises(Fault) as caught:
        parse_styles(tables)
    assert caught.value.key == "style_wrong" and caught.value.facts["look"] == "td"


def test_a_colour_is_six_hex_digits(tables: dict[str, Any]) -> None:
    tables["colours"]["ink"] = "black"
    with pytest.raises(Fault):
        parse_styles(tables)


def test_a_border_may_be_set_by_side_and_taken_away(tables: dict[str, Any]) -> None:
    tables["looks"]["own"] = {"like": "box", "top": "none", "left": "double alarm"}
    styles: Styles = parse_styles(tables)
    look = styles.look("own")
    assert look.top is None and look.left == ("double", styles.colour("alarm")) and look.right == styles.look("box").right


def test_every_fault_has_its_words() -> None:
    facts = {
        "file": "f",
        "look": "l",
        "property": "p",
        "found": 1,
        "colour": "c",
        "sheet": "s",
        "row": 1,
        "column": 1,
        "limit": 1,
    }
    for words in load_toml("labels/excel.toml")["fault"].values():
        assert words["ja"].format(**facts) != words["en"].format(**facts)
