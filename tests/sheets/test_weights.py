"""Weights of abilities: per rank, adding up to 100, with what is new at the next one."""

import re
from dataclasses import replace
from datetime import date

from hrbook.sheets.department import weights
from tests.sheets.builders import LABELS, POLICY, employee, reading_of, texts, unbracketed, view_of
from tests.sheets.known import known_words

ABILITIES = POLICY.competency.abilities
IDS = [a.id for a in ABILITIES]
YOUNG = employee("1", hired=date(2022, 4, 1))
CHIEF = employee("2", title="係長", hired=date(2008, 4, 1), rank_start=date(2020, 4, 1))


def sheet_of(*people, **given):
    view = view_of(*people, **given)
    (sheet,) = weights.sheets(view)
    return view, sheet


def row_of(sheet, rank):
    """The matrix row of a rank: number of people, text by ability, and the words on the next rank."""
    heads = [c.row for c in sheet.cells if c.value == LABELS("weights.matrix.gist")]
    row = next(c.row for c in sheet.cells if c.value == rank and c.row > heads[0] and c.col == 0)
    cells = {c.col: c.value for c in sheet.cells if c.row == row}
    first = weights.FIRST
    marks = [cells[first + weights.CELL * n] for n in range(len(ABILITIES))]
    after = first + weights.CELL * len(ABILITIES)
    return cells[weights.RANK], dict(zip(IDS, marks, strict=True)), cells[after]


def percent(text):
    return int(re.search(r"(\d+)%", text).group(1))


def test_percentages_of_every_rank_add_up_to_100():
    _, sheet = sheet_of(YOUNG)
    for rank in POLICY.ranks:
        _, marks, _ = row_of(sheet, rank.name)
        assert sum(percent(text) for text in marks.values() if text) == 100


def test_marks_are_those_of_the_policy():
    _, sheet = sheet_of(YOUNG)
    symbols = {m.id: m.symbols[0] for m in POLICY.competency.marks}
    for rank in POLICY.ranks:
        _, marks, _ = row_of(sheet, rank.name)
        for ability in ABILITIES:
            mark = ability.marks.get(rank.id)
            assert (marks[ability.id] or "").startswith(symbols[mark] if mark else "")
            assert (marks[ability.id] is None) == (mark is None)


def test_an_arrow_marks_what_is_new_or_stronger_than_at_the_rank_below():
    _, sheet = sheet_of(YOUNG)
    _, senior, words = row_of(sheet, "主任")
    assert [a for a, text in senior.items() if text and "↑" in text] == ["policy_planning", "negotiation", "guidance"]
    _, lowest, next_words = row_of(sheet, "主事")
    assert not any("↑" in text for text in lowest.values() if text)
    assert next_words == "主任で：政策立案・折衝交渉・指導育成"
    assert words.startswith("係長で：")
    assert row_of(sheet, "部長")[2] == LABELS("weights.matrix.next_top")


def test_people_are_counted_by_rank_and_by_mark():
    _, sheet = sheet_of(YOUNG, CHIEF, employee("3", hired=date(2024, 4, 1)))
    assert [row_of(sheet, rank)[0] for rank in ("部長", "係長", "主事")] == [0, 1, 2]
    row = next(c.row for c in sheet.cells if c.value == "◎ の人数")
    cells = {c.col: c.value for c in sheet.cells if c.row == row}
    counts = {ability: cells[weights.FIRST + weights.CELL * n] for n, ability in enumerate(IDS)}
    assert counts["execution"] == 3 and counts["organisation"] == 1


def test_the_finding_names_the_ability_most_needed():
    _, sheet = sheet_of(YOUNG, CHIEF)
    assert texts(sheet, 1) == ["この部署で「特に必要」（◎）の人がいちばん多い能力は職務遂行能力で、2人のうち2人です。"]
    _, unknown = sheet_of(employee("9", title="謎の職"))
    assert texts(unknown, 1) == [LABELS("weights.finding_empty")]
    assert LABELS("weights.note.unknown", count=1) in texts(unknown)


def test_points_other_than_the_default_change_the_weights_and_are_said():
    reading = reading_of(points={"especially": 3, "required": 1})
    _, sheet = sheet_of(YOUNG, reading=reading)
    assert any("◎＝3点、〇＝1点" in text for text in texts(sheet))
    _, marks, _ = row_of(sheet, "主任")
    order = ("guidance", "execution", "problem_finding", "expertise", "policy_planning", "negotiation")
    assert [percent(marks[ability]) for ability in order] == [22, 22, 21, 21, 7, 7]


def test_expected_behaviours_keep_the_names_of_their_list_and_say_the_other_one():
    _, sheet = sheet_of(YOUNG)
    said = texts(sheet)
    for behaviour in POLICY.competency.behaviours:
        assert behaviour.name in said and behaviour.gist in said
    row = next(c.row for c in sheet.cells if c.value == "組織育成能力")
    assert "指導育成能力" in texts(sheet, row)
    assert any("「組織運営能力」と「組織管理能力」" in text for text in said)


def test_inferred_columns_are_marked_and_explained():
    _, sheet = sheet_of(YOUNG)
    heads = [a.short + "※" for a in ABILITIES if a.basis.value == "inferred"]
    assert set(heads) <= set(texts(sheet))
    assert "専門" in texts(sheet) and LABELS("weights.note.inferred") in texts(sheet)


def test_behaviours_begin_a_page():
    _, sheet = sheet_of(YOUNG)
    row = next(c.row for c in sheet.cells if c.value == LABELS("weights.behaviour.heading"))
    assert sheet.page.row_breaks == (row,)


def test_another_city_may_have_fewer_or_more_abilities():
    for count in (4, 16):
        abilities = tuple(replace(ABILITIES[n % 10], id=f"a{n}", name=f"能力{n}", short="") for n in range(count))
        policy = replace(POLICY, competency=replace(POLICY.competency, abilities=abilities, behaviours=()))
        _, sheet = sheet_of(YOUNG, reading=reading_of(policy=policy))
        assert max(c.col + c.cols for c in sheet.cells) == len(sheet.columns)
        assert all(c.cols >= 1 for c in sheet.cells)
        assert f"能力{count - 1}" in {c.value.rstrip("※") for c in sheet.cells if isinstance(c.value, str)}


def test_every_word_is_a_label():
    view, sheet = sheet_of(YOUNG, CHIEF, employee("9", title="謎の職"), labels=LABELS.marked())
    assert unbracketed(sheet, known_words(view.people)) == []
