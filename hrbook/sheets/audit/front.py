"""First sheet of the auditors' book: what this is, the control totals with both sides, headline counts as live formulas,
and the place for signatures. One page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrbook.checks import CheckResult, Term
from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.core.source import column_letters
from hrbook.sheets.audit.desk import Desk
from hrbook.sheets.audit.judgements import OVER, PLAIN, RULE, RUNNING, STATUS, WINDOW, row_count, sheet_names
from hrbook.sheets.book import Formula, Link, Logo, Sheet
from hrbook.sheets.canvas import Canvas

ORDER = 10
COLUMNS = 12
WIDTH = 13.6  # 100 pixels
LOGO = 2  # columns at the end of the title band that the city's mark may take
CONTENTS = (
    "population",
    "judgements",
    "exceptions",
    "register",
    "readings",
    "clauses",
    "coverage",
    "quality",
    "findings",
    "sample",
    "changes",
    "record",
)
SIGNATURES = ("made", "checked", "audited")


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet."""
    canvas = Canvas(desk.sheet_name("audit_front"), (WIDTH,) * COLUMNS)
    _band(desk, canvas)
    _about(desk, canvas)
    _checks(desk, canvas)
    _counts(desk, canvas)
    _signatures(desk, canvas)
    _contents(desk, canvas)
    return (canvas.sheet(replace(desk.page("audit_front"), fit_height=1), tab="navy"),)


def _band(desk: Desk, canvas: Canvas) -> None:
    labels, reading, run = desk.labels, desk.reading, desk.view.run
    canvas.put(0, 0, labels("audit.front.title", year=labels.fiscal_year(reading.year)), "title_large", cols=COLUMNS)
    facts = {"city": reading.city, "day": labels.day(reading.as_of), "policy": desk.policy.title}
    canvas.put(1, 0, labels("audit.front.subtitle", **facts), "subtitle", cols=COLUMNS)
    canvas.put(2, 0, labels("audit.front.run", version=run.version, run=run.run_id), "band_small", cols=COLUMNS)
    wrong = sum(1 for check in desk.checks if not check.holds)
    key = "audit.front.finding_wrong" if wrong else "audit.front.finding"
    people, made = len(desk.view.assessment.people), desk.view.assessment.rule_count
    finding = labels(key, checks=len(desk.checks), wrong=wrong, people=f"{people:,}", judgements=f"{people * made:,}")
    canvas.put(3, 0, finding, "finding", cols=COLUMNS)
    canvas.logo = Logo(0, COLUMNS - LOGO, 2, COLUMNS - 1, labels("excel.logo", city=reading.city))
    canvas.heights.update({0: 32, 1: 19, 2: 18, 3: 22, 4: 6})
    canvas.row = 5


def _about(desk: Desk, canvas: Canvas) -> None:
    canvas.put(canvas.row, 0, desk.labels("audit.front.about", rows=f"{row_count(desk):,}"), "caption_wrap", cols=COLUMNS)
    canvas.row += 1


def _checks(desk: Desk, canvas: Canvas) -> None:
    """Each check with both sides as sums, the difference and a mark."""
    labels, row = desk.labels, canvas.row
    canvas.put(row, 0, labels("audit.front.checks"), "h2", cols=COLUMNS)
    canvas.heights[row] = 22
    row += 1
    for col, cols, key in (
        (0, 1, "number"),
        (1, 3, "check"),
        (4, 3, "left"),
        (7, 3, "right"),
        (10, 1, "difference"),
        (11, 1, "mark"),
    ):
        canvas.put(row, col, labels(f"audit.front.{key}"), "th", cols=cols)
    canvas.heights[row] = 18
    for check in desk.checks:
        row += 1
        canvas.put(row, 0, check.code, "code center")
        canvas.put(row, 1, labels(f"checks.{check.code}.name"), "td_wrap bold", cols=3)
        canvas.put(row, 4, _side(desk, check.left), "td_wrap", cols=3)
        canvas.put(row, 7, _side(desk, check.right), "td_wrap", cols=3)
        canvas.put(row, 10, check.difference, "td_center integer" if check.holds else "td_center integer bold alarm")
        _mark(desk, canvas, row, check)
    canvas.row = row + 1


def _side(desk: Desk, terms: tuple[Term, ...]) -> str:
    labels = desk.labels
    shown = [t for t in terms if t.value] or list(terms[:1])
    return labels("checks.plus").join(
        labels("checks.term_value", name=labels(f"checks.term.{t.key}"), value=f"{t.value:,}") for t in shown
    )


def _mark(desk: Desk, canvas: Canvas, row: int, check: CheckResult) -> None:
    canvas.put(
        row, 11, desk.labels("checks.holds" if check.holds else "checks.differs"), "chip_ok" if check.holds else "chip_error"
    )


