"""`collect`, step by step: what was issued, what came back, what the roster says today; verdicts; results put in place.

Everything is worked out anew from the files received so far and the decisions made so far, so that the same folder twice
changes nothing and late files can come in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hrbook import __version__
from hrbook.collect.decisions import read_decisions
from hrbook.collect.gather import Tell, gather, known_of, past_runs
from hrbook.collect.issued import Issued, load_issued
from hrbook.collect.mark import marked_copies
from hrbook.collect.memory import NAME, Memory, load_memory, memory_bytes
from hrbook.collect.remind import reminders
from hrbook.collect.results import results_book, returned_book
from hrbook.collect.sealed import read_lists
from hrbook.collect.statuses import statuses
from hrbook.collect.today import Today
from hrbook.core.fault import Fault
from hrbook.core.inputs import InputKind
from hrbook.core.receipts import DepartmentStatus, Receipt
from hrbook.core.reconcile import Choice, Decision, Difference, Kind, Person, Verdict, number_of, reconcile
from hrbook.core.returned import Entry
from hrbook.guard.lock import only_run
from hrbook.guard.manifest import sha256
from hrbook.guard.record import Inputs
from hrbook.guard.stage import put_in_place, write_file
from hrbook.options import Options as RunOptions
from hrbook.options import listed
from hrbook.sheets.collected.desk import Desk
from hrbook.sheets.form_fields import REMARK, FormField, load_fields
from hrbook.words import Labels, load_labels

STORE = "received"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for. What it does not name of the roster, of the workbooks that belong to it and of how it is
    read is as in the issued run, which keeps copies (`more`: where it is None); `passwords`: files with lists."""

    folder: Path
    issued: tuple[Path, ...]
    roster: Path | None
    settings: Path | None = None
    policy: str | None = None
    out: Path = Path("collected")
    decisions: Path | None = None
    remind: bool = False
    passwords: tuple[Path, ...] = ()
    language: str = "ja"
    history: Path | None = None
    training: Path | None = None
    more: tuple[Path, ...] | None = None
    maps: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call did. `beside` is the data set next to the roster, None where there is no roster to stand beside."""

    folder: Path
    receipts: tuple[Receipt, ...]
    departments: tuple[DepartmentStatus, ...]
    differences: tuple[Difference, ...]
    entries: tuple[Entry, ...]
    unknown_decisions: int
    beside: Path | None
    unchanged: bool
    kept: Path | None


def collect(options: Options, tell: Tell) -> Outcome:
    """The whole call. Raises Fault where it cannot go on; then nothing was changed."""
    tell("issued", 0, 0)
    passwords = read_lists(options.passwords)
    issued = load_issued(options.issued, passwords)
    labels, fields = load_labels(options.language), load_fields()
    target = options.out / str(issued.year)
    earlier = load_memory(target)
    decisions = _decisions(options, labels, earlier, target)
    roster, beside = _roster(options, issued)
    today = Today(_as_issued(options, roster, issued))
    known = known_of(options.issued, issued, fields, today, passwords)
    gathered = gather(options.folder, options.out / STORE, known, earlier, tell)
    past = past_runs(gathered, options.issued, issued.year)
    if past:  # books of an earlier issue of this year: they are read against what was issued then
        issued = load_issued((*options.issued, *past), passwords)
        known = known_of(options.issued, issued, fields, today, passwords)
        gathered = gather(options.folder, options.out / STORE, known, earlier, tell)
    newest_last = reversed(list(issued.forms.values()))  # where a person was issued two forms, the last run counts
    people = {one.staff_id: Person(one.staff_id, one.name, one.department) for one in newest_last}
    says = {number_of(one): today.says(one) for one in gathered.seen if one.kind is Kind.CORRECTION}
    _check_people(options, decisions, today)
    told = reconcile(gathered.seen, people, today.departments, says, decisions)
    entries = _entries(told, fields, issued.year)
    boards = statuses(issued, gathered.receipts, told, fields, today.away)
    tell("results", 0, 0)
    names = {e.staff_id: e.name for e in today.loaded.assessment.roster.employees} | {p.staff_id: p.name for p in people.values()}
    titles = {book.department: book.title.replace("_", " ") for book in issued.books}
    facts = Desk(
        labels,
        issued.year,
        __version__,
        issued.runs[0],
        today.loaded.reading.city,
        boards,
        gathered.receipts,
        told,
        names,
        titles,
        fields,
    )
    written = {
        labels("collect.path.results"): results_book(facts),
        labels("collect.path.returned"): returned_book(facts, entries),
        **marked_copies(facts, gathered.books, target),
    }
    if options.remind:
        written |= reminders(facts, today.loaded.reading)
    digests = {path: sha256(data) for path, data in sorted(written.items())}
    record = memory_bytes(issued.year, issued.runs, Memory(gathered.receipts, decisions, digests))
    unchanged, kept = _publish(options.out, str(issued.year), {**written, NAME: record}, gathered.files)
    if beside is not None:
        beside = beside / labels("collect.path.beside", year=issued.year)
        data = written[labels("collect.path.returned")]
        if not beside.is_file() or beside.read_bytes() != data:
            write_file(beside, data, private=True)
    numbers = {one.id for one in told}
    strange = sum(1 for number in decisions if number not in numbers)
    return Outcome(target, gathered.receipts, boards, told, entries, strange, beside, unchanged, kept)


def _decisions(options: Options, labels: Labels, earlier: Memory, target: Path) -> dict[str, Decision]:
    """Earlier decisions with the new ones. Raises Fault where a list was filled in by hand and would be replaced unread."""
    name = labels("collect.path.results")
    path = target / name
    filled_in = path.is_file() and name in earlier.written and sha256(path.read_bytes()) != earlier.written[name]
    if options.decisions is None:
        if filled_in:
            raise Fault("results_edited", file=path.as_posix())
        return dict(earlier.decisions)
    new = read_decisions(options.decisions)
    if filled_in and sha256(path.read_bytes()) != sha256(options.decisions.read_bytes()):
        raise Fault("results_edited", file=path.as_posix())
    return {**earlier.decisions, **new}


def _check_people(options: Options, decisions: Mapping[str, Decision], today: Today) -> None:
    """Raises Fault where a decision gives a value to somebody who is not on the roster."""
    known = {e.staff_id for e in today.loaded.assessment.roster.employees}
    for _, decision in sorted(decisions.items()):
        if decision.choice is Choice.TAKE and decision.staff_id and decision.staff_id not in known:
            file = options.decisions.name if options.decisions else ""
            raise Fault("decisions_person", file=file, sheet="", cell="", found=decision.staff_id)


def _roster(options: Options, issued: Issued) -> tuple[Path, Path | None]:
    """Today's roster, and the folder that the data set is put into beside it."""
    if options.roster is not None:
        return options.roster, options.roster.parent
    record = issued.records[0]
    path = Inputs(record).find(record.sources["roster"].sha256)
    if path is None:
        raise Fault("collect_no_roster", file=record.folder.as_posix())
    return path, None


