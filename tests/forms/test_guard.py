"""What the guard of a run says to filled forms: the city's own words and parts may stand, people of elsewhere may not."""

from __future__ import annotations

import pytest

from hrbook.forms.books import form_books
from hrbook.guard.found import Kind
from hrbook.guard.leak import Guard
from hrbook.guard.people import everybody
from hrbook.guard.release import Gate
from hrbook.workers import finish
from tests.forms import designs
from tests.forms.filling import form_of
from tests.sheets.builders import HERE, LABELS, assessment_of, employee, view_of

OUTSIDER = "余所　太郎"
PEOPLE = (
    employee("00001", name="所属　長子", title="課長"),
    employee("00002", name="所属　一郎"),
    employee("90009", name=OUTSIDER, department="課税課"),
)
GATE = Gate(Guard(everybody(assessment_of(PEOPLE).roster), ()))


def released(data: bytes, name: str = "票.xlsx"):
    """The forms of one department after the gate: leaks by path."""
    books = form_books([form_of(data, name)], [(view_of(*PEOPLE, department=HERE), "市民生活部_市民課")], LABELS)
    return {book.path: finish(book, book.make(), GATE) for book in books}


@pytest.mark.parametrize(
    "data", [designs.a_list(), designs.a_person(), designs.a_department()], ids=["list", "person", "department"]
)
def test_a_form_of_its_own_people_may_leave(data):
    found = released(data)
    assert found and all(file.leaks == () for file in found.values())


def test_paths_and_readers():
    assert sorted(released(designs.a_person())) == [
        "様式/票/市民生活部_市民課/00001_所属　長子.xlsx",
        "様式/票/市民生活部_市民課/00002_所属　一郎.xlsx",
    ]
    assert list(released(designs.a_list())) == ["様式/票/市民生活部_市民課.xlsx"]


def test_a_form_of_one_person_names_the_head_but_no_colleague():
    book, _ = designs.drawn()
    names = {"差込_氏名": "$B$4", "差込_所属長の氏名": "$C$4"}
    assert all(file.leaks == () for file in released(designs.saved(designs.named(book, names))).values())


def test_the_sample_of_a_form_is_no_leak_because_it_is_taken_out():
    book, sheet = designs.drawn()
    sheet["B4"] = OUTSIDER
    data = designs.saved(designs.named(book, designs.LIST))
    assert all(file.leaks == () for file in released(data).values())


def test_whoever_the_city_names_on_the_form_may_stand_there():
    book, sheet = designs.drawn()
    sheet["A9"] = f"担当：{OUTSIDER}"
    assert all(file.leaks == () for file in released(designs.saved(designs.named(book, designs.LIST))).values())


def test_an_outsider_in_a_value_holds_the_form_back():
    people = (*PEOPLE[:1], employee("00002", name="所属　一郎", job_family=OUTSIDER), PEOPLE[2])
    book, _ = designs.drawn()
    form = form_of(designs.saved(designs.named(book, {"差込_職種": "$B$4"})))
    books = list(form_books([form], [(view_of(*people, department=HERE), "課")], LABELS))
    leaks = {book.path: finish(book, book.make(), GATE).leaks for book in books}
    assert [path for path, found in leaks.items() if found] == ["様式/様式/課/00002_所属　一郎.xlsx"]
    other = next(book for book in books if "00001" in book.path)
    smuggled = designs.rebuilt(designs.parts_of(other.make()) | {"xl/worksheets/sheet2.xml": f"<a>{OUTSIDER}</a>".encode()})
    assert Kind.NAME in {leak.kind for leak in finish(other, smuggled, GATE).leaks}


def test_parts_of_the_form_may_stand_and_others_may_not():
    parts = designs.parts_of(designs.a_list()) | {"xl/media/image1.png": b"\x89PNG"}
    types = parts["[Content_Types].xml"].replace(b"<Default ", b'<Default Extension="png" ContentType="image/png"/><Default ', 1)
    data = designs.rebuilt(parts | {"[Content_Types].xml": types})
    (book,) = form_books([form_of(data)], [(view_of(*PEOPLE, department=HERE), "課")], LABELS)
    made = book.make()
    assert designs.parts_of(made)["xl/media/image1.png"] == b"\x89PNG" and finish(book, made, GATE).leaks == ()
    added = designs.rebuilt(designs.parts_of(made) | {"xl/media/image2.png": b"\x89PNG"})
    assert {leak.kind for leak in finish(book, added, GATE).leaks} == {Kind.FOREIGN}
