"""The organisation at a glance, on one page: figures, charts, and what to look at first."""

from __future__ import annotations

from dataclasses import replace

from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.sheets.book import Link, Logo, Run, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.organisation.desk import Desk
from hrbook.sheets.organisation.notable import Notable, notable
from hrbook.sheets.organisation.overview_charts import add_charts
from hrbook.sheets.tally import GOING_WELL, TO_LOOK_AT

ORDER = 10
COLUMNS = 24
WIDTH = 6.57  # 51 pixels
SEAL = 2  # columns of a seal box
LOGO = 4  # columns at the end of the title band that the city's mark may take


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet."""
    canvas = Canvas(desk.sheet_name("org_overview"), (WIDTH,) * COLUMNS)
    _band(desk, canvas)
    _kpis(desk, canvas)
    add_charts(desk, canvas)
    _notables(desk, canvas)
    page = replace(desk.page("org_overview"), fit_height=1)
    return (canvas.sheet(page, tab="navy"),)


def _band(desk: Desk, canvas: Canvas) -> None:
    labels, reading = desk.labels, desk.reading
    seals = reading.approvals.get("org_overview", ())
    last = COLUMNS - SEAL * len(seals)
    canvas.put(0, 0, labels("org.overview.title", year=labels.fiscal_year(reading.year)), "title_large", cols=last)
    facts = {
        "city": desk.view.reading.city,
        "people": f"{len(desk.view.assessment.people):,}",
        "units": f"{len(desk.departments):,}",
    }
    canvas.put(1, 0, labels("org.overview.subtitle", **facts), "subtitle", cols=last)
    basis = labels("org.overview.basis", day=labels.day(reading.as_of), policy=desk.policy.title)
    canvas.put(2, 0, basis, "band_small", cols=last)
    for number, head in enumerate(seals):
        canvas.put(0, last + SEAL * number, head, "seal_head", cols=SEAL)
        canvas.put(1, last + SEAL * number, None, "seal_box", rows=2, cols=SEAL)
    canvas.put(3, 0, _finding(desk), "finding", cols=COLUMNS)
    canvas.logo = Logo(0, last - LOGO, 2, last - 1, labels("excel.logo", city=reading.city))
    canvas.heights.update({0: 32, 1: 19, 2: 18, 3: 22, 4: 6})
    canvas.row = 5


def _finding(desk: Desk) -> str:
    totals = _rotation(desk)
    inside = sum(n for s, n in totals.items() if s is not RotationStatus.NOT_APPLICABLE)
    well = sum(totals[s] for s in GOING_WELL)
    return desk.labels(
        "org.overview.finding",
        people=f"{len(desk.view.assessment.people):,}",
        inside=f"{inside:,}",
        well=f"{well:,}",
        look=f"{sum(totals[s] for s in TO_LOOK_AT):,}",
        due=f"{desk.summary.courses.total_of(TrainingStatus.IN_TARGET.value):,}",
        late=f"{desk.summary.courses.total_of(TrainingStatus.OVERDUE.value):,}",
    )


def _rotation(desk: Desk) -> dict[RotationStatus, int]:
    return {s: desk.summary.rotation.total_of(s.value) for s in RotationStatus}


def _kpis(desk: Desk, canvas: Canvas) -> None:
    """Eight figures in one row, three columns each."""
    labels, summary, run = desk.labels, desk.summary, desk.view.assessment
    totals = _rotation(desk)
    inside = sum(n for s, n in totals.items() if s is not RotationStatus.NOT_APPLICABLE)
    well, look = (sum(totals[s] for s in group) for group in (GOING_WELL, TO_LOOK_AT))
    due, late, unsure = (
        summary.courses.total_of(s.value) for s in (TrainingStatus.IN_TARGET, TrainingStatus.OVERDUE, TrainingStatus.UNDETERMINED)
    )
    people_due, people_late = (summary.people_to_do.total_of(s.value) for s in (TrainingStatus.IN_TARGET, TrainingStatus.OVERDUE))
    outside, aside = len(run.outside), len(run.roster.set_aside)
    unclear = totals[RotationStatus.UNDETERMINED]
    figures: tuple[tuple[str, int, str, dict[str, int | str], str], ...] = (
        ("people", len(run.people), "people", {"units": len(desk.departments)}, ""),
        ("due", due, "cases", {"people": people_due}, "_blue"),
        ("late", late, "cases", {"people": people_late}, "_alarm"),
        ("well", well, "people", {"inside": inside}, "_blue"),
        ("look", look, "people", {"units": summary.departments_needing}, "_alarm"),
        ("last", _soonest(desk), "people", {"year": labels.short_year(desk.reading.year + 1)}, "_orange"),
        ("unclear", unclear, "people", {"cases": unsure}, "_grey"),
        ("aside", aside, "rows", {"outside": outside}, "_alarm" if aside else "_grey"),
    )
    row = canvas.row
    for number, (key, value, unit, facts, kind) in enumerate(figures):
        col, shown, word = 3 * number, f"{value:,}", labels(f"org.figures.unit.{unit}")
        kind_number = kind if kind in ("_blue", "_alarm") else ""
        accent = f" accent{kind}" if kind else ""
        canvas.put(row, col, labels(f"org.overview.kpi.{key}.name"), f"kpi_label{kind}", cols=3)
        runs = (Run(shown), Run(f" {word}", "kpi_unit regular"))
        canvas.put(row + 1, col, f"{shown} {word}", f"kpi_number{kind_number}{accent}", cols=3, runs=runs)
        note = labels(f"org.overview.kpi.{key}.note", **{k: v if isinstance(v, str) else f"{v:,}" for k, v in facts.items()})
        canvas.put(row + 2, col, note, f"kpi_note{kind}", cols=3)
    canvas.heights.update({row: 18, row + 1: 32, row + 2: 18, row + 3: 6})
    canvas.row = row + 4


def _soonest(desk: Desk) -> int:
    """People whose last chance is the next spring."""
    table = desk.summary.last_chance
    return sum(table.row(desk.reading.year + 1))


def _notables(desk: Desk, canvas: Canvas) -> None:
    labels = desk.labels
    row = canvas.row
    canvas.put(row, 0, labels("org.overview.first"), "h2", cols=18)
    canvas.put(row, 18, labels("org.overview.first_note"), "h2_note", cols=6)
    canvas.heights[row] = 22
    entries: tuple[Notable, ...] = notable(desk)
    for entry in entries:
        row += 1
        canvas.put(row, 0, labels(f"org.overview.notable.{entry.kind}.chip"), entry.look, cols=3)
        canvas.put(row, 3, entry.what, "td bold", cols=6)
        canvas.put(row, 9, entry.text, "td", cols=11)
        canvas.put(row, 20, desk.sheet_name(entry.sheet), "td link", cols=4, link=Link(desk.sheet_name(entry.sheet), entry.cell))
        canvas.heights[row] = 20
    if not entries:
        canvas.put(row + 1, 0, labels("org.overview.nothing"), "caption", cols=COLUMNS)
