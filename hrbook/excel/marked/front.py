"""The findings sheet, put before all others: what was found, where, and what to do, with links to the cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from hrbook.excel.marked.parts import Parts
from hrbook.excel.marked.styles import StyleBook
from hrbook.excel.marked.xml import legal, local_attributes, prefix_of
from hrbook.excel.plain import text_width

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
LINE = 15  # points of a line of text
LINKS = 60_000  # Excel holds 65,530 links a sheet


@dataclass(frozen=True, slots=True)
class FrontRow:
    """One line of the list: its texts, its severity, and the cell that it leads to (empty: none)."""

    cells: tuple[str, ...]
    severity: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Front:
    """The sheet: its name, its title, sentences under it, the heading with widths (characters), and the list."""

    name: str
    title: str
    lines: Sequence[str]
    head: Sequence[tuple[str, float]]
    rows: Sequence[FrontRow]
    linked: int = 0  # the place of the column that carries the links


def front_sheet(parts: Parts, styles: StyleBook, front: Front) -> None:
    """Put the sheet into the package, first of all and open."""
    name = _free_name(front.name, parts)
    part = parts.free("xl/worksheets/sheetHr{n}.xml")
    parts.put(part, _xml(front, styles, parts.space), KIND)
    relation = parts.relate(parts.main, "worksheet", part)
    text = parts.text(parts.main)
    p = prefix_of(text, "workbook")
    numbers = [int(local_attributes(tag).get("sheetId", "0")) for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", text)]
    space = f"{parts.office}/relationships"
    tag = f'<{p}sheet xmlns:r="{space}" name={quoteattr(name)} sheetId="{max(numbers, default=0) + 1}" r:id="{relation}"/>'
    text = re.sub(rf"(<{p}sheets\b[^>]*>)", lambda m: m.group() + tag, text, count=1)
    text = re.sub(r'(\blocalSheetId=")(\d+)"', lambda m: f'{m.group(1)}{int(m.group(2)) + 1}"', text)
    text = re.sub(r'\s(?:activeTab|firstSheet)="\d+"', "", text)
    parts.put(parts.main, text)


def _free_name(name: str, parts: Parts) -> str:
    taken = {known.casefold() for known in parts.sheets}
    return next(n for i in range(1, 1000) if (n := name if i == 1 else f"{name}{i}").casefold() not in taken)


def _xml(front: Front, styles: StyleBook, space: str) -> str:
    width = len(front.head)
    top = [_row(1, [(front.title, "title")], styles)]
    top += [_row(2 + n, [(line, "plain")], styles) for n, line in enumerate(front.lines)]
    head = len(front.lines) + 3
    top.append(_row(head, [(text, "head") for text, _ in front.head], styles))
    rows = []
    for number, row in enumerate(front.rows, head + 1):
        looks = [row.severity if place == 0 else "text" for place in range(len(row.cells))]
        lines = max(-(-text_width(text) // int(wide - 2)) for text, (_, wide) in zip(row.cells, front.head, strict=True))
        rows.append(_row(number, list(zip(row.cells, looks, strict=True)), styles, LINE * max(1, lines) + 3))
    columns = "".join(f'<col min="{n}" max="{n}" width="{wide}" customWidth="1"/>' for n, (_, wide) in enumerate(front.head, 1))
    last = f"{chr(64 + width)}{head + max(1, len(front.rows))}"
    cell = chr(65 + front.linked)
    links = "".join(
        f'<hyperlink ref="{cell}{head + 1 + n}" location={quoteattr(row.link)}/>'
        for n, row in enumerate(front.rows[:LINKS])
        if row.link
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{space}"><sheetPr><tabColor rgb="FFB84A00"/>'
        f'<pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{last}"/><sheetViews><sheetView showGridLines="0" '
        f'tabSelected="1" workbookViewId="0"><pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" '
        f'state="frozen"/><selection pane="bottomLeft" activeCell="A{head + 1}" sqref="A{head + 1}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{"".join(top + rows)}</sheetData>'
        f'<autoFilter ref="A{head}:{last}"/>{f"<hyperlinks>{links}</hyperlinks>" if links else ""}'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.2" footer="0.2"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _row(number: int, cells: Sequence[tuple[str, str]], styles: StyleBook, height: int = 0) -> str:
    inside = "".join(
        f'<c r="{chr(65 + place)}{number}" s="{0 if look == "plain" else styles.front(look)}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{escape(legal(text))}</t></is></c>'
        for place, (text, look) in enumerate(cells)
        if text
    )
    tall = f' ht="{height}" customHeight="1"' if height else ""
    return f'<row r="{number}"{tall}>{inside}</row>'
