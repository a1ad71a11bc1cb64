"""The yearly run, step by step: read, judge, describe, write, check, put in place. The only module that knows two steps."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hrbook import __version__, parts, resources, workers
from hrbook.core.assess import assess
from hrbook.core.assessment import Assessment
from hrbook.core.changes import Comparison, compare
from hrbook.core.fault import Fault
from hrbook.core.finding import Finding
from hrbook.core.reading import Reading
from hrbook.core.roster import Roster
from hrbook.core.source import column_letters
from hrbook.forms.books import FormBook, form_books, load_forms
from hrbook.forms.form import Form
from hrbook.guard import manifest as guard
from hrbook.guard.lock import only_run
from hrbook.guard.passwords import read_passwords
from hrbook.guard.public import guard_of
from hrbook.guard.record import INPUTS, MANIFEST, RETURNED, Inputs, Record, lay_out, read_record
from hrbook.guard.release import Gate, held_back
from hrbook.guard.stage import Stage
from hrbook.ledger import safe_text
from hrbook.sheets.view import Department, DepartmentView, RunFacts, View, department_name, departments_of
from hrbook.words import Labels, load_labels

if TYPE_CHECKING:
    from hrbook.ingest.worlds import Side

# Templates that shape what is written, whichever process writes it: read by the run itself, so that the record names them.
SHAPING = ("vocabulary.toml", "roster.toml", "settings.toml", "styles.toml", "findings.toml", "spellings.toml")
Tell = Callable[[str, int, int], None]  # step id, done, of


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    roster: Path
    settings: Path | None = None
    policy: str | None = None
    year: int | None = None
    as_of: date | None = None
    out: Path = Path("output")
    by_bureau: bool = False
    departments: tuple[str, ...] = ()
    jobs: int = 1
    language: str = "ja"
    keep_inputs: bool = True
    previous: Path | None = None  # the folder of the run of the year before
    history: Path | None = None  # workbooks of their own for the orders and the training register
    training: Path | None = None
    maps: tuple[str, ...] = ()  # "own heading=standard heading"
    accept: tuple[str, ...] = ()  # codes of the repairs that were consented to
    passwords: Path | None = None  # list of passwords by department: the books are encrypted
    returned: tuple[Path, ...] | None = None  # data sets of what came back; None: those beside the roster
    advise: bool = False  # also say what makes the roster hard to read for machines
    clock_year: int = 0  # the fiscal year of today, where nothing else says which


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything read and judged, nothing written."""

    assessment: Assessment
    departments: tuple[Department, ...]
    labels: Labels
    facts: RunFacts
    inputs: Mapping[str, Mapping[str, str]]
    kept: Mapping[str, bytes]  # by name below inputs/: the SHA-256 with an ending
    side: Side
    changes: Comparison | None = None  # against options.previous
    forms: tuple[Form, ...] = ()  # the city's own

    @property
    def reading(self) -> Reading:
        return self.assessment.reading


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did. `folder` is where the run stands; `unchanged`: an equal run was already there."""

    folder: Path
    files: tuple[guard.Entry, ...]
    totals: Mapping[str, int]
    unchanged: bool = False
    kept: Path | None = None
    planned: tuple[str, ...] = ()
    incomplete: bool = False
    partial: bool = False
    findings: tuple[Finding, ...] = field(default=())
    withheld: tuple[Finding, ...] = ()  # what the guard found, book by book
    forms: int = 0  # the city's own forms, and the files filled from them
    form_files: int = 0


def quiet(step: str, done: int, of: int) -> None:
    """Tells nobody."""


def load(options: Options, tell: Tell = quiet, *, forms: bool = False) -> Loaded:
    """Read policy, settings and roster, and judge everybody; with `forms` also read the city's own forms. Raises Fault
    where the run cannot go on."""
    from hrbook.excel.styles import load_styles
    from hrbook.ingest.editions import load_edition
    from hrbook.ingest.mapping import read_maps
    from hrbook.ingest.readability import readability
    from hrbook.ingest.returned import load_returned, returned_beside, with_returned
    from hrbook.ingest.roster import How, PendingBooks, roster_of
    from hrbook.ingest.settings import load_reading, settled_year
    from hrbook.ingest.workbook import Pending
    from hrbook.ingest.worlds import Side

    tell("read", 0, 0)
    accept, maps = consents(options.accept), read_maps(options.maps)
    settings = options.settings or beside(options.roster)
    # The workbooks are read in processes of their own while this one reads the policy.
    pending = PendingBooks(options.roster, options.history, options.training)
    pending_settings = Pending(settings) if settings is not None else None
    before = read_record(options.previous) if options.previous is not None else None
    labels = load_labels(options.language)
    for name in SHAPING:
        resources.load_toml(name)
    if load_styles().logo:
        from hrbook.excel.logo import load_logo

        load_logo(load_styles())
    policy, policy_source = load_edition(
        options.policy or default_policy(),
        lambda: settled_year(
            settings, year=options.year, as_of=options.as_of, clock_year=options.clock_year, pending=pending_settings
        ),
    )
    reading, said, source = load_reading(
        settings, policy, year=options.year, as_of=options.as_of, clock_year=options.clock_year, pending=pending_settings
    )
    books = pending.result()
    how = How(columns=source.columns, maps=maps, accept=accept, as_of=reading.as_of)
    roster, found = roster_of(books, reading.policy, how)
    came_back: list[Finding] = []
    paths = returned_beside(options.roster) if options.returned is None else options.returned
    returned = [load_returned(path, came_back) for path in paths]
    roster = with_returned(roster, returned, came_back)
    own_forms = load_forms(options.language) if forms else ()
    told = tuple(finding for form in own_forms for finding in form.findings)
    if options.advise:
        found = (*found, *readability(books.roster, roster))
    total = len(roster.employees)
    done = 0

    def progress(step: int) -> None:
        nonlocal done
        done += step
        tell("judge", done, total)

    assessment = assess(roster, reading, (*said, *found, *came_back, *told), progress)
    departments = departments_of(assessment, options.by_bureau)
    inputs = {
        **{name: {"file": book.file, "sha256": book.sha256} for name, book in books.named()},
        "settings": {"file": source.file, "sha256": source.sha256},
        "policy": {"file": policy_source.name, "sha256": policy_source.sha256, "place": policy_source.place},
    }
    for number, file in enumerate(returned, start=1):
        inputs[f"{RETURNED}{number}"] = {"file": file.file, "sha256": file.sha256}
    if before is not None:
        inputs["previous"] = {"file": MANIFEST, "sha256": before.sha256, "run_id": before.run_id}
    own = Path(options.policy) if policy_source.place == "file" and options.policy else None
    workbooks = [*(book.data for _, book in books.named()), *(file.data for file in returned)]
    if pending_settings is not None:
        workbooks.append(pending_settings.data)
    kept = _kept(before, workbooks, own)
    if own is None:
        kept[f"{policy_source.sha256}.toml"] = resources.read_bytes(f"policy/{policy_source.name}")
    facts = RunFacts(
        run_id=_run_id(inputs, reading, options),
        version=__version__,
        roster_file=roster.file,
        roster_sha256=roster.sha256,
        roster_rows=roster.sheet_rows,
        settings_file=source.file,
        settings_sha256=source.sha256,
        policy_id=policy.id,
        policy_sha256=policy_source.sha256,
        city=reading.city,
        previous_run="" if before is None else before.run_id,
        previous_sha256="" if before is None else before.sha256,
    )
    side = Side(books, how, settings, policy, roster, reading, source, tuple(returned))
    loaded = Loaded(assessment, departments, labels, facts, inputs, kept, side, forms=own_forms)
    if before is None:
        return loaded
    with past_run(before, Inputs(before)) as old:
        return replace(loaded, changes=compared(old, loaded, tell))


@contextmanager
def past_run(record: Record, inputs: Inputs) -> Iterator[Loaded]:
    """A finished run judged again by this version, from its own inputs; they are at hand as long as the context lasts.

    Raises Fault where an input is gone or cannot be read."""
    with TemporaryDirectory() as folder:
        desk = lay_out(record, inputs, Path(folder))
        yield load(
            Options(
                desk.roster,
                desk.settings,
                None if desk.policy is None else str(desk.policy),
                record.year,
                record.as_of,
                by_bureau=record.options.get("by") == "bureau",
                history=desk.history,
                training=desk.training,
                maps=listed(record.options.get("map", ""), "\n"),
                accept=listed(record.options.get("accept", ""), " "),
                returned=desk.returned,
            )
        )


def compared(old: Loaded, new: Loaded, tell: Tell = quiet) -> Comparison:
    """Every verdict of `new` that is another one than in `old`, with its cause."""
    from hrbook.ingest.worlds import TwoRuns

    done, total = 0, len({p.employee.staff_id for run in (old, new) for p in run.assessment.people})

    def progress(step: int) -> None:
        nonlocal done
        done += step
        tell("compare", done, total)

    return compare(old.assessment, new.assessment, TwoRuns(old.side, new.side), progress)


def listed(text: str, sign: str) -> tuple[str, ...]:
    """The parts of an option as the record holds it."""
    return tuple(filter(None, text.split(sign)))


def _kept(before: Record | None, workbooks: Sequence[bytes], policy: Path | None) -> dict[str, bytes]:
    """Copies of all inputs by name: the workbooks, the policy where it is a file, the templates of the working folder,
    and what the run before was made from."""
    found = [(data, ".xlsx") for data in workbooks]
    if policy is not None:
        found.append((policy.read_bytes(), policy.suffix))
    own = [name for name, (place, _) in resources.used().items() if place == "folder"]
    found += [(resources.read_bytes(name), Path(name).suffix) for name in own]
    if before is not None:
        found.append((before.data, ".json"))
        inputs = Inputs(before)
        for key in before.inputs:
            path = inputs.need(key)
            if path is not None:
                found.append((path.read_bytes(), path.suffix))
    return {f"{guard.sha256(data)}{ending}": data for data, ending in found}


def consents(codes: Sequence[str]) -> frozenset[str]:
    """The repairs that were consented to, by code. Raises Fault (usage) for what takes no consent."""
    from hrbook.ingest.codes import REPAIRS

    wanted = [code.strip().upper() for text in codes for code in text.replace(",", " ").split()]
    for code in wanted:
        if code not in REPAIRS:
            raise Fault("accept_unknown", usage=True, found=code, known=", ".join(REPAIRS))
    return frozenset(wanted)


def default_policy() -> str:
    """The policy, or the series of policies, of a run that names none."""
    return str(resources.load_toml("defaults.toml")["policy"])


def beside(roster: Path) -> Path | None:
    """settings.xlsx in the roster's folder, where it is there."""
    path = roster.with_name("settings.xlsx")
    return path if path.is_file() else None


