"""The door of the staff roster: a workbook -> Roster and findings. Nothing that stands in it vanishes without a word."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from hrbook.core.fault import Fault
from hrbook.core.finding import Finding
from hrbook.core.goals import UnitGoal
from hrbook.core.inputs import InputKind
from hrbook.core.policy import Policy
from hrbook.core.roster import (
    Completion,
    Employee,
    Leave,
    Order,
    OrgRow,
    Qualification,
    Reason,
    Roster,
    Score,
    Trainer,
    Wish,
)
from hrbook.ingest.courses import CourseIndex
from hrbook.ingest.cross_checks import cross_check
from hrbook.ingest.desk import Desk
from hrbook.ingest.dictionary import load_dictionary
from hrbook.ingest.histories import (
    completion_key,
    leave_key,
    order_key,
    read_completions,
    read_leaves,
    read_orders,
)
from hrbook.ingest.learning import LearningReader, qualification_key, trainer_key
from hrbook.ingest.mapping import HeadingMap
from hrbook.ingest.people import Parts, PeopleReader, Staff, find_staff
from hrbook.ingest.registers import (
    RegisterReader,
    org_key,
    read_organisation,
    reason_key,
    score_key,
    wish_key,
)
from hrbook.ingest.sheets import Binder, Columns
from hrbook.ingest.table import Table
from hrbook.ingest.titles import TitleTable
from hrbook.ingest.unit_goals import Units, read_unit_goals
from hrbook.ingest.units import UnitNames
from hrbook.ingest.values import read_name
from hrbook.ingest.vocabulary import load_vocabulary
from hrbook.ingest.workbook import Pending, Workbook

DICTIONARY = "roster.toml"
T = TypeVar("T")


@contextmanager
def collection_paused() -> Iterator[None]:
    """No search for cycles meanwhile: reading makes millions of objects that all stay, and each search visits them all."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class RosterBooks:
    """The roster's workbook, those of the histories where they come in workbooks of their own, and those that go on where
    the roster's ends (a sheet holds 1,048,576 rows)."""

    roster: Workbook
    history: Workbook | None = None
    training: Workbook | None = None
    more: tuple[Workbook, ...] = ()

    def named(self) -> tuple[tuple[str, Workbook], ...]:
        """Each workbook with its part in the run."""
        parts = (("roster", self.roster), ("history", self.history), ("training", self.training))
        further = ((InputKind.MORE.numbered(number), book) for number, book in enumerate(self.more, 1))
        return (*((name, book) for name, book in parts if book is not None), *further)


class PendingBooks:
    """Workbooks that are being read in processes of their own while this one goes on."""

    def __init__(
        self, roster: Path, history: Path | None = None, training: Path | None = None, more: Sequence[Path] = ()
    ) -> None:
        """Raises Fault where a file cannot be opened at all."""
        self._roster = Pending(roster)
        self._history = Pending(history) if history is not None else None
        self._training = Pending(training) if training is not None else None
        self._more = [Pending(path) for path in more]

    def result(self) -> RosterBooks:
        """The workbooks, when all are read. Raises Fault where one cannot be."""
        with collection_paused():
            books = RosterBooks(
                self._roster.result(),
                self._history.result() if self._history is not None else None,
                self._training.result() if self._training is not None else None,
                tuple(pending.result() for pending in self._more),
            )
        _told_apart(books)
        return books


def _told_apart(books: RosterBooks) -> None:
    """Findings and evidence name a workbook by its file name. Raises Fault where two have one name or one content."""
    for place, (_, book) in enumerate(books.named()):
        for _, other in books.named()[:place]:
            if book.sha256 == other.sha256 or book.file == other.file:
                raise Fault("book_twice", file=book.file, other=other.file)


@dataclass(frozen=True, slots=True)
class How:
    """How a roster is read. `titles` (title -> rank id) stand before the policy's; `columns` and, for this run, `maps`
    give the city's own headings; `accept` are the codes of repairs that were consented to; `as_of` bounds dates that name
    no era."""

    titles: Mapping[str, str] = field(default_factory=dict)
    columns: Columns = field(default_factory=dict)
    maps: tuple[HeadingMap, ...] = ()
    accept: frozenset[str] = frozenset()
    as_of: date | None = None


def load_roster(
    path: Path,
    policy: Policy,
    *,
    titles: Mapping[str, str] | None = None,
    columns: Columns | None = None,
    history: Path | None = None,
    training: Path | None = None,
    more: Sequence[Path] = (),
    maps: Collection[HeadingMap] = (),
    accept: Collection[str] = (),
    as_of: date | None = None,
) -> tuple[Roster, tuple[Finding, ...]]:
    """The roster at `path` with all its histories, and everything odd in it, sorted; the options are those of `How`.

    Raises Fault where a file, a required sheet or a required column is not as it must be (contract, "File faults")."""
    books = PendingBooks(path, history, training, more).result()
    return roster_of(books, policy, How(titles or {}, columns or {}, tuple(maps), frozenset(accept), as_of))


def roster_of(books: RosterBooks, policy: Policy, how: How) -> tuple[Roster, tuple[Finding, ...]]:
    """The same for workbooks that are already read."""
    with collection_paused():
        return _roster_of(books, policy, how)