def _counts(desk: Desk, canvas: Canvas) -> None:
    """Headline counts twice: as formulas over the sheet of judgements, and as counted from the judgements themselves."""
    labels, row, people = desk.labels, canvas.row, desk.view.assessment.people
    canvas.put(row, 0, labels("audit.front.counts"), "h2", cols=8)
    canvas.put(row, 8, labels("audit.front.counts_note"), "h2_note", cols=4)
    canvas.heights[row] = 22
    rotation = dict.fromkeys(RotationStatus, 0)
    split = {code: dict.fromkeys((s.value for s in RotationStatus), 0) for code in (RUNNING, OVER)}
    courses = {s: 0 for s in TrainingStatus if s not in PLAIN}
    for person in people:
        result = person.rotation.result
        rotation[result.status] += 1
        if result.service_year is not None:
            split[OVER if result.window_over else RUNNING][result.status.value] += 1
        for judgement in person.trainings.values():
            if judgement.result.status in courses:
                courses[judgement.result.status] += 1
    canvas.row = row + 1
    words = {s.value: chip.word for s, chip in desk.marks.rotation.items()}
    _block(desk, canvas, "rotation", desk.policy.rotation.rule_id, {s.value: n for s, n in rotation.items()}, words)
    _split(desk, canvas, desk.policy.rotation.rule_id, split)
    words = {s.value: chip.word for s, chip in desk.marks.training.items()}
    _block(desk, canvas, "courses", f"{desk.policy.training.rule_prefix}*", {s.value: n for s, n in courses.items()}, words)


def _block(desk: Desk, canvas: Canvas, key: str, rule: str, counts: Mapping[str, int], words: Mapping[str, str]) -> None:
    labels, row = desk.labels, canvas.row
    canvas.put(row, 0, labels(f"audit.front.{key}"), "th_left", cols=2)
    canvas.put(row + 1, 0, labels("audit.front.by_formula"), "td_small", cols=2)
    canvas.put(row + 2, 0, labels("audit.front.by_judgement"), "td_small", cols=2)
    canvas.put(row + 3, 0, labels("audit.front.difference"), "td_small bold", cols=2)
    places = sheet_names(desk, row_count(desk))
    for col, (status, count) in enumerate(counts.items(), start=2):
        canvas.put(row, col, words[status], "th2")
        canvas.put(row + 1, col, Formula(_count_formula(places, rule, status), count), "count")
        canvas.put(row + 2, col, count, "count")
        _difference(canvas, row + 3, col)
    last = 2 + len(counts)
    ends = f"{column_letters(2)}{{0}}:{column_letters(last - 1)}{{0}}"
    canvas.put(row, last, labels("audit.front.sum"), "th2 bold")
    for offset in (1, 2):
        canvas.put(row + offset, last, Formula(f"SUM({ends.format(row + offset + 1)})", sum(counts.values())), "count bold")
    _difference(canvas, row + 3, last)
    canvas.heights.update({row: 28, row + 1: 17, row + 2: 17, row + 3: 17, row + 4: 5})
    canvas.row = row + 5


def _split(desk: Desk, canvas: Canvas, rule: str, split: Mapping[str, Mapping[str, int]]) -> None:
    """The standings of people whose window still runs and of those whose window is over, as formulas."""
    places, row = sheet_names(desk, row_count(desk)), canvas.row - 1
    for code, counts in split.items():
        canvas.put(row, 0, desk.labels(f"audit.front.window_{code}"), "td_small", cols=2)
        for col, (status, count) in enumerate(counts.items(), start=2):
            canvas.put(row, col, Formula(_count_formula(places, rule, status, code), count), "count")
        ends = f"{column_letters(2)}{row + 1}:{column_letters(1 + len(counts))}{row + 1}"
        canvas.put(row, 2 + len(counts), Formula(f"SUM({ends})", sum(counts.values())), "count bold")
        canvas.heights[row] = 17
        row += 1
    canvas.heights[row] = 5
    canvas.row = row + 1


def _difference(canvas: Canvas, row: int, col: int) -> None:
    letter = column_letters(col)
    canvas.put(row, col, Formula(f"{letter}{row - 1}-{letter}{row}", 0), "td_center difference bold")


def _count_formula(places: tuple[tuple[str, int], ...], rule: str, status: str, window: str = "") -> str:
    """Rows of a rule with a status (and a window), over the sheet of judgements and its continuations."""
    parts = []
    for name, rows in places:
        sheet, last = "'" + name.replace("'", "''") + "'", max(2, rows + 1)
        wanted = [(RULE, rule), (STATUS, status), *([(WINDOW, window)] if window else [])]
        said = [f'{sheet}!${column_letters(c)}$2:${column_letters(c)}${last},"{code}"' for c, code in wanted]
        parts.append(f"COUNTIFS({','.join(said)})")
    return "+".join(parts)


def _signatures(desk: Desk, canvas: Canvas) -> None:
    labels, row = desk.labels, canvas.row
    heads = desk.reading.approvals.get("audit_front") or tuple(labels(f"audit.front.sign.{key}") for key in SIGNATURES)
    canvas.put(row, 0, labels("audit.front.signatures"), "h2", cols=COLUMNS)
    canvas.heights.update({row: 22, row + 1: 16, row + 2: 38, row + 3: 5})
    canvas.row = row + 4
    cols = COLUMNS // len(heads)
    for number, head in enumerate(heads[:COLUMNS]):
        canvas.put(row + 1, number * cols, head, "seal_head", cols=cols)
        canvas.put(row + 2, number * cols, labels("audit.front.sign_line"), "seal_box_light muted small left below", cols=cols)


def _contents(desk: Desk, canvas: Canvas) -> None:
    """The other sheets, one click away."""
    row = canvas.row
    there = [key for key in CONTENTS if f"sheet.audit_{key}.name" in desk.labels]
    for number, key in enumerate(there):
        name = desk.sheet_name(f"audit_{key}")
        canvas.put(row, number, name, "td_small center link shrink", link=Link(name))
    canvas.heights.update({row: 20})