def build(options: Options, tell: Tell = quiet, *, dry_run: bool = False, executor: Executor | None = None) -> Outcome:
    """The whole run. `executor` may be any concurrent.futures.Executor; else `jobs` processes, one of them being this."""
    workers.collect_rarely()
    loaded = load(options, tell, forms=True)
    chosen = _chosen(loaded, options.departments)
    totals = control_totals(loaded)
    name = _run_name(loaded, options)
    paths = book_paths(loaded.departments, loaded.labels)
    planned = tuple(paths[d.key] for d in chosen)
    incomplete = bool(loaded.assessment.roster.set_aside)
    findings = loaded.assessment.findings
    own_forms = tuple(_form_books(loaded, chosen, paths))
    if dry_run:
        planned += tuple(book.path for book in own_forms)
        return Outcome(options.out / name, (), totals, planned=planned, incomplete=incomplete, findings=findings)
    gate = _gate(loaded, options, chosen, paths, own_forms)
    with only_run(options.out), Stage(options.out, name) as stage:
        entries: list[guard.Entry] = []
        withheld: list[guard.Withheld] = []
        leaks: list[Finding] = []
        files = [*_parts(loaded, chosen, paths, whole=not options.departments), *own_forms]
        tell("write", 0, len(files))
        for number, made in enumerate(workers.made(files, gate, jobs=options.jobs, executor=executor), 1):
            if made.leaks:
                withheld.append(guard.Withheld(made.entry.path, made.entry.audience, len(made.leaks)))
                leaks += held_back(made)
            else:
                stage.write(made.entry.path, made.data)
                entries.append(made.entry)
            tell("write", number, len(files))
        if options.keep_inputs:
            for file, data in sorted(loaded.kept.items()):
                stage.write(f"{INPUTS}/{file}", data, private=True)
                entries.append(guard.entry(f"{INPUTS}/{file}", data, 0, "hr"))
        record = guard.manifest(
            run_id=loaded.facts.run_id,
            tool=__version__,
            year=loaded.reading.year,
            as_of=loaded.reading.as_of.isoformat(),
            options=_recorded(options),
            inputs=loaded.inputs,
            columns=columns_of(loaded.assessment.roster),
            templates=resources.used(),
            totals=totals,
            files=entries,
            withheld=withheld,
            forms=[form.recorded() for form in loaded.forms],
        )
        stage.write(MANIFEST, record)
        unchanged = _is_same(stage.target, record, entries)
        kept = None if unchanged else stage.publish(f"history/{name}")
    return Outcome(
        folder=options.out / name,
        files=tuple(entries),
        totals=totals,
        unchanged=unchanged,
        kept=kept,
        planned=planned,
        incomplete=incomplete,
        partial=bool(options.departments),
        findings=findings,
        withheld=tuple(sorted(leaks, key=lambda leak: (leak.file, leak.order))),
        forms=len(loaded.forms),
        form_files=sum(entry.path.startswith(f"{loaded.labels('path.forms')}/") for entry in entries),
    )


