"""Which designed sheets a department's book holds: a policy may say nothing of abilities or courses, and a book may have no
forms. A sheet that would be empty is left out, and nothing leads to it."""

from __future__ import annotations

from hrbook.core.assessment import Assessed
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
        "ojt": any(_learns(person) for person in view.people),
        "rotation": True,
        "interview": bool(view.forms),
        "legend": True,
    }
    return tuple(sheet for sheet, there in holds.items() if there)


def _learns(person: Assessed) -> bool:
    """Whether the sheet of OJT and self-study has a line for somebody."""
    employee = person.employee
    return person.ojt is not None or bool(employee.qualifications) or any(wish.themes for wish in employee.wishes)
