"""The policy's workbook read back: cells -> raw tables with the cell of every value, and the file with what was edited.

A cell that says what the file behind the book says keeps the file's own spelling, so that an unedited book gives back the
same bytes. What cannot be used is a flaw with its sheet and cell, never a guess."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hrbook import resources
from hrbook.core.source import column_letters
from hrbook.ingest.policy_grid import Grid, Line, read_grid
from hrbook.ingest.shape import Flaw, Loc
from hrbook.ingest.toml_edit import edited
from hrbook.ingest.workbook import Workbook
from hrbook.policy_book.dictionary import BookPlan, Field, Shape, SheetPlan, load_plan
from hrbook.policy_book.spelling import Cell, Spelling, inside, plain
from hrbook.policy_book.tables import entries

BLANK = "policy_blank.toml"
BLOCKS: tuple[Loc, ...] = (
    ("doubts",),
    ("competency", "abilities"),
    ("rotation", "cited"),
    ("rotation", "stays"),
    ("training", "courses"),
)
Sink = Callable[[Loc, str, str], None]


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """What a workbook says: `raw` tables as a policy file would hold them, the cell of each place, the flaws met so far, and
    the file behind the book (`commented` False: it was damaged, and a blank one stands in for it)."""

    raw: Mapping[str, Any]
    cells: Mapping[Loc, str]
    flaws: tuple[Flaw, ...]
    base: str
    commented: bool

    def text(self) -> str:
        """The policy file with everything that was edited in the book."""
        return edited(self.base, self.raw, same_entry, BLOCKS)

    def place(self, loc: Loc) -> str:
        """The cell of a place, or of what it stands in; empty where no cell has to do with it."""
        return next((self.cells[loc[:n]] for n in range(len(loc), 0, -1) if loc[:n] in self.cells), "")


def same_entry(loc: Loc, entry: Any) -> Any:
    """What makes an entry of a list the same one after editing: the key of its sheet; else all that it says."""
    path = tuple(part for part in loc if isinstance(part, str))
    plan = load_plan().of_path(path)
    if plan is not None and isinstance(entry, Mapping):
        return [entry.get(key) for key in plan.same]
    return [entry.get("name")] if isinstance(entry, Mapping) and path[-1:] == ("names",) else entry


def is_policy_book(book: Workbook) -> bool:
    """Whether a workbook has the sheets of the policy's book at all."""
    plan = load_plan()
    names = {sheet.name for sheet in book.sheets}
    return plan.sheet("policy").name in names


def read_policy_book(book: Workbook) -> PolicyBook:
    """Everything that the book says. Its flaws (a missing sheet or column, an unknown heading, an error value) are for the
    door of the policy to tell together with its own."""
    plan = load_plan()
    base, commented = _base(book, plan)
    old = _parsed(base)
    grids = {sheet.id: read_grid(book, sheet) for sheet in plan.sheets}
    flaws = [flaw for grid in grids.values() for flaw in grid.flaws]
    draft = _Draft(plan, old, Spelling(_names(plan, grids), old), Spelling(old), grids, flaws)
    raw = draft.read()
    return PolicyBook(raw, draft.cells, tuple(flaws), base, commented)


