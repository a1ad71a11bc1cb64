"""Digital talent on a department's own sheet."""

from dataclasses import replace
from datetime import date

from hrbook.core.career import DigitalPolicy, TierPath
from hrbook.sheets.department import digital
from tests.sheets.builders import (
    LABELS,
    POLICY,
    at,
    completion,
    employee,
    order,
    reading_of,
    texts,
    unbracketed,
    value_of,
    view_of,
)
from tests.sheets.known import known_words

PATH = TierPath("leader", ("TC-K04", "市の講座"), ("shunin",), 5, 2)
LONG_AGO = date(2015, 4, 1)


def people():
    return [
        employee("1", title="係長", tier="leader", name="中心　一"),
        employee("2", title="主任", hired=LONG_AGO, name="候補　二", completions=(completion("TC-K04", date(2023, 6, 1)),)),
        employee("3", name="ふつう　三"),
    ]


def sheet_of(*who, **given):
    (sheet,) = digital.sheets(view_of(*who, **given))
    return sheet


def test_the_only_leader_is_said_to_be_the_last():
    sheet = sheet_of(*people(), reading=reading_of(tier_paths=(PATH,)))
    assert "1人の異動でいなくなります" in value_of(at(sheet, 1, 0))
    said = [texts(sheet, row) for row in (4, 5)]
    assert said[0][:3] == ["● いる", "1", "中心　一"] and "中心になる人がいなくなります" in said[0][-1]
    assert said[1][:3] == ["あと研修だけ", "2", "候補　二"] and "受けていない研修：市の講座" in said[1][-1]
    assert "ふつう　三" not in texts(sheet)


def test_a_leader_with_an_order_elsewhere_is_said_to_leave():
    leaving = employee("1", tier="leader", orders=(order(date(2026, 10, 1), "課税課"),), hired=LONG_AGO)
    sheet = sheet_of(leaving)
    assert "発令でいなくなります" in value_of(at(sheet, 1, 0))
    assert "この部署を離れる発令があります。" in texts(sheet)


def test_every_tier_stands_with_what_it_needs_its_clause_and_the_citys_courses():
    sheet = sheet_of(*people(), reading=reading_of(tier_paths=(PATH,)))
    said = " ".join(texts(sheet))
    for tier in POLICY.digital.tiers:
        assert tier.name in said and tier.needs in said and tier.grown in said
        assert POLICY.place(tier.clause) in said and POLICY.place(tier.grown_clause) in said
    assert "研修：カイゼン、市の講座／職層：主任／入庁5年目から／今の所属で2年目から" in said
    assert said.count("未設定（方針は研修の名前を書いていません") == 2


def test_without_paths_the_sheet_says_why_there_are_no_candidates():
    sheet = sheet_of(employee("1"))
    assert "層にある人も、条件のそろった人もいません。" in texts(sheet)
    assert "候補の条件は、設定ファイルの「デジタル人材」に書かれていない" in texts(sheet)[-1]


def test_no_sheet_without_tiers():
    bare = reading_of(policy=replace(POLICY, digital=DigitalPolicy()))
    assert digital.sheets(view_of(employee("1"), reading=bare)) == ()


def test_no_word_stands_in_code():
    view = view_of(*people(), reading=reading_of(tier_paths=(PATH,)), labels=LABELS.marked())
    (sheet,) = digital.sheets(view)
    assert unbracketed(sheet, known_words(view.people) | {tier.name for tier in POLICY.digital.tiers}) == []
