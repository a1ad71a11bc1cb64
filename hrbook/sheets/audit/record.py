"""What went into the run and what identifies it: inputs, their rows and SHA-256, policy, templates, version, run id."""

from __future__ import annotations

from dataclasses import replace

from hrbook.sheets.audit.desk import Desk
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas

ORDER = 90
WIDTHS = (34, 44, 14, 74)


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet; no clock time stands on it."""
    labels, run = desk.labels, desk.view.run
    canvas = Canvas(desk.sheet_name("audit_record"), WIDTHS)
    rows = sum(run.roster_rows.values())
    finding = labels(
        "audit.record.finding", run=run.run_id[:8], files=2 + bool(run.settings_file) + len(run.further), rows=f"{rows:,}"
    )
    desk.band(canvas, "audit_record", finding)
    _run(desk, canvas)
    _inputs(desk, canvas)
    _rows(desk, canvas)
    _templates(desk, canvas)
    return (canvas.sheet(replace(desk.page("audit_record"), repeat_rows=(0, 1)), tab="grey"),)


def _run(desk: Desk, canvas: Canvas) -> None:
    labels, run, reading, policy = desk.labels, desk.view.run, desk.reading, desk.policy
    since = labels.day(reading.policy_effective_from) or labels("audit.record.not_stated")
    facts = (
        ("version", f"hrbook {run.version}"),
        ("run_id", run.run_id),
        ("year", labels.fiscal_year(reading.year)),
        ("as_of", labels.day(reading.as_of)),
        ("policy", labels("audit.record.policy_text", title=policy.title, edition=policy.edition, id=run.policy_id)),
        ("since", since),
        ("source", policy.source),
        ("previous", labels("audit.record.previous_text", run=run.previous_run, sha256=run.previous_sha256))
        if run.previous_run
        else ("previous", labels("audit.none")),
        ("verify", labels("audit.record.verify_text")),
    )
    _head(desk, canvas, "run")
    for key, text in facts:
        canvas.put(canvas.row, 0, labels(f"audit.record.{key}"), "td bold")
        canvas.put(canvas.row, 1, text, "td_wrap", cols=3)
        canvas.row += 1


def _inputs(desk: Desk, canvas: Canvas) -> None:
    labels, run = desk.labels, desk.view.run
    _head(desk, canvas, "inputs", ("input", "file", "", "sha256"))
    settings = run.settings_file or labels("audit.record.defaults")
    files = (
        ("roster", run.roster_file, run.roster_sha256),
        ("settings", settings, run.settings_sha256),
        ("policy", run.policy_id, run.policy_sha256),
        *((f"further.{one.kind.value}", one.file, one.sha256) for one in run.further),
    )
    for key, file, digest in files:
        canvas.put(canvas.row, 0, labels(f"audit.record.{key}"), "td bold")
        canvas.put(canvas.row, 1, file, "td", cols=2)
        canvas.put(canvas.row, 3, digest or None, "code")
        canvas.row += 1


def _rows(desk: Desk, canvas: Canvas) -> None:
    labels = desk.labels
    _head(desk, canvas, "rows", ("sheet", "sheet_id", "count", ""))
    for key, count in desk.view.run.roster_rows.items():
        canvas.put(canvas.row, 0, labels(f"audit.record.sheets.{key}"), "td bold")
        canvas.put(canvas.row, 1, key, "code")
        canvas.put(canvas.row, 2, count, "number")
        canvas.put(canvas.row, 3, None, "td")
        canvas.row += 1


def _templates(desk: Desk, canvas: Canvas) -> None:
    labels = desk.labels
    _head(desk, canvas, "templates", ("template", "place", "", "sha256"))
    for name, (place, digest) in sorted(desk.used.items()):
        canvas.put(canvas.row, 0, name, "td_small")
        canvas.put(canvas.row, 1, labels(f"audit.record.places.{place}"), "td_small", cols=2)
        canvas.put(canvas.row, 3, digest, "code")
        canvas.row += 1
    if not desk.used:
        canvas.put(canvas.row, 0, labels("audit.none"), "caption", cols=len(WIDTHS))
        canvas.row += 1


def _head(desk: Desk, canvas: Canvas, part: str, keys: tuple[str, ...] = ()) -> None:
    labels, row = desk.labels, canvas.row
    canvas.put(row, 0, labels(f"audit.record.{part}"), "h2", cols=len(WIDTHS))
    canvas.heights[row] = 24
    canvas.row = row + 1
    if keys:
        for col, key in enumerate(keys):
            wide = 2 if keys[col + 1 : col + 2] == ("",) else 1
            if key:
                canvas.put(row + 1, col, labels(f"audit.record.{key}"), "th_left", cols=wide)
        canvas.heights[row + 1] = 18
        canvas.row += 1
