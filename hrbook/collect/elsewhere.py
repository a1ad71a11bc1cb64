"""Changes on the sheets that are no forms: rows of people that read otherwise, and texts that were not issued."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hrbook.collect.grid import Grid, Place, said
from hrbook.core.source import Scalar

SIMILAR = 2  # texts of a heading row that must come back for its columns to be known


@dataclass(frozen=True, slots=True)
class Other:
    """A text that the issued sheet did not have. `label` is the heading of its column and `issued` what stood there, where
    the row is the one of a person; `staff_id` is "" where it is nobody's."""

    place: Place
    text: str
    staff_id: str = ""
    label: str = ""
    issued: str = ""


@dataclass(frozen=True, slots=True)
class PeopleRows:
    """The rows of people on a sheet: staff number -> row, for those who have one row; `head` holds the headings."""

    rows: Mapping[str, int]
    head: Mapping[int, str]


def differences(issued: Grid, returned: Grid, people: frozenset[str]) -> tuple[Other, ...]:
    """Everything on a returned sheet that its issued sheet did not have; numbers only in rows of people."""
    mine, theirs = people_rows(issued, people), people_rows(returned, people)
    columns = _columns(mine.head, theirs.head)
    found: list[Other] = []
    used: set[Place] = set()
    issued_lines, returned_lines = _lines(issued), _lines(returned)
    for staff_id, row in sorted(theirs.rows.items(), key=lambda pair: pair[1]):
        if staff_id not in mine.rows:
            continue
        before = issued_lines[mine.rows[staff_id]]
        known = Counter(said(value) for value in before.values())
        for col, value in sorted(returned_lines[row].items()):
            used.add((row, col))
            text = said(value)
            was = before.get(columns.get(col, -1))
            if was is not None and said(was) == text:
                known[text] -= 1
                continue
            if known[text] > 0 and (was is None or said(was) != text):
                known[text] -= 1
                continue
            found.append(Other((row, col), text, staff_id, theirs.head.get(col, ""), "" if was is None else said(was)))
    there = Counter(said(value) for value in issued.values() if type(value) is str)
    for place, value in sorted(returned.items()):
        if place in used or type(value) is not str:
            continue
        text = said(value)
        if there[text] > 0:
            there[text] -= 1
        elif text not in there:
            found.append(Other(place, text, _owner(returned_lines[place[0]], people)))
    return tuple(found)


def people_rows(grid: Grid, people: frozenset[str]) -> PeopleRows:
    """Rows that hold exactly one staff number, of people who have exactly one such row."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, line in _lines(grid).items():
        numbers = {said(value) for value in line.values()} & people
        if len(numbers) == 1:
            rows[numbers.pop()].append(row)
    single = {staff_id: found[0] for staff_id, found in rows.items() if len(found) == 1}
    top = min(single.values(), default=0)
    head: dict[int, str] = {}
    for (row, col), value in sorted(grid.items()):
        if row < top and type(value) is str:
            head[col] = said(value)
    return PeopleRows(single, head)


def _columns(issued: Mapping[int, str], returned: Mapping[int, str]) -> dict[int, int]:
    """Returned column -> issued column, by their headings; by place where the headings are gone."""
    by_text: dict[str, list[int]] = defaultdict(list)
    for col, text in issued.items():
        by_text[text].append(col)
    found = {col: min(by_text[text], key=lambda c: abs(c - col)) for col, text in returned.items() if text in by_text}
    if len(found) < SIMILAR:
        return {col: col for col in {*issued, *returned}}
    return found


def _lines(grid: Grid) -> dict[int, dict[int, Scalar]]:
    lines: dict[int, dict[int, Scalar]] = defaultdict(dict)
    for (row, col), value in grid.items():
        lines[row][col] = value
    return lines


def _owner(line: Mapping[int, Scalar], people: Iterable[str]) -> str:
    numbers = {said(value) for value in line.values()} & set(people)
    return numbers.pop() if len(numbers) == 1 else ""
