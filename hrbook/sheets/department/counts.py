"""The numbers that a department's book counts to, for the guard: in a large city one of them may also be somebody's number."""

from __future__ import annotations

from hrbook.sheets.department.below import tally_of_all
from hrbook.sheets.department.data_summary import summary_of
from hrbook.sheets.view import DepartmentView


def counted(view: DepartmentView) -> frozenset[int]:
    """The numbers of people and cases that its sheets tell."""
    own = view.department.counted
    groups = [d.counted.numbers() for d in view.below]
    if view.below:
        groups.append(tally_of_all(view).numbers())
    return own.numbers().union((item.value for item in summary_of(view, own).items), *groups)
