"""A form taken apart once a run: everything that can be wrong with it is said here, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from html import escape
from pathlib import PurePosixPath

from hrbook.core.fault import Fault
from hrbook.core.finding import Finding, Severity
from hrbook.core.source import column_letters
from hrbook.forms import drawn, references
from hrbook.forms.around import Around, Cut, escaped
from hrbook.forms.catalogue import Catalogue
from hrbook.forms.form import Form, FormPart, Kind
from hrbook.forms.grid import merges_of, rows_of
from hrbook.forms.looks import looks_of
from hrbook.forms.package import Relation, packed, relations, unpacked
from hrbook.forms.pieces import Block, Piece, joined
from hrbook.forms.samples import texts_of
from hrbook.forms.sheet import pieces_of
from hrbook.forms.slots import Name, Slot, find_block, find_slots, forgotten
from hrbook.forms.xml import Part, opening, read
from hrbook.guard.release import Design
from hrbook.safe.preflight import check_bytes

CODES = {
    "drawing": "HR521",
    "note": "HR522",
    "partial": "HR523",
    "rule": "HR524",
    "forgotten": "HR525",
    "fitted": "HR526",
    "pivot": "HR527",
    "control": "HR528",
}
NOTES = ("forgotten", "fitted", "pivot")  # said, but nothing is lost
CHAIN, CORE = "calcChain", "core-properties"
TYPES = "[Content_Types].xml"


def load_form(file: str, data: bytes, catalogue: Catalogue, language: str) -> Form:
    """Take a form apart. Raises Fault where it is no workbook, or cannot be filled as it is."""
    check_bytes(data, file)
    try:
        return _Reader(file, data, catalogue, language).form()
    except (ValueError, KeyError, IndexError, StopIteration, RecursionError) as error:
        raise Fault("file_damaged", file=file, found=f"{type(error).__name__} {error}") from error


class _Reader:
    def __init__(self, file: str, data: bytes, catalogue: Catalogue, language: str) -> None:
        self.file = file
        self.digest = sha256(data).hexdigest()
        self.catalogue = catalogue
        self.language = language
        self.parts = unpacked(data)
        self.book = self._of("officeDocument", relations(self.parts, ""))[0].target
        self.links = {r.id: r for r in relations(self.parts, self.book)}
        self.workbook = read(self.parts[self.book])
        self.doubts: dict[tuple[str, str, str, str], None] = {}
        self.done: dict[str, tuple[Piece, ...]] = {}

    @staticmethod
    def _of(kind: str, links: Sequence[Relation]) -> list[Relation]:
        return [r for r in links if r.kind == kind]

    def form(self) -> Form:
        self._refuse()
        sheets = self._sheets()
        names = self._names(list(sheets))
        block = find_block(self.file, names, self.catalogue, list(sheets))
        merges = {name: merges_of(part) for name, (_, part) in sheets.items()}
        slots = find_slots(self.file, names, self.catalogue, merges, block, self.language)
        if not slots:
            raise Fault("form_without_field", file=self.file, prefix=self.catalogue.prefix(self.language))
        if block is not None and not any(slot.inside for slot in slots):
            raise Fault("form_empty_block", file=self.file, sheet=block.sheet, found=f"{block.first}:{block.last}")
        looks = looks_of(self._styles())
        slots = self._finished(slots, sheets)
        inside = {
            slot.name.casefold(): f"'{slot.sheet.replace(chr(39), chr(39) * 2)}'!${column_letters(slot.column - 1)}${slot.row}"
            for slot in slots
            if slot.inside
        }
        slots = tuple(replace(s, dated=looks.shows_date(self._style(s, sheets))) for s in slots)
        calculated = False
        for name, (part_name, part) in sheets.items():
            here = {(s.row, s.column): number for number, s in enumerate(slots) if s.sheet == name}
            formulas = any(e.name == "f" for e in part.root.walk())
            calculated |= formulas
            if here or formulas or block is not None:
                around = Around(name, block, inside, looks, self._teller(name))
                try:
                    self.done[part_name] = pieces_of(part, around, here)
                except Cut as cut:
                    raise Fault("form_block_cuts", file=self.file, sheet=name, cell=str(cut)) from cut
        table = next((r.target for r in self.links.values() if r.kind == "sharedStrings"), "")
        words, cleared = texts_of(self.parts, sheets, slots, table)
        self.done |= cleared
        if block is not None:
            self._around_block(block, sheets)
        self._workbook(block, inside, calculated)
        for lost in forgotten(names, self.catalogue):
            self._tell("forgotten", "", lost.text, lost.name)
        kind = Kind.LIST if block else Kind.PERSON if any(s.field.of == "person" for s in slots) else Kind.DEPARTMENT
        properties = self._of(CORE, relations(self.parts, ""))
        core = properties[0].target if properties and properties[0].target in self.parts else ""
        return Form(
            file=self.file,
            digest=self.digest,
            kind=kind,
            block=block,
            bottom=max((block.last, *rows_of(sheets[block.sheet][1]))) if block is not None else 0,
            slots=slots,
            parts=self._packed(core),
            core=core,
            date1904=self._is_1904(),
            design=Design(frozenset(self.parts), words),
            findings=self._findings(),
        )

    # what is refused -----------------------------------------------------------------------------------------

    def _refuse(self) -> None:
        kinds = {r.kind for r in self.links.values()}
        if "vbaProject" in kinds or b"macroEnabled" in self.parts[TYPES]:
            raise Fault("form_macro", file=self.file)
        if "externalLink" in kinds:
            raise Fault("form_external", file=self.file)

    # the workbook --------------------------------------------------------------------------------------------

    def _sheets(self) -> dict[str, tuple[str, Part]]:
        """Worksheets by name: the part's name and its XML."""
        found = {}
        listed = self.workbook.root.child("sheets")
        for entry in listed.children if listed else ():
            link = next(self.links[v] for k, v in entry.attributes.items() if k.rpartition(":")[2] == "id" and ":" in k)
            if link.kind == "worksheet":
                found[entry.attributes["name"]] = (link.target, read(self.parts[link.target]))
        return found

    def _names(self, sheets: Sequence[str]) -> tuple[Name, ...]:
        listed = self.workbook.root.child("definedNames")
        every = self.workbook.root.child("sheets")
        order = [e.attributes["name"] for e in every.children] if every else []
        found = []
        for e in listed.children if listed else ():
            local = e.attributes.get("localSheetId")
            found.append(Name(e.attributes.get("name", ""), e.text.strip(), order[int(local)] if local else ""))
        return tuple(found)

    def _styles(self) -> Part | None:
        found = self._of("styles", list(self.links.values()))
        return read(self.parts[found[0].target]) if found else None

    def _is_1904(self) -> bool:
        properties = self.workbook.root.child("workbookPr")
        return properties is not None and properties.attributes.get("date1904") in ("1", "true")

    def _finished(self, slots: Sequence[Slot], sheets: Mapping[str, tuple[str, Part]]) -> tuple[Slot, ...]:
        """Slots with what is known of them all together. Raises Fault for one over a formula."""
        top: dict[str, int] = {}
        for slot in slots:
            top[slot.field.id] = max(slot.number, top.get(slot.field.id, 0))
        rows = {name: rows_of(part) for name, (_, part) in sheets.items()}
        for slot in slots:
            row = rows[slot.sheet].get(slot.row)
            cell = row.cells.get(slot.column) if row else None
            if cell is not None and cell.child("f") is not None:
                raise Fault("form_over_formula", file=self.file, sheet=slot.sheet, cell=slot.cell, found=slot.name)
        return tuple(replace(s, last=s.number == top[s.field.id], prefix=sheets[s.sheet][1].root.prefix) for s in slots)

    def _style(self, slot: Slot, sheets: Mapping[str, tuple[str, Part]]) -> str | None:
        row = rows_of(sheets[slot.sheet][1]).get(slot.row)
        cell = row.cells.get(slot.column) if row else None
        return cell.attributes.get("s") if cell is not None else None

    def _workbook(self, block: Block | None, inside: Mapping[str, str], calculated: bool) -> None:
        """Names follow the block; what was worked out for the sample is worked out again when the book opens."""
        part, root = self.workbook, self.workbook.root
        pieces: list[Piece] = []
        at = 0
        names, calc = root.child("definedNames"), root.child("calcPr")
        if names is not None and block is not None:
            pieces.append(part.cut(at, names.inner))
            for entry in names.children:
                if entry.attributes.get("name", "").casefold() in inside:
                    continue  # it would lead to the first person only
                text = references.formula(
                    entry.text, "", block, references.Where.OUTSIDE, {}, self._partial(entry.attributes.get("name", ""))
                )
                pieces += [opening(entry) + ">", *escaped(text), f"</{entry.tag}>"]
            at = names.close
        if calculated:
            place = calc.start if calc is not None else names.end if names is not None else root.close
            full = f"<{root.prefix}calcPr" if calc is None else opening(calc, "fullCalcOnLoad")
            pieces += [part.cut(at, place), f'{full} fullCalcOnLoad="1"/>']
            at = calc.end if calc is not None else place
        if pieces:
            pieces.append(part.cut(at, len(part.data)))
            self.done[self.book] = joined(pieces)

    # what belongs to the block's sheet -----------------------------------------------------------------------

    def _around_block(self, block: Block, sheets: Mapping[str, tuple[str, Part]]) -> None:
        source = sheets[block.sheet][0]
        tell = self._teller(block.sheet)
        for link in relations(self.parts, source):
            match link.kind:
                case "drawing":
                    self.done[link.target] = drawn.anchors(read(self.parts[link.target]), block, tell)
                case "comments" | "threadedComment":
                    self.done[link.target] = drawn.notes(read(self.parts[link.target]), block, tell)
                case "vmlDrawing":
                    self.done[link.target] = drawn.boxes(self.parts[link.target].decode("utf-8"), block)
                case "table":
                    self.done[link.target] = self._table(read(self.parts[link.target]), block)
                case "pivotTable":
                    raise Fault("form_pivot", file=self.file, sheet=block.sheet)
        for name, data in self.parts.items():
            if name.endswith(".xml") and b"chartSpace" in data[:2000]:
                chart = read(data)
                self.done[name] = drawn.chart(chart, block, tell)
            elif b"pivotCacheDefinition" in data[:2000] and f'sheet="{escape(block.sheet)}"'.encode() in data:
                tell("pivot", "", PurePosixPath(name).name)

    def _table(self, part: Part, block: Block) -> tuple[Piece, ...]:
        area = part.root.attributes["ref"]
        rows = references.rows_of(area)
        grows = rows is not None and block.height == 1 and rows[0] < block.first and rows[1] >= block.last
        if rows is None or not (rows[1] < block.first or grows):
            raise Fault("form_table", file=self.file, sheet=block.sheet, cell=area)
        return drawn.table(part, block)

    # doubts and what comes out -------------------------------------------------------------------------------

    def _teller(self, sheet: str) -> Callable[[str, str, str], None]:
        return lambda kind, cell, found: self._tell(kind, sheet, cell, found)

    def _partial(self, name: str) -> Callable[[str], None]:
        """A defined name that leads into the block: of ours the one that marks it, else a doubt."""
        known = self.catalogue.asked(name) is not None or self.catalogue.looks_meant(name)
        return lambda area: None if known else self._tell("partial", "", name, area)

    def _tell(self, kind: str, sheet: str, cell: str, found: str) -> None:
        self.doubts[kind, sheet, cell, found] = None

    def _findings(self) -> tuple[Finding, ...]:
        return tuple(
            Finding(
                CODES[kind],
                Severity.NOTE if kind in NOTES else Severity.WARNING,
                self.file,
                sheet,
                cell,
                found,
                facts={"file": self.file},
            )
            for kind, sheet, cell, found in sorted(self.doubts, key=lambda doubt: (CODES[doubt[0]], *doubt))
        )

    def _packed(self, core: str) -> tuple[FormPart, ...]:
        """All parts in the order of the file. The order in which cells were calculated is not kept: the cells move."""
        chain = {r.target for r in self.links.values() if r.kind == CHAIN}
        found: list[FormPart] = []
        for name, data in self.parts.items():
            if name in chain or name == core:
                continue
            if name in self.done:
                found.append((name, self.done[name]))
            else:
                found.append(packed(name, _without(name, data, chain, self.book)))
        return tuple(found)


def _without(name: str, data: bytes, gone: set[str], book: str) -> bytes:
    """The list of parts, and the workbook's list of what it leads to, without the parts that are gone."""
    folder, _, own = book.rpartition("/")
    if not gone or name not in (TYPES, f"{folder}/_rels/{own}.rels".lstrip("/")):
        return data
    for part in gone:
        last = re.escape(part.rpartition("/")[2].encode())
        data = re.sub(rb"<(?:\w+:)?(?:Override|Relationship)\b[^>]*[\"/]" + last + rb"\"[^>]*?/>", b"", data)
    return data
