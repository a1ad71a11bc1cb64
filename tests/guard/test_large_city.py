"""A city so large that its counts and the rows of its roster are as large as staff numbers are."""

from dataclasses import replace
from datetime import date

from hrbook.excel.writer import render
from hrbook.guard.found import Kind, Leak
from hrbook.guard.leak import opened
from hrbook.guard.public import guard_of
from hrbook.guard.release import Gate
from hrbook.parts import DepartmentBook
from hrbook.sheets import department
from hrbook.sheets.book import Cell, DataSheet
from hrbook.sheets.department.counts import counted
from hrbook.sheets.view import Department, DepartmentView, departments_of
from tests.sheets.builders import HERE, LABELS, RUN, assessment_of, employee, order
from tests.trust.channels import pack

ROW, OTHER = 12_345, 12_346  # of the sheet of orders: their person's, and nobody's in this department
OWN = employee("010001", orders=[order(date(2022, 4, 1), HERE, hire=True, row=ROW)], name="架空　花子")
PEOPLE = (OWN, *(employee(f"0{number}", department="財政課", name="若竹　一") for number in (ROW, OTHER)))
ASSESSMENT = assessment_of(PEOPLE)
DEPARTMENTS = departments_of(ASSESSMENT)
GATE = Gate(guard_of(ASSESSMENT, DEPARTMENTS, LABELS, RUN))


def part_of(place: Department, *below: Department) -> DepartmentBook:
    return DepartmentBook("x.xlsx", DepartmentView(place, below, ASSESSMENT.reading, LABELS, RUN))


HERE_PART = part_of(next(d for d in DEPARTMENTS if d.department == HERE))


def test_a_row_of_the_input_may_be_as_large_as_the_number_of_somebody_else():
    book = department.book(HERE_PART.view, "x.xlsx")
    rows = [row for sheet in book.sheets if isinstance(sheet, DataSheet) for row in sheet.rows]
    assert sum(ROW in row for row in rows) == 1  # as a typed number
    assert GATE.release(HERE_PART, HERE_PART.make()).leaks == ()


def test_a_typed_number_that_is_no_row_of_the_own_people_is_still_found():
    book = department.book(HERE_PART.view, "x.xlsx")
    first = book.sheets[0]
    leaky = replace(book, sheets=(replace(first, cells=(*first.cells, Cell(200, 1, OTHER))), *book.sheets[1:]))
    leaks = GATE.release(HERE_PART, render(leaky)).leaks
    assert leaks == (Leak("xl/worksheets/sheet1.xml", Kind.NUMBER, f"0{OTHER}"),)


def test_the_department_counts_what_its_sheets_tell():
    """Every count that stands on the data sheet of counts, and on the list of the departments below, is one of them."""
    own, below = DEPARTMENTS[0], DEPARTMENTS[1:]
    part = part_of(replace(own, department="", head=None), *below)
    told = counted(part.view)
    summary = next(s for s in department.book(part.view, "x.xlsx").sheets if s.name == LABELS("sheet.data_summary.name"))
    assert {row[8] for row in summary.rows} <= told
    assert len(PEOPLE) in told and len(own.people) in told


def test_a_number_that_the_book_counts_to_is_no_leak():
    data = render(department.book(HERE_PART.view, "x.xlsx"))
    guard = GATE.guard
    readers = tuple(person.employee for person in DEPARTMENTS[1].people if person.employee.staff_id == f"0{OTHER}")
    numbers = [leak.staff_id for leak in guard.check(opened(data), readers) if leak.kind is Kind.NUMBER]
    assert f"0{ROW}" in numbers  # for these readers the row is not theirs, nor is it counted
    fewer = [leak.staff_id for leak in guard.check(opened(data), readers, (), lambda: {ROW}) if leak.kind is Kind.NUMBER]
    assert f"0{ROW}" not in fewer


def test_a_count_may_be_the_number_of_somebody_but_never_with_zeros_before_it():
    others = (employee(number, department="財政課", name="若竹　一") for number in ("1214", "12140", "012150"))
    assessment = assessment_of((OWN, *others))
    guard = guard_of(assessment, departments_of(assessment), LABELS, RUN)
    text = "<sst><si><t>対象は12140件、012150</t></si><si><t>1214</t></si></sst>"
    data = pack({"xl/sharedStrings.xml": text.encode()})

    def found(*counted: int) -> list[str]:
        return [leak.staff_id for leak in guard.check(opened(data), (OWN,), (), lambda: counted) if leak.kind is Kind.NUMBER]

    assert found() == ["012150", "1214", "12140"]
    assert found(12140, 12150) == ["012150", "1214"]
    assert found(1214) == ["012150", "12140"]
