"""The values of a form's fields, from the same judgements and words as the sheets: nothing is judged or counted here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hrbook.core.assessment import Assessed
from hrbook.core.competency import percentages
from hrbook.core.judgement import TrainingStatus
from hrbook.core.roster import Wish
from hrbook.core.source import Scalar
from hrbook.forms.catalogue import Catalogue
from hrbook.forms.fill import Values
from hrbook.sheets import form as interview
from hrbook.sheets.department import data_staff
from hrbook.sheets.marks import load_marks
from hrbook.sheets.view import DepartmentView
from hrbook.words import Labels


class FormWords:
    """How a value is said where a cell cannot show it."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def day(self, day: date) -> str:
        return self._labels.day(day)

    def more(self, text: str, count: int) -> str:
        return self._labels("forms.more", text=text, count=count)


class FormValues:
    """The values of one department's forms; what its people have in common is looked up once."""

    def __init__(self, view: DepartmentView, catalogue: Catalogue) -> None:
        self.view = view
        self.labels = view.labels
        policy = view.policy
        self._columns = {f.id: f.column for f in catalogue.fields if f.column}
        (sheet,) = data_staff.sheets(view)
        names = [f.id for f in data_staff.TABLE.fields]
        self._rows = [dict(zip(names, row, strict=True)) for row in sheet.rows]
        self._marks = load_marks(self.labels).rotation
        self._symbols = {mark.id: mark.symbols[0] for mark in policy.competency.marks}
        self._abilities = {ability.id: ability for ability in policy.competency.abilities}
        self._above = dict(zip(policy.rank_ids, policy.rank_ids[1:], strict=False))
        self._courses = {course.code: course.name for course in policy.training.courses}
        self._behaviours = {
            rank: tuple(b.gist for b in policy.competency.behaviours if b.rank == rank) for rank in policy.rank_ids
        }
        self._places = {id(person): number for number, person in enumerate(view.people)}

    def common(self) -> Values:
        """What is the same for everybody of the department."""
        view, reading, head = self.view, self.view.reading, self.view.department.head
        counted = view.department.counted
        return {
            "fiscal_year": self.labels.fiscal_year(reading.year),
            "year": reading.year,
            "as_of": reading.as_of,
            "city": view.run.city,
            "policy": reading.policy.title,
            "deadline": reading.deadline,
            "submit_to": reading.submit_to,
            "retention": reading.retention,
            "run_number": view.run.run_id[:8],
            "unit": view.name,
            "unit_bureau": view.department.bureau,
            "unit_department": view.department.department,
            "head_name": head.employee.name if head else None,
            "head_title": head.employee.title if head else None,
            "people": counted.people,
            "people_due": counted.with_status[TrainingStatus.IN_TARGET],
            "people_overdue": counted.with_status[TrainingStatus.OVERDUE],
            "people_to_look_at": counted.to_look_at,
            "people_on_leave": counted.on_leave,
        }

    def person(self, person: Assessed) -> Values:
        """What is one person's own."""
        place = self._places[id(person)]
        row = self._rows[place]
        employee = person.employee
        found: dict[str, Scalar | tuple[Scalar, ...]] = {field: row[column] for field, column in self._columns.items()}
        post = employee.post
        found |= {
            "number": place + 1,
            "post": self.labels("forms.gap").join(part for part in (post.bureau, post.department, post.section) if part),
            "form_number": interview.form_id(self.view.run.run_id, employee.staff_id),
            "rotation_mark": self._marks[person.rotation.result.status].mark,
            "career": tuple(spell.name_now for spell in reversed(person.spells)),
            "career_start": tuple(spell.start for spell in reversed(person.spells)),
            "career_end": tuple(None if spell.present else spell.end for spell in reversed(person.spells)),
        }
        return {**found, **self._trainings(person), **self._competency(person), **self._wish(person)}

    def _trainings(self, person: Assessed) -> Mapping[str, tuple[Scalar, ...]]:
        due, late, later = (
            [(code, j.result) for code, j in person.trainings.items() if j.result.status is status]
            for status in (TrainingStatus.IN_TARGET, TrainingStatus.OVERDUE, TrainingStatus.UPCOMING)
        )
        later.sort(key=lambda pair: pair[1].target_fy or 0)
        years = (result.target_fy for _, result in later)
        return {
            "due": tuple(self._courses[code] for code, _ in due),
            "due_code": tuple(code for code, _ in due),
            "overdue": tuple(self._courses[code] for code, _ in late),
            "overdue_code": tuple(code for code, _ in late),
            "upcoming": tuple(self._courses[code] for code, _ in later),
            "upcoming_year": tuple(None if year is None else self.labels.short_year(year) for year in years),
        }

    def _competency(self, person: Assessed) -> Mapping[str, Scalar | tuple[Scalar, ...]]:
        result = person.competency.result
        rank, shares = result.rank, percentages(result.weights)
        above = None if rank is None or person.post_managerial else self._above.get(rank)
        return {
            "next_rank": self.view.policy.rank_name(above),
            "ability": tuple(result.names[ability] for ability in result.weights),
            "ability_mark": tuple(self._symbols[self._abilities[a].marks[rank]] for a in result.weights if rank is not None),
            "ability_weight": tuple(shares[ability] for ability in result.weights),
            "step_up": tuple(result.names[ability] for ability in result.step_up) if above else (),
            "behaviour": self._behaviours.get(rank, ()) if rank is not None else (),
        }

    def _wish(self, person: Assessed) -> Mapping[str, Scalar]:
        """The latest declaration; what is to be considered stays out, as on the interview form: it may tell of health."""
        known = [w for w in person.employee.wishes if w.year is not None and w.year <= self.view.reading.year]
        if not known:
            return {}
        wish: Wish = max(known, key=lambda w: (w.year or 0, w.ref.row))
        return {
            "wish_year": self.labels.fiscal_year(wish.year) if wish.year is not None else None,
            "wish_move": wish.wants_move,
            "wish_where": wish.where,
            "wish_reason": wish.reason,
            "wish_training": wish.training,
        }
