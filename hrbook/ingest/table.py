"""A table of a sheet: where its data rows are, what stands in them, what is left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from hrbook.core.finding import Finding
from hrbook.core.source import RowRef, Scalar, SheetSource, column_letters
from hrbook.ingest import codes
from hrbook.ingest.captions import Captions, Fixed
from hrbook.ingest.dictionary import SheetSpec
from hrbook.ingest.header import Binding
from hrbook.ingest.layout import Area
from hrbook.ingest.values import read_staff_id
from hrbook.ingest.vocabulary import Vocabulary, key
from hrbook.ingest.workbook import Broken, DroppedCell, ErrorCell, Row, Sheet, UnsavedFormula

UNIT = ("bureau", "department", "section")
FEW = 3  # a row with more filled cells is data, whatever its first word
BROKEN = {ErrorCell: codes.ERROR_CELL, UnsavedFormula: codes.UNSAVED_FORMULA, DroppedCell: codes.DROPPED_CELL}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet, bound to its dictionary entry. `stop` is the 0-based row after its last.

    `fixed` gives fields that have no column; their values stand behind every row. `filled` gives cells (by row, then
    column) that a merge over several rows covers."""

    spec: SheetSpec
    sheet: Sheet
    binding: Binding
    source: SheetSource
    stop: int
    fixed: Fixed = field(default_factory=dict)
    filled: Mapping[int, Mapping[int, Scalar]] = field(default_factory=dict)
    bound: dict[tuple[str, ...], tuple[int, ...]] = field(default_factory=dict)

    def column(self, name: str) -> int:
        """The 0-based column of the field `name`; where the sheet has none, a column that is always blank."""
        return self.source.columns.get(name, self.sheet.width)

    def columns(self, fields: tuple[str, ...]) -> tuple[int, ...]:
        """The columns of several fields, in their order; looked up once a sheet."""
        found = self.bound.get(fields)
        if found is None:
            found = self.bound[fields] = tuple(self.column(name) for name in fields)
        return found

    def rows(self, words: Vocabulary, findings: list[Finding]) -> Iterator[RowRef]:
        """The data rows in order. Blank, repeated heading, subtotal and remark rows are left out with a note each."""
        source, rows, special = self.source, self.sheet.rows, self._special(words)
        first = self.column(self.spec.row[0]) if self.spec.row else self.sheet.width
        behind = tuple(value for value, _ in self.fixed.values())
        captions = Captions(self.sheet, self.spec, words.rows)
        blank_from: int | None = None
        for index in range(self.binding.row + 1, self.stop):
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
            elif not self._names_unit(row) and (unit := captions.group(index)):
                behind, source = self._group(unit, behind, source, findings)
                continue
            if blank_from is not None:
                facts = {"rows": index - blank_from}
                cell_name = f"A{blank_from + 1}"
                findings.append(codes.BLANK_ROW.on_sheet(source.file, source.sheet, cell_name, facts=facts))
                blank_from = None
            if index in special:
                row = self._mended(rows, index, row, words, findings)
            ref = RowRef(source, index + 1, (*row, *behind) if behind else row)
            if index in self.sheet.broken_rows:
                findings.extend(self._broken(ref))
            yield ref

    def _names_unit(self, row: Row) -> bool:
        """Whether the row says its unit in the unit's own columns: then it is a person's row that lacks the number."""
        return any(row[self.binding.columns[name]] is not None for name in UNIT if name in self.binding.columns)

    def _special(self, words: Vocabulary) -> frozenset[int]:
        """Rows with a cell that a merge covers or that says "as above"."""
        dittos = words.rows.dittos
        span = range(self.binding.row + 1, self.stop)
        return frozenset(i for i in span if i in self.filled or not dittos.isdisjoint(self.sheet.rows[i]))

    def _mended(self, rows: tuple[Row, ...], index: int, row: Row, words: Vocabulary, findings: list[Finding]) -> Row:
        """The row with what merged cells and marks of repetition stand for; each mark is noted."""
        cells = list(row)
        for column, value in self.filled.get(index, {}).items():
            cells[column] = value
        for column in self.binding.columns.values():
            if row[column] in words.rows.dittos:
                cells[column] = self._above(rows, index, column, words)
                cell = f"{column_letters(column)}{index + 1}"
                said = codes.DITTO.on_sheet(self.source.file, self.source.sheet, cell, row[column], cells[column])
                findings.append(said)
        return tuple(cells)

    def _above(self, rows: tuple[Row, ...], index: int, column: int, words: Vocabulary) -> Scalar:
        """The nearest cell above that holds something of its own; None where the heading is reached."""
        for upper in range(index - 1, self.binding.row, -1):
            value = self.filled.get(upper, {}).get(column, rows[upper][column])
            if value is not None and value not in words.rows.dittos:
                return value
        return None

    def _group(
        self, unit: Fixed, behind: tuple[str, ...], source: SheetSource, findings: list[Finding]
    ) -> tuple[tuple[str, ...], SheetSource]:
        """A row that names a unit: it fills the fields without a column, from here on."""
        values = dict(zip(self.fixed, behind, strict=True))
        used = {name: value for name, (value, _) in unit.items() if name in values}
        if "bureau" in used and "department" in values and "department" not in used:
            used["department"] = ""
        text, cell = " ".join(value for value, _ in unit.values()), next(iter(unit.values()))[1]
        understood = " ".join(value for value in used.values() if value) or None
        code = codes.UNIT_FROM_CAPTION if used else codes.REMARK_ROW
        findings.append(code.on_sheet(source.file, source.sheet, cell, text, understood))
        if not used:
            return behind, source
        fixed = {**source.fixed, **dict.fromkeys(used, cell)}
        return tuple({**values, **used}.values()), replace(source, fixed=fixed)

    def _broken(self, ref: RowRef) -> Iterator[Finding]:
        """Error cells and formulas without a saved value, in the columns that are read."""
        staff_id, _ = read_staff_id(ref.raw_of("staff_id"))
        for name in self.binding.columns:
            value = ref.raw_of(name)
            if isinstance(value, Broken):
                yield BROKEN[type(value)].at(ref, name, staff_id=staff_id)

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
        if any(words.rows.totals.fullmatch(text) for text in texts):
            return codes.TOTAL_ROW
        if filled == 1 and texts[0].startswith(words.rows.remarks):
            return codes.REMARK_ROW
        return None


