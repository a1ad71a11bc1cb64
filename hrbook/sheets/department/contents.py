"""Which designed sheets a department's book holds: a policy may say nothing of abilities or courses, and a book may have no
forms. A sheet that would be empty is left out, and nothing leads to it."""

from __future__ import annotations

from hrbook.core.ability_course import assessed_years
from hrbook.core.goals import goal_years
from hrbook.core.learning import learnt, wish_year, wished
from hrbook.sheets.came_back import latest_year
from hrbook.sheets.view import DepartmentView


def held(view: DepartmentView) -> tuple[str, ...]:
    """Ids of the sheets behind the cover, in their order."""
    policy = view.policy
    competency = policy.competency
    holds = {
        "below": bool(view.below),
        "staff": True,
        "weights": bool(competency.abilities or competency.basics or competency.behaviours),
        "training": bool(policy.training.courses),
        "takers": bool(policy.training.courses),
        "ojt": _learns(view),
        "rotation": True,
        "digital": bool(policy.digital.tiers),
        "interview": bool(view.forms),
        "growth_course": competency.weighs and _assessed(view),
        "goals_course": any(goal_years(person.employee.returned, view.reading.year) for person in view.forms),
        "returned": latest_year(view.forms, view.reading.year) is not None,
        "legend": True,
    }
    return tuple(sheet for sheet, there in holds.items() if there)


def _assessed(view: DepartmentView) -> bool:
    """Whether anybody whose form stands here was scored in an earlier year."""
    return bool(assessed_years((score for person in view.forms for score in person.employee.scores), view.reading.year, 1))


def _learns(view: DepartmentView) -> bool:
    """Whether the sheet of OJT and self-study has a line for anybody."""
    if any(person.ojt is not None or learnt(person.employee, view.reading.as_of) for person in view.people):
        return True
    people = [person.employee for person in view.people]
    year = wish_year(people, view.reading.year)
    return year is not None and any(wish.themes for person in people for wish in wished(person, year))
