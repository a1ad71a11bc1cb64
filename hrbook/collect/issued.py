"""What was issued: the department books of a finished run, each form with its fixed texts and its fields to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hrbook.collect.grid import Grid, Place, grid_of, said
from hrbook.collect.inside import Reading
from hrbook.collect.package import Package, read_asides
from hrbook.collect.sealed import Passwords
from hrbook.core.fault import Fault
from hrbook.guard.manifest import sha256
from hrbook.guard.record import INPUTS, Record, read_record
from hrbook.ingest.workbook import Workbook, parse_workbook
from hrbook.safe.preflight import check_bytes, fetch, is_encrypted
from hrbook.sheets import form
from hrbook.sheets.form_editions import LAYOUTS, Layout
from hrbook.sheets.form_fields import ANSWER, FEELING

Key = tuple[str, str]  # field, item


@dataclass(frozen=True, slots=True)
class IssuedForm:
    """One person's form. `texts` are its fixed texts and `fields` its places to fill in (row, column, columns), both
    counted from the form's top left cell, as `layout` of its edition has them."""

    id: str
    staff_id: str
    name: str
    department: str
    sheet: str
    texts: Mapping[Place, str]
    fields: Mapping[Key, tuple[int, int, int]]
    layout: Layout


@dataclass(frozen=True, slots=True)
class IssuedBook:
    """One department's book; `department` is its key in the document properties, `title` its file name without suffix.
    `intact`: it is as it was issued; else somebody filled it in where it stood."""

    run_id: str
    path: str
    department: str
    title: str
    forms: tuple[IssuedForm, ...]
    form_sheets: frozenset[str]
    grids: Mapping[str, Grid]
    asides: frozenset[str]
    intact: bool


@dataclass(frozen=True, slots=True)
class Issued:
    """The finished runs of one fiscal year that books came from, the last one first. `forms` by number of the form."""

    records: tuple[Record, ...]
    books: tuple[IssuedBook, ...]
    forms: Mapping[str, IssuedForm]

    @property
    def year(self) -> int:
        return self.records[0].year

    @property
    def runs(self) -> tuple[str, ...]:
        """The numbers of the runs."""
        return tuple(record.run_id for record in self.records)

    @property
    def language(self) -> str:
        """The language that the books were made in."""
        return self.records[0].options.get("language", "ja")

    def book(self, run_id: str, department: str) -> IssuedBook | None:
        """The book of a department of one run."""
        return next((b for b in self.books if b.run_id == run_id and b.department == department), None)

    def current(self) -> tuple[IssuedBook, ...]:
        """The books that are out now: those of the last run."""
        return tuple(b for b in self.books if b.run_id == self.runs[0])


def load_issued(folders: Sequence[Path], passwords: Passwords) -> Issued:
    """Read finished runs. Raises Fault: no such run, runs of two years, a run without department books, a book under a
    password that is on no list."""
    records = [read_record(folder) for folder in folders]
    years = sorted({record.year for record in records})
    if len(years) != 1:
        raise Fault("issued_two_years", usage=True, found=", ".join(map(str, years)))
    books = tuple(book for record in records for book in _books(record, passwords))
    forms = {one.id: one for book in books for one in book.forms}
    if not forms:
        raise Fault("issued_no_forms", file=", ".join(folder.as_posix() for folder in folders))
    return Issued(tuple(records), books, forms)


def _books(record: Record, passwords: Passwords) -> tuple[IssuedBook, ...]:
    books = []
    for entry in record.files:
        path = record.folder / entry.path
        if path.suffix == ".xlsx" and not entry.path.startswith(f"{INPUTS}/"):
            book = read_issued(path, entry.path, entry.sha256, passwords)
            if book is not None and book.run_id == record.run_id:
                books.append(book)
    return tuple(books)


def read_issued(path: Path, name: str, digest: str, passwords: Passwords) -> IssuedBook | None:
    """One book of a run; None where it holds no forms to fill in. What is no longer as it was issued, and what has to be
    unsealed, is read in a child process."""
    data = fetch(path)
    intact = sha256(data) == digest
    apart = None if intact and not is_encrypted(data) else _read_apart(data, name, passwords)
    if apart is None:
        check_bytes(data, path.name)
    package = read_asides(data) if apart is None else apart[1]
    custom = package.custom
    edition = custom.get("hrbook-form-edition")
    if edition is None:
        return None
    if edition not in LAYOUTS:
        raise Fault("issued_edition", file=path.name, found=edition, known=", ".join(LAYOUTS))
    book = parse_workbook(data, path.name) if apart is None else apart[0]
    grids = {sheet.name: grid_of(sheet) for sheet in book.sheets}
    department = custom.get("hrbook-department", "")
    run, layout = custom["hrbook-run"], LAYOUTS[edition]
    forms = {name: found for name, grid in grids.items() if (found := tuple(_forms(grid, name, department, run, layout)))}
    return IssuedBook(
        run_id=run,
        path=name,
        department=department,
        title=path.stem,
        forms=tuple(one for found in forms.values() for one in found),
        form_sheets=frozenset(forms),
        grids={name: grid for name, grid in grids.items() if name not in forms},
        asides=frozenset(aside.text for aside in package.asides),
        intact=intact,
    )


def _read_apart(data: bytes, name: str, passwords: Passwords) -> tuple[Workbook, Package]:
    try:
        book, package, _ = Reading(data, name, passwords).result()
        return book, package
    except Fault as fault:
        if fault.key in ("file_encrypted", "returned_sealed"):
            raise Fault("issued_sealed", file=name) from fault
        raise


def _forms(grid: Grid, sheet: str, department: str, run_id: str, layout: Layout) -> Iterable[IssuedForm]:
    """The forms of a sheet, which follow one another from its first row."""
    top = 0
    last = max((row for row, _ in grid), default=-1)
    while top <= last:
        number = form.FORM.search(said(grid.get((top + layout.form_id[0], layout.form_id[1]))))
        staff_id = said(grid.get((top + form.STAFF_ID[0], form.STAFF_ID[1])))
        if number is None or form.form_id(run_id, staff_id) != number.group(1):
            return
        block = {
            (row - top, col): said(value)
            for (row, col), value in grid.items()
            if top <= row < top + layout.rows and col < form.COLUMNS
        }
        fields = dict(_fields(block, layout))
        inside = {(row, c) for row, col, cols in fields.values() for c in range(col, col + cols)}
        texts = {place: text for place, text in block.items() if place not in inside}
        name = block.get((form.VALUES, 0), "")
        yield IssuedForm(number.group(1), staff_id, name, department, sheet, texts, fields, layout)
        top += layout.rows


def _fields(block: Mapping[Place, str], layout: Layout) -> Iterable[tuple[Key, tuple[int, int, int]]]:
    for col in range(form.ABILITY_COLUMN, form.COLUMNS):
        ability = block.get((form.ABILITIES, col))
        if ability and (form.NOW, col) in block:
            yield (FEELING, ability), (form.FEELING, col, 1)
            for field, row in layout.scores.items():
                yield (field, ability), (row, col, 1)
    for row in range(form.COURSES, form.COURSES + form.COURSE_ROWS):
        code = block.get((row, form.COURSE_CODE))
        if code:
            yield (ANSWER, code), (row, form.COURSE_ANSWER, form.COLUMNS - form.COURSE_ANSWER)
    for field, place in layout.fields.items():
        yield (field, ""), place
