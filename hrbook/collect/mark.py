"""A marked copy of a returned book for its sender: the cells in question coloured, each with a comment, and one sheet
that lists them. The only place that knows openpyxl."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hrbook.collect.examine import Examined
from hrbook.collect.grid import place_of
from hrbook.collect.package import sheet_parts
from hrbook.core.reconcile import Difference, Verdict
from hrbook.guard.seal import seal
from hrbook.sheets.collected.desk import Desk, field_name, please
from hrbook.words import Labels

FILL, INK, HEAD = "FFFADBC9", "FF7A2E00", "FF17375E"
WIDTHS = (26, 20, 26, 40, 60)
FIXED_TIME = (2000, 1, 1, 0, 0, 0)
MERGES = re.compile(rb"<mergeCells\b.*?</mergeCells>", re.DOTALL)
BEFORE_MERGES = re.compile(
    rb"(?:</sheetData>|<sheetData\s*/>)(?:\s*<sheetProtection\b[^>]*/>)?(?:\s*<autoFilter\b(?:[^>]*/>|.*?</autoFilter>))?",
    re.DOTALL,
)
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def marked_copies(desk: Desk, books: Mapping[str, Examined], before: Path) -> dict[str, bytes]:
    """Path -> copy, one for every file that was read and of which something is to be asked; what came sealed goes back under
    the same password. `books` by SHA-256 of the file; `before`: the folder that may hold an equal sealed copy."""
    labels = desk.labels
    asked: dict[str, list[Difference]] = defaultdict(list)
    for one in desk.differences:
        if one.verdict is Verdict.ASK:
            asked[one.seen.origin.sha256].append(one)
    made: dict[str, bytes] = {}
    for receipt in desk.receipts:
        book = books.get(receipt.sha256)
        if receipt.sha256 not in asked or book is None:
            continue
        unit = desk.sender(receipt.sender)
        stem = labels("collect.marked.file", unit=unit.replace("/", "_").replace(" ", "_"))
        path = f"{labels('collect.path.marked')}/{stem}.xlsx"
        if path in made:
            path = f"{labels('collect.path.marked')}/{stem}_{receipt.sha256[:8]}.xlsx"
        copy = marked_copy(book.data, labels, unit, asked[receipt.sha256], desk.names)
        made[path] = seal(copy, book.password, before / path) if book.password else copy
    return made


def marked_copy(data: bytes, labels: Labels, unit: str, asked: Sequence[Difference], names: Mapping[str, str]) -> bytes:
    """The book with the cells of `asked` marked. The same bytes every time. Macros and links to other files stay out."""
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    plain, merges = _without_merges(data)
    book = openpyxl.load_workbook(io.BytesIO(plain), keep_links=False)
    kept = [merges.get(name, b"") for name in book.sheetnames if name != labels("collect.marked.sheet")]
    by_place: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in asked:
        for cell in one.seen.origin.cell.split():
            by_place[one.seen.origin.sheet, cell].append(please(labels, one, names))
    own = labels("collect.marked.comment")
    for (sheet, cell), reasons in sorted(by_place.items()):
        if sheet not in book.sheetnames or place_of(cell) is None:
            continue
        target = book[sheet][cell]
        target.fill = PatternFill("solid", fgColor=FILL)
        before = target.comment.text if target.comment and not target.comment.text.startswith(own) else ""
        text = own + "\n".join(dict.fromkeys(reasons)) + (f"\n\n{before}" if before else "")
        target.comment = Comment(text, "hrbook", width=280, height=120)
    _list(book, labels, unit, asked, names)
    buffer = io.BytesIO()
    book.save(buffer)
    return _fixed(buffer.getvalue(), [b"", *kept])


def _list(book: Any, labels: Labels, unit: str, asked: Sequence[Difference], names: Mapping[str, str]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    name = labels("collect.marked.sheet")
    if name in book.sheetnames:
        del book[name]
    sheet = book.create_sheet(name, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    sheet["A1"] = labels("collect.marked.title", unit=unit)
    sheet["A1"].font = Font(bold=True, size=14, color=HEAD)
    sheet["A2"] = labels("collect.marked.how")
    sheet["A2"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.merge_cells("A2:E2")
    sheet.row_dimensions[2].height = 34
    for col, key in enumerate(("person", "place", "field", "found", "reason"), start=1):
        cell = sheet.cell(4, col, labels(f"collect.marked.{key}"))
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor=HEAD)
    for row, one in enumerate(asked, start=5):
        seen = one.seen
        place = "!".join(part for part in (seen.origin.sheet, seen.origin.cell) if part)
        who = f"{seen.staff_id} {names.get(seen.staff_id, '')}".strip()
        texts = (who, place, field_name(labels, seen), seen.returned, please(labels, one, names))
        for col, text in enumerate(texts, start=1):
            cell = sheet.cell(row, col)
            cell.value = text
            cell.data_type = "s"  # a text that begins like a formula stays a text
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _without_merges(data: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The package without the lists of merged cells, and those lists by sheet name: openpyxl takes seconds to draw the
    borders of merged cells again, and loses those inside. They are put back as they were."""
    found: dict[str, bytes] = {}
    buffer = io.BytesIO()
    parts = sheet_parts(data)
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target:
        for info in source.infolist():
            content = source.read(info)
            for name in (name for name, part in parts.items() if part == info.filename):
                lists = MERGES.findall(content)
                if len(lists) == 1:
                    found[name], content = lists[0], MERGES.sub(b"", content)
            target.writestr(info.filename, content)
    return buffer.getvalue(), found


def _fixed(data: bytes, merges: Sequence[bytes]) -> bytes:
    """The same package with the lists of merged cells in their sheets again, and without the moment of its making."""
    lists = dict(zip(sheet_parts(data).values(), merges, strict=True))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "docProps/core.xml":
                content = MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", content)
            if lists.get(info.filename):
                before = BEFORE_MERGES.search(content)
                end = before.end() if before else 0
                content = content[:end] + lists[info.filename] + content[end:] if end else content
            part = zipfile.ZipInfo(info.filename, FIXED_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, content)
    return buffer.getvalue()
