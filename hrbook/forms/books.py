"""The workbooks that a run makes from the city's forms: which there are, and each as a part of the run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hrbook import resources
from hrbook.core.roster import Employee
from hrbook.excel.names import unique_file_names
from hrbook.forms.catalogue import load_catalogue
from hrbook.forms.fill import Values, filled
from hrbook.forms.form import Form, Kind
from hrbook.forms.template import load_form
from hrbook.forms.values import FormValues, FormWords
from hrbook.guard.release import Design
from hrbook.sheets.view import DepartmentView
from hrbook.words import Labels

FOLDER, SUFFIX = "forms", ".xlsx"
LOCK = "~$"  # Excel's own file beside a workbook that is open


def load_forms(language: str) -> tuple[Form, ...]:
    """Every form of templates/forms, by name. Raises Fault for one that cannot be filled."""
    names = [name for name in resources.names(FOLDER, SUFFIX) if not name.startswith(LOCK)]
    if not names:
        return ()
    catalogue = load_catalogue()
    return tuple(load_form(name, resources.read_bytes(f"{FOLDER}/{name}"), catalogue, language) for name in names)


@dataclass(frozen=True, slots=True)
class FormBook:
    """One filled form: of a department, or of one person of it. It carries its values and not the department, so that
    hundreds of them may travel to other processes."""

    path: str
    form: Form
    common: Values
    people: tuple[Values, ...]
    words: FormWords
    title: str
    creator: str
    audience: str
    book: str  # the name of the department's book, without ending
    rows: int  # people on the form
    readers: tuple[Employee, ...]  # who may stand in it: they, and the head

    @property
    def design(self) -> Design:
        """The form that it was filled from."""
        return self.form.design

    def counted(self) -> frozenset[int]:
        """Whole numbers among the values; staff numbers are texts."""
        values = [value for own in (self.common, *self.people) for value in own.values()]
        every = [one for value in values for one in (value if isinstance(value, list | tuple) else (value,))]
        return frozenset(one for one in every if isinstance(one, int))

    def make(self) -> bytes:
        """The bytes of the file. Raises Fault where a text does not fit into a cell."""
        return filled(self.form, self.common, self.people, self.words, self.title, self.creator)


def form_books(forms: Sequence[Form], views: Sequence[tuple[DepartmentView, str]], labels: Labels) -> Iterator[FormBook]:
    """The books of every form; `views` come with the name of the department's book without its ending."""
    if not forms:
        return
    catalogue, words = load_catalogue(), FormWords(labels)
    homes = [f"{labels('path.forms')}/{name}" for name in unique_file_names([form.name for form in forms])]
    for view, stem in views:
        values = FormValues(view, catalogue)
        common, people = values.common(), tuple(values.person(person) for person in view.people)
        everybody = tuple(person.employee for person in view.people)
        head = (view.department.head.employee,) if view.department.head else ()
        files = unique_file_names([labels("path.form_person", staff_id=who.staff_id, name=who.name) for who in everybody], SUFFIX)
        for form, home in zip(forms, homes, strict=True):
            title = labels("forms.title", form=form.name, unit=view.name)
            facts = (words, title, view.run.city, view.name, stem)
            if form.kind is Kind.PERSON:
                for file, own, who in zip(files, people, everybody, strict=True):
                    yield FormBook(f"{home}/{stem}/{file}", form, {**common, **own}, (), *facts, 1, (who, *head))
            else:
                copies = people if form.kind is Kind.LIST else ()
                yield FormBook(f"{home}/{stem}{SUFFIX}", form, common, copies, *facts, len(everybody), everybody)
