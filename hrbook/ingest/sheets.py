"""Which sheet of a workbook is which: by its name, else by its headings; the rest is named and left aside."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from hrbook.core.fault import Fault
from hrbook.core.finding import Finding
from hrbook.core.source import column_letters
from hrbook.ingest import codes
from hrbook.ingest.captions import Captions
from hrbook.ingest.dictionary import Dictionary, SheetSpec
from hrbook.ingest.layout import Kinds, areas
from hrbook.ingest.mapping import HeadingMap
from hrbook.ingest.table import Table, table_of
from hrbook.ingest.values import read_staff_id
from hrbook.ingest.vocabulary import Vocabulary, key
from hrbook.ingest.workbook import Sheet, Workbook

Columns = Mapping[tuple[str, str], str]  # (sheet id, field id) -> the city's heading
ALIKE = 0.5  # share of common staff numbers from which two sheets are two states of one roster


@dataclass(slots=True)
class Binder:
    """Binds the sheets of one workbook, or of several where histories come in workbooks of their own."""

    dictionary: Dictionary
    columns: Columns
    words: Vocabulary
    findings: list[Finding]
    accept: frozenset[str] = frozenset()
    tables: dict[str, list[Table]] = field(default_factory=dict)

    def bind(self, book: Workbook, elsewhere: Sequence[str] = ()) -> dict[str, list[Table]]:
        """Every known sheet with its continuations, in order; other sheets and columns become notes. `elsewhere` names
        the kinds of sheet that come in another workbook.

        Raises Fault: a required sheet or column is missing, a heading stands twice, two sheets have one meaning."""
        kinds = Kinds(self.dictionary.sheets, self.columns)
        named, rest = self._by_name(book)
        by_heading = self._by_heading(book, named, rest, kinds, elsewhere)
        self.tables = {spec.id: [] for spec in self.dictionary.sheets}
        for spec in self.dictionary.sheets:
            for sheet in (*named[spec.id], *by_heading.get(spec.id, ())):
                if spec.id in elsewhere:
                    self.findings.append(codes.OWN_BOOK.on_sheet(book.file, sheet.name, understood=spec.name))
                else:
                    self._read(book, sheet, spec, kinds)
            if spec.required and not self.tables[spec.id]:
                near = _near(book, spec)
                key_of_fault = "sheet_missing_near" if near else "sheet_missing"
                raise Fault(key_of_fault, file=book.file, expected=spec.name, found=_names(book), near=near)
        self._check_alike(book, by_heading)
        return self.tables

    def bind_only(self, book: Workbook, sheet_id: str) -> None:
        """The sheets of one kind from a workbook of its own: by name, else all whose headings fit. Raises Fault."""
        spec = self.dictionary.sheet(sheet_id)
        kinds = Kinds(self.dictionary.sheets, self.columns)
        filled = [sheet for sheet in book.sheets if _filled(sheet)]
        chosen = [sheet for sheet in filled if spec.holds(sheet.name) is not None]
        chosen = chosen or [sheet for sheet in filled if self._fits(sheet, kinds, (spec,)) is spec]
        if not chosen and len(filled) != 1:
            raise Fault("sheet_missing", file=book.file, expected=spec.name, found=_names(book))
        for sheet in chosen or filled:
            self._read(book, sheet, spec, kinds)

    def bind_more(self, book: Workbook) -> None:
        """Every known sheet of a workbook in which the roster goes on, after what is there: by name; in a workbook that has
        none of these names, all whose headings fit. Raises Fault."""
        kinds = Kinds(self.dictionary.sheets, self.columns)
        named, rest = self._by_name(book)
        if not any(named.values()):
            for sheet in rest:
                spec = self._fits(sheet, kinds, self.dictionary.sheets)
                if spec is not None:
                    named[spec.id].append(sheet)
            rest = [sheet for sheet in rest if not any(sheet in sheets for sheets in named.values())]
        if not any(named.values()):
            expected = self.dictionary.sheets[0].name
            raise Fault("sheet_missing", file=book.file, expected=expected, found=_names(book))
        for sheet in rest:
            self.findings.append(codes.EXTRA_SHEET.on_sheet(book.file, sheet.name))
        for spec in self.dictionary.sheets:
            for sheet in named[spec.id]:
                self._read(book, sheet, spec, kinds)
            if spec.required:
                self._check_alike_books(spec)

    def say_unused(self, book: Workbook, settings: Columns, maps: Sequence[HeadingMap]) -> None:
        """A heading of the settings' mapping that no sheet of its kind has, and one of `--map` that no sheet has."""
        for (sheet_id, name), header in sorted(settings.items()):
            if self.columns[sheet_id, name] == header and not self._used(header, sheet_id, name):
                tables = self.tables.get(sheet_id, [])
                sheet = tables[0].source.sheet if tables else self.dictionary.sheet(sheet_id).name
                self.findings.append(codes.MAPPING_UNUSED.on_sheet(book.file, sheet, found=header))
        for entry in maps:
            if not any(self._used(entry.header, *place) for place in entry.fields):
                sheet = self.dictionary.sheet(entry.fields[0][0]).name
                self.findings.append(codes.MAPPING_UNUSED.on_sheet(book.file, sheet, found=entry.header))

    def _used(self, header: str, sheet_id: str, name: str) -> bool:
        return any(key(table.binding.headers.get(name, "")) == key(header) for table in self.tables.get(sheet_id, []))

    def _by_name(self, book: Workbook) -> tuple[dict[str, list[Sheet]], list[Sheet]]:
        numbered: dict[str, list[tuple[int, int, Sheet]]] = {spec.id: [] for spec in self.dictionary.sheets}
        rest: list[Sheet] = []
        for place, sheet in enumerate(book.sheets):
            for spec in self.dictionary.sheets:
                number = spec.holds(sheet.name)
                if number is not None:
                    numbered[spec.id].append((number, place, sheet))
                    break
            else:
                if sheet.rows and key(sheet.name) not in self.dictionary.silent:
                    rest.append(sheet)
        named = {sheet_id: [sheet for *_, sheet in sorted(found, key=lambda f: f[:2])] for sheet_id, found in numbered.items()}
        return named, rest

    def _by_heading(
        self,
        book: Workbook,
        named: Mapping[str, Sequence[Sheet]],
        rest: Sequence[Sheet],
        kinds: Kinds,
        elsewhere: Sequence[str],
    ) -> dict[str, list[Sheet]]:
        """Sheets with other names whose headings fit a kind that no sheet is named for. A required kind is read with a
        note; another one is only suggested, unless that is consented to."""
        missing = [spec for spec in self.dictionary.sheets if not named[spec.id] and spec.id not in elsewhere]
        found: dict[str, list[Sheet]] = {}
        for sheet in rest:
            spec = self._fits(sheet, kinds, missing)
            if spec is None or (spec.id in found and not spec.required):
                self.findings.append(codes.EXTRA_SHEET.on_sheet(book.file, sheet.name))
                continue
            if spec.required:
                self.findings.append(codes.SHEET_BY_HEADING.on_sheet(book.file, sheet.name, understood=spec.name))
            else:
                self.findings.append(codes.SHEET_FITS.on_sheet(book.file, sheet.name, understood=spec.name))
            if spec.required or codes.SHEET_FITS.id in self.accept:
                found.setdefault(spec.id, []).append(sheet)
        return found

    def _fits(self, sheet: Sheet, kinds: Kinds, specs: Sequence[SheetSpec]) -> SheetSpec | None:
        """The one kind among `specs` whose heading the sheet has, the one with most columns."""
        best: tuple[int, SheetSpec] | None = None
        for spec in specs:
            captions = Captions(sheet, spec, self.words.rows)
            binding = kinds.headings[spec.id].first(sheet, captions.fields)
            if binding is not None and (best is None or len(binding.columns) > best[0]):
                best = len(binding.columns), spec
        return best[1] if best else None

    def _read(self, book: Workbook, sheet: Sheet, spec: SheetSpec, kinds: Kinds) -> None:
        if not _filled(sheet):
            if spec.required:
                raise Fault("sheet_empty", file=book.file, sheet=sheet.name)
            self.findings.append(codes.EMPTY_SHEET.on_sheet(book.file, sheet.name))
            return
        if self.tables[spec.id] and spec.holds(sheet.name) is not None:
            self.findings.append(codes.JOINED_SHEET.on_sheet(book.file, sheet.name, understood=spec.name))
        self.findings.extend(_hidden(book, sheet))
        for area in areas(book.file, sheet, spec, kinds, self.words.rows):
            table = table_of(area, book.file, book.sha256, self.words, self.findings)
            self.tables[area.spec.id].append(table)

    def _check_alike(self, book: Workbook, found: Mapping[str, Sequence[Sheet]]) -> None:
        """Two sheets that hold mostly the same people are two states of one roster: which one counts is not ours to say."""
        for spec in self.dictionary.sheets:
            if spec.required and len(found.get(spec.id, ())) > 1:
                alike = _alike(self._people(spec, lambda table: table.sheet.name))
                if alike is not None:
                    raise Fault("sheets_alike", file=book.file, sheet=alike[0], other=alike[1], expected=spec.name)

    def _check_alike_books(self, spec: SheetSpec) -> None:
        """The same for two workbooks: the second would be another state of the roster, and nothing that goes on."""
        alike = _alike(self._people(spec, lambda table: table.source.file))
        if alike is not None:
            raise Fault("books_alike", file=alike[1], other=alike[0], expected=spec.name)

    def _people(self, spec: SheetSpec, place: Callable[[Table], str]) -> dict[str, set[str]]:
        """The staff numbers on the tables of one kind, by the place that each table is of."""
        people: dict[str, set[str]] = {}
        for table in self.tables[spec.id]:
            column = table.column(spec.row[0])
            ids = (read_staff_id(row[column])[0] for row in table.sheet.rows[table.binding.row + 1 : table.stop])
            people.setdefault(place(table), set()).update(i for i in ids if any(sign.isdigit() for sign in i))
        return people


