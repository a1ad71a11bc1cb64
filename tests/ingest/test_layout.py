"""Tables wherever they stand: titles, captions, several tables and sheets, merges, marks of repetition, hidden parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

from hrbook.core.fault import Fault
from hrbook.core.roster import Post
from hrbook.ingest.mapping import read_maps
from hrbook.ingest.roster import load_roster
from tests.ingest.conftest import BORN, HEAD, HIRED, person

LESS = tuple(h for h in HEAD if h != "部")
ORDERS = ("職員番号", "発令日", "部", "課", "職名", "異動区分")


def less(staff_id: str, department: str = "人事課") -> tuple[Any, ...]:
    return (staff_id, "架空　太郎", BORN, HIRED, "一般事務", "主任", department)


def places(got: Any) -> dict[str, tuple[str, str]]:
    return {e.staff_id: (e.post.bureau, e.post.department) for e in got.roster.employees}


def test_a_sheet_for_each_bureau(read: Callable[..., Any]) -> None:
    got = read({"総務部": [LESS, less("001")], "02 市民部": [("市民部名簿",), LESS, less("002", "市民課")], "控え": [["メモ"]]})
    assert places(got) == {"001": ("総務部", "人事課"), "002": ("市民部", "市民課")}
    assert got.cells("HR115") == ["", ""] and got.codes() == ["HR105", "HR115", "HR117"]
    assert got.roster.rows_read == 2


def test_two_states_of_one_roster_are_not_joined(read: Callable[..., Any]) -> None:
    with pytest.raises(Fault) as caught:
        read({"R7.4.1": [HEAD, person("001"), person("002")], "R8.4.1": [HEAD, person("001"), person("002")]})
    assert (caught.value.key, caught.value.facts["sheet"], caught.value.facts["other"]) == ("sheets_alike", "R7.4.1", "R8.4.1")


def test_tables_under_one_another_with_captions(read: Callable[..., Any]) -> None:
    moved = ("氏名", "職員番号", *LESS[2:])
    got = read(
        {
            "職員名簿": [
                ("令和８年４月１日現在　職員名簿", None, None, None, None, None, None, "人事課"),
                ("【総務部】",),
                LESS,
                less("001"),
                (None, "計", 1),
                (),
                ("市民部", "1人"),
                moved,
                ("仮名　花子", "002", *less("", "市民課")[2:]),
            ]
        }
    )
    assert places(got) == {"001": ("総務部", "人事課"), "002": ("市民部", "市民課")}
    assert got.person("002").name == "仮名　花子"
    assert got.person("002").ref.address("staff_id") == "B9" and got.person("002").ref.address("bureau") == "A7"
    assert got.cells("HR117") == ["A2", "A7"] and got.cells("HR122") == ["A8"] and got.roster.set_aside == ()


def test_group_rows_name_the_unit_of_the_rows_below(read: Callable[..., Any]) -> None:
    head = tuple(h for h in LESS if h != "課")
    rows = [head, ("総務部 人事課",), less("001")[:6], less("002")[:6], ("■市民部 市民課",), less("003")[:6]]
    got = read({"職員名簿": rows})
    assert places(got) == {"001": ("総務部", "人事課"), "002": ("総務部", "人事課"), "003": ("市民部", "市民課")}
    assert got.person("003").ref.address("department") == "A5"


def test_tables_side_by_side(read: Callable[..., Any]) -> None:
    right = ("No", *HEAD)
    rows = [(*HEAD, None, *right), (*person("001"), None, 1, *person("002")), (*person("003"), None, 2, *person("004"))]
    got = read({"職員名簿": rows})
    assert [e.staff_id for e in got.roster.employees] == ["001", "002", "003", "004"]
    assert got.person("004").ref.address("staff_id") == "K3" and got.cells("HR122") == ["K1"]


def test_a_history_on_the_roster_sheet(read: Callable[..., Any]) -> None:
    rows = [HEAD, person("001"), (), ORDERS, ("001", HIRED, "総務部", "人事課", "主事", "採用")]
    got = read({"職員名簿": rows})
    assert [o.on for o in got.person().orders] == [HIRED] and got.roster.rows_read == 1


def test_merges_over_rows_marks_of_repetition_and_hidden_parts(write: Callable[..., Path], policy: Any) -> None:
    rows = [HEAD, person("001"), person("002", 部=None), person("003", 部="〃", 課="同上"), person("004")]
    path = write({"職員名簿": rows})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.merge_cells("G2:G3")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.save(path)
    roster, findings = load_roster(path, policy)
    assert [e.post for e in roster.employees] == [Post("総務部", "人事課")] * 4
    assert [(f.code, f.cell) for f in findings] == [
        ("HR118", "A4"),
        ("HR119", "C1"),
        ("HR120", "G2"),
        ("HR121", "G4"),
        ("HR121", "H4"),
    ]


def test_rows_struck_out_or_grey(write: Callable[..., Path], policy: Any) -> None:
    path = write({"職員名簿": [HEAD, *(person(f"{n:03}") for n in range(1, 25))]})
    book = openpyxl.load_workbook(path)
    for cell in book.worksheets[0][3]:
        cell.font = Font(strike=True)
    for cell in book.worksheets[0][5]:
        cell.fill = PatternFill("solid", fgColor="FFBFBFBF")
    book.save(path)
    roster, findings = load_roster(path, policy)
    assert [(f.code, f.cell) for f in findings] == [("HR124", "A3"), ("HR125", "A5")] and len(roster.employees) == 24
    roster, findings = load_roster(path, policy, accept={"HR124"})
    assert [e.staff_id for e in roster.employees][:3] == ["001", "003", "004"] and roster.rows_read == 23


def test_zeros_that_only_the_format_shows(write: Callable[..., Path], policy: Any) -> None:
    path = write({"職員名簿": [HEAD, person(1234), person(77)]})
    book = openpyxl.load_workbook(path)
    for row in (2, 3):
        book.worksheets[0].cell(row, 1).number_format = "000000"
    book.save(path)
    roster, findings = load_roster(path, policy)
    assert [e.staff_id for e in roster.employees] == ["000077", "001234"]
    assert [(f.code, f.cell, f.understood) for f in findings] == [("HR213", "A2", "001234"), ("HR213", "A3", "000077")]


def test_headings_mapped_for_one_run(read: Callable[..., Any]) -> None:
    sheets = {
        "職員名簿": [HEAD, person()],
        "異動履歴": [("職員番号", "発令年月", "課"), ("001", "令和2年4月", "人事課")],
    }
    got = read(sheets, maps=read_maps(["発令年月=発令日", "よみ＝フリガナ"]), accept=frozenset({"HR214"}))
    assert [o.on for o in got.person().orders] == [date(2020, 4, 1)]
    assert [(f.code, f.found, f.understood) for f in got.findings] == [
        ("HR114", "よみ", None),
        ("HR214", "令和2年4月", date(2020, 4, 1)),
    ]


@pytest.mark.parametrize(("text", "key"), [("発令年月", "map_form"), ("=発令日", "map_form"), ("発令年月=発令の日", "map_field")])
def test_a_mapping_that_cannot_be_read(text: str, key: str) -> None:
    with pytest.raises(Fault) as caught:
        read_maps([text])
    assert (caught.value.key, caught.value.usage) == (key, True)


def test_a_history_under_another_name_is_read_with_consent_only(read: Callable[..., Any]) -> None:
    sheets = {"職員名簿": [HEAD, person()], "発令": [ORDERS, ("001", HIRED, "総務部", "人事課", "主事", "採用")]}
    got = read(sheets)
    assert got.codes() == ["HR116"] and got.person().orders == ()
    assert len(read(sheets, accept=frozenset({"HR116"})).person().orders) == 1


def test_histories_in_workbooks_of_their_own(write: Callable[..., Path], policy: Any) -> None:
    roster = write({"職員名簿": [HEAD, person()], "異動履歴": [ORDERS, ("001", HIRED, "旧部", "旧課", None, None)]})
    orders = write({"Sheet1": [ORDERS, ("001", 44286, "総務部", "人事課", "主事", "採用")]}, "orders.xlsx", from_1904=True)
    training = write({"一覧": [("職員番号", "研修名", "修了日"), ("001", "新任研修", HIRED)], "表紙": [["x"]]}, "training.xlsx")
    got, findings = load_roster(roster, policy, history=orders, training=training)
    one = got.employees[0]
    assert [(o.on, o.post.department, o.ref.source.file) for o in one.orders] == [(date(2025, 4, 1), "人事課", "orders.xlsx")]
    assert [c.code for c in one.completions] == ["TS-K01"] and one.completions[0].ref.source.file == "training.xlsx"
    assert [f.code for f in findings] == ["HR123", "HR205"]