def control_totals(loaded: Loaded) -> dict[str, int]:
    """Counts that must add up; raises Fault where they do not, before anything is written."""
    assessment = loaded.assessment
    people = len(assessment.people)
    totals = {
        "rows_read": assessment.roster.rows_read,
        "set_aside": len(assessment.roster.set_aside),
        "not_judged": len(assessment.outside),
        "people": people,
        "people_in_departments": sum(len(d.people) for d in loaded.departments),
        "departments": len(loaded.departments),
        "rules": assessment.rule_count,
        "judgements": sum(1 for p in assessment.people for _ in p.judgements()),
        "findings": len(assessment.findings),
    }
    sums = (
        (totals["rows_read"], totals["set_aside"] + totals["not_judged"] + people),
        (people, totals["people_in_departments"]),
        (totals["judgements"], people * totals["rules"]),
    )
    for left, right in sums:
        if left != right:
            raise Fault("totals_differ", found=left, expected=right)
    return totals


def view_of(loaded: Loaded, department: Department) -> DepartmentView:
    """What the book of one department may see: its own people, and of the departments below their counts."""
    below: tuple[Department, ...] = ()
    if not department.department and not department.whole_bureau:
        below = tuple(d for d in loaded.departments if d.bureau == department.bureau and d.department)
    return DepartmentView(department, below, loaded.reading, loaded.labels, loaded.facts)


