"""The ledger of a finished run, read row by row: it is as long as the whole run, so nobody holds all of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from hrbook.compare.report import Difference
from hrbook.core.fault import Fault

LEDGER = "ledger.csv"
Row = Mapping[str, str]
Key = tuple[str, str]


def ledger_rows(path: Path) -> Iterator[Row]:
    """Every row by the names of its columns; what is missing is empty. Raises Fault where the file is no table."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        try:
            yield from csv.DictReader(file, restkey="", restval="")
        except csv.Error as error:
            raise Fault("file_damaged", file=path.name, found=str(error)) from error


def key_of(row: Row) -> Key:
    """Staff number and rule: what a row is about."""
    return row.get("staff_id", ""), row.get("rule_id", "")


def ledgers_apart(path: str, made: Path, stands: Path) -> Iterator[Difference]:
    """Fields of the ledger `stands` by person and rule that are not those of `made`; then rows that are in one of the two
    only, or in another order. What has not met its like yet is held: as many rows as the two are apart."""
    mine: dict[Key, Row] = {}
    theirs: dict[Key, Row] = {}
    order = True
    same = True
    for one, other in zip_longest(ledger_rows(made), ledger_rows(stands)):
        if one == other:
            continue
        keys = []
        for row, held in ((one, mine), (other, theirs)):
            if row is not None:
                keys.append(key_of(row))
                held[keys[-1]] = row
        order = order and keys[1:] == keys[:1]
        for key in dict.fromkeys(keys):
            if key in mine and key in theirs:
                for difference in _fields_apart(path, key, mine.pop(key), theirs.pop(key)):
                    same = False
                    yield difference
    yield from (Difference("row_missing", path, " ".join(key)) for key in mine)
    yield from (Difference("row_added", path, " ".join(key)) for key in theirs)
    if not order and same and not mine and not theirs:
        yield Difference("order", path)


def _fields_apart(path: str, key: Key, mine: Row, theirs: Row) -> Iterator[Difference]:
    for name in [*mine, *(n for n in theirs if n not in mine)]:
        if mine.get(name) != theirs.get(name):
            yield Difference("row", path, " ".join(key), str(name), str(mine.get(name, "")), str(theirs.get(name, "")))