def _alike(people: Mapping[str, set[str]]) -> tuple[str, str] | None:
    """The first two places that hold mostly the same people."""
    for one, other in combinations(people, 2):
        least = min(len(people[one]), len(people[other]))
        if least and len(people[one] & people[other]) > ALIKE * least:
            return one, other
    return None


def _hidden(book: Workbook, sheet: Sheet) -> Iterator[Finding]:
    """Hidden rows and columns are read like all others, and that is said."""
    used = {row for row in sheet.hidden_rows if row < len(sheet.rows) and any(v is not None for v in sheet.rows[row])}
    if used:
        cell = f"A{min(used) + 1}"
        yield codes.HIDDEN_ROWS.on_sheet(book.file, sheet.name, cell, facts={"rows": len(used)})
    columns = [column for column in sheet.hidden_columns if column < sheet.width]
    if columns:
        cell = f"{column_letters(columns[0])}1"
        yield codes.HIDDEN_COLUMNS.on_sheet(book.file, sheet.name, cell, facts={"rows": len(columns)})


def _filled(sheet: Sheet) -> bool:
    return any(value is not None for row in sheet.rows for value in row)


def _names(book: Workbook) -> str:
    return ", ".join(sheet.name for sheet in book.sheets)


def _near(book: Workbook, spec: SheetSpec) -> str:
    names = {key(sheet.name): sheet.name for sheet in book.sheets}
    close = [n for word in spec.accepted for n in difflib.get_close_matches(word, list(names), 2, 0.5)]
    return ", ".join(names[name] for name in dict.fromkeys(close))
