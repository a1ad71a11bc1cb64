"""How high a person has stood, and whether they stepped down from a managerial post (spec 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hrbook.core.calendar import completion_day, first_april_from
from hrbook.core.rank_history import Places, RankRun, Statement
from hrbook.core.roster import Employee, Employment

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Height:
    """Places of ranks from the bottom: the present one (None: unknown), the highest that was certainly held, and the
    highest that may have been held. `post_managerial`: held a managerial rank and now has a lower one."""

    present: int | None
    known: int
    possible: int
    post_managerial: bool | None

    def passed(self, place: int) -> bool | None:
        """Whether the person has passed the rank at `place`, or stepped down from it or from above it."""
        if place < self.known:
            return True
        if self.present is None:
            return None
        if self.present < self.known and place <= self.known:
            return True
        return None if self.present < self.possible and place <= self.possible else False


def step_down_limit(birth: date, age: int) -> date:
    """The first 1 April on or after the day that follows the completion of `age`
    (Local Public Service Act, art. 28-2: the transfer is due by then)."""
    return first_april_from(completion_day(birth, age) + DAY)


def height_of(
    employee: Employee,
    statements: Sequence[Statement],
    present_run: RankRun | None,
    order: Places,
    manager: int,
    age: int,
    service_start: date | None,
    as_of: date,
) -> Height:
    """`manager` is the place of the lowest managerial rank, `age` that of the step-down."""
    top = len(order) - 1
    present = None if employee.rank is None else order[employee.rank]
    highest = -1
    known, lost = present if present is not None else 0, present is None
    for said in statements:
        if said.rank is None:
            continue
        place = order[said.rank]
        if said.down and highest <= place:  # what was left is not on record; at least it was the rank above
            lost = True
            known = max(known, min(place + 1, top), manager if said.left_management else 0)
        highest = max(highest, place)
    known = max(known, highest)
    if present is not None and present < manager and not lost:
        lost = not (_complete(statements, service_start) or _young(employee, statements, present_run, age, as_of))
    possible = top if lost else known
    state: bool | None = None
    if manager > top:  # the policy knows no managerial rank to step down from
        state = False
    elif present is not None:
        state = False if present >= manager else True if known >= manager else None if possible >= manager else False
    return Height(present, known, possible, state)


def _complete(statements: Sequence[Statement], service_start: date | None) -> bool:
    """Whether the history reaches back to the hire and every title in it is understood."""
    if not statements or service_start is None or statements[0].day > service_start:
        return False
    return all(said.rank is not None for said in statements)


def _young(employee: Employee, statements: Sequence[Statement], present_run: RankRun | None, age: int, as_of: date) -> bool:
    """Whether the step-down by age cannot lie behind the person: it is not due yet, or the present rank is older."""
    if not isinstance(employee.birth, date):
        return False
    limit = step_down_limit(employee.birth, age)
    if employee.employment is not Employment.REAPPOINTED and limit > as_of:
        return True
    begin = None if present_run is None or present_run.stepped_down else present_run.begin
    return begin is not None and begin < limit and not any(said.down and said.day >= begin for said in statements)
