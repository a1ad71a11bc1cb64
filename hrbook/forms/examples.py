"""Three example forms, one of each kind, for HR to take as a beginning: drawn here, then theirs to change in Excel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hrbook.core.source import column_letters
from hrbook.forms.catalogue import Catalogue, shown
from hrbook.sheets.book import Book, DataBar, Formula, ListCheck, Page, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.words import Labels

WIDTH = 7.3  # characters of each of the columns of a page upright
COLUMNS = 12
CAREER, COURSES, ABILITIES = 5, 4, 5  # rows of the lists of the person's form
PAGE = Page(landscape=False, margins=(0.5, 0.5, 0.6, 0.6))


def examples(labels: Labels, catalogue: Catalogue) -> Iterator[Book]:
    """The example forms as books; their paths are their file names."""
    for draw in (_person, _people, _department):
        yield draw(_Desk(labels, catalogue))


class _Desk:
    """A form in the making: cells, and the names of those that will be filled."""

    def __init__(self, labels: Labels, catalogue: Catalogue) -> None:
        self.labels = labels
        self.catalogue = catalogue
        self._fields = {field.id: field for field in catalogue.fields}
        self.names: dict[str, str] = {}
        self.canvas: Canvas

    def begin(self, form: str, columns: tuple[float, ...]) -> Canvas:
        self.form = form
        self.canvas = Canvas(self.labels(f"example_form.{form}.sheet"), columns)
        return self.canvas

    def word(self, key: str) -> str:
        return self.labels(f"example_form.{key}")

    def slot(self, row: int, col: int, field: str, look: str, *, cols: int = 1, number: int = 0) -> None:
        """A cell that takes a field; it shows the field's name until it is filled."""
        name = shown(self._fields[field], self.labels.language, number)
        self.canvas.put(row, col, self.labels("example_form.slot", name=name), look, cols=cols)
        self.name(name, f"${column_letters(col)}${row + 1}")

    def block(self, first: int, last: int) -> None:
        """The rows that are repeated."""
        self.name(self.catalogue.block[self.labels.language], f"${first + 1}:${last + 1}")

    def name(self, name: str, place: str) -> None:
        self.names[self.catalogue.prefix(self.labels.language) + name] = f"'{self.canvas.name}'!{place}"

    def heads(self, row: int, *heads: tuple[str, int, int]) -> None:
        for key, col, cols in heads:
            self.canvas.put(row, col, self.word(f"head.{key}"), "field_label shrink", cols=cols)

    def title(self, cols: int) -> None:
        self.canvas.put(0, 0, self.word(f"{self.form}.title"), "title", cols=cols)
        self.canvas.heights[0] = 32.0

    def book(self, page: Page, bars: tuple[DataBar, ...] = ()) -> Book:
        footer = ("", self.labels("page.number"), "")
        sheet: Sheet = replace(self.canvas.sheet(replace(page, footer=footer)), bars=bars)
        title = self.word(f"{self.form}.title")
        return Book(f"{self.word(f'{self.form}.file')}.xlsx", title, "", "", "", (sheet,), cell_names=self.names)


