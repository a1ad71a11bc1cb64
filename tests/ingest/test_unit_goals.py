"""The sheet of departments' goals: rows by unit and year, and what cannot be used is said."""

from collections.abc import Callable
from typing import Any

from hrbook.core.finding import Severity
from tests.ingest.conftest import HEAD, person

GOALS = ("年度", "部", "課", "目標")


def test_goals_are_read_by_year_and_unit(read: Callable[..., Any]) -> None:
    rows = [
        (2026, "総務部", "人事課", "研修を見直す"),
        ("令和8年度", "総務部", None, "部の目標"),
        ("R8", None, None, "全庁の目標"),
    ]
    got = read({"職員名簿": [HEAD, person()], "所属目標": [GOALS, *rows]})
    assert [(g.year, g.bureau, g.department, g.text) for g in got.roster.unit_goals] == [
        (2026, "総務部", "人事課", "研修を見直す"),
        (2026, "総務部", "", "部の目標"),
        (2026, "", "", "全庁の目標"),
    ]
    assert got.findings == ()
    assert got.roster.sheet_rows["unit_goals"] == 3


def test_a_department_without_its_bureau_is_found_where_only_one_has_it(read: Callable[..., Any]) -> None:
    got = read({"職員名簿": [HEAD, person()], "組織目標": [GOALS, (2026, None, "人事課", "あ")]})
    assert [(g.bureau, g.department) for g in got.roster.unit_goals] == [("総務部", "人事課")]


def test_what_no_form_can_show_is_said(read: Callable[..., Any]) -> None:
    rows = [(2026, "総務部", "ない課", "あ"), ("そのうち", "総務部", "人事課", "い"), (2026, "ない部", None, "う")]
    got = read({"職員名簿": [HEAD, person()], "所属目標": [GOALS, *rows]})
    assert {(f.code, f.cell, f.severity) for f in got.findings} == {
        ("HR326", "C2", Severity.WARNING),
        ("HR326", "B4", Severity.WARNING),
        ("HR209", "A3", Severity.WARNING),
    }
    assert [g.text for g in got.roster.unit_goals] == ["あ", "う"]
