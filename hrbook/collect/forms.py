"""The forms of a returned sheet: whose they are, what stands in their fields, what was changed, what stands beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hrbook.collect.align import Alignment, align, place_of
from hrbook.collect.grid import Grid, Place, said
from hrbook.collect.issued import Issued, IssuedForm, Key
from hrbook.sheets import form

COMPUTED = frozenset({(form.VALUES, 6), (form.VALUES, 7)})  # fixed texts that follow from the rules, as do whole rows of a layout
NAME = (form.VALUES, 0)
ENOUGH = 12  # fixed texts by which a form without its hidden column is known


@dataclass(frozen=True, slots=True)
class Change:
    """A fixed text that reads otherwise now."""

    row: int
    col: int
    issued: str
    place: Place
    text: str
    computed: bool


@dataclass(frozen=True, slots=True)
class Stray:
    """A text that is neither a field nor a fixed text; `near` is the field that it seems to go on."""

    place: Place
    text: str
    near: Key | None = None


@dataclass(frozen=True, slots=True)
class FormRead:
    """One form as it came back. `cells` are the cells of each field that hold something, `areas` where each field stands
    (rows, columns), `rows` all its rows; `also` names other people or
    other runs of which the same form speaks: then nothing of it is certain."""

    form: IssuedForm
    cells: Mapping[Key, tuple[Place, ...]]
    unsure: frozenset[Key]
    changes: tuple[Change, ...]
    strays: tuple[Stray, ...]
    also: tuple[str, ...]
    areas: Mapping[Key, tuple[list[int], list[int]]]
    rows: frozenset[int]

    def field_at(self, place: Place) -> Key | None:
        """The field in whose area a place lies."""
        return next((key for key, (rows, cols) in self.areas.items() if place[0] in rows and place[1] in cols), None)


@dataclass(slots=True)
class SheetRead:
    """All forms of a sheet; `strays` belong to no form; `other` are the numbers of forms that were never issued."""

    forms: list[FormRead] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    other: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Marks:
    """Where forms are named on a sheet: by key (form -> row of the form -> rows), and in sight."""

    keyed: dict[str, dict[int, list[int]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    key_places: set[Place] = field(default_factory=set)
    key_column: dict[str, int] = field(default_factory=dict)
    seen: dict[Place, str] = field(default_factory=dict)


def marks_of(grid: Grid) -> _Marks:
    """Every number of a form on a sheet."""
    marks = _Marks()
    for place, value in sorted(grid.items()):
        if type(value) is not str or (found := form.FORM.search(value)) is None:
            continue
        number, row = found.groups()
        if row is None:
            marks.seen[place] = number
        elif found.group(0) == value.strip():
            marks.keyed[number][int(row)].append(place[0])
            marks.key_places.add(place)
            marks.key_column[number] = place[1]
    return marks


def read_sheet(grid: Grid, issued: Issued) -> SheetRead:
    """Read every form on a sheet."""
    marks, read = marks_of(grid), SheetRead()
    named = set(marks.keyed) | set(marks.seen.values())
    read.other = {number for number in named if number not in issued.forms}
    known = [number for number in marks.keyed if number in issued.forms]
    known.sort(key=lambda n: min(min(places) for places in marks.keyed[n].values()))
    texts = {place: said(value) for place, value in grid.items() if place not in marks.key_places}
    lines: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, col), text in texts.items():
        lines[row][col] = text
    used: set[Place] = set()
    owned: set[int] = set()
    spans = _spans(known, marks, lines, issued)
    for number in known:
        span = spans[number]
        owned |= span | {place for places in marks.keyed[number].values() for place in places}
        alignment = align(issued.forms[number], lines, marks.keyed[number], marks.key_column[number], sorted(span))
        read.forms.append(_read(issued.forms[number], issued, alignment, lines, marks, span, used))
    rest = [row for row in sorted(lines) if row not in owned]
    for number, segment in _segments(rest, lines, marks, issued):
        one = issued.forms[number]
        alignment = align(one, lines, {}, None, segment)
        read.forms.append(_read(one, issued, alignment, lines, marks, set(segment), used))
        owned |= set(segment)
    fixed = {text for one in issued.forms.values() for text in one.texts.values()} if rest else set()
    for row in rest:
        if row not in owned:
            read.strays.extend(
                Stray((row, col), text)
                for col, text in sorted(lines[row].items())
                if (row, col) not in used and text not in fixed
            )
    return read


def _spans(known: Iterable[str], marks: _Marks, lines: Mapping[int, object], issued: Issued) -> dict[str, set[int]]:
    """Rows without a key that lie inside a form. A form whose rows were sorted has none: nobody knows whose they are."""
    owner = {place: number for number, rows in marks.keyed.items() for places in rows.values() for place in places}
    footers = {place[0]: number for place, number in marks.seen.items()}
    last = max([*lines, *owner], default=-1)
    spans: dict[str, set[int]] = {}
    for number in known:
        rows = marks.keyed[number]
        order = [place for row in sorted(rows) for place in rows[row]]
        if order != sorted(order):
            spans[number] = set()
            continue
        first = order[0] - min(rows)
        before = max((place for place, other in owner.items() if place < order[0] and other != number), default=-1)
        after = min((place for place, other in owner.items() if place > order[-1] and other != number), default=None)
        end = min((row for row, other in footers.items() if row > order[-1] and other == number), default=None)
        if end is None or (after is not None and end >= after):
            end = order[-1] + issued.forms[number].layout.rows - 1 - max(rows) if after is None else after - 1
        inside = range(max(first, before + 1), min(end, last) + 1)
        spans[number] = {row for row in inside if owner.get(row, number) == number}
    return spans


def _segments(
    rest: list[int], lines: Mapping[int, Mapping[int, str]], marks: _Marks, issued: Issued
) -> Iterable[tuple[str, list[int]]]:
    """Forms that lost their hidden column: rows from one title to the next, with the one form that they name, in so many
    of its words that no list of people can be taken for one."""
    if not rest:
        return
    titles = {one.texts.get((form.TITLE, 0), "") for one in issued.forms.values()} - {""}
    starts = [row for row in rest if any(text in titles for text in lines[row].values())]
    starts = starts or rest[:1]
    by_staff = {one.staff_id: number for number, one in issued.forms.items() if one.id.startswith(issued.runs[0][:8])}
    for start, end in zip(starts, [*starts[1:], rest[-1] + 1], strict=True):
        segment = [row for row in rest if start <= row < end]
        seen = {number for (row, _), number in marks.seen.items() if row in set(segment)}
        staff = {by_staff[text] for row in segment for text in lines[row].values() if text in by_staff}
        found = seen & set(issued.forms) or (staff if not seen else set())
        if len(found) == 1:
            number = found.pop()
            texts = {text for row in segment for text in lines[row].values()}
            if len(texts & set(issued.forms[number].texts.values())) >= ENOUGH:
                yield number, segment


def _read(
    one: IssuedForm,
    issued: Issued,
    alignment: Alignment,
    lines: Mapping[int, Mapping[int, str]],
    marks: _Marks,
    span: set[int],
    used: set[Place],
) -> FormRead:
    cells: dict[Key, tuple[Place, ...]] = {}
    areas: dict[Key, tuple[list[int], list[int]]] = {}
    for key, (row, col, cols) in one.fields.items():
        areas[key] = (alignment.rows.get(row, []), alignment.area(col, cols))
        found = [(r, c) for r in areas[key][0] for c in areas[key][1] if c in lines.get(r, {})]
        if found:
            cells[key] = tuple(found)
            used.update(found)
    changes = tuple(_changes(one, alignment, lines, used))
    rows = span | {place for places in alignment.rows.values() for place in places if place in lines}
    fixed = set(one.texts.values())
    strays = []
    for row in sorted(rows):
        for col, text in sorted(lines.get(row, {}).items()):
            if (row, col) not in used and text not in fixed and not _key_of_other(row, col, marks, one.id, alignment):
                strays.append(Stray((row, col), text, _near(row, col, areas, alignment, one)))
                used.add((row, col))
    also = tuple(sorted(_also(one, issued, alignment, lines, marks, span)))
    unsure = frozenset(key for key, (row, _, _) in one.fields.items() if row in alignment.unsure)
    return FormRead(one, cells, unsure, changes, tuple(strays), also, areas, frozenset(rows))


def _key_of_other(row: int, col: int, marks: _Marks, own: str, alignment: Alignment) -> bool:
    """Whether a cell belongs to a form that stands beside this one in the same row."""
    others = [
        marks.key_column[number] for number, rows in marks.keyed.items() if number != own and any(row in p for p in rows.values())
    ]
    mine = [abs(col - place) for place in alignment.columns.values()]
    return bool(others) and min(mine, default=0) > min(abs(col - place) for place in others)


def _changes(one: IssuedForm, alignment: Alignment, lines: Mapping[int, Mapping[int, str]], used: set[Place]) -> Iterable[Change]:
    moved: list[tuple[Place, str, Place]] = []
    for (row, col), text in sorted(one.texts.items()):
        place = place_of(alignment, row, col)
        if place is None:
            continue
        there = lines.get(place[0], {})
        if there.get(place[1]) == text:
            used.add(place)
        else:
            moved.append(((row, col), text, place))
    for (row, col), text, place in moved:
        there = lines.get(place[0], {})
        elsewhere = next((c for c, value in sorted(there.items()) if value == text and (place[0], c) not in used), None)
        if elsewhere is not None:
            used.add((place[0], elsewhere))
        elif place[1] in there and place not in used:
            used.add(place)
            now = there[place[1]]
            computed = (row in one.layout.computed or (row, col) in COMPUTED) and text not in now
            yield Change(row, col, text, place, now, computed)


def _near(
    row: int, col: int, areas: Mapping[Key, tuple[list[int], list[int]]], alignment: Alignment, one: IssuedForm
) -> Key | None:
    """The field in whose columns a text stands, in its row or in a row that was inserted below it."""
    filled = one.layout.filled_rows
    fixed = {place for r, places in alignment.rows.items() if r not in filled for place in places}
    best: tuple[int, int, Key] | None = None
    for key, (rows, columns) in areas.items():
        for r in rows:
            if r > row or any(r < place < row for place in fixed) or not columns:
                continue
            if r < row and row in fixed:
                continue
            aside = 0 if columns[0] <= col <= columns[-1] else min(abs(col - columns[0]), abs(col - columns[-1]))
            if best is None or (row - r, aside, key) < best:
                best = (row - r, aside, key)
    return best[2] if best and (best[0] == 0 or best[1] == 0) else None


def _also(
    one: IssuedForm,
    issued: Issued,
    alignment: Alignment,
    lines: Mapping[int, Mapping[int, str]],
    marks: _Marks,
    span: set[int],
) -> set[str]:
    """Staff numbers of other people, and numbers of other forms, that stand where this form names its own."""
    also = {
        issued.forms[number].staff_id if number in issued.forms else number
        for (row, _), number in marks.seen.items()
        if row in span and number != one.id
    }
    people = {other.staff_id: other.name for other in issued.forms.values()}
    at, there = place_of(alignment, *form.STAFF_ID), place_of(alignment, *NAME)
    staff_id = lines.get(at[0], {}).get(at[1], "") if at else ""
    if staff_id != one.staff_id and staff_id in people:
        also.add(staff_id)
    name = lines.get(there[0], {}).get(there[1], "") if there else ""
    if name and name != one.name:
        also |= {other for other, known in people.items() if known == name and other != one.staff_id}
    return also - {one.staff_id}