def book_paths(departments: Sequence[Department], labels: Labels) -> dict[tuple[str, str], str]:
    """Path of every department's book below the output folder, unique and legal on every system."""
    from hrbook.excel.names import unique_file_names

    folder = labels("path.departments")
    stems = []
    for d in departments:
        key = "path.bureau" if d.whole_bureau else "path.department" if d.department else "path.bureau_own"
        stems.append(labels(key, bureau=d.bureau, department=d.department))
    names = unique_file_names(stems, suffix=".xlsx")
    return {d.key: f"{folder}/{name}" for d, name in zip(departments, names, strict=True)}


def _chosen(loaded: Loaded, names: Sequence[str]) -> tuple[Department, ...]:
    if not names:
        return loaded.departments
    from hrbook.core.fold import fold

    wanted = {fold(name): name for name in names}
    chosen = []
    for d in loaded.departments:
        spellings = {fold(d.department), fold(department_name(d, loaded.labels)), fold(d.bureau + d.department)} - {""}
        hit = spellings & set(wanted)
        if hit:
            chosen.append(d)
            for key in hit:
                names = [n for n in names if fold(n) != key]
    if names:
        known = loaded.labels("list.separator").join(department_name(d, loaded.labels) for d in loaded.departments)
        raise Fault("no_such_department", usage=True, found=names[0], known=known)
    return tuple(chosen)


