"""The pages of a proposal that say what was understood of the city's own roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hrbook.core.finding import Severity
from hrbook.findings import load_catalogue
from hrbook.ingest import codes
from hrbook.ingest.dictionary import load_dictionary
from hrbook.resources import load_toml
from hrbook.sheets.book import Page, Sheet, Value
from hrbook.sheets.canvas import Canvas, finding_height
from hrbook.start.understanding import Understanding
from hrbook.words import Labels

SUMMARY = (24.0, 24.0, 12.0, 70.0)
HEADINGS = (22.0, 9.0, 30.0, 16.0, 18.0, 16.0)
DEPARTMENTS = (34.0, 34.0, 10.0)


def pages(found: Understanding, stopped: str, labels: Labels) -> tuple[Sheet, ...]:
    """What was read, every heading, every department. `stopped` is the paragraph of what keeps the roster from being read."""
    made = [_summary(found, stopped, labels), _headings(found, labels)]
    return (*made, _departments(found, labels)) if found.departments else tuple(made)


def settings_rows(found: Understanding, labels: Labels) -> tuple[tuple[tuple[Value, ...], ...], tuple[tuple[Value, ...], ...]]:
    """Rows for the settings' sheets of titles and of headings."""
    undecided = load_toml("settings.toml")["choices"]["words"]["undecided"]
    titles = tuple((t.title, undecided, labels("init.page.title_note", count=t.count, place=t.place)) for t in found.titles)
    sheets = {sheet.id: sheet for sheet in load_dictionary("roster.toml").sheets}
    standard = {(sheet.id, field.id): field.header for sheet in sheets.values() for field in sheet.fields}
    headings = tuple((sheets[at].name, standard[at, field], header) for (at, field), header in found.proposed.items())
    return titles, headings


def _start(labels: Labels, name: str, widths: Sequence[float], finding: str) -> Canvas:
    canvas = Canvas(labels(f"init.page.{name}"), widths)
    canvas.put(0, 0, labels(f"init.page.{name}_title"), "title", cols=len(widths))
    canvas.put(1, 0, finding, "finding", cols=len(widths))
    canvas.heights.update({0: 30, 1: finding_height(finding, widths), 2: 6})
    canvas.row = 3
    return canvas


def _table(canvas: Canvas, heads: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    for col, head in enumerate(heads):
        canvas.put(canvas.row, col, head, "th")
    canvas.heights[canvas.row] = 22
    for row in rows:
        canvas.row += 1
        for col, value in enumerate(row):
            look = "td_box center" if isinstance(value, int) else "td_box wrap as_text"
            canvas.put(canvas.row, col, value, look)
    canvas.row += 2


def _page(found: Understanding, name: str, *, landscape: bool) -> Page:
    return Page(landscape=landscape, header=("", found.file, name), footer=("", "{page} / {pages}", ""))


def _summary(found: Understanding, stopped: str, labels: Labels) -> Sheet:
    told = stopped or labels("init.page.read", file=found.file, people=found.people, rows=found.rows, titles=len(found.titles))
    canvas = _start(labels, "summary", SUMMARY, told)
    heads = {key: labels(f"init.page.head_{key}") for key in ("sheet", "standard", "state", "why", "code", "count", "remedy")}
    _heading(canvas, labels("init.page.sheets"))
    sheets: list[tuple[Value, ...]] = [(name, kind or None, *_use(name, kind, found, labels)) for name, kind in found.sheets]
    _table(canvas, (heads["sheet"], heads["standard"], heads["state"], ""), sheets)
    lacking = _lacking(found, labels)
    if lacking:
        _heading(canvas, labels("init.page.lacking"))
        _table(canvas, (heads["sheet"], heads["standard"], heads["state"], heads["why"]), lacking)
    counts = Counter((finding.severity, finding.code) for finding in found.findings)
    if counts:
        catalogue = load_catalogue(labels.language)
        _heading(canvas, labels("init.page.findings"))
        order = list(Severity)
        listed = sorted(counts.items(), key=lambda entry: (order.index(entry[0][0]), entry[0][1]))
        rows = [
            (f"{code} {labels(f'marked.{severity.value}')}", catalogue.title(code), count, None)
            for (severity, code), count in listed
        ]
        _table(canvas, (heads["code"], heads["standard"], heads["count"], ""), rows)
    return canvas.sheet(_page(found, canvas.name, landscape=False), tab="orange")


def _use(name: str, kind: str, found: Understanding, labels: Labels) -> tuple[Value, Value]:
    """Whether a sheet is read, and what to do where it is only so under its standard name."""
    if name in found.renamed:
        return labels("init.page.proposed"), labels("init.page.rename", name=kind, code=codes.SHEET_FITS.id)
    return labels("init.page.used" if kind else "init.page.unused"), None


def _heading(canvas: Canvas, text: str) -> None:
    canvas.put(canvas.row, 0, text, "h2", cols=len(canvas.columns))
    canvas.row += 1


def _lacking(found: Understanding, labels: Labels) -> list[tuple[Value, ...]]:
    """Sheets and columns that are not there, the needed ones first, with what they are for."""
    rows: list[tuple[bool, tuple[Value, ...]]] = []
    for sheet in load_toml("roster.toml")["sheet"]:
        if sheet["id"] in found.absent:
            rows.append((bool(sheet.get("required")), (sheet["name"], None, _need(sheet, labels), _why(sheet, labels))))
        for field in sheet["field"]:
            if (sheet["id"], field["id"]) in found.missing:
                line = (sheet["name"], field["header"], _need(field, labels), _why(field, labels))
                rows.append((bool(field.get("required")), line))
    return [line for needed, line in sorted(rows, key=lambda row: not row[0])]


def _need(entry: dict[str, object], labels: Labels) -> str:
    return labels("init.page.needed" if entry.get("required") else "init.page.helpful")


def _why(entry: dict[str, object], labels: Labels) -> str:
    own = "" if labels.language == "ja" else entry.get(f"why_{labels.language}")
    return str(own or entry["why"])


def _headings(found: Understanding, labels: Labels) -> Sheet:
    proposed = sum(not heading.sure for heading in found.headings)
    canvas = _start(labels, "headings", HEADINGS, labels("init.page.headings_told", count=len(found.headings), proposed=proposed))
    heads = [labels(f"init.page.head_{key}") for key in ("sheet", "cell", "heading", "kind", "standard", "state")]
    rows = []
    for heading in found.headings:
        state = "unused" if not heading.field else "used" if heading.sure else "proposed"
        line = (heading.sheet, heading.cell, heading.text, heading.kind, heading.field or None)
        rows.append((*line, labels(f"init.page.{state}")))
    _table(canvas, heads, rows)
    return canvas.sheet(_page(found, canvas.name, landscape=False), freeze=(4, 0), tab="orange")


def _departments(found: Understanding, labels: Labels) -> Sheet:
    told = labels("init.page.departments_told", departments=len(found.departments), people=found.people)
    canvas = _start(labels, "departments", DEPARTMENTS, told)
    heads = [labels(f"init.page.head_{key}") for key in ("bureau", "department", "people")]
    _table(canvas, heads, [(bureau or None, department or None, count) for bureau, department, count in found.departments])
    return canvas.sheet(_page(found, canvas.name, landscape=False), freeze=(4, 0), tab="orange")
