"""One returned file: recognised whatever it is called, refused by name, or read into what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from hrbook.collect.elsewhere import differences
from hrbook.collect.find import Found
from hrbook.collect.forms import FormRead, SheetRead, read_sheet
from hrbook.collect.grid import Grid, address, grid_of, place_of
from hrbook.collect.inside import Reading
from hrbook.collect.issued import Issued, Key
from hrbook.collect.package import Package
from hrbook.collect.sealed import Passwords
from hrbook.collect.values import Reader
from hrbook.core.fault import Fault
from hrbook.core.receipts import FileState, Receipt
from hrbook.core.reconcile import Kind, Seen
from hrbook.core.returned import Origin
from hrbook.guard.manifest import sha256
from hrbook.ingest.workbook import Workbook
from hrbook.sheets import form
from hrbook.sheets.form_fields import REMARK

OWN = "hrbook-kind"  # document property of what collect itself writes
_At = Callable[[str], Origin]
LONGEST = 10_000  # letters of one value
LIMIT = 300  # texts beside the forms that are listed for one sheet
STATES = {
    "file_encrypted": FileState.ENCRYPTED,
    "returned_sealed": FileState.ENCRYPTED,
    "file_not_workbook": FileState.NOT_WORKBOOK,
    "file_xls": FileState.NOT_WORKBOOK,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What recognising needs: the issued runs, the staff numbers of everybody, the years of other runs by the first letters
    of their id, and what the marked copies carry that is ours (names of sheets, beginnings of comments)."""

    issued: Issued
    reader: Reader
    people: frozenset[str]
    other_years: Mapping[str, int]
    own_sheets: frozenset[str]
    own_comments: tuple[str, ...]
    passwords: Passwords


@dataclass(frozen=True, slots=True)
class Examined:
    """A file: what became of it, everything that it says, the workbook (the one within, where it came sealed), and the
    password that opened it."""

    receipt: Receipt
    seen: tuple[Seen, ...] = ()
    data: bytes = field(default=b"", repr=False)
    password: str = field(default="", repr=False)


class Opened:
    """A returned file that is being read while the one before it is examined."""

    def __init__(self, found: Found, passwords: Passwords) -> None:
        self.found = found
        self._reading: Reading | None = None
        self._fault = found.fault
        if found.fault is None:
            try:
                self._reading = Reading(found.data, found.name, passwords)
            except Fault as fault:
                self._fault = fault

    def result(self) -> tuple[Workbook, Package, str]:
        """As Reading.result. Raises Fault where the file cannot be read."""
        if self._fault is not None or self._reading is None:
            raise self._fault or Fault("file_crashes", file=self.found.name, found="")
        return self._reading.result()


def examine(opened: Opened, known: Known) -> Examined | None:
    """What became of a file, and everything that it says; None for a file that `collect` itself wrote."""
    found = opened.found
    digest = sha256(found.data) if found.data else ""
    try:
        book, package, password = opened.result()
    except Fault as fault:
        state = STATES.get(fault.key, FileState.DAMAGED)
        return Examined(Receipt(found.name, digest, found.saved, state, fault=fault.key, facts=fault.facts))
    if OWN in package.custom:
        return None
    saved = package.saved or found.saved
    grids = {sheet.name: grid_of(sheet) for sheet in book.sheets}
    reads = {name: read_sheet(grid, known.issued) for name, grid in grids.items()}
    receipt = _recognised(found.name, digest, saved, package, reads, known)
    if not receipt.read:
        return Examined(receipt)
    seen = tuple(_bounded(one) for one in _seen(receipt, book, grids, reads, package, known))
    if not seen:
        receipt = Receipt(receipt.name, digest, saved, FileState.BLANK, receipt.sender, receipt.run_id, others=receipt.others)
    return Examined(receipt, seen, book.data, password)


def _recognised(name: str, digest: str, saved: str, package: Package, reads: Mapping[str, SheetRead], known: Known) -> Receipt:
    issued = known.issued
    run, year, _ = (*package.names.get(form.BOOK_NAME, "").strip('="').split("|"), "", "")[:3]
    run = package.custom.get("hrbook-run") or run
    year = package.custom.get("hrbook-year") or year
    others = tuple(sorted({number for read in reads.values() for number in read.other}))
    forms = [one.form for read in reads.values() for one in read.forms]
    if forms:
        senders = Counter(one.department for one in forms)
        own = package.custom.get("hrbook-department", "")
        sender = own if own in senders else min(senders, key=lambda d: (-senders[d], d))
        of = next(run_id for run_id in issued.runs if any(one.id.startswith(run_id[:8]) for one in forms))
        return Receipt(name, digest, saved, FileState.TAKEN, sender, of, others=others)
    if others or (run and run not in issued.runs):
        years = [known.other_years[number[:8]] for number in (*others, run) if number[:8] in known.other_years]
        said = int(year) if year.isdigit() and run not in issued.runs else None
        told = said if said is not None else years[0] if years else None
        wrong = told is not None and told != issued.year
        state = FileState.WRONG_YEAR if wrong else FileState.OTHER_RUN
        facts = {"file": name, "found": told or "", "expected": issued.year, "run": (others[0] if others else run)[:8]}
        return Receipt(name, digest, saved, state, fault=f"returned_{state.value}", facts=facts, others=others)
    state = FileState.NO_FORM if run else FileState.FOREIGN
    sender = package.custom.get("hrbook-department", "") if run else ""
    return Receipt(name, digest, saved, state, sender, run, f"returned_{state.value}", {"file": name})


