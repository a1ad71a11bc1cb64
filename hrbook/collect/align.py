"""Where the rows and columns of an issued form stand in a sheet that somebody moved, sorted, widened or cut.

Rows are known by the hidden column, else by their fixed texts, else by their neighbours; columns by the fixed texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hrbook.collect.grid import Place
from hrbook.collect.issued import IssuedForm
from hrbook.sheets import form

Lines = Mapping[int, Mapping[int, str]]
"""Texts of a sheet by row and column."""


@dataclass(slots=True)
class Alignment:
    """`rows`: row of the form -> rows of the sheet (several where rows were copied); `columns`: column -> column;
    `unsure`: rows of the form between which rows were deleted, so that one may be taken for another."""

    rows: dict[int, list[int]]
    columns: dict[int, int]
    unsure: set[int] = field(default_factory=set)

    def row(self, row: int) -> int | None:
        """The one row of the sheet, None where it is lost or copied."""
        found = self.rows.get(row, ())
        return found[0] if len(found) == 1 else None

    def area(self, col: int, cols: int) -> list[int]:
        """Columns of the sheet that `cols` columns of the form from `col` on take, with what was inserted between them."""
        mine = [self.columns[c] for c in range(col, col + cols) if c in self.columns]
        if not mine:
            return []
        others = {place for c, place in self.columns.items() if not col <= c < col + cols}
        return [c for c in range(min(mine), max(mine) + 1) if c not in others]


def align(
    one: IssuedForm, lines: Lines, keyed: Mapping[int, list[int]], key_column: int | None, span: Iterable[int]
) -> Alignment:
    """`keyed` are the rows that the hidden column (at `key_column`) gives, `span` the other rows that may belong to the form."""
    by_row: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, col), text in one.texts.items():
        by_row[row][col] = text
    rows = {row: sorted(places) for row, places in keyed.items()}
    _by_texts(by_row, lines, rows, span)
    columns = _columns(by_row, lines, rows, key_column)
    unsure = _between(rows, {*span, *(place for places in keyed.values() for place in places)}, one.layout.rows)
    return Alignment(rows, columns, unsure)


def _by_texts(by_row: Mapping[int, Mapping[int, str]], lines: Lines, rows: dict[int, list[int]], span: Iterable[int]) -> None:
    """Rows without a key by their fixed texts: the pair with most texts in common first, then the nearest to its place."""
    taken = {place for places in rows.values() for place in places}
    free = [row for row in span if row not in taken]
    shift = _shift(rows)
    pairs: list[tuple[int, int, int, int]] = []
    told = {place: set(lines[place].values()) for place in free if place in lines}
    for row, texts in by_row.items():
        if row in rows:
            continue
        for place, there in told.items():
            common = sum(1 for text in set(texts.values()) if text in there)
            if common:
                away = 0 if shift is None else abs(place - row - shift)
                pairs.append((-common, away, row, place))
    for _, _, row, place in sorted(pairs):
        if row not in rows and place not in taken:
            rows[row] = [place]
            taken.add(place)


def _shift(rows: Mapping[int, list[int]]) -> int | None:
    """By how much most rows stand lower than on the form."""
    counted = Counter(places[0] - row for row, places in rows.items() if len(places) == 1)
    return min(counted, key=lambda shift: (-counted[shift], shift)) if counted else None


def _columns(
    by_row: Mapping[int, Mapping[int, str]], lines: Lines, rows: Mapping[int, list[int]], key_column: int | None
) -> dict[int, int]:
    shift = 0 if key_column is None else key_column - form.KEY_COLUMN
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for row, places in rows.items():
        for place in places:
            there = lines.get(place, {})
            for col, text in by_row.get(row, {}).items():
                found = [c for c, value in there.items() if value == text]
                if found:
                    votes[col][min(found, key=lambda c: (abs(c - col - shift), c))] += 1
    columns: dict[int, int] = {}
    ranked = sorted(votes, key=lambda col: -max(votes[col].values()))
    for col in ranked:
        choices = sorted(votes[col], key=lambda c: (-votes[col][c], abs(c - col - shift), c))
        free = [c for c in choices if c not in columns.values()]
        if free:
            columns[col] = free[0]
    _fill(columns, shift)
    return columns


def _fill(columns: dict[int, int], shift: int) -> None:
    """Columns without a fixed text from their neighbours; none where the neighbours have closed up."""
    if not columns:
        columns.update({col: col + shift for col in range(form.COLUMNS)})
        return
    for col in range(form.COLUMNS):
        if col in columns:
            continue
        left = max((c for c in columns if c < col), default=None)
        right = min((c for c in columns if c > col), default=None)
        if left is not None and right is not None and columns[right] - columns[left] != right - left:
            continue
        near = next(c for c in (left, right) if c is not None)
        place = columns[near] + col - near
        if place >= 0 and place not in columns.values():
            columns[col] = place


def _between(rows: dict[int, list[int]], allowed: set[int], form_rows: int) -> set[int]:
    """Rows to fill in without a key: they follow their heading. Answers those that are not certain."""
    unsure: set[int] = set()
    known = {row: places[0] for row, places in sorted(rows.items()) if len(places) == 1}
    if list(known.values()) != sorted(known.values()):
        return unsure  # the rows were sorted: neighbours say nothing
    for row in range(form_rows):
        if row in rows:
            continue
        above = max((r for r in known if r < row), default=None)
        below = min((r for r in known if r > row), default=None)
        if above is None:
            continue
        place = known[above] + row - above
        if place not in allowed or (below is not None and place >= known[below]):
            continue
        if below is not None and known[below] - known[above] < below - above:
            unsure.add(row)
        rows[row] = [place]
    return unsure


def place_of(alignment: Alignment, row: int, col: int) -> Place | None:
    """The place of a fixed text; None where its row or column is gone."""
    at, column = alignment.row(row), alignment.columns.get(col)
    return None if at is None or column is None else (at, column)