def table_of(area: Area, file: str, sha256: str, words: Vocabulary, findings: list[Finding]) -> Table:
    """The table of an area, with what its layout says: captions, further tables, merges over rows, hidden parts."""
    sheet, binding, spec = area.sheet, area.binding, area.spec
    columns = dict(binding.columns)
    for number, name in enumerate(area.fixed):
        columns[name] = sheet.width + 1 + number
    fixed = {name: cell for name, (_, cell) in area.fixed.items()}
    source = SheetSource(file, sha256, sheet.name, columns, dict(binding.headers), fixed)
    if area.further:
        findings.append(codes.FURTHER_TABLE.on_sheet(file, sheet.name, area.cell, understood=spec.name))
    for value, cell in dict.fromkeys(area.fixed.values()):
        findings.append(codes.UNIT_FROM_CAPTION.on_sheet(file, sheet.name, cell, value, value))
    for group, code in ((binding.second, codes.SECOND_COLUMN), (binding.extra, codes.EXTRA_COLUMN)):
        for column in group:
            cell = f"{column_letters(column)}{binding.row + 1}"
            findings.append(code.on_sheet(file, sheet.name, cell, binding.texts[column]))
    filled = _filled(area, file, findings)
    return Table(spec, sheet, binding, source, area.stop, area.fixed, filled)


def _filled(area: Area, file: str, findings: list[Finding]) -> dict[int, dict[int, Scalar]]:
    """Row -> column -> the value of the merged cell that covers it, for merges over several rows of a bound column."""
    found: dict[int, dict[int, Scalar]] = {}
    bound = set(area.binding.columns.values())
    for (top, left), (bottom, _) in area.sheet.merges:
        if bottom == top or left not in bound or not area.binding.row < top < area.stop:
            continue
        value = area.sheet.rows[top][left] if top < len(area.sheet.rows) else None
        if value is None:
            continue
        cell = f"{column_letters(left)}{top + 1}"
        facts: dict[str, Scalar] = {"rows": bottom - top + 1}
        findings.append(codes.MERGED_DOWN.on_sheet(file, area.sheet.name, cell, value, value, facts))
        for row in range(top + 1, min(bottom + 1, area.stop)):
            found.setdefault(row, {})[left] = value
    return found
