"""From everything read and judged to the training plan."""

from __future__ import annotations

from hrbook.core.forecast import forecast
from hrbook.core.nomination import asking
from hrbook.core.training_plan import TrainingPlan, training_plan
from hrbook.judging import Loaded, Tell, quiet
from hrbook.planning.assign import assign


def plan_of(loaded: Loaded, years: int, tell: Tell = quiet) -> TrainingPlan:
    """The plan of `years` fiscal years from the run's own on, with the nominations of the run's year."""
    units = {p.employee.staff_id: d.key for d in loaded.departments for p in d.people}
    told = forecast(loaded.assessment, years, lambda done, of: tell("forecast", done, of))
    asked = asking(loaded.assessment, units)
    tell("assign", 0, 0)
    return training_plan(loaded.assessment, told, asked, assign(asked.problem))
