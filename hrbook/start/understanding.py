"""What hrbook understands of a city's own roster: which sheet and heading is what, which titles have no rank, who is where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from hrbook.core.fault import Fault
from hrbook.core.finding import Finding
from hrbook.core.policy import Policy
from hrbook.core.source import Scalar, column_letters
from hrbook.ingest import codes
from hrbook.ingest.dates import read_date
from hrbook.ingest.dictionary import SheetSpec, load_dictionary
from hrbook.ingest.header import Binding, Headings
from hrbook.ingest.roster import DICTIONARY, How, RosterBooks, roster_of
from hrbook.ingest.values import read_staff_id
from hrbook.ingest.vocabulary import key, load_vocabulary
from hrbook.ingest.workbook import Sheet, Workbook, read_workbook

SEEN = 200  # rows by which a proposal is tried
NAMED = 3  # columns that a sheet's name is worth, where it holds the standard one
CONSENT = frozenset({codes.SHEET_FITS.id})  # what is understood counts sheets under other names, too
FITTING = 0.5  # share of filled cells that must be readable as what a heading is taken for


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of the city's. `field` is the standard heading it stands for, "" for none; `sure`: no confirmation."""

    sheet: str
    cell: str
    text: str
    kind: str  # the standard sheet
    field: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Title:
    """A title without a rank: in how many cells it stands, and the first of them."""

    title: str
    count: int
    place: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything that `init --from` can tell. `proposed` maps (sheet id, field id) to a heading; `missing` are fields that
    no heading stands for, `absent` kinds of sheet that are not there; `fault` is what keeps the roster from being read."""

    file: str
    data: bytes
    sheets: tuple[tuple[str, str], ...]  # sheet of the city, standard sheet or ""
    headings: tuple[Heading, ...]
    proposed: Mapping[tuple[str, str], str]
    missing: tuple[tuple[str, str], ...]  # (sheet id, field id)
    absent: tuple[str, ...]  # sheet ids
    renamed: tuple[str, ...] = ()  # sheets known by their headings alone: read under their standard name or with consent
    titles: tuple[Title, ...] = ()
    departments: tuple[tuple[str, str, int], ...] = ()
    findings: tuple[Finding, ...] = ()
    people: int = 0
    rows: int = 0
    fault: Fault | None = None


def understand(path: Path, policy: Policy, as_of: date) -> Understanding:
    """Read a roster as far as it can be read. Raises Fault where the file is no workbook that can be opened."""
    book = read_workbook(path)
    known = _kinds(book)
    proposed: dict[tuple[str, str], str] = {}
    headings: list[Heading] = []
    bound: dict[str, set[str]] = {}
    for sheet in book.sheets:
        if sheet.name not in known:
            continue
        spec, binding = known[sheet.name]
        likely = {
            field: column for field, column in Headings(spec, {}).likely(binding) if _fits(sheet, binding, spec, field, column)
        }
        likely = {field: column for field, column in likely.items() if (spec.id, field) not in proposed}
        proposed |= {(spec.id, field): binding.texts[column] for field, column in likely.items()}
        bound.setdefault(spec.id, set()).update(binding.columns, likely)
        headings.extend(_headings(sheet, spec, binding, likely))
    specs = load_dictionary(DICTIONARY).sheets
    missing = tuple((s.id, f.id) for s in specs if s.id in bound for f in s.fields if f.id not in bound[s.id])
    understood = Understanding(
        file=book.file,
        data=book.data,
        sheets=tuple((sheet.name, known[sheet.name][0].name if sheet.name in known else "") for sheet in book.sheets),
        renamed=tuple(n for n, (spec, _) in known.items() if spec.holds(n) is None and not spec.required),
        headings=tuple(headings),
        proposed=proposed,
        missing=missing,
        absent=tuple(s.id for s in specs if s.id not in bound),
    )
    return _with_people(understood, book, policy, as_of)


def _kinds(book: Workbook) -> dict[str, tuple[SheetSpec, Binding]]:
    """The kind of each sheet and its closest heading: by its name; else, of the kinds that no sheet is named for, the one
    with most of its columns there, as long as that is most of what it needs."""
    dictionary = load_dictionary(DICTIONARY)
    sheets = [sheet for sheet in book.sheets if key(sheet.name) not in dictionary.silent]
    named = {sheet.name: spec for sheet in sheets for spec in dictionary.sheets if spec.holds(sheet.name) is not None}
    known: dict[str, tuple[SheetSpec, Binding]] = {}
    for sheet in sheets:
        own = named.get(sheet.name)
        specs = (own,) if own is not None else tuple(s for s in dictionary.sheets if s not in named.values())
        found: list[tuple[int, int, SheetSpec, Binding]] = []
        for place, spec in enumerate(specs):
            binding = Headings(spec, {}).closest(sheet)
            if binding is None:
                continue
            there = {*binding.columns, *(field for field, _ in Headings(spec, {}).likely(binding))}
            needed = [field.id for field in spec.fields if field.required]
            if own is not None or 2 * sum(name in there for name in needed) > len(needed):
                called = any(name in key(sheet.name) for name in spec.accepted)
                found.append((-len(there) - NAMED * called, place, spec, binding))
        if found:
            known[sheet.name] = min(found, key=lambda entry: entry[:2])[2:]
    return known


def _fits(sheet: Sheet, binding: Binding, spec: SheetSpec, field: str, column: int) -> bool:
    """Whether the cells under a heading can be what the heading is taken for."""
    kind = spec.field(field).kind
    words = load_vocabulary()
    filled: list[Scalar] = [
        row[column] for row in sheet.rows[binding.row + 1 : binding.row + 1 + SEEN] if row[column] is not None
    ]
    if kind == "date":
        good = [value for value in filled if isinstance(read_date(value, words.dates, False)[0], date)]
    elif kind == "staff_id":
        good = [value for value in filled if any(sign.isdigit() for sign in read_staff_id(value)[0])]
    else:
        return True
    return len(good) >= FITTING * len(filled)


def _headings(sheet: Sheet, spec: SheetSpec, binding: Binding, likely: Mapping[str, int]) -> Iterator[Heading]:
    sure = {column: field for field, column in binding.columns.items()}
    proposed = {column: field for field, column in likely.items()}
    for column, text in enumerate(binding.texts):
        if text:
            field = sure.get(column) or proposed.get(column)
            cell = f"{column_letters(column)}{binding.row + 1}"
            yield Heading(sheet.name, cell, text, spec.name, spec.field(field).header if field else "", column not in proposed)


def _with_people(found: Understanding, book: Workbook, policy: Policy, as_of: date) -> Understanding:
    try:
        roster, findings = roster_of(RosterBooks(book), policy, How(columns=found.proposed, accept=CONSENT, as_of=as_of))
    except Fault as fault:
        return replace(found, fault=fault)
    units = Counter((person.post.bureau, person.post.department) for person in roster.employees)
    departments = tuple((bureau, department, count) for (bureau, department), count in sorted(units.items()))
    return replace(
        found,
        titles=tuple(_titles(findings)),
        departments=departments,
        findings=findings,
        people=len(roster.employees),
        rows=roster.rows_read,
    )


def _titles(findings: tuple[Finding, ...]) -> Iterator[Title]:
    """Titles without a rank, the most frequent first."""
    unknown = [finding for finding in findings if finding.code == codes.TITLE_UNKNOWN.id]
    counts = Counter(str(finding.found) for finding in unknown)
    places: dict[str, str] = {}
    for finding in unknown:
        places.setdefault(str(finding.found), f"{finding.sheet}!{finding.cell}")
    for title, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        yield Title(title, count, places[title])
