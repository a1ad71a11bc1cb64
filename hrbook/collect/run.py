"""`collect`, step by step: what was issued, what came back, what the roster says today; verdicts; results put in place.

Everything is worked out anew from the files received so far and the decisions made so far, so that the same folder twice
changes nothing and late files can come in any order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hrbook import __version__
from hrbook.collect.decisions import read_decisions
from hrbook.collect.examine import Known, examine
from hrbook.collect.find import Found, find
from hrbook.collect.issued import Issued, load_issued
from hrbook.collect.mark import marked_copies
from hrbook.collect.memory import NAME, Memory, load_memory, memory_bytes
from hrbook.collect.remind import reminders
from hrbook.collect.results import results_book, returned_book
from hrbook.collect.statuses import statuses
from hrbook.collect.today import Today
from hrbook.collect.values import Reader
from hrbook.core.fault import Fault
from hrbook.core.fold import fold
from hrbook.core.receipts import DepartmentStatus, FileState, Receipt
from hrbook.core.reconcile import Choice, Decision, Difference, Kind, Person, Seen, Verdict, number_of, reconcile
from hrbook.core.returned import Entry
from hrbook.guard.manifest import content_digest, sha256
from hrbook.guard.record import Inputs, Record, read_record
from hrbook.guard.stage import Stage, only_run, write_file
from hrbook.sheets.collected.desk import Desk
from hrbook.sheets.form_fields import REMARK, FormField, load_fields
from hrbook.words import LANGUAGES, Labels, load_labels

Tell = Callable[[str, int, int], None]
STORE = "received"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for. `roster` None: the copy that the issued run keeps."""

    folder: Path
    issued: tuple[Path, ...]
    roster: Path | None
    settings: Path | None = None
    policy: str | None = None
    out: Path = Path("collected")
    decisions: Path | None = None
    remind: bool = False
    language: str = "ja"


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


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every file received so far with what it says; `files` are the bytes of those that were read, by SHA-256."""

    receipts: tuple[Receipt, ...]
    seen: tuple[Seen, ...]
    files: Mapping[str, bytes]


def collect(options: Options, tell: Tell) -> Outcome:
    """The whole call. Raises Fault where it cannot go on; then nothing was changed."""
    tell("issued", 0, 0)
    issued = load_issued(options.issued)
    labels, fields = load_labels(options.language), load_fields()
    target = options.out / str(issued.year)
    earlier = load_memory(target)
    decisions = _decisions(options, labels, earlier, target)
    roster, beside = _roster(options, issued)
    today = Today(
        roster, options.settings, options.policy, issued.year, issued.language, issued.records[0].options.get("by") == "bureau"
    )
    known = _known(options, issued, fields, today)
    gathered = _gathered(options, known, earlier, tell)
    past = _past_runs(gathered, options.issued, issued.year)
    if past:  # books of an earlier issue of this year: they are read against what was issued then
        issued = load_issued((*options.issued, *past))
        known = _known(options, issued, fields, today)
        gathered = _gathered(options, known, earlier, tell)
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
        **marked_copies(facts, gathered.files),
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


def _known(options: Options, issued: Issued, fields: Mapping[str, FormField], today: Today) -> Known:
    words = [load_labels(language) for language in LANGUAGES]
    reader = Reader(fields, load_labels(issued.language), issued.year)
    sheets = frozenset(one("collect.marked.sheet") for one in words)
    comments = tuple(one("collect.marked.comment") for one in words)
    people = {e.staff_id for e in today.loaded.assessment.roster.employees} | {one.staff_id for one in issued.forms.values()}
    years = {number: record.year for number, record in _other_runs(options.issued).items()}
    return Known(issued, reader, frozenset(people), years, sheets, comments)


def _past_runs(gathered: Gathered, folders: Sequence[Path], year: int) -> tuple[Path, ...]:
    """Folders of earlier runs of the year that refused files come from."""
    others = _other_runs(folders)
    asked = {str(r.facts.get("run")) for r in gathered.receipts if r.state is FileState.OTHER_RUN}
    return tuple(others[number].folder for number in sorted(asked & set(others)) if others[number].year == year)


def _other_runs(folders: Sequence[Path]) -> dict[str, Record]:
    """Other finished runs near the issued ones, by the first letters of their number."""
    found: dict[str, Record] = {}
    for folder in folders:
        for path in sorted([*folder.parent.glob("*/manifest.json"), *folder.parent.glob("history/*/manifest.json")]):
            try:
                record = read_record(path.parent)
            except Fault:
                continue
            found[record.run_id[:8]] = record
    return found


def _gathered(options: Options, known: Known, earlier: Memory, tell: Tell) -> Gathered:
    """Files of the folder and files received earlier, each read once; repetitions are refused by name."""
    found = [*find(options.folder)]
    here = {sha256(one.data) for one in found if one.data}
    store = options.out / STORE
    for receipt in earlier.receipts:
        path = store / f"{receipt.sha256}.xlsx"
        if receipt.read and receipt.sha256 not in here and path.is_file():
            found.append(Found(receipt.name, path.read_bytes(), receipt.saved))
    receipts: list[Receipt] = []
    seen: list[Seen] = []
    files: dict[str, bytes] = {}
    first: dict[str, str] = {}
    said: dict[object, str] = {}
    for number, one in enumerate(sorted(found, key=lambda f: (f.name, f.saved)), start=1):
        tell("files", number, len(found))
        digest = content_digest(one.data) if one.data and one.fault is None else ""
        if digest and digest in first:
            facts = {"file": one.name, "other": first[digest]}
            receipts.append(
                Receipt(one.name, sha256(one.data), one.saved, FileState.DUPLICATE, fault="returned_duplicate", facts=facts)
            )
            continue
        examined = examine(one, known)
        if examined is None:
            continue
        receipt, things = examined
        same = frozenset(replace(t, origin=replace(t.origin, file="", sha256="", saved="")) for t in things)
        if digest:
            first[digest] = one.name
        if things and same in said:
            facts = {"file": one.name, "other": said[same]}
            receipts.append(replace(receipt, state=FileState.DUPLICATE, fault="returned_duplicate", facts=facts))
            continue
        said[same] = one.name
        receipts.append(receipt if receipt.read or receipt.sender else replace(receipt, sender=_by_name(receipt, known.issued)))
        if receipt.read:
            files[receipt.sha256] = one.data
            seen.extend(things)
    told = {(r.name, r.sha256) for r in receipts}
    receipts.extend(r for r in earlier.receipts if not r.read and (r.name, r.sha256) not in told)
    return Gathered(tuple(sorted(receipts, key=lambda r: (r.name, r.sha256))), tuple(seen), files)


def _by_name(receipt: Receipt, issued: Issued) -> str:
    """The department that a refused file seems to come from: only its name can tell."""
    name = fold(receipt.name)
    hits = sorted((b for b in issued.current() if fold(b.title) in name), key=lambda b: -len(b.title))
    return hits[0].department if hits else ""


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
        target = out / name
        if target.is_dir():
            there = {p.relative_to(target).as_posix(): p.read_bytes() for p in sorted(target.rglob("*")) if p.is_file()}
            if there == dict(files):
                return True, None
        with Stage(out, name) as stage:
            for path_name, data in sorted(files.items()):
                stage.write(path_name, data, private=True)
            return False, stage.publish(f"history/{name}")
