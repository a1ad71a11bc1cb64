"""A sample to check by hand: careers drawn from every standing, with all input cells and live formulas beside our values.

Drawn by the digest of run and staff number, so that anybody draws the same sample from the same run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from hrbook.core.assessment import Assessed
from hrbook.core.judgement import RotationStatus
from hrbook.core.results import RotationResult
from hrbook.core.source import Scalar
from hrbook.sheets.audit.desk import Addresses, Desk
from hrbook.sheets.book import Formula, ListCheck, Sheet
from hrbook.sheets.canvas import Canvas

ORDER = 80
SIZE = 20
LEAST = 2  # of every standing, where it has so many
HEAD = 4
WIDTHS = (12, 10, 17, 11, 6, 6, 24, 6, 6, 6, 6, 12, 58, 9)
STANDING = (
    RotationStatus.MET,
    RotationStatus.ON_TRACK,
    RotationStatus.NEEDS_PLAN,
    RotationStatus.OUT_OF_REACH,
    RotationStatus.NOT_REACHED,
)


def draw(people: Sequence[Assessed], run_id: str, size: int = SIZE) -> list[Assessed]:
    """About `size` people: at least two of every rotation status that occurs, the rest in proportion to the status."""
    strata: dict[RotationStatus, list[Assessed]] = {}
    for status in RotationStatus:
        members = [p for p in people if p.rotation.result.status is status]
        if members:
            strata[status] = sorted(members, key=lambda p: _lot(run_id, p.employee.staff_id))
    shares = {s: min(len(m), LEAST) for s, m in strata.items()}
    spare = max(0, min(size, len(people)) - sum(shares.values()))
    left = {s: len(m) - shares[s] for s, m in strata.items()}
    total = sum(left.values())
    if total and spare:
        for status, more in _portions(left, spare, total).items():
            shares[status] += more
    return [p for status, members in strata.items() for p in members[: shares[status]]]


def _portions(left: Mapping[RotationStatus, int], spare: int, total: int) -> dict[RotationStatus, int]:
    """`spare` places in proportion to what is left of each status, by largest remainder, no more than there are."""
    found = {status: spare * n // total for status, n in left.items()}
    order = sorted(left, key=lambda s: -(spare * left[s] % total))
    for status in order[: spare - sum(found.values())]:
        found[status] += 1
    return {status: min(n, left[status]) for status, n in found.items()}


def _lot(run_id: str, staff_id: str) -> str:
    return hashlib.sha256(f"{run_id}|{staff_id}".encode()).hexdigest()


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet, a row a career."""
    labels = desk.labels
    drawn = draw(desk.view.assessment.people, desk.view.run.run_id)
    canvas = Canvas(desk.sheet_name("audit_sample"), WIDTHS)
    inside = sum(1 for p in desk.view.assessment.people if p.rotation.result.status in STANDING)
    finding = labels(
        "audit.sample.finding", count=len(drawn), people=f"{len(desk.view.assessment.people):,}", inside=f"{inside:,}"
    )
    desk.band(canvas, "audit_sample", finding)
    canvas.put(3, 0, labels("audit.sample.year"), "field_label", cols=2)
    canvas.put(3, 2, desk.reading.year, "field_value")
    canvas.put(3, 3, labels("audit.sample.method", seed=desk.view.run.run_id[:16]), "caption", cols=len(WIDTHS) - 3)
    _heads(desk, canvas)
    addresses = Addresses(labels("audit.join"))
    row = HEAD + 1
    for person in drawn:
        row += 1
        _career(desk, canvas, row, person, addresses)
    if drawn:
        items = tuple(labels(f"audit.sample.answer.{key}") for key in ("agrees", "differs", "open"))
        canvas.checks.append(ListCheck(HEAD + 2, len(WIDTHS) - 1, row, len(WIDTHS) - 1, items))
    canvas.put(row + 1, 0, labels("audit.sample.note"), "caption_wrap", cols=len(WIDTHS))
    page = replace(desk.page("audit_sample"), repeat_rows=(HEAD, HEAD + 1))
    return (canvas.sheet(page, freeze=(HEAD + 2, 3), tab="orange"),)