def _parsed(text: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(text.lstrip("\ufeff"))


def _base(book: Workbook, plan: BookPlan) -> tuple[str, bool]:
    """The file behind the book, and whether it is whole: its SHA-256 stands above it."""
    sheet = next((s for s in book.sheets if s.name == plan.original["name"]), None)
    rows = [plain_text(row[0]) for row in sheet.rows] if sheet is not None else []
    for number, text in enumerate(rows):
        ends, _, digest = text.partition(" ")
        if ends in ("LF", "CRLF") and len(digest) == 64:
            lines = rows[number + 2 :]
            for count in range(len(lines), len(lines) + 2):  # an empty last line is no row in some programs
                joined = ("\r\n" if ends == "CRLF" else "\n").join([*lines, ""][:count])
                if hashlib.sha256(joined.encode("utf-8")).hexdigest() == digest:
                    return joined, True
    return resources.read_bytes(BLANK).decode("utf-8"), False


def plain_text(cell: Cell) -> str:
    """A line of the file, blanks at its ends kept."""
    return cell if isinstance(cell, str) else plain(cell)


def _names(plan: BookPlan, grids: Mapping[str, Grid]) -> dict[str, Any]:
    """The ids and names that the book itself gives to ranks, abilities and so on, as raw tables."""
    raw: dict[str, Any] = {}
    for key in ("ranks", "abilities", "providers", "categories"):
        sheet = plan.sheet(key)
        found = [{name: plain(line.cells.get(name)) for name in ("id", "name")} for line in grids[key].lines]
        _put(raw, sheet.path, found)
    places = {plain(line.cells.get("")): {"place": plain(line.cells.get("place"))} for line in grids["clauses"].lines}
    return raw | {"clauses": places}


def _put(data: dict[str, Any], path: Sequence[str], value: Any) -> None:
    for key in path[:-1]:
        data = data.setdefault(key, {})
    data[path[-1]] = value


@dataclass(slots=True)
class _Draft:
    """The raw tables in the making. `new` reads cells, `old_words` tells how the file's own values would look in them."""

    plan: BookPlan
    old: Mapping[str, Any]
    new: Spelling
    old_words: Spelling
    grids: Mapping[str, Grid]
    flaws: list[Flaw]
    raw: dict[str, Any] = field(default_factory=dict)
    cells: dict[Loc, str] = field(default_factory=dict)

    def read(self) -> dict[str, Any]:
        readers = {
            Shape.VALUES: self._values,
            Shape.LIST: self._list,
            Shape.MAP: self._map,
            Shape.PART: self._part,
            Shape.CHILD: self._children,
            Shape.PAIRS: self._pairs,
        }
        for sheet in self.plan.sheets:
            readers[sheet.shape](sheet, self.grids[sheet.id].lines)
        self._keep_empty(self.raw, self.old)
        return self.raw

    def _keep_empty(self, raw: dict[str, Any], old: Mapping[str, Any]) -> None:
        """Lists and tables that the file has without anything in them."""
        for key, value in old.items():
            if isinstance(value, list | dict) and not value:
                raw.setdefault(key, type(value)())
            elif isinstance(value, dict) and isinstance(raw.get(key), dict):
                self._keep_empty(raw[key], value)

    def _value(self, kind: str, cell: Cell, old: Any) -> Any:
        """The file's own value where the cell says the same."""
        if plain(self.old_words.say(kind, old)) == plain(cell):
            return old
        return self.new.read(kind, cell)

    def _fill(self, entry: dict[str, Any], fields: Sequence[Field], line: Line, old: Any, loc: Loc) -> None:
        for column in fields:
            for key, cell, place in self._found(column, line):
                path = (*column.path, *key)
                self.cells[(*loc, *path)] = place
                value = self._value("text" if key else column.kind, cell, inside(old, path))
                if value is not None:
                    _put(entry, path, value)
                    for end in range(1, len(path)):
                        self.cells.setdefault((*loc, *path[:end]), place)

    def _found(self, column: Field, line: Line) -> Iterator[tuple[tuple[str, ...], Cell, str]]:
        """The cell of a column with its address; for the matrix the cells of its ranks, by id."""
        if column.kind != "matrix":
            yield (), line.cells.get(column.key), line.place((column.key,))
            return
        for rank, cell in line.matrix.items():
            yield (str(self.new.read("rank", rank)),), cell, line.place((column.key, rank))

    def _values(self, sheet: SheetPlan, lines: Sequence[Line]) -> None:
        by_header = {line.header: line for line in lines}
        for entry in sheet.fields:
            line = by_header.get(entry.header)
            if line is None:
                continue
            self.cells[entry.path] = line.place(("",))
            value = self._value(entry.kind, line.cells.get(""), inside(self.old, entry.path))
            if value is not None:
                _put(self.raw, entry.path, value)

    def _list(self, sheet: SheetPlan, lines: Sequence[Line]) -> None:
        known: dict[str, list[Any]] = {}
        for old in entries(self.old, sheet.path):
            known.setdefault(repr(same_entry(sheet.path, old)), []).append(old)
        made = []
        for index, line in enumerate(lines):
            loc: Loc = (*sheet.path, index)
            named = {key: self.new.read(sheet.field(key).kind, line.cells.get(key)) for key in sheet.same}
            waiting = known.get(repr([named[key] for key in sheet.same]), [])
            old = waiting.pop(0) if waiting else {}
            entry: dict[str, Any] = {}
            self.cells[loc] = line.place(())
            self._fill(entry, sheet.fields, line, old, loc)
            made.append(_like(entry, old))
        if made:
            _put(self.raw, sheet.path, made)

    def _map(self, sheet: SheetPlan, lines: Sequence[Line]) -> None:
        made: dict[str, Any] = {}
        for line in lines:
            key = plain(line.cells.get(""))
            loc: Loc = (*sheet.path, key)
            if key in made:
                self.flaws.append(Flaw(loc, "duplicate", found=key, expected=self.cells[loc], at=line.place(("",))))
                continue
            old = inside(self.old, (*sheet.path, key)) or {}
            made[key] = {}
            self.cells[loc] = line.place(("",))
            self._fill(made[key], sheet.fields[1:], line, old, loc)
            made[key] = _like(made[key], old)
        if made:
            _put(self.raw, sheet.path, made)

    def _parent(self, sheet: SheetPlan, line: Line, key: str) -> tuple[int, dict[str, Any]] | None:
        """Index and entry of what a row of a further sheet belongs to."""
        kind = sheet.field(key).kind
        wanted = self.new.read(kind, line.cells.get(key))
        for index, entry in enumerate(entries(self.raw, sheet.path)):
            if wanted is not None and entry.get(sheet.parent) == wanted:
                return index, entry
        known = [str(self.new.say(kind, e.get(sheet.parent))) for e in entries(self.raw, sheet.path)]
        said = ", ".join(known[:12])
        self.flaws.append(Flaw((), f"unknown_{kind}", found=plain(line.cells.get(key)), expected=said, at=line.place((key,))))
        return None

    def _old_parent(self, sheet: SheetPlan, entry: Mapping[str, Any]) -> Any:
        return next((e for e in entries(self.old, sheet.path) if e.get(sheet.parent) == entry.get(sheet.parent)), {})

    def _part(self, sheet: SheetPlan, lines: Sequence[Line]) -> None:
        for line in lines:
            found = self._parent(sheet, line, sheet.parent)
            if found is not None:
                index, entry = found
                self._fill(entry, sheet.fields[1:], line, self._old_parent(sheet, entry), (*sheet.path, index))

    def _children(self, sheet: SheetPlan, lines: Sequence[Line]) -> None:
        for line in lines:
            found = self._parent(sheet, line, "")
            if found is None:
                continue
            index, entry = found
            children = entry.setdefault(sheet.child, [])
            olds = entries(self._old_parent(sheet, entry), (sheet.child,))
            old = olds[len(children)] if len(children) < len(olds) else {}
            loc: Loc = (*sheet.path, index, sheet.child, len(children))
            self.cells[loc] = line.place(())
            child: dict[str, Any] = {}
            self._fill(child, sheet.fields[1:], line, old, loc)
            children.append(_like(child, old))

    def _pairs(self, sheet: SheetPlan, lines: Sequence[Line]) -> None:
        for line in lines:
            found = self._parent(sheet, line, "")
            if found is None:
                continue
            index, entry = found
            key = str(self.new.read(sheet.fields[1].kind, line.cells.get("key")))
            self.cells[(*sheet.path, index, sheet.child, key)] = line.place(("key",))
            old = inside(self._old_parent(sheet, entry), (sheet.child, key))
            entry.setdefault(sheet.child, {})[key] = self._value("text", line.cells.get("value"), old) or ""


def _like(entry: dict[str, Any], old: Any) -> dict[str, Any]:
    """An entry with its keys in the order in which the file has them, new ones last."""
    if not isinstance(old, Mapping):
        return entry
    return {key: entry[key] for key in (*(k for k in old if k in entry), *(k for k in entry if k not in old))}


def column_name(row: int, col: int) -> str:
    """The address of a 0-based place."""
    return f"{column_letters(col)}{row + 1}"