def _person(desk: _Desk) -> Book:
    """One workbook a person: a record to keep and to talk over."""
    canvas = desk.begin("person", (WIDTH,) * COLUMNS)
    desk.title(COLUMNS)
    desk.slot(1, 0, "fiscal_year", "cell left", cols=3)
    desk.slot(1, 3, "unit", "cell left bold", cols=6)
    desk.slot(1, 9, "as_of", "cell right era_date", cols=3)
    desk.heads(2, ("staff_id", 0, 2), ("kana", 2, 4), ("title", 6, 3), ("rank", 9, 3))
    desk.slot(3, 0, "staff_id", "field_value", cols=2)
    desk.slot(3, 2, "name", "field_name shrink", cols=4)
    desk.slot(3, 6, "title", "field_value shrink", cols=3)
    desk.slot(3, 9, "rank", "field_value", cols=3)
    desk.heads(4, ("post", 0, 6), ("hired", 6, 2), ("service_year", 8, 2), ("stay_years", 10, 2))
    desk.slot(5, 0, "post", "field_value shrink", cols=6)
    desk.slot(5, 6, "hired", "field_value era_date center shrink", cols=2)
    desk.slot(5, 8, "service_year", "field_value nth_year", cols=2)
    desk.slot(5, 10, "stay_years", "field_value nth_year", cols=2)
    canvas.heights.update({1: 22.0, 2: 14.0, 3: 28.0, 4: 14.0, 5: 24.0})
    row = _section(desk, 6, "career")
    desk.heads(row, ("unit", 0, 6), ("start", 6, 3), ("end", 9, 3))
    for number in range(CAREER):
        row += 1
        desk.slot(row, 0, "career", "field_value left indent1 shrink", cols=6, number=number)
        desk.slot(row, 6, "career_start", "field_value era_date center shrink", cols=3, number=number)
        desk.slot(row, 9, "career_end", "field_value era_date center shrink", cols=3, number=number)
    row = _section(desk, row + 1, "training")
    desk.heads(row, ("due", 0, 6), ("overdue", 6, 6))
    for number in range(COURSES):
        row += 1
        desk.slot(row, 0, "due", "field_value left indent1 shrink", cols=6, number=number)
        desk.slot(row, 6, "overdue", "field_value left indent1 shrink", cols=6, number=number)
    row = _section(desk, row + 1, "ability")
    desk.heads(row, ("ability", 0, 4), ("weight", 4, 2), ("ability", 6, 4), ("weight", 10, 2))
    for number in range(ABILITIES):
        row += 1
        for half in (0, 1):
            col, place = 6 * half, number + half * ABILITIES
            desk.slot(row, col, "ability", "field_value left indent1 shrink", cols=4, number=place)
            desk.slot(row, col + 4, "ability_weight", "field_value form_percent", cols=2, number=place)
    row = _section(desk, row + 1, "rotation")
    desk.slot(row, 0, "rotation", "field_value bold", cols=3)
    desk.slot(row, 3, "rotation_reason", "field_value left indent1 wrap", cols=9)
    canvas.heights[row] = 34.0
    row = _section(desk, row + 1, "talk")
    desk.heads(row, ("talked_on", 0, 4), ("wish", 4, 4), ("next", 8, 4))
    row += 1
    for col in (0, 4, 8):
        canvas.put(row, col, None, "input_date" if col != 4 else "input_center", cols=4)
    items = tuple(desk.word(f"choice.{n}") for n in (1, 2, 3))
    canvas.checks.append(ListCheck(row, 4, row, 7, items, error=desk.labels("interview.check.list")))
    canvas.put(row + 1, 0, desk.word("head.opinion"), "field_label", cols=COLUMNS)
    canvas.put(row + 2, 0, None, "input", cols=COLUMNS)
    canvas.heights.update({row: 24.0, row + 1: 14.0, row + 2: 84.0})
    return desk.book(replace(PAGE, fit_height=1, area=(0, 0, row + 2, COLUMNS - 1)))


def _section(desk: _Desk, row: int, key: str) -> int:
    """A small gap and a heading; the row below it."""
    desk.canvas.heights.update({row: 6.0, row + 1: 20.0})
    desk.canvas.put(row + 1, 0, desk.word(f"part.{key}"), "h2", cols=COLUMNS)
    return row + 2


