"""`plan`, step by step: read and judge as `build` does, look ahead, nominate, write, put in place as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hrbook import __version__
from hrbook.core.finding import Finding
from hrbook.core.training_plan import TrainingPlan
from hrbook.guard import manifest as guard
from hrbook.guard.lock import only_run
from hrbook.guard.record import MANIFEST
from hrbook.guard.stage import put_in_place
from hrbook.judging import Loaded, Tell, load, quiet
from hrbook.options import Options
from hrbook.planning.lists import lists
from hrbook.planning.plan import plan_of
from hrbook.sheets.plan import book
from hrbook.sheets.plan.desk import Desk
from hrbook.sheets.view import View

LIBRARIES = ("highspy", "numpy")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call did: the plan, the folder, its files by path, where the plan before went to (None: there was none)."""

    plan: TrainingPlan
    folder: Path
    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    set_aside: int
    unchanged: bool
    kept: Path | None


def make(options: Options, years: int, tell: Tell = quiet) -> Outcome:
    """The whole call. Raises Fault where it cannot go on; then nothing was changed."""
    loaded = load(options, tell)
    plan = plan_of(loaded, years, tell)
    tell("plan_files", 0, 0)
    files = _files(loaded, plan)
    files[MANIFEST] = _manifest(loaded, files, years)
    year = str(loaded.reading.year)
    with only_run(options.out):
        unchanged, kept = put_in_place(options.out, year, files)
    assessment = loaded.assessment
    return Outcome(
        plan, options.out / year, tuple(sorted(files)), assessment.findings, len(assessment.roster.set_aside), unchanged, kept
    )


def _files(loaded: Loaded, plan: TrainingPlan) -> dict[str, bytes]:
    from hrbook.excel.writer import render

    view = View(loaded.assessment, loaded.departments, loaded.labels, loaded.facts)
    desk = Desk(view, plan)
    path = loaded.labels("plan.path.book")
    files = {path: render(book(view, plan, path))}
    for made, name, data in lists(desk, loaded.labels("plan.path.lists")):
        files[made.path] = render(made)
        files[name] = data
    return files


def _manifest(loaded: Loaded, files: dict[str, bytes], years: int) -> bytes:
    """What the plan was made from, and every file with its digest; no clock time."""
    body = {
        "schema": 1,
        "kind": "plan",
        "run_id": loaded.facts.run_id,
        "tool": {"name": "hrbook", "version": __version__},
        "libraries": {**guard.libraries(), **guard.versions(LIBRARIES)},
        "fiscal_year": loaded.reading.year,
        "as_of": loaded.reading.as_of.isoformat(),
        "years": years,
        "inputs": {key: dict(value) for key, value in loaded.inputs.items()},
        "files": [{"path": name, "sha256": guard.sha256(data), "size": len(data)} for name, data in sorted(files.items())],
    }
    return guard.written(body)
