"""Rows of OJT pairs, of self-study and of wished themes, as city halls write them."""

from datetime import date
from itertools import pairwise

import pytest

from hrbook.ingest.policy import load_policy
from tests.ingest.conftest import BORN, HEAD, HIRED

STAFF = [
    HEAD,
    ("001", "架空　太郎", BORN, HIRED, "一般事務", "主任", "総務部", "人事課"),
    ("002", "架空　花子", BORN, date(2026, 4, 1), "一般事務", "主事", "総務部", "人事課"),
]
PAIRS = ("新任者職員番号", "新任者氏名", "ＯＪＴトレーナー職員番号", "OJTトレーナー", "指導開始日", "至")
STUDY = ("職員番号", "名称", "取得日", "助成", "種別")


def pairs(found):
    return [(t.trainer, t.start, t.end) for t in found.person("002").trainers]


def test_pairs_are_read_under_other_headings_and_another_sheet_name(read):
    row = ("002", "架空花子", "1", "架空　太郎", "R8.4.1", "令和9年3月31日")
    found = read({"職員名簿": STAFF, "ＯＪＴトレーナー": [PAIRS, row]})
    assert pairs(found) == [("001", date(2026, 4, 1), date(2027, 3, 31))]
    assert found.cells("HR212") == ["C2"]  # the lost zeros of the trainer's number were put back


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (("002", "", "999", "", "", ""), "HR301", "C2"),
        (("002", "", "002", "", "", ""), "HR331", "C2"),
        (("002", "", "", "", "", ""), "HR206", "C2"),
        (("002", "", "001", "別人　次郎", "", ""), "HR316", "D2"),
        (("002", "別人　次郎", "001", "", "", ""), "HR316", "B2"),
        (("999", "", "001", "", "", ""), "HR301", "A2"),
    ],
)
def test_a_row_that_names_the_wrong_person_is_not_used(read, row, code, cell):
    found = read({"職員名簿": STAFF, "OJT担当": [PAIRS, [value or None for value in row]]})
    assert (pairs(found), found.cells(code)) == ([], [cell])


def test_days_the_wrong_way_round_are_told(read):
    row = ("002", None, "001", None, date(2027, 3, 31), date(2026, 4, 1))
    assert read({"職員名簿": STAFF, "OJT担当": [PAIRS, row]}).cells("HR313") == ["F2"]


@pytest.mark.parametrize(
    ("written", "kind", "code"),
    [
        ("資格取得", "qualification", None),
        ("検定", "qualification", None),
        ("ｅラーニング", "online", None),
        ("通信講座", "correspondence", None),
        ("大学院派遣", "secondment", None),
        (None, None, None),
        ("読書会", None, "HR227"),
    ],
)
def test_kinds_of_learning_are_the_policys(read, written, kind, code):
    found = read({"職員名簿": STAFF, "資格・自己啓発": [STUDY, ("001", "何か", None, None, written)]})
    assert found.person().qualifications[0].kind == kind
    assert found.cells("HR227") == (["E2"] if code else [])


@pytest.mark.parametrize(
    ("written", "paid"),
    [("あり", True), ("○", True), (30000, True), ("2万円", True), ("なし", False), ("×", False), (None, False)],
)
def test_whether_the_city_paid(read, written, paid):
    found = read({"職員名簿": STAFF, "資格・自己啓発": [STUDY, ("001", "何か", None, written, None)]})
    assert found.person().qualifications[0].subsidised is paid


@pytest.mark.parametrize(
    ("written", "themes", "noted"),
    [
        ("法律・条例", ("law",), False),  # the dot belongs to the name
        ("ＤＸ、政策法務", ("digital", "law"), False),
        ("デジタル／データ活用", ("digital",), False),
        ("防災、盆栽", ("risk",), True),
        ("盆栽・部下・後輩の育成・人権・共生", ("leading", "rights"), True),
        (None, (), False),
    ],
)
def test_wished_themes(read, written, themes, noted):
    head = ("職員番号", "年度", "学びたいテーマ", "学び方")
    found = read({"職員名簿": STAFF, "自己申告": [head, ("001", 2025, written, "オンライン")]})
    assert (found.person().wishes[0].themes, found.person().wishes[0].way) == (themes, "online")
    assert bool(found.cells("HR228")) is noted


@pytest.mark.parametrize("between", ["、", "・", "/", ";", "\n"])
def test_every_theme_of_the_policy_is_known_in_any_list(read, between):
    themes = load_policy("tachikawa-3")[0].learning.themes
    head = ("職員番号", "年度", "学びたいテーマ")
    for one, two in [*pairwise(themes), (themes[-1], themes[0])]:
        found = read({"職員名簿": STAFF, "自己申告": [head, ("001", 2025, f"{one.name}{between}{two.name}")]})
        assert found.person().wishes[0].themes == (one.id, two.id)
        assert not found.cells("HR228")


def test_the_finding_names_the_words_that_are_not_counted(read):
    found = read({"職員名簿": STAFF, "自己申告": [("職員番号", "年度", "学びたいテーマ"), ("001", 2025, "防災、盆栽、囲碁")]})
    (told,) = [one for one in found.findings if one.code == "HR228"]
    assert told.facts["words"] == "盆栽, 囲碁"
