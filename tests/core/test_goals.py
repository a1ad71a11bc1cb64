"""Goals from the department's to the person's own: whose goals are shown, and what of earlier years is told."""

from hrbook.core.goals import Goal, UnitGoal, goal_years, goals_for, goals_of
from hrbook.core.returned import Entry, Group, Origin
from tests.sheets.builders import ref


def unit_goal(text, bureau="", department="", year=2026):
    return UnitGoal(year, bureau, department, text, ref(sheet="所属目標"))


def entry(field, value, year=2025, sender="市民生活部/市民課", group=Group.GOAL):
    return Entry("1", year, group, field, "", "", value, Origin("a.xlsx", "面談シート", "A1", "0", "", sender), False)


def test_the_nearest_level_with_a_goal_is_shown():
    goals = [
        unit_goal("全庁の"),
        unit_goal("部の", "市民生活部"),
        unit_goal("課の一", "市民生活部", "市民課"),
        unit_goal("課の二", "市民生活部", "市民課"),
        unit_goal("前の年の", "市民生活部", "課税課", year=2025),
    ]
    assert [g.text for g in goals_for(goals, "市民生活部", "市民課", 2026)] == ["課の一", "課の二"]
    assert [g.text for g in goals_for(goals, "市民生活部", "課税課", 2026)] == ["部の"]
    assert [g.text for g in goals_for(goals, "市民生活部", "課税課", 2025)] == ["前の年の"]
    assert [g.text for g in goals_for(goals, "総務部", "人事課", 2026)] == ["全庁の"]
    assert goals_for(goals, "総務部", "人事課", 2027) == ()


def test_a_name_in_other_letters_is_the_same_unit():
    (goal,) = goals_for([unit_goal("課の", "市民 生活部", "ICT推進課")], "市民生活部", "ＩＣＴ推進課", 2026)
    assert goal.unit == "ICT推進課"


def test_what_came_back_is_put_together_by_year_and_number():
    entries = [
        entry("plan_1", "目標"),
        entry("act_2", "次"),
        entry("aim_1", "つなぐ"),
        entry("check_1", "前の年", 2024),
        entry("plan_1", "今年", 2026),
        entry("own_words", "面談の話", group=Group.WISH),
        entry("plan_1", "新しい課での目標", sender="総務部/人事課"),
    ]
    assert goal_years(entries, 2026) == (2025, 2024)
    assert goal_years(entries, 2024) == ()
    assert goals_of(entries, 2025) == (
        Goal(2025, 1, "つなぐ", "目標\n新しい課での目標", "", "", "", ""),
        Goal(2025, 2, "", "", "", "", "", "次"),
    )
    assert goals_of(entries, 2023) == ()