def _as_issued(options: Options, roster: Path, issued: Issued) -> RunOptions:
    """How today's roster is judged: as the books were, without what came back."""
    record, year = issued.records[0], issued.year
    inputs, of = Inputs(record), record.options

    def kept(key: str) -> Path | None:
        return inputs.find(record.sources[key].sha256) if key in record.sources else None

    more = options.more
    if more is None:
        more = tuple(path for path in map(kept, record.numbered(InputKind.MORE)) if path is not None)
    return RunOptions(
        roster,
        options.settings or (kept("settings") if options.roster is None else None),
        options.policy,
        year,
        language=issued.language,
        by_bureau=of.get("by") == "bureau",
        history=options.history or kept("history"),
        training=options.training or kept("training"),
        more=more,
        maps=(*listed(of.get("map", ""), "\n"), *options.maps),
        accept=(*listed(of.get("accept", ""), " "), *options.accept),
        returned=(),
        clock_year=year,
    )


def _entries(told: Sequence[Difference], fields: Mapping[str, FormField], year: int) -> tuple[Entry, ...]:
    """The values that were accepted, each once."""
    made = []
    for one in told:
        if one.verdict is not Verdict.ACCEPT or one.seen.kind is Kind.CORRECTION or not one.staff_id:
            continue
        seen = one.seen
        code = "" if one.decision and one.decision.value else seen.code
        field = seen.field if seen.kind is Kind.ENTRY or fields[seen.field].kind == "text" else REMARK
        item = seen.item if field == seen.field else ""
        made.append(
            Entry(one.staff_id, year, fields[field].group, field, item, code, one.value, seen.origin, one.reason == "decided")
        )
    return tuple(sorted(made, key=lambda entry: entry.order))


def _publish(out: Path, name: str, files: Mapping[str, bytes], received: Mapping[str, bytes]) -> tuple[bool, Path | None]:
    """Put the results in place as a whole; received files are kept beside them, each under its SHA-256."""
    with only_run(out):
        for digest, data in sorted(received.items()):
            path = out / STORE / f"{digest}.xlsx"
            if not path.is_file():
                write_file(path, data, private=True)
        return put_in_place(out, name, files)