def _roster_of(books: RosterBooks, policy: Policy, how: How) -> tuple[Roster, tuple[Finding, ...]]:
    book = books.roster
    desk = Desk(load_vocabulary(), how.accept, how.as_of)
    desk.from_1904.update((b.sha256, b.from_1904) for _, b in books.named())
    tables = _bound(books, how, desk)
    counts: dict[str, int] = dict.fromkeys(tables, 0)
    staff = find_staff(tables["roster"], desk)
    counts["roster"] = staff.rows_read
    organisation: list[OrgRow] = []
    for table in tables["organisation"]:
        rows, count = read_organisation(table, desk)
        organisation.extend(rows)
        counts["organisation"] += count
    desk.units = UnitNames(organisation)
    for staff_id, _, ref in staff.rows:
        desk.names.add(staff_id, read_name(ref.raw_of("name")))
    table_of_titles = TitleTable(policy, how.titles, desk.words, _units(organisation, staff))
    employees = _employees(policy, tables, staff, table_of_titles, desk, counts)
    for employee in employees:
        desk.findings.extend(cross_check(employee))
    goals: list[UnitGoal] = []
    units = Units(employees, organisation)
    for table in tables["unit_goals"]:
        of_sheet, count = read_unit_goals(table, units, desk)
        goals.extend(of_sheet)
        counts["unit_goals"] += count
    roster = Roster(
        file=book.file,
        sha256=book.sha256,
        employees=employees,
        organisation=tuple(sorted(organisation, key=org_key)),
        set_aside=staff.set_aside,
        rows_read=staff.rows_read,
        sheets=tuple(table.source for group in tables.values() for table in group),
        sheet_rows=counts,
        unit_goals=tuple(goals),
    )
    return roster, tuple(sorted(desk.findings, key=lambda finding: finding.order))


def _bound(books: RosterBooks, how: How, desk: Desk) -> dict[str, list[Table]]:
    """The tables of all workbooks; a history's own workbook stands in place of the sheet in the roster's, and what goes on
    in further workbooks stands after it."""
    own = {"orders": books.history, "completions": books.training}
    elsewhere = [sheet for sheet, book in own.items() if book is not None]
    columns = {**how.columns, **{field: m.header for m in how.maps for field in m.fields}}
    binder = Binder(load_dictionary(DICTIONARY), columns, desk.words, desk.findings, how.accept)
    tables = binder.bind(books.roster, elsewhere)
    for sheet, book in own.items():
        if book is not None:
            binder.bind_only(book, sheet)
    for book in books.more:
        binder.bind_more(book)
    binder.say_unused(books.roster, how.columns, how.maps)
    return tables


def _units(organisation: list[OrgRow], staff: Staff) -> list[str]:
    """All names that a title may begin with: units of the organisation sheet and of the roster."""
    names = {name for row in organisation for name in (row.post.bureau, row.post.department, row.post.section)}
    for _, _, ref in staff.rows:
        names |= {str(cell) for field in ("bureau", "department", "section") if (cell := ref.raw_of(field))}
    return sorted(names)


def _employees(
    policy: Policy,
    tables: Mapping[str, list[Table]],
    staff: Staff,
    titles: TitleTable,
    desk: Desk,
    counts: dict[str, int],
) -> tuple[Employee, ...]:
    courses = CourseIndex(policy)
    orders: dict[str, list[Order]] = defaultdict(list)
    completions: dict[str, list[Completion]] = defaultdict(list)
    leaves: dict[str, list[Leave]] = defaultdict(list)
    wishes: dict[str, list[Wish]] = defaultdict(list)
    scores: dict[str, list[Score]] = defaultdict(list)
    reasons: dict[str, list[Reason]] = defaultdict(list)
    qualifications: dict[str, list[Qualification]] = defaultdict(list)
    trainers: dict[str, list[Trainer]] = defaultdict(list)
    learning = LearningReader(policy, staff.ids, desk)
    registers = RegisterReader(policy, courses, staff.ids, desk, learning)
    readers: dict[str, Callable[[Table], int]] = {
        "orders": lambda table: read_orders(table, staff.ids, titles, desk, orders),
        "completions": lambda table: read_completions(table, staff.ids, courses, desk, completions),
        "leaves": lambda table: read_leaves(table, staff.ids, desk, leaves),
        "wishes": lambda table: registers.wishes(table, wishes),
        "scores": lambda table: registers.scores(table, scores),
        "reasons": lambda table: registers.reasons(table, reasons),
        "qualifications": lambda table: learning.qualifications(table, qualifications),
        "trainers": lambda table: learning.trainers(table, trainers),
    }
    for sheet, read in readers.items():
        counts[sheet] = sum(read(table) for table in tables[sheet])
    people = PeopleReader(policy, titles, desk)

    def parts(staff_id: str) -> Parts:
        return Parts(
            orders=_sorted(orders.get(staff_id), order_key),
            completions=_sorted(completions.get(staff_id), completion_key),
            leaves=_sorted(leaves.get(staff_id), leave_key),
            wishes=_sorted(wishes.get(staff_id), wish_key),
            scores=_sorted(scores.get(staff_id), score_key),
            reasons=_sorted(reasons.get(staff_id), reason_key),
            qualifications=_sorted(qualifications.get(staff_id), qualification_key),
            trainers=_sorted(trainers.get(staff_id), trainer_key),
        )

    return tuple(people.read(staff_id, table, ref, parts(staff_id)) for staff_id, table, ref in staff.rows)


def _sorted(rows: list[T] | None, key: Callable[[T], tuple[int | str, ...]]) -> tuple[T, ...]:
    if not rows:
        return ()
    return tuple(sorted(rows, key=key)) if len(rows) > 1 else (rows[0],)
