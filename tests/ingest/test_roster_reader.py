"""The roster's door on real files: the contract's rules, row by row and cell by cell."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hrbook.core.fault import Fault
from hrbook.core.finding import Severity
from hrbook.core.roster import UNREADABLE, Employment, Nature, Outcome, Post, Presence
from tests.ingest.conftest import BORN, HEAD, HIRED, person

ORDERS = ("職員番号", "発令日", "部", "課", "係", "職名", "異動区分", "終了日", "備考")
COURSES = ("職員番号", "研修名", "修了日", "結果")


def test_a_clean_roster_has_no_finding(read: Callable[..., Any]) -> None:
    got = read(
        {
            "職員名簿": [HEAD, person()],
            "異動履歴": [ORDERS, ("001", HIRED, "総務部", "人事課", "人事係", "主事", "採用", None, None)],
            "研修履歴": [COURSES, ("001", "新任研修", date(2018, 5, 1), "修了")],
            "休業等": [("職員番号", "区分", "開始日", "終了日"), ("001", "育児休業", date(2020, 4, 1), None)],
        }
    )
    one = got.person()
    assert got.findings == ()
    assert (one.staff_id, one.name, one.birth, one.hired, one.rank) == ("001", "架空　太郎", BORN, HIRED, "shunin")
    assert (one.post, one.employment, one.presence) == (Post("総務部", "人事課"), Employment.REGULAR, Presence.ACTIVE)
    assert one.tier == "general"
    assert (one.orders[0].nature, one.orders[0].hire, one.orders[0].rank) == (Nature.PRIMARY, True, "shuji")
    assert (one.completions[0].code, one.completions[0].outcome) == ("TS-K01", Outcome.COMPLETED)
    assert (one.leaves[0].kind, one.leaves[0].end, one.leaves[0].absent) == ("育児休業", None, True)
    assert one.ref.address("title") == "F2"
    assert got.roster.rows_read == 1 and got.roster.set_aside == ()
    assert got.roster.sheet_rows["orders"] == 1


@pytest.mark.parametrize(
    ("rows", "code", "cells"),
    [
        ([person(None)], "HR101", ["A3"]),
        ([person("　")], "HR101", ["A3"]),
        ([person(12.5)], "HR101", ["A3"]),
        ([person("002", 部=None, 課="")], "HR102", ["G3"]),
        ([person("002"), person("002", 氏名="別人")], "HR103", ["A3", "A4"]),
        ([person("002"), person(" ００２")], "HR103", ["A3", "A4"]),
    ],
)
def test_rows_that_are_set_aside(read: Callable[..., Any], rows: list[Any], code: str, cells: list[str]) -> None:
    got = read({"職員名簿": [HEAD, person("001"), *rows]})
    assert got.cells(code) == cells
    assert {f.severity for f in got.findings if f.code == code} == {Severity.ERROR}
    assert [e.staff_id for e in got.roster.employees] == ["001"]
    assert [row.code for row in got.roster.set_aside] == [code] * len(cells)
    assert got.roster.rows_read == 1 + len(rows)


def test_a_department_by_code_alone_is_enough(read: Callable[..., Any]) -> None:
    got = read({"職員名簿": [(*HEAD, "所属コード"), (*person(部=None, 課=None), 1302)]})
    assert got.person().post == Post(code="1302")


@pytest.mark.parametrize(
    ("change", "code", "cell", "field", "value"),
    [
        ({"職名": "特命調整官"}, "HR231", "F2", "rank", None),
        ({"職名": None}, "HR206", "F2", "rank", None),
        ({"生年月日": "平成の頃"}, "HR201", "C2", "birth", UNREADABLE),
        ({"生年月日": "7.5.1"}, "HR203", "C2", "birth", UNREADABLE),
        ({"生年月日": None}, "HR206", "C2", "birth", None),
        ({"採用年月日": "不明"}, "HR204", "D2", "hired", None),
        ({"採用年月日": "H30.4.1"}, None, "", "hired", HIRED),
        ({"採用年月日": "H31.6.1"}, "HR202", "D2", "hired", date(2019, 6, 1)),
        ({"採用年月日": 43191}, "HR205", "D2", "hired", HIRED),
        ({"氏名": "□橋　太郎"}, "HR241", "B2", "name", "□橋　太郎"),
        ({"氏名": "U+9AD9橋"}, "HR241", "B2", "name", "U+9AD9橋"),
        ({"氏名": "\ue000田"}, "HR241", "B2", "name", "\ue000田"),
        ({"氏名": "𠮷田 葛󠄀城 神谷"}, None, "", "name", "𠮷田 葛󠄀城 神谷"),
        ({"職名": "人事課長"}, "HR232", "F2", "rank", "kacho"),
        ({"採用年月日": "=TODAY()"}, "HR208", "D2", "hired", UNREADABLE),
        ({"採用年月日": "#N/A"}, "HR207", "D2", "hired", UNREADABLE),
        ({"採用年月日": date(2005, 4, 1)}, "HR321", "D2", "hired", date(2005, 4, 1)),
    ],
)
def test_a_bad_value_keeps_its_person(
    read: Callable[..., Any], change: dict[str, Any], code: str | None, cell: str, field: str, value: object
) -> None:
    got = read({"職員名簿": [HEAD, person(**change)]})
    assert [(f.code, f.cell) for f in got.findings] == ([(code, cell)] if code else [])
    assert getattr(got.person(), field) == value
    assert got.roster.set_aside == ()


def columns(**more: Any) -> list[tuple[Any, ...]]:
    return [(*HEAD, *more), (*person(), *more.values())]


@pytest.mark.parametrize(
    ("more", "code", "field", "value"),
    [
        ({"任用区分": None}, None, "employment", Employment.REGULAR),
        ({"任用区分": "会計年度任用職員"}, None, "employment", Employment.FISCAL_YEAR),
        ({"任用区分": "嘱託"}, "HR221", "employment", None),
        ({"任用区分": "#REF!"}, "HR207", "employment", None),
        ({"在職状況": None}, None, "presence", Presence.ACTIVE),
        ({"在職状況": "長期研究"}, "HR222", "presence", None),
        ({"在職状況": "休職中 R7.4.1～"}, "HR314", "presence", Presence.LEAVE),
        ({"在職状況": "退職 R7.3.31"}, "HR314", "left", date(2025, 3, 31)),
        ({"在職状況": "退職"}, "HR325", "presence", Presence.GONE),
        ({"デジタル区分": "DX推進リーダー"}, None, "tier", "leader"),
        ({"デジタル区分": "達人"}, "HR226", "tier", None),
        ({"役割": "OJTトレーナー、DX推進リーダー"}, None, "roles", ("OJTトレーナー", "DX推進リーダー")),
        ({"現職層開始日": "R7.4.1"}, None, "rank_start", date(2025, 4, 1)),
        ({"現職層開始日": date(2010, 4, 1)}, "HR322", "rank_start", date(2010, 4, 1)),
    ],
)
def test_words_of_the_roster(read: Callable[..., Any], more: dict[str, Any], code: str | None, field: str, value: object) -> None:
    got = read({"職員名簿": columns(**more)})
    assert got.codes() == ([code] if code else [])
    assert getattr(got.person(), field) == value


def test_lost_zeros_come_back_to_the_rosters_own_width(read: Callable[..., Any]) -> None:
    got = read(
        {
            "職員名簿": [HEAD, person("001234"), person(77), person(" ００００７８")],
            "研修履歴": [COURSES, (1234, "新任研修", HIRED, None), ("77", "新任研修", HIRED, None)],
        }
    )
    assert [e.staff_id for e in got.roster.employees] == ["000077", "000078", "001234"]
    assert len(got.person("001234").completions) == len(got.person("000077").completions) == 1
    assert got.cells("HR212") == ["A2", "A3", "A3"]
    assert got.cells("HR211") == ["A4"]


def test_a_roster_of_numbers_finds_a_history_of_texts(read: Callable[..., Any]) -> None:
    got = read({"職員名簿": [HEAD, person(1234), person(98765)], "研修履歴": [COURSES, ("001234", "新任研修", HIRED, None)]})
    assert len(got.person("1234").completions) == 1
    assert got.cells("HR212") == ["A2"]


def test_without_one_width_nothing_is_joined(read: Callable[..., Any]) -> None:
    got = read(
        {
            "職員名簿": [HEAD, person("001234"), person("1235")],
            "研修履歴": [COURSES, (1234, "新任研修", HIRED, None), ("9", "新任研修", HIRED, None)],
        }
    )
    assert got.person("001234").completions == ()
    assert got.cells("HR301") == ["A2", "A3"]


def test_rows_of_people_who_were_set_aside_are_told_apart(read: Callable[..., Any]) -> None:
    got = read(
        {
            "職員名簿": [HEAD, person("001"), person("002"), person("002")],
            "研修履歴": [COURSES, ("002", "新任研修", HIRED, None), (None, "新任研修", HIRED, None)],
        }
    )
    assert got.cells("HR302") == ["A2"]
    assert got.cells("HR112") == ["A3"]


def test_rows_that_are_no_data_are_skipped_with_a_note(read: Callable[..., Any]) -> None:
    got = read(
        {
            "職員名簿": [
                ("令和７年４月１日現在　職員名簿（取扱注意）",),
                (),
                HEAD,
                person("001"),
                (),
                (None, " "),
                person("002"),
                HEAD,
                person("003"),
                ("総務課　計　15人",),
                (None, "小計", 3),
                ("※ 休職者を含む",),
                (),
            ]
        }
    )
    assert [e.staff_id for e in got.roster.employees] == ["001", "002", "003"]
    assert got.roster.rows_read == 3
    assert [(f.code, f.cell) for f in got.findings] == [
        ("HR106", "A5"),
        ("HR107", "A8"),
        ("HR108", "A10"),
        ("HR108", "B11"),
        ("HR109", "A12"),
    ]
    assert got.person("003").ref.address("name") == "B9"


def test_two_row_headings_and_columns_in_any_order(write: Callable[..., Any], policy: Any) -> None:
    import openpyxl

    from hrbook.ingest.roster import load_roster

    path = write(
        {
            "職員名簿": [
                ("職員名簿",),
                ("所　　属", None, None, "職員\n番号", "氏　　名", "生年\n月日", "採用_x000D_\n年月日", "職　種", "職　名"),
                ("部", "課", "係", None, None, None, None, None, None),
                ("総務部", "人事課", "人事係", "001", "架空　花子", BORN, HIRED, "一般事務", "主事"),
            ]
        }
    )
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("A2:C2")
    for column in "DEFGHI":
        book.worksheets[0].merge_cells(f"{column}2:{column}3")
    book.save(path)
    roster, findings = load_roster(path, policy)
    assert roster.employees[0].post == Post("総務部", "人事課", "人事係")
    assert roster.employees[0].ref.address("hired") == "G4"
    assert findings == ()


def test_accepted_headings_extra_columns_and_second_columns(read: Callable[..., Any]) -> None:
    head = ("職員コード", "職員氏名", "生年月日(和暦)", "入庁日", "職種", "補職名", "部局名", "所属名", "級号給", "職位")
    got = read({"職員名簿": [head, (*person(), "3-25", "主任級")], "表紙": [["x"]], "白紙": []})
    assert got.person().title == "主任"
    assert [(f.code, f.cell, f.found) for f in got.findings] == [
        ("HR104", "I1", "級号給"),
        ("HR105", "", None),
        ("HR111", "J1", "職位"),
    ]


def test_continuation_sheets_are_joined(read: Callable[..., Any]) -> None:
    row = ("001", "問題解決", date(2020, 4, 2), None)
    got = read(
        {
            "職員名簿": [HEAD, person()],
            "研修履歴２": [("研修名", "職員番号", "修了日"), ("新任研修", "001", date(2018, 5, 1))],
            "研修履歴": [COURSES, row],
            "研修履歴 (3)": [COURSES, row],
        }
    )
    done = got.person().completions
    assert [(c.code, c.ref.source.sheet, c.ref.address("course")) for c in done] == [
        ("TS-K01", "研修履歴２", "A2"),
        ("TS-K02", "研修履歴", "B2"),
        ("TS-K02", "研修履歴 (3)", "B2"),
    ]
    assert got.roster.sheet_rows["completions"] == 3
    assert got.codes() == ["HR113"]


@pytest.mark.parametrize(
    ("sheets", "key", "facts"),
    [
        ({"名簿表": [["氏名"]]}, "sheet_missing_near", {"expected": "職員名簿", "found": "名簿表"}),
        ({"x": [["a"]]}, "sheet_missing", {"expected": "職員名簿", "found": "x"}),
        ({"職員名簿": []}, "sheet_empty", {"sheet": "職員名簿"}),
        ({"職員名簿": [["a", "b"], ["c", "d"]]}, "header_missing", {"sheet": "職員名簿", "cell": "A1"}),
        (
            {"職員名簿": [("題",), tuple(h for h in HEAD if h != "職種")]},
            "column_missing",
            {"sheet": "職員名簿", "cell": "A2", "expected": "職種"},
        ),
        (
            {"職員名簿": [tuple("採用年度日" if h == "採用年月日" else h for h in HEAD)]},
            "column_missing_near",
            {"expected": "採用年月日", "near": "採用年度日 (D1)"},
        ),
        ({"職員名簿": [(*HEAD, "職 名")]}, "header_twice", {"cell": "F1", "other": "I1", "found": "職名"}),
        (
            {"職員名簿": [HEAD], "異動履歴": [("職員番号", "発令日", "職名")]},
            "column_missing",
            {"sheet": "異動履歴", "expected": "部 / 課 / 所属コード"},
        ),
        (
            {"職員名簿": [HEAD], "研修履歴": [("職員番号", "修了日", "結果")]},
            "column_missing",
            {"sheet": "研修履歴", "expected": "研修名 / 研修コード"},
        ),
    ],
)
def test_file_faults_name_their_place(read: Callable[..., Any], sheets: dict[str, Any], key: str, facts: dict[str, str]) -> None:
    with pytest.raises(Fault) as caught:
        read(sheets)
    assert caught.value.key == key and not caught.value.usage
    assert {name: caught.value.facts[name] for name in facts} == facts
    assert caught.value.facts["file"] == "roster.xlsx"


def test_the_settings_may_map_headings(read: Callable[..., Any]) -> None:
    sheets = {"職員名簿": [(*HEAD[:5], "身分", *HEAD[6:]), person()]}
    got = read(sheets, columns={("roster", "title"): "身分", ("roster", "kana"): "よみ", ("orders", "on"): "年月"})
    assert got.person().rank == "shunin"
    assert sorted((f.code, f.sheet, f.found) for f in got.findings) == [
        ("HR114", "異動履歴", "年月"),
        ("HR114", "職員名簿", "よみ"),
    ]


def test_orders(read: Callable[..., Any]) -> None:
    day = date(2020, 4, 1)
    got = read(
        {
            "職員名簿": [HEAD, person()],
            "異動履歴": [
                ORDERS,
                ("001", day, "福祉部", "福祉課", None, "主任", "兼務", None, None),
                ("001", HIRED, "総務部", "人事課", None, "主事", "採用", None, None),
                ("001", "令和2年４月１日", "市民部", "市民課", None, "市民課主任", "不思議な発令", "R4.3.31", "x"),
                ("001", "?年", "市民部", "市民課", None, None, "配置換", None, None),
                ("001", None, None, None, None, None, "配置換", None, "指導課兼務"),
                ("001", day, "総務部", "人事課", None, None, "戒告", None, None),
            ],
        }
    )
    one = got.person()
    assert [(o.on, o.nature) for o in one.orders] == [
        (UNREADABLE, Nature.PRIMARY),
        (None, Nature.SECOND_POST),
        (HIRED, Nature.PRIMARY),
        (day, Nature.PRIMARY),
        (day, Nature.SECOND_POST),
    ]
    assert (one.orders[3].rank, one.orders[3].end, one.orders[3].remark) == ("shunin", date(2022, 3, 31), "x")
    assert [(f.code, f.cell) for f in got.findings] == [
        ("HR201", "B5"),
        ("HR206", "B6"),
        ("HR224", "G4"),
        ("HR232", "F4"),
        ("HR307", "D6"),
        ("HR308", "I6"),
        ("HR310", "G7"),
    ]
    assert all("戒告" not in str(f) for f in got.findings)


def test_the_training_register(read: Callable[..., Any]) -> None:
    got = read(
        {
            "職員名簿": [HEAD, person()],
            "研修履歴": [
                ("職員番号", "研修コード", "研修名", "修了日", "結果"),
                ("001", None, "新任研修", HIRED, None),
                ("001", "TS-K02", None, HIRED, "講師"),
                ("001", None, "問題解決", HIRED, "どうかな"),
                ("001", None, "陶芸教室", HIRED, "〇"),
                ("001", None, None, HIRED, "修了"),
                ("001", None, "新任研修", None, "欠席"),
                ("001", None, "新任研修", date(2010, 4, 1), "免除"),
                ("001", None, "問題解決", HIRED, "#VALUE!"),
            ],
        }
    )
    assert [(c.course, c.code, c.outcome) for c in got.person().completions] == [
        ("新任研修", "TS-K01", Outcome.ABSENT),
        ("新任研修", "TS-K01", Outcome.EXEMPT),
        ("陶芸教室", None, Outcome.COMPLETED),
        ("新任研修", "TS-K01", Outcome.COMPLETED),
        ("TS-K02", "TS-K02", Outcome.LECTURER),
        ("問題解決", "TS-K02", None),
        ("問題解決", "TS-K02", None),
    ]
    assert [(f.code, f.cell) for f in got.findings] == [
        ("HR112", "C6"),
        ("HR206", "D7"),
        ("HR207", "E9"),
        ("HR223", "E4"),
        ("HR303", "C5"),
        ("HR323", "D8"),
    ]


def test_leaves(read: Callable[..., Any]) -> None:
    got = read(
        {
            "職員名簿": [HEAD, person()],
            "休業等": [
                ("職員番号", "区分", "開始日", "終了日"),
                ("001", "育児短時間勤務", date(2021, 4, 1), date(2022, 3, 31)),
                ("001", "育児休業", date(2020, 4, 1), "9999/12/31"),
                ("001", "休業その他", date(2019, 4, 1), date(2018, 4, 1)),
                ("001", "病気休職", date(2010, 4, 1), date(2010, 5, 1)),
            ],
        }
    )
    assert [(x.kind, x.end, x.absent) for x in got.person().leaves] == [
        ("病気休職", date(2010, 5, 1), True),
        ("休業その他", date(2018, 4, 1), True),
        ("育児休業", None, True),
        ("育児短時間勤務", date(2022, 3, 31), False),
    ]
    assert [(f.code, f.cell) for f in got.findings] == [
        ("HR204", "D3"),
        ("HR225", "B4"),
        ("HR309", "B2"),
        ("HR313", "D4"),
        ("HR324", "C5"),
    ]


def test_the_smaller_sheets(read: Callable[..., Any]) -> None:
    got = read(
        {
            "職員名簿": [HEAD, person()],
            "組織": [
                ("所属コード", "部", "課", "開始日", "終了日", "改編元", "分類", "場所区分"),
                ("0101", "市民部", "市民課", "R4.4.1", None, "0099、戸籍課", "窓口", "本庁"),
                ("0100", "市民部", None, None, "x", None, None, None),
                (None, "総務部", "人事課", None, None, None, None, None),
                ("0102", None, None, None, None, None, None, None),
            ],
            "自己申告": [("職員番号", "年度", "異動希望"), ("001", "R7", "あり"), ("001", "昨年", "なし")],
            "評価": [
                ("職員番号", "年度", "能力", "自己評価", "上司評価"),
                ("001", 2025, "専門能力", 3, "４"),
                ("001", 2025, "組織管理能力", "－", 6),
                ("001", 2025, "霊感", 3, None),
            ],
            "理由登録": [
                ("職員番号", "規則", "理由", "有効期限", "登録日"),
                ("001", "ジョブローテーション", "専門性", None, date(2026, 2, 1)),
                ("001", "TS-K02", "他市で受講", None, date(2026, 2, 1)),
                ("001", "謎", "x", None, None),
            ],
            "資格・自己啓発": [("職員番号", "名称", "取得日", "助成"), ("001", "簿記2級", "H30.6.1", "あり")],
        }
    )
    one = got.person()
    assert [(o.code, o.start, o.end, o.parents) for o in got.roster.organisation] == [
        ("", None, None, ()),
        ("0100", None, None, ()),
        ("0101", date(2022, 4, 1), None, ("0099", "戸籍課")),
    ]
    assert [w.year for w in one.wishes] == [None, 2025]
    assert [(s.ability, s.own, s.manager) for s in one.scores] == [
        ("expertise", 3, 4),
        ("organisation", None, None),
        ("霊感", 3, None),
    ]
    assert [r.rule for r in one.reasons] == ["rotation.three-in-ten", "training.TS-K02", "謎"]
    assert (one.qualifications[0].name, one.qualifications[0].on) == ("簿記2級", date(2018, 6, 1))
    assert [(f.code, f.sheet, f.cell) for f in got.findings] == [
        ("HR112", "組織", "B5"),
        ("HR201", "組織", "E3"),
        ("HR206", "組織", "A4"),
        ("HR209", "自己申告", "B3"),
        ("HR210", "評価", "E3"),
        ("HR311", "評価", "C4"),
        ("HR312", "理由登録", "B4"),
    ]


def test_the_order_of_rows_never_matters(read: Callable[..., Any]) -> None:
    people = [person(f"{number:03}") for number in range(1, 9)]
    orders = [
        (row[0], date(2018 + n, 4, 1), "総務部", "人事課", f"{n}係", "主事", kind, None, None)
        for row in people
        for n in range(3)
        for kind in ("配置換", "兼務")
    ]
    courses = [(row[0], name, HIRED, None) for row in people for name in ("新任研修", "問題解決", "陶芸")]

    def told(seed: int) -> list[object]:
        mixed = random.Random(seed)
        parts = [mixed.sample(rows, len(rows)) for rows in (people, orders, courses)]
        names = ("職員名簿", "異動履歴", "研修履歴")
        sheets = {n: [h, *rows] for n, h, rows in zip(names, (HEAD, ORDERS, COURSES), parts, strict=True)}
        got = read(sheets)
        return [
            (
                e.staff_id,
                [(o.on, o.post, o.nature) for o in e.orders],
                [(c.course, c.on) for c in e.completions],
            )
            for e in got.roster.employees
        ]

    assert told(1) == told(2) == told(3)


def test_dates_of_a_1904_workbook(read: Callable[..., Any]) -> None:
    got = read({"職員名簿": [HEAD, person(採用年月日=date(2025, 4, 1), 生年月日=33358)]}, from_1904=True)
    assert (got.person().hired, got.person().birth) == (date(2025, 4, 1), date(1995, 5, 1))
