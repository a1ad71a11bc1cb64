"""The list of decisions as it comes back from the personnel department: found by its headings, wherever it stands."""

from __future__ import annotations

from pathlib import Path

from hrbook.collect.grid import Grid, address, grid_of, said
from hrbook.core.fault import Fault
from hrbook.core.reconcile import Choice, Decision
from hrbook.ingest.values import read_staff_id
from hrbook.ingest.vocabulary import key
from hrbook.ingest.workbook import read_workbook
from hrbook.words import LANGUAGES, load_labels

COLUMNS = ("number", "choice", "value", "staff_id", "note")
SEARCHED_ROWS = 30


def read_decisions(path: Path) -> dict[str, Decision]:
    """Decisions by the number of their difference; lines without a choice are none. Raises Fault: no list in the file, a
    word that is no decision, one number decided twice in two ways."""
    book = read_workbook(path)
    choices = {key(load_labels(lang)(f"collect.choice.{c.value}")): c for lang in LANGUAGES for c in Choice}
    found: dict[str, tuple[Decision, str]] = {}
    listed = False
    for sheet in book.sheets:
        grid = grid_of(sheet)
        head = _head(grid)
        if head is None:
            continue
        listed = True
        row, columns = head
        for at in range(row + 1, max(r for r, _ in grid) + 1):
            cells = {name: said(grid.get((at, col))) for name, col in columns.items()}
            word, number = cells["choice"], cells["number"]
            if not word or not number:
                continue
            where = address((at, columns["choice"]))
            choice = choices.get(key(word))
            if choice is None:
                known = ", ".join(load_labels("ja")(f"collect.choice.{c.value}") for c in Choice)
                raise Fault("decisions_word", file=path.name, sheet=sheet.name, cell=where, found=word, known=known)
            staff_id, _ = read_staff_id(grid.get((at, columns.get("staff_id", -1))))
            decision = Decision(choice, cells.get("value", ""), staff_id, cells.get("note", ""))
            if number in found and found[number][0] != decision:
                other = found[number][1]
                raise Fault("decisions_twice", file=path.name, sheet=sheet.name, cell=where, other=other, found=number)
            found[number] = (decision, where)
    if not listed:
        raise Fault("decisions_no_list", file=path.name, expected=load_labels("ja")("collect.decisions.number"))
    return {number: decision for number, (decision, _) in found.items()}


def _head(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The heading row and its columns; None for a sheet that is no list of decisions."""
    words = {key(load_labels(lang)(f"collect.decisions.{name}")): name for lang in LANGUAGES for name in COLUMNS}
    rows: dict[int, dict[str, int]] = {}
    for (row, col), value in sorted(grid.items()):
        name = words.get(key(said(value))) if row < SEARCHED_ROWS else None
        if name:
            rows.setdefault(row, {}).setdefault(name, col)
    for row, columns in sorted(rows.items()):
        if {"number", "choice"} <= set(columns):
            return row, columns
    return None