def _people(desk: _Desk) -> Book:
    """One workbook a department: a list with one row a person, and their sums."""
    columns = (5.0, 10.0, 17.0, 11.0, 8.0, 8.0, 27.0, 27.0, 8.0, 27.0, 10.0)
    canvas = desk.begin("people", columns)
    desk.title(len(columns))
    desk.slot(1, 0, "unit", "cell left bold", cols=4)
    desk.slot(1, 4, "fiscal_year", "cell left", cols=3)
    canvas.put(1, 7, desk.word("head.deadline"), "cell right")
    desk.slot(1, 8, "deadline", "cell left era_date", cols=3)
    heads = ("number", "staff_id", "name", "title", "service_year", "due_count", "due", "due", "overdue_count", "overdue")
    for col, key in enumerate((*heads, "answer")):
        canvas.put(2, col, desk.word(f"head.{key}"), "th")
    look = "td_small shrink"
    for col, (field, of_cell, number) in enumerate(
        (
            ("number", "td_center", 0),
            ("staff_id", "staff_id", 0),
            ("name", "name shrink", 0),
            ("title", look, 0),
            ("service_year", "td_right nth_year", 0),
            ("due_count", "count", 0),
            ("due", "td_wrap", 0),
            ("due", "td_wrap", 1),
            ("overdue_count", "count", 0),
            ("overdue", "td_wrap", 0),
        )
    ):
        desk.slot(3, col, field, of_cell, number=number)
    canvas.put(3, len(columns) - 1, None, "input_center")
    desk.block(3, 3)
    items = tuple(desk.labels(f"interview.choice.answer.{n}") for n in (1, 2, 3, 4))
    canvas.checks.append(ListCheck(3, len(columns) - 1, 3, len(columns) - 1, items, error=desk.labels("interview.check.list")))
    canvas.put(4, 0, desk.word("head.total"), "totals_label", cols=5)
    for col in range(5, len(columns)):
        sums = col in (5, 8)
        canvas.put(4, col, Formula(f"SUM({column_letters(col)}4:{column_letters(col)}4)", 0) if sums else None, "totals")
    canvas.heights.update({1: 24.0, 2: 30.0, 3: 27.0, 4: 22.0})
    bars = (DataBar(3, 4, 3, 4, "data_bar", 42),)
    page = replace(PAGE, landscape=True, repeat_rows=(0, 2), area=(0, 0, 4, len(columns) - 1))
    return desk.book(page, bars)


def _department(desk: _Desk) -> Book:
    """One workbook a department: a sheet for its head to sign."""
    canvas = desk.begin("department", (WIDTH,) * COLUMNS)
    desk.title(COLUMNS)
    desk.slot(1, 0, "submit_to", "cell left large", cols=7)
    desk.slot(1, 7, "as_of", "cell right era_date", cols=5)
    desk.slot(2, 5, "unit", "cell right large", cols=7)
    desk.slot(3, 5, "head_title", "cell right", cols=3)
    desk.slot(3, 8, "head_name", "cell left large bold indent1", cols=4)
    canvas.put(5, 0, desk.word("department.text"), "cell left wrap", cols=COLUMNS)
    canvas.heights.update({1: 28.0, 2: 28.0, 3: 28.0, 5: 44.0})
    row = 7
    for field in ("people", "people_due", "people_overdue", "people_to_look_at", "people_on_leave"):
        canvas.put(row, 0, desk.word(f"head.{field}"), "field_label left indent1", cols=6)
        desk.slot(row, 6, field, "field_value people_dash", cols=3)
        canvas.put(row, 9, None, "input_center", cols=3)
        canvas.heights[row] = 26.0
        row += 1
    canvas.put(6, 0, desk.word("head.item"), "th", cols=6)
    canvas.put(6, 6, desk.word("head.count"), "th", cols=3)
    canvas.put(6, 9, desk.word("head.confirmed"), "th", cols=3)
    items = (desk.word("department.yes"), desk.word("department.no"))
    canvas.checks.append(ListCheck(7, 9, row - 1, 11, items, error=desk.labels("interview.check.list")))
    canvas.put(row + 1, 0, desk.word("head.deadline"), "field_label", cols=3)
    desk.slot(row + 1, 3, "deadline", "field_value era_date left indent1", cols=9)
    canvas.put(row + 2, 0, desk.word("head.opinion"), "field_label", cols=3)
    canvas.put(row + 2, 3, None, "input", cols=9)
    canvas.heights.update({6: 22.0, row + 1: 26.0, row + 2: 120.0})
    return desk.book(replace(PAGE, fit_height=1, area=(0, 0, row + 2, COLUMNS - 1)))
