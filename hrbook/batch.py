"""The yearly run, step by step: what judging.py read and judged is described, written, checked and put in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from hrbook import __version__, parts, resources, workers
from hrbook.core.fault import Fault
from hrbook.core.finding import Finding
from hrbook.core.goals import UnitGoal
from hrbook.core.roster import Roster
from hrbook.core.source import column_letters
from hrbook.forms.books import FormBook, form_books
from hrbook.guard import manifest as guard
from hrbook.guard.hearsay import for_readers
from hrbook.guard.leak import Guard
from hrbook.guard.lock import only_run
from hrbook.guard.passwords import read_passwords
from hrbook.guard.place import Streamed, digest_of
from hrbook.guard.public import guard_of
from hrbook.guard.record import INPUTS, MANIFEST
from hrbook.guard.release import Gate, held_back
from hrbook.guard.stage import Stage
from hrbook.guard.unit_goals import goals_for_readers, told
from hrbook.judging import Loaded, Tell, load, quiet
from hrbook.options import Options, recorded
from hrbook.sheets.programme.desk import desk_of
from hrbook.sheets.view import Department, DepartmentView, View, department_name
from hrbook.words import Labels


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


def build(options: Options, tell: Tell = quiet, *, dry_run: bool = False, executor: workers.Executor | None = None) -> Outcome:
    """The whole run; `executor` makes its files, else `jobs` processes of this machine do."""
    workers.collect_rarely()
    executor = executor or workers.on(options.jobs)
    makers = None if dry_run else partial(parts.load_makers, whole=not options.departments)
    loaded = load(options, tell, forms=True, meanwhile=makers)
    chosen = _chosen(loaded, options.departments)
    name = _run_name(loaded, options)
    paths = book_paths(loaded.departments, loaded.labels)
    planned = tuple(paths[d.key] for d in chosen)
    incomplete = bool(loaded.assessment.roster.set_aside)
    everybody = cache(lambda: guard_of(loaded.assessment, loaded.departments, loaded.labels, loaded.facts))
    loaded, views = _seen(loaded, chosen, everybody)
    findings = loaded.assessment.findings
    totals = control_totals(loaded)
    own_forms = tuple(_form_books(loaded, views, paths))
    if dry_run:
        planned += tuple(book.path for book in own_forms)
        return Outcome(options.out / name, (), totals, planned=planned, incomplete=incomplete, findings=findings)
    gate = _gate(everybody(), loaded, options, chosen, paths, own_forms)
    with only_run(options.out), Stage(options.out, name) as stage:
        entries: list[guard.Entry] = []
        withheld: list[guard.Withheld] = []
        leaks: list[Finding] = []
        files = [*_parts(loaded, chosen, views, paths, stage.folder, whole=not options.departments), *own_forms]
        tell("write", 0, len(files))
        for number, made in enumerate(executor.made(files, gate), 1):
            if made.leaks:
                withheld.append(guard.Withheld(made.entry.path, made.entry.audience, len(made.leaks)))
                leaks += held_back(made)
            else:
                if isinstance(made.data, Streamed):
                    stage.adopt(made.entry.path, made.data)
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
            options=recorded(options),
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
    goals = loaded.assessment.roster.unit_goals
    return DepartmentView(department, below, loaded.reading, loaded.labels, loaded.facts, goals)


def _seen(
    loaded: Loaded, chosen: Sequence[Department], everybody: Callable[[], Guard]
) -> tuple[Loaded, dict[tuple[str, str], DepartmentView]]:
    """What each book may show, by key, and the run with what had to be left out among its findings."""
    labels, views = loaded.labels, {}
    left_out: list[UnitGoal] = []
    for d in chosen:
        view = view_of(loaded, for_readers(d, everybody, labels("returned.left_out")))
        views[d.key], hidden = goals_for_readers(view, everybody, labels("interview.goal.left_out"))
        left_out += hidden
    if not left_out:
        return loaded, views
    findings = tuple(sorted((*loaded.assessment.findings, *told(left_out)), key=lambda finding: finding.order))
    return replace(loaded, assessment=replace(loaded.assessment, findings=findings)), views


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
    loaded: Loaded,
    chosen: Sequence[Department],
    views: Mapping[tuple[str, str], DepartmentView],
    paths: Mapping[tuple[str, str], str],
    stage: Path,
    *,
    whole: bool,
) -> list[parts.Part]:
    """The files of the run, what takes longest first; what is too large to be held goes into `stage` by itself. `whole`: with
    those that cover the whole city."""
    made: list[parts.Part] = []
    people = tuple(p for d in chosen for p in d.people)
    if whole:
        view = View(loaded.assessment, loaded.departments, loaded.labels, loaded.facts, loaded.changes)
        made.append(parts.Organisation(loaded.labels("path.organisation"), view))
        made.append(parts.Audit(loaded.labels("path.audit"), view, resources.used()))
        desk = desk_of(view, loaded.pasts, loaded.releases)
        if desk.items:
            made.append(parts.Programme(loaded.labels("path.programme"), desk))
    made.append(parts.Ledger("ledger.csv", stage, people, loaded.reading, loaded.assessment.rule_count))
    for d in sorted(chosen, key=lambda d: len(d.people), reverse=True):
        made.append(parts.DepartmentBook(paths[d.key], views[d.key]))
    return made


def _form_books(
    loaded: Loaded, views: Mapping[tuple[str, str], DepartmentView], paths: Mapping[tuple[str, str], str]
) -> Iterator[FormBook]:
    """The city's own forms, filled; each department's stand under the name of its book."""
    return form_books(loaded.forms, [(view, Path(paths[key]).stem) for key, view in views.items()], loaded.labels)


def _gate(
    everybody: Guard,
    loaded: Loaded,
    options: Options,
    chosen: Sequence[Department],
    paths: Mapping[tuple[str, str], str],
    forms: Sequence[FormBook],
) -> Gate:
    """What every file of the run passes before it may leave; a form is sealed with the password of its department's book."""
    from hrbook.styles import load_styles

    declared = [text for box in loaded.reading.approvals.values() for text in box]
    passwords = {}
    if options.passwords is not None:
        names = {paths[d.key]: (Path(paths[d.key]).stem, department_name(d, loaded.labels)) for d in chosen}
        passwords = read_passwords(options.passwords, names)
        of_book = {Path(path).stem: password for path, password in passwords.items()}
        passwords |= {form.path: of_book[form.book] for form in forms}
    logo = load_styles().logo
    pictures = frozenset({guard.sha256(resources.read_bytes(logo))} if logo else ())
    return Gate(everybody, tuple(declared), passwords, options.out / _run_name(loaded, options), pictures)


def _run_name(loaded: Loaded, options: Options) -> str:
    name = str(loaded.reading.year)
    return loaded.labels("path.partial", year=name) if options.departments else name


def _is_same(target: Path, record: bytes, entries: Sequence[guard.Entry]) -> bool:
    """Whether the run that stands there equals this one, file by file."""
    try:
        if (target / MANIFEST).read_bytes() != record:
            return False
        return all(digest_of(target / e.path) == e.sha256 for e in entries)
    except OSError:
        return False


def columns_of(roster: Roster) -> dict[str, dict[str, str]]:
    """Which column of each roster sheet was read as which field, so that a cell of the ledger can be told by its address. A
    sheet whose name stands in several workbooks is named with its file, as Excel does."""
    files = Counter(sheet for _, sheet in {(s.file, s.sheet) for s in roster.sheets})
    names = {s: s.sheet if files[s.sheet] == 1 else f"[{s.file}]{s.sheet}" for s in roster.sheets}
    return {
        name: {field: column_letters(at) for field, at in sorted(s.columns.items()) if field not in s.fixed}
        for s, name in names.items()
    }
