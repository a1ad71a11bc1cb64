"""The first half of a run: read policy, settings and roster, judge everybody, compare with the year before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hrbook import __version__, resources
from hrbook.core.assess import assess
from hrbook.core.assessment import Assessment
from hrbook.core.changes import Comparison, compare
from hrbook.core.fault import Fault
from hrbook.core.finding import Finding
from hrbook.core.inputs import InputKind
from hrbook.core.reading import Reading
from hrbook.core.survey import Release, merged
from hrbook.forms.books import load_forms
from hrbook.forms.form import Form
from hrbook.guard import manifest as guard
from hrbook.guard.record import MANIFEST, Inputs, Record, lay_out, read_record
from hrbook.options import Options, consents, listed, recorded
from hrbook.sheets.programme.desk import Past, past_of
from hrbook.sheets.view import Department, InputFile, RunFacts, departments_of
from hrbook.words import Labels, load_labels

if TYPE_CHECKING:
    from hrbook.ingest.worlds import Side

# Templates that shape what is written, whichever process writes it: read by the run itself, so that the record names them.
SHAPING = ("vocabulary.toml", "roster.toml", "settings.toml", "styles.toml", "findings.toml", "spellings.toml", "survey.toml")
Tell = Callable[[str, int, int], None]  # step id, done, of


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
    pasts: tuple[Past, ...] = ()  # the figures of earlier years, the oldest first
    releases: tuple[Release, ...] = ()  # what was told of closed surveys

    @property
    def reading(self) -> Reading:
        return self.assessment.reading


def quiet(step: str, done: int, of: int) -> None:
    """Tells nobody."""


def load(options: Options, tell: Tell = quiet, *, forms: bool = False, meanwhile: Callable[[], None] | None = None) -> Loaded:
    """Read policy, settings and roster, and judge everybody; with `forms` also read the city's own forms. `meanwhile` is
    called while the roster is being read by another process. Raises Fault where the run cannot go on."""
    from hrbook.ingest.editions import load_edition
    from hrbook.ingest.mapping import read_maps
    from hrbook.ingest.readability import readability
    from hrbook.ingest.released import load_closed
    from hrbook.ingest.returned import load_returned, returned_beside, with_returned
    from hrbook.ingest.roster import How, PendingBooks, roster_of
    from hrbook.ingest.settings import load_reading, settled_year
    from hrbook.ingest.workbook import Pending
    from hrbook.ingest.worlds import Side
    from hrbook.styles import load_styles

    tell("read", 0, 0)
    accept, maps = consents(options.accept), read_maps(options.maps)
    settings = options.settings or beside(options.roster)
    # The workbooks are read in processes of their own while this one reads the policy.
    pending = PendingBooks(options.roster, options.history, options.training, options.more)
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
    if meanwhile is not None:
        meanwhile()
    books = pending.result()
    how = How(columns=source.columns, maps=maps, accept=accept, as_of=reading.as_of)
    roster, found = roster_of(books, reading.policy, how)
    came_back: list[Finding] = []
    paths = returned_beside(options.roster) if options.returned is None else options.returned
    returned = [load_returned(path, came_back) for path in paths]
    roster = with_returned(roster, returned, came_back, reading.policy)
    closed = [one for path in options.surveys for one in load_closed(path)]
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
        inputs[InputKind.RETURNED.numbered(number)] = {"file": file.file, "sha256": file.sha256}
    for number, one in enumerate(closed, start=1):
        inputs[InputKind.SURVEY.numbered(number)] = {"file": one.file, "sha256": one.sha256}
    if before is not None:
        inputs["previous"] = {"file": MANIFEST, "sha256": before.sha256, "run_id": before.run_id}
    own = Path(options.policy) if policy_source.place == "file" and options.policy else None
    workbooks = [*(book.data for _, book in books.named()), *(file.data for file in returned)]
    if pending_settings is not None:
        workbooks.append(pending_settings.data)
    kept = _kept(before, workbooks, own) | {f"{one.sha256}.json": one.data for one in closed}
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
        further=tuple(
            InputFile(kind, inputs[key]["file"], inputs[key]["sha256"]) for kind in InputKind for key in inputs if kind.names(key)
        ),
    )
    side = Side(books, how, settings, policy, roster, reading, source, tuple(returned))
    releases = tuple(one.release for one in closed)
    loaded = Loaded(assessment, departments, labels, facts, inputs, kept, side, forms=own_forms, releases=releases)
    if before is None:
        return loaded
    with past_run(before, Inputs(before)) as old:
        return replace(
            loaded,
            changes=compared(old, loaded, tell),
            pasts=(past_of(old.assessment, old.departments, merged(old.releases, releases)),),
        )


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
                more=desk.more,
                maps=listed(record.options.get("map", ""), "\n"),
                accept=listed(record.options.get("accept", ""), " "),
                returned=desk.returned,
                surveys=desk.surveys,
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


def default_policy() -> str:
    """The policy, or the series of policies, of a run that names none. Raises Fault where templates/ names none either."""
    policy = resources.load_toml("defaults.toml").get("policy")
    if not isinstance(policy, str):
        raise Fault("template_unreadable", file="defaults.toml", found="policy")
    return policy


def beside(roster: Path) -> Path | None:
    """settings.xlsx in the roster's folder, where it is there."""
    path = roster.with_name("settings.xlsx")
    return path if path.is_file() else None


def _run_id(inputs: Mapping[str, Mapping[str, str]], reading: Reading, options: Options) -> str:
    parts = [__version__, str(reading.year), reading.as_of.isoformat(), repr(sorted(recorded(options).items()))]
    parts += [f"{key}={value['sha256']}" for key, value in sorted(inputs.items())]
    parts += [f"{name}={digest}" for name, (_, digest) in sorted(resources.used().items())]
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()
