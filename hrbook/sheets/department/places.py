"""Where a person stands on each sheet of a department's book, so that the links of one sheet meet the cells of another."""

from __future__ import annotations

from hrbook.core.assessment import Assessed
from hrbook.sheets import form
from hrbook.sheets.book import Link
from hrbook.sheets.view import DepartmentView

STAFF_ROW = 4  # 0-based row of the first person of view.people
TRAINING_ROW = 6
ROTATION_ROW = 5
FORM_ROWS = form.ROWS  # rows of one interview form; the forms of view.forms follow one another from row 0
NAME_COLUMN = "B"  # the column of the name on the staff list, the training plan and the rotation sheet


class Places:
    """Links to the people of one book; made once a sheet."""

    def __init__(self, view: DepartmentView) -> None:
        self._rows = {p.employee.staff_id: row for row, p in enumerate(view.people)}
        self._forms = {p.employee.staff_id: row for row, p in enumerate(view.forms)}
        self._names = {
            sheet: view.labels(f"sheet.{sheet}.name") for sheet in ("staff", "training", "rotation", "interview", "ojt")
        }

    def staff(self, person: Assessed) -> Link:
        """The person's row on the staff list."""
        return self._row("staff", person, STAFF_ROW)

    def training(self, person: Assessed) -> Link:
        """The person's row on the (first) sheet of the training plan."""
        return self._row("training", person, TRAINING_ROW)

    def rotation(self, person: Assessed) -> Link:
        """The person's row on the rotation sheet."""
        return self._row("rotation", person, ROTATION_ROW)

    @property
    def ojt(self) -> Link:
        """The sheet of OJT and self-study."""
        return Link(self._names["ojt"], "A1")

    def interview(self, person: Assessed) -> Link | None:
        """The top of the person's interview form; None for the head, whose form stands in the book of the next level."""
        form = self._forms.get(person.employee.staff_id)
        return None if form is None else Link(self._names["interview"], f"A{form * FORM_ROWS + 1}")

    def _row(self, sheet: str, person: Assessed, first: int) -> Link:
        row = self._rows.get(person.employee.staff_id)  # None: a guest, whose form alone stands in this book
        return Link(self._names[sheet], "A1" if row is None else f"{NAME_COLUMN}{first + row + 1}")
