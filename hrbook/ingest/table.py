"""Sheets of a workbook as bound tables: which sheet is which, where its data rows are, what is left out and why."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hrbook.core.fault import Fault
from hrbook.core.finding import Finding
from hrbook.core.source import RowRef, SheetSource, column_letters
from hrbook.ingest import codes
from hrbook.ingest.dictionary import Dictionary, SheetSpec
from hrbook.ingest.header import Binding, bind
from hrbook.ingest.values import read_staff_id
from hrbook.ingest.vocabulary import Vocabulary, key
from hrbook.ingest.workbook import Broken, ErrorCell, Row, Sheet, Workbook

Columns = Mapping[tuple[str, str], str]  # (sheet id, field id) -> the city's heading
FEW = 3  # a row with more filled cells is data, whatever its first word


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, bound to its dictionary entry."""

    spec: SheetSpec
    sheet: Sheet
    binding: Binding
    source: SheetSource
    bound: dict[tuple[str, ...], tuple[int, ...]] = field(default_factory=dict)

    def column(self, name: str) -> int:
        """The 0-based column of the field `name`; where the sheet has none, a column that is always blank."""
        return self.binding.columns.get(name, self.sheet.width)

    def columns(self, fields: tuple[str, ...]) -> tuple[int, ...]:
        """The columns of several fields, in their order; looked up once a sheet."""
        found = self.bound.get(fields)
        if found is None:
            found = self.bound[fields] = tuple(self.column(name) for name in fields)
        return found

    def rows(self, words: Vocabulary, findings: list[Finding]) -> Iterator[RowRef]:
        """The data rows in order. Blank, repeated heading, subtotal and remark rows are left out with a note each."""
        source, rows = self.source, self.sheet.rows
        first = self.column(self.spec.row[0]) if self.spec.row else self.sheet.width
        blank_from: int | None = None
        for index in range(self.binding.row + 1, len(rows)):
            row = rows[index]
            cell = row[first]
            if type(cell) is str and cell[0] in "0123456789":
                pass
            elif not any(value is not None and (type(value) is not str or value.strip()) for value in row):
                blank_from = index if blank_from is None else blank_from
                continue
            elif (code := self._other(row, words)) is not None:
                findings.append(code.at(RowRef(source, index + 1, row), self._first_filled(row)))
                continue
            if blank_from is not None:
                facts = {"rows": index - blank_from}
                cell_name = f"A{blank_from + 1}"
                findings.append(codes.BLANK_ROW.on_sheet(source.file, source.sheet, cell_name, facts=facts))
                blank_from = None
            ref = RowRef(source, index + 1, row)
            if index in self.sheet.broken_rows:
                findings.extend(self._broken(ref))
            yield ref

    def _broken(self, ref: RowRef) -> Iterator[Finding]:
        """Error cells and formulas without a saved value, in the columns that are read."""
        staff_id, _ = read_staff_id(ref.raw_of("staff_id"))
        for name in self.binding.columns:
            value = ref.raw_of(name)
            if isinstance(value, Broken):
                code = codes.ERROR_CELL if isinstance(value, ErrorCell) else codes.UNSAVED_FORMULA
                yield code.at(ref, name, staff_id=staff_id)

    def _first_filled(self, row: Row) -> str:
        return next((f for f, c in self.binding.columns.items() if row[c] is not None), "")

    def _other(self, row: Row, words: Vocabulary) -> codes.Code | None:
        """Why a row is no data row; None where it is one."""
        texts = [key(value) for value in row if type(value) is str and value.strip()]
        headers = sum(
            1
            for name, column in self.binding.columns.items()
            if type(row[column]) is str and key(str(row[column])) == key(self.binding.headers[name])
        )
        if headers >= 2 and headers * 2 >= len(texts):
            return codes.HEADER_AGAIN
        filled = sum(1 for value in row if value is not None)
        if not texts or filled > FEW:
            return None
        if any(words.totals.fullmatch(text) for text in texts):
            return codes.TOTAL_ROW
        if filled == 1 and texts[0].startswith(words.remarks):
            return codes.REMARK_ROW
        return None


def bind_tables(book: Workbook, dictionary: Dictionary, columns: Columns, findings: list[Finding]) -> dict[str, list[Table]]:
    """Every known sheet with its continuations, in order; other sheets and columns become notes.

    Raises Fault: a required sheet or column is missing, a heading stands twice, two sheets have one meaning."""
    found: dict[str, list[tuple[int, Sheet]]] = {spec.id: [] for spec in dictionary.sheets}
    for sheet in book.sheets:
        for spec in dictionary.sheets:
            number = spec.holds(sheet.name)
            if number is not None:
                found[spec.id].append((number, sheet))
                break
        else:
            if sheet.rows and key(sheet.name) not in dictionary.silent:
                findings.append(codes.EXTRA_SHEET.on_sheet(book.file, sheet.name))
    tables: dict[str, list[Table]] = {}
    for spec in dictionary.sheets:
        tables[spec.id] = []
        for _, sheet in sorted(found[spec.id], key=lambda pair: pair[0]):
            table = _table(book, sheet, spec, columns, findings)
            if table is None:
                continue
            if tables[spec.id]:
                findings.append(codes.JOINED_SHEET.on_sheet(book.file, sheet.name, understood=spec.name))
            tables[spec.id].append(table)
        if spec.required and not tables[spec.id]:
            near = _near(book, spec)
            key_of_fault = "sheet_missing_near" if near else "sheet_missing"
            raise Fault(key_of_fault, file=book.file, expected=spec.name, found=_names(book), near=near)
        _say_unused(book, spec, columns, tables[spec.id], findings)
    return tables


def _say_unused(book: Workbook, spec: SheetSpec, columns: Columns, tables: list[Table], findings: list[Finding]) -> None:
    """A heading of the settings' mapping that no sheet of its kind has."""
    for (sheet_id, name), header in sorted(columns.items()):
        used = any(key(table.binding.headers.get(name, "")) == key(header) for table in tables)
        if sheet_id == spec.id and not used:
            sheet = tables[0].source.sheet if tables else spec.name
            findings.append(codes.MAPPING_UNUSED.on_sheet(book.file, sheet, found=header))


def _table(book: Workbook, sheet: Sheet, spec: SheetSpec, columns: Columns, findings: list[Finding]) -> Table | None:
    if not any(value is not None for row in sheet.rows for value in row):
        if spec.required:
            raise Fault("sheet_empty", file=book.file, sheet=sheet.name)
        findings.append(codes.EMPTY_SHEET.on_sheet(book.file, sheet.name))
        return None
    mapped = {name: header for (sheet_id, name), header in columns.items() if sheet_id == spec.id}
    binding = bind(book.file, sheet, spec, mapped)
    for group, code in ((binding.second, codes.SECOND_COLUMN), (binding.extra, codes.EXTRA_COLUMN)):
        for column in group:
            cell = f"{column_letters(column)}{binding.row + 1}"
            findings.append(code.on_sheet(book.file, sheet.name, cell, binding.texts[column]))
    source = SheetSource(book.file, book.sha256, sheet.name, dict(binding.columns), dict(binding.headers))
    return Table(spec, sheet, binding, source)


def _names(book: Workbook) -> str:
    return ", ".join(sheet.name for sheet in book.sheets)


def _near(book: Workbook, spec: SheetSpec) -> str:
    names = {key(sheet.name): sheet.name for sheet in book.sheets}
    close = [n for word in spec.accepted for n in difflib.get_close_matches(word, list(names), 2, 0.5)]
    return ", ".join(names[name] for name in dict.fromkeys(close))
