"""`check --report`: the coloured copies of HR's own workbooks, one for each workbook that findings are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from hrbook.commands._shared import Talk
from hrbook.core.fault import Fault
from hrbook.core.finding import Finding, Severity
from hrbook.core.source import Scalar
from hrbook.excel.marked import Mark, marked_copy
from hrbook.excel.marked.front import Front, FrontRow
from hrbook.excel.marked.parts import Parts
from hrbook.findings import Catalogue, load_catalogue

COLUMNS = (
    *(("severity", 10.0), ("code", 8.0), ("place", 20.0), ("title", 26.0)),
    *(("found", 22.0), ("understood", 16.0), ("message", 56.0)),
)
WIDE = ("remedy", 50.0)
LINKED = 2  # the column of the place
LEFT_OUT = (("vba", "macros"), ("activex/", "controls"), ("customui/", "ribbon"), ("_xmlsignatures/", "signature"))


def write_marked(
    talk: Talk, books: Mapping[str, tuple[str, bytes]], findings: Sequence[Finding], target: Path, inputs: Sequence[Path]
) -> Iterator[Path]:
    """Write the copies and give their paths: `target` for the roster, beside it for histories of their own.

    `books` maps a part of the run to file name and bytes. Raises Fault (usage) for a target that is an input itself or
    no .xlsx."""
    from hrbook.guard.stage import write_file

    if target.suffix.lower() != ".xlsx":
        raise Fault("report_suffix", usage=True, file=str(target))
    for part, (file, data) in books.items():
        path = target if part == "roster" else target.with_name(f"{target.stem}-{part}.xlsx")
        if any(path.resolve() == given.resolve() for given in inputs):
            raise Fault("report_over_input", usage=True, file=str(path))
        own = [finding for finding in findings if finding.file == file]
        write_file(path, _copy(talk, file, data, own if len(books) > 1 else list(findings)))
        yield path


def _copy(talk: Talk, file: str, data: bytes, findings: Sequence[Finding]) -> bytes:
    labels, catalogue = talk.labels, load_catalogue(talk.labels.language)
    try:
        left_out = Parts(data).left_out
        known = set(Parts(data).sheets)
        marks = [
            Mark(f.sheet, f.cell, f.severity.value, f"{f.code} {catalogue.message(f)}\n{catalogue.remedy(f)}")
            for f in findings
            if f.file == file and f.sheet in known
        ]
        counts = Counter(f.severity for f in findings)
        lines = [
            labels(
                "marked.counts",
                file=file,
                errors=counts[Severity.ERROR],
                warnings=counts[Severity.WARNING],
                notes=counts[Severity.NOTE],
            ),
            labels("marked.untouched"),
            _said_left_out(talk, left_out),
        ]
        head = tuple((labels(f"marked.{name}"), width) for name, width in (*COLUMNS, WIDE))
        rows = [_row(talk, catalogue, finding, file, known) for finding in sorted(findings, key=_weight)]
        front = Front(labels("marked.sheet"), labels("marked.heading"), lines, head, rows, LINKED)
        return marked_copy(data, marks, front, "hrbook")
    except (KeyError, ValueError, IndexError, UnicodeDecodeError, StopIteration) as error:
        raise Fault("report_impossible", file=file, found=f"{type(error).__name__} {error}"[:120]) from error


def _said_left_out(talk: Talk, names: Sequence[str]) -> str:
    kinds = [kind for mark, kind in LEFT_OUT if any(mark in name.casefold() for name in names)]
    if not kinds:
        return talk.labels("marked.all_kept")
    listed = talk.labels("list.separator").join(talk.labels(f"marked.{kind}") for kind in kinds)
    return talk.labels("marked.left_out", kinds=listed)


def _row(talk: Talk, catalogue: Catalogue, finding: Finding, file: str, sheets: set[str]) -> FrontRow:
    place = "!".join(part for part in (finding.sheet, finding.cell) if part)
    if finding.file != file:
        place = f"{finding.file} {place}"
    has_cell = bool(finding.cell) and finding.cell[0].isalpha() and finding.file == file and finding.sheet in sheets
    quoted = finding.sheet.replace("'", "''")
    return FrontRow(
        (
            talk.labels(f"marked.{finding.severity.value}"),
            finding.code,
            place,
            catalogue.title(finding.code),
            _said(finding.found),
            _said(finding.understood),
            catalogue.message(finding),
            catalogue.remedy(finding),
        ),
        finding.severity.value,
        f"'{quoted}'!{finding.cell}" if has_cell else "",
    )


def _weight(finding: Finding) -> tuple[int, tuple[str, str, str, str]]:
    return list(Severity).index(finding.severity), finding.order


def _said(value: Scalar) -> str:
    return "" if value is None else str(value)
