"""The goals of units as the readers of a book may see them. A goal that names somebody else is left out of their book by
itself, and told once with its cell; the book is not withheld."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from hrbook.core.finding import Finding, Severity, at
from hrbook.core.goals import UnitGoal, goals_for
from hrbook.guard.leak import Guard
from hrbook.sheets.view import DepartmentView

LEFT_OUT = "HR511"


def goals_for_readers(view: DepartmentView, guard: Callable[[], Guard], note: str) -> tuple[DepartmentView, tuple[UnitGoal, ...]]:
    """The view as its own book may show it, and the goals that are left out of it; `note` stands in their place. The guard is
    asked only where the book's forms show a goal."""
    units = sorted(set(view.department.goal_units.values()))
    shown = [goal for unit in units for goal in goals_for(view.unit_goals, *unit, view.reading.year)]
    if not shown:
        return view, ()
    readers = tuple(person.employee for person in (*view.people, *view.department.guests))
    texts = {text for text in {goal.text for goal in shown} if guard().names_outsider(text, readers)}
    hidden = {id(goal): goal for goal in shown if goal.text in texts}
    goals = tuple(replace(goal, text=note) if id(goal) in hidden else goal for goal in view.unit_goals)
    return replace(view, unit_goals=goals), tuple(hidden.values())


def told(left_out: Iterable[UnitGoal]) -> tuple[Finding, ...]:
    """One finding a goal; `left_out` has a goal once for each book."""
    by_row: dict[tuple[str, int], list[UnitGoal]] = {}
    for goal in left_out:
        by_row.setdefault((goal.ref.source.sheet, goal.ref.row), []).append(goal)
    return tuple(at(LEFT_OUT, Severity.WARNING, goals[0].ref, "goal", facts={"count": len(goals)}) for goals in by_row.values())