def _heads(desk: Desk, canvas: Canvas) -> None:
    labels = desk.labels
    single = {0: "status", 1: "staff_id", 2: "name", 3: "hired", 6: "units", 11: "verdict", 12: "cells", 13: "tick"}
    for col, key in single.items():
        canvas.put(HEAD, col, labels(f"audit.sample.{key}"), "th", rows=2)
    for col, key in ((4, "service"), (7, "count"), (9, "remaining")):
        canvas.put(HEAD, col, labels(f"audit.sample.{key}"), "th_dark", cols=2)
        canvas.put(HEAD + 1, col, labels("audit.sample.ours"), "th2")
        canvas.put(HEAD + 1, col + 1, labels("audit.sample.formula"), "th2")
    canvas.heights.update({3: 20, HEAD: 20, HEAD + 1: 18})


def _career(desk: Desk, canvas: Canvas, row: int, person: Assessed, addresses: Addresses) -> None:
    labels, result, at = desk.labels, person.rotation.result, row + 1
    chip = desk.marks.rotation[result.status]
    started = next((e.value for e in person.rotation.evidence if e.field == "hired"), None)
    canvas.put(row, 0, chip.text, f"{chip.look} small wrap")
    canvas.put(row, 1, person.employee.staff_id, "staff_id")
    canvas.put(row, 2, person.employee.name, "name shrink")
    canvas.put(row, 3, started if isinstance(started, date) else None, "td_center iso_date small")
    canvas.put(row, 4, result.service_year, "number_center")
    units = result.counts[0].units if result.counts else ()
    split = labels("audit.sample.unit_join")
    canvas.put(row, 6, split.join(units) or None, "td_wrap")
    canvas.put(row, 7, result.count, "number_center")
    canvas.put(row, 9, result.remaining, "number_center")
    if isinstance(started, date) and result.service_year is not None:
        canvas.put(row, 5, Formula(f"$C$4-YEAR(D{at})+IF(MONTH(D{at})<4,1,0)+1", result.service_year), "number_center fill_soft")
        rest = Formula(f"MAX(0,{result.window_years}-F{at})", result.remaining or 0)
        canvas.put(row, 10, rest, "number_center fill_soft")
    else:
        canvas.fill(row, 5, 5, "td")
        canvas.fill(row, 10, 10, "td")
    canvas.put(
        row, 8, Formula(f'IF(G{at}="",0,LEN(G{at})-LEN(SUBSTITUTE(G{at},"{split}",""))+1)', len(units)), "number_center fill_soft"
    )
    _verdict(desk, canvas, row, result)
    canvas.put(row, 12, _cells(desk, person, addresses), "td_wrap tiny")
    canvas.put(row, 13, None, "input_center")


def _verdict(desk: Desk, canvas: Canvas, row: int, result: RotationResult) -> None:
    """The standing as the numbers alone give it, for standings that rest on numbers alone and on one requirement."""
    standing = result.excused_from or result.status
    if standing not in STANDING or len(result.counts) != 1:
        canvas.put(row, 11, desk.labels("audit.sample.no_formula"), "td_center muted small")
        return
    words = {s: desk.marks.rotation[s].word.replace('"', '""') for s in STANDING}
    at, missing = row + 1, f"({result.minimum}-I{row + 1})"
    usual = max(1, desk.reading.rotation.usual_stay_years)
    text = (
        f'IF(I{at}>={result.minimum},"{words[RotationStatus.MET]}",'
        f'IF(F{at}>{result.window_years},"{words[RotationStatus.NOT_REACHED]}",'
        f'IF({missing}>K{at},"{words[RotationStatus.OUT_OF_REACH]}",'
        f'IF({missing}<=INT(K{at}/{usual}),"{words[RotationStatus.ON_TRACK]}","{words[RotationStatus.NEEDS_PLAN]}"))))'
    )
    canvas.put(row, 11, Formula(text, desk.marks.rotation[standing].word), "td_center small fill_soft shrink")


def _cells(desk: Desk, person: Assessed, addresses: Addresses) -> str:
    """Every input cell with what stands in it, the sheet named once for the cells that follow one another on it."""
    parts: list[str] = []
    before = ""
    for e in person.rotation.evidence:
        sheet, _, cell = addresses.of(e.ref, e.field).rpartition("!")
        said = f"{cell} {_said(e.ref.raw_of(e.field))}".rstrip()
        parts.append(said if sheet == before else desk.labels("audit.sample.on_sheet", sheet=sheet, cell=said))
        before = sheet
    return desk.labels("audit.join").join(parts)


def _said(value: Scalar) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
