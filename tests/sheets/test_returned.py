"""前回の面談: what a person wrote last year, short enough to read beside the next talk."""

from hrbook.core.returned import Entry, Group, Origin
from hrbook.sheets.department import returned
from tests.sheets.builders import LABELS, employee, texts, unbracketed, view_of
from tests.sheets.known import known_words

ORIGIN = Origin("課.xlsx", "面談シート", "A1", "0", "", "市民課")


def wrote(field, value, item="", code="", group=Group.SCORE):
    return Entry("1", 2025, group, field, item, code, value, ORIGIN, False)


SAID = (
    wrote("feeling", "△", "専門", "3"),
    wrote("feeling", "◎", "折衝交渉", "1"),
    wrote("feeling", "△", "課題発見", "3"),
    wrote("own_score", "4", "専門"),
    wrote("manager_score", "3", "専門"),
    wrote("own_score", "2", "折衝交渉"),
    wrote("answer", "受ける", "TC-K01", "1", Group.COURSE),
    wrote("talked_on", "2025-05-20", group=Group.TALK),
    wrote("end_on", "三月のはじめ", group=Group.TALK),
)


def sheet_of(**given):
    view = view_of(employee("1", returned=SAID), **given)
    (sheet,) = returned.sheets(view)
    return view, sheet


def test_choices_stand_in_their_order_and_scores_side_by_side():
    _, sheet = sheet_of()
    assert "◎：折衝交渉\n△：専門、課題発見\n自己/上司：専門 4/3、折衝交渉 2/－\n受ける：TC-K01" in texts(sheet)


def test_each_talk_says_which_it_was_and_what_is_no_day_stands_as_written():
    _, sheet = sheet_of()
    assert "期首 R7.5.20\n期末 三月のはじめ" in texts(sheet)


def test_nothing_came_back_no_sheet():
    assert returned.sheets(view_of(employee("1"))) == ()


def test_every_word_is_a_label():
    view, sheet = sheet_of(labels=LABELS.marked())
    said = {entry.value for entry in SAID} | {entry.item for entry in SAID} | {ORIGIN.sender}
    assert unbracketed(sheet, known_words(view.people) | said) == []