def _parts(
    loaded: Loaded, chosen: Sequence[Department], paths: Mapping[tuple[str, str], str], *, whole: bool
) -> list[parts.Part]:
    """The files of the run, what takes longest first. `whole`: with those that cover the whole city."""
    made: list[parts.Part] = []
    people = tuple(p for d in chosen for p in d.people)
    if whole:
        view = View(loaded.assessment, loaded.departments, loaded.labels, loaded.facts, loaded.changes)
        made.append(parts.Organisation(loaded.labels("path.organisation"), view))
        made.append(parts.Audit(loaded.labels("path.audit"), view, resources.used()))
    made.append(parts.Ledger("ledger.csv", people, loaded.reading, loaded.assessment.rule_count))
    for d in sorted(chosen, key=lambda d: len(d.people), reverse=True):
        made.append(parts.DepartmentBook(paths[d.key], view_of(loaded, d)))
    return made


def _form_books(loaded: Loaded, chosen: Sequence[Department], paths: Mapping[tuple[str, str], str]) -> Iterator[FormBook]:
    """The city's own forms, filled; each department's stand under the name of its book."""
    return form_books(loaded.forms, [(view_of(loaded, d), Path(paths[d.key]).stem) for d in chosen], loaded.labels)


def _gate(
    loaded: Loaded,
    options: Options,
    chosen: Sequence[Department],
    paths: Mapping[tuple[str, str], str],
    forms: Sequence[FormBook],
) -> Gate:
    """What every file of the run passes before it may leave; a form is sealed with the password of its department's book."""
    guard = guard_of(loaded.assessment, loaded.departments, loaded.labels, loaded.facts)
    declared = [text for box in loaded.reading.approvals.values() for text in box]
    passwords = {}
    if options.passwords is not None:
        names = {paths[d.key]: (Path(paths[d.key]).stem, department_name(d, loaded.labels)) for d in chosen}
        passwords = read_passwords(options.passwords, names)
        of_book = {Path(path).stem: password for path, password in passwords.items()}
        passwords |= {form.path: of_book[form.book] for form in forms}
    return Gate(guard, tuple(declared), passwords, options.out / _run_name(loaded, options))


def _run_name(loaded: Loaded, options: Options) -> str:
    name = str(loaded.reading.year)
    return loaded.labels("path.partial", year=name) if options.departments else name


def _is_same(target: Path, record: bytes, entries: Sequence[guard.Entry]) -> bool:
    """Whether the run that stands there equals this one, file by file."""
    try:
        if (target / MANIFEST).read_bytes() != record:
            return False
        return all(guard.sha256((target / e.path).read_bytes()) == e.sha256 for e in entries)
    except OSError:
        return False


def _recorded(options: Options) -> dict[str, str]:
    """The options that shape the output, for the manifest; not those that only say how (jobs, folders)."""
    return {
        "by": "bureau" if options.by_bureau else "department",
        "accept": " ".join(sorted(consents(options.accept))),
        "departments": "/".join(safe_text(name) for name in options.departments),
        "language": options.language,
        "map": "\n".join(safe_text(text) for text in options.maps),
        "year": "" if options.year is None else str(options.year),
        "as_of": "" if options.as_of is None else options.as_of.isoformat(),
        "policy": "" if options.policy is None else safe_text(Path(options.policy).name),
        "keep_inputs": "yes" if options.keep_inputs else "no",
    }


def columns_of(roster: Roster) -> dict[str, dict[str, str]]:
    """Which column of each roster sheet was read as which field, so that a cell of the ledger can be told by its address."""
    return {
        s.sheet: {name: column_letters(at) for name, at in sorted(s.columns.items()) if name not in s.fixed}
        for s in roster.sheets
    }


def _run_id(inputs: Mapping[str, Mapping[str, str]], reading: Reading, options: Options) -> str:
    parts = [__version__, str(reading.year), reading.as_of.isoformat(), repr(sorted(_recorded(options).items()))]
    parts += [f"{key}={value['sha256']}" for key, value in sorted(inputs.items())]
    parts += [f"{name}={digest}" for name, (_, digest) in sorted(resources.used().items())]
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()
