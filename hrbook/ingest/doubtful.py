"""Roster rows that are not plainly one person each: struck out, given twice, a second post, a unit left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from hrbook.core.source import RowRef
from hrbook.ingest import codes
from hrbook.ingest.desk import Desk
from hrbook.ingest.natures import title_is_second_post
from hrbook.ingest.table import Table
from hrbook.ingest.values import read_text
from hrbook.ingest.vocabulary import key

UNIT = ("bureau", "department", "code")
CARRIED = ("bureau", "department", "section", "code")
RARE = 0.1  # share of grey rows up to which grey can mean "does not count"
Row = tuple[Table, RowRef]


def kept_rows(rows: Sequence[Row], desk: Desk) -> list[Row]:
    """The rows without those that are struck out, where that is consented to; units left out are filled likewise."""
    grey = _grey(rows)
    kept: list[Row] = []
    above: RowRef | None = None
    for table, ref in rows:
        index = ref.row - 1
        if index in table.sheet.struck:
            if desk.consent(codes.ROW_STRUCK, ref, "staff_id", None, read_text(ref.raw_of("staff_id"))):
                continue
        elif (id(table), index) in grey:
            desk.findings.append(codes.ROW_GREY.at(ref, "staff_id", staff_id=read_text(ref.raw_of("staff_id"))))
        filled = _with_unit(ref, above, desk)
        kept.append((table, filled))
        above = filled
    return kept


def _grey(rows: Sequence[Row]) -> set[tuple[int, int]]:
    """Grey rows, where so few are grey that it is no pattern of the table."""
    found = {(id(table), ref.row - 1) for table, ref in rows if ref.row - 1 in table.sheet.grey}
    return found if len(found) <= RARE * len(rows) else set()


def _with_unit(ref: RowRef, above: RowRef | None, desk: Desk) -> RowRef:
    """A person without any unit below one who has it: where repeats are left out, the unit is the same."""
    if above is None or above.source is not ref.source or any(read_text(ref.raw_of(part)) for part in UNIT):
        return ref
    if not read_text(ref.raw_of("staff_id")) or not any(read_text(above.raw_of(part)) for part in UNIT):
        return ref
    said = " ".join(filter(None, (read_text(above.raw_of(part)) for part in ("bureau", "department"))))
    if not desk.consent(codes.UNIT_OMITTED, ref, "bureau", said, read_text(ref.raw_of("staff_id"))):
        return ref
    cells = list(ref.raw)
    for part in CARRIED:
        column = ref.source.columns.get(part)
        if column is not None:
            cells[column] = above.raw_of(part)
    return replace(ref, raw=tuple(cells))


def repeated(numbered: Sequence[tuple[str, RowRef]], desk: Desk) -> set[int]:
    """Ids (of RowRef) of rows that repeat a person and may be left out, because that is consented to."""
    groups: dict[str, list[RowRef]] = defaultdict(list)
    for staff_id, ref in numbered:
        if staff_id:
            groups[staff_id].append(ref)
    out: set[int] = set()
    for staff_id, refs in groups.items():
        if len(refs) < 2:
            continue
        rest = [refs[0]]
        for ref in refs[1:]:
            if any(_content(ref) == _content(other) for other in rest):
                if desk.consent(codes.ROW_TWICE, ref, "staff_id", None, staff_id):
                    out.add(id(ref))
            else:
                rest.append(ref)
        second = [ref for ref in rest if _second_post(ref, desk)]
        if len(rest) > 1 and len(second) == len(rest) - 1:
            for ref in second:
                if desk.consent(codes.SECOND_POST_ROW, ref, "staff_id", None, staff_id):
                    out.add(id(ref))
    return out


def _content(ref: RowRef) -> tuple[str, ...]:
    return tuple(key(read_text(ref.raw_of(name))) for name in sorted(ref.source.columns))


def _second_post(ref: RowRef, desk: Desk) -> bool:
    """The remark or the title says that the row is a second post."""
    words = desk.words.orders
    remark, title = key(read_text(ref.raw_of("remark"))), read_text(ref.raw_of("title"))
    return any(word in remark for word in words.second_post) or title_is_second_post(title, words)