def _seen(
    receipt: Receipt, book: Workbook, grids: Mapping[str, Grid], reads: Mapping[str, SheetRead], package: Package, known: Known
) -> Iterator[Seen]:
    """Everything that a file says, sheet by sheet, each thing with its place."""

    def origin(sheet: str, cell: str) -> Origin:
        return Origin(receipt.name, sheet, cell, receipt.sha256, receipt.saved, receipt.sender)

    for sheet, read in reads.items():
        for one in read.forms:
            yield from _of_form(one, grids[sheet], partial(origin, sheet), known.reader, book.from_1904)
    own = known.issued.book(receipt.run_id, receipt.sender)
    for sheet, grid in grids.items():
        if reads[sheet].forms:
            strays = [(s.place, s.text, "", "", "") for s in reads[sheet].strays]
        elif sheet in known.own_sheets or own is None or (sheet in own.form_sheets and not grid):
            continue
        else:
            told = differences(own.grids.get(sheet, {}), grid, known.people)
            strays = [(o.place, o.text, o.staff_id, o.label, o.issued) for o in told]
        for place, text, staff_id, label, issued in strays[:LIMIT]:
            kind = Kind.CORRECTION if label else Kind.STRAY
            field = f"sheet:{sheet}" if label else REMARK
            yield Seen(kind, staff_id, field, "", issued, text, text, "", "", origin(sheet, address(place)), label)
        if len(strays) > LIMIT:
            rest = str(len(strays) - LIMIT)
            yield Seen(Kind.STRAY, "", REMARK, "", "", rest, rest, "", "too_many", origin(sheet, ""))
    known_texts = own.asides if own is not None else frozenset()
    for aside in package.asides:
        if aside.text in known_texts or aside.text.startswith(known.own_comments):
            continue
        staff_id, key = _at_form(reads.get(aside.sheet), aside.cell)
        where = origin(aside.sheet, aside.cell)
        yield Seen(Kind.STRAY, staff_id, key[0], key[1], "", aside.text, aside.text, "", "aside", where)
    for number in receipt.others:
        yield Seen(Kind.STRAY, "", REMARK, "", "", number, number, "", "other_form", origin("", ""))


def _of_form(one: FormRead, grid: Grid, origin: _At, reader: Reader, from_1904: bool) -> Iterator[Seen]:
    staff_id = one.form.staff_id
    people = ",".join(one.also)
    for key, places in one.cells.items():
        found = reader.read(key[0], [grid[place] for place in places], from_1904)
        problem = "two_people" if one.also else "row_unsure" if key in one.unsure else found.problem
        raw = "\n".join(dict.fromkeys(str(grid[place]).strip() for place in places))
        where = origin(" ".join(address(place) for place in places))
        yield Seen(Kind.ENTRY, staff_id, *key, "", raw, found.value, found.code, problem, where, people)
    for change in one.changes:
        field, where = f"{change.row},{change.col}", origin(address(change.place))
        problem = "two_people" if one.also else ""
        yield Seen(
            Kind.CORRECTION, staff_id, field, "", change.issued, change.text, change.text, "", problem, where, "", change.computed
        )
    for stray in one.strays[:LIMIT]:
        near = stray.near or (REMARK, "")
        where, problem = origin(address(stray.place)), "two_people" if one.also else ""
        yield Seen(Kind.STRAY, staff_id, *near, "", stray.text, stray.text, "", problem, where, people)
    if len(one.strays) > LIMIT:
        rest = str(len(one.strays) - LIMIT)
        yield Seen(Kind.STRAY, staff_id, REMARK, "", "", rest, rest, "", "too_many", origin(""))


def _bounded(one: Seen) -> Seen:
    """The same, no longer than what a cell of the results holds."""
    if len(one.returned) <= LONGEST and len(one.value) <= LONGEST:
        return one
    return replace(one, returned=one.returned[:LONGEST], value=one.value[:LONGEST], problem="too_long")


def _at_form(read: SheetRead | None, cell: str) -> tuple[str, Key]:
    """The person in whose form a comment stands, and its field."""
    place = place_of(cell)
    for one in read.forms if read and place else ():
        if place and place[0] in one.rows:
            return one.form.staff_id, one.field_at(place) or (REMARK, "")
    return "", (REMARK, "")
