"""Staff numbers of the roster, and the joining of other sheets' numbers to them: exactly, or after lost zeros with a
finding, never by anything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from hrbook.core.finding import Finding
from hrbook.core.source import RowRef, Scalar
from hrbook.ingest import codes
from hrbook.ingest.codes import Code
from hrbook.ingest.values import read_staff_id
from hrbook.ingest.workbook import Broken, PaddedNumber


def common_width(cells: Iterable[Scalar]) -> int | None:
    """The one width of all numbers that are written as text; of all numbers where none is; None where widths differ."""
    texts: set[int] = set()
    numbers: set[int] = set()
    for cell in cells:
        staff_id, _ = read_staff_id(cell)
        if staff_id.isascii() and staff_id.isdigit():
            (texts if isinstance(cell, str) else numbers).add(len(staff_id))
    widths = texts or numbers
    return next(iter(widths)) if len(widths) == 1 else None


def own_id(cell: Scalar, width: int | None) -> tuple[str, tuple[Code, ...]]:
    """A roster row's number, with lost zeros put back to the roster's one width, and what was done to it."""
    staff_id, folded = read_staff_id(cell)
    done = [codes.STAFF_ID_FOLDED] if folded and staff_id else []
    if isinstance(cell, PaddedNumber):
        done.append(codes.STAFF_ID_SHOWN)
    if width is not None and staff_id.isascii() and staff_id.isdigit() and len(staff_id) < width:
        staff_id = staff_id.zfill(width)
        done.append(codes.STAFF_ID_PADDED)
    return staff_id, tuple(done)


class StaffIds:
    """The roster's numbers as other sheets find them."""

    def __init__(self, ids: Iterable[str], set_aside: Iterable[str], cells: Sequence[Scalar]) -> None:
        """`cells` are the roster's own cells: lost zeros are only made up for where these have one width, or are all
        numbers, and where no two people have the same number then."""
        self._ids = frozenset(ids)
        self._aside = frozenset(set_aside)
        digits = [staff_id for staff_id in self._ids | self._aside if staff_id.isascii() and staff_id.isdigit()]
        counted = Counter(staff_id.lstrip("0") for staff_id in digits)
        uniform = common_width(cells) is not None or all(type(cell) is int for cell in cells)
        self._by_number: Mapping[str, str] = {
            staff_id.lstrip("0"): staff_id for staff_id in digits if uniform and counted[staff_id.lstrip("0")] == 1
        }
        self._known: dict[str | int, tuple[str, tuple[Code, ...]]] = {}

    def find(self, cell: Scalar, ref: RowRef, findings: list[Finding], field: str = "staff_id") -> str:
        """The person that a row of another sheet is about, or names in `field`; "" where there is none, which is a finding."""
        if not isinstance(cell, (str, int)) or isinstance(cell, (bool, Broken)):
            findings.append(codes.ROW_NOT_USED.at(ref, field))
            return ""
        answer = self._known.get(cell) if type(cell) is not PaddedNumber else None
        if answer is None:
            answer = self._find(cell)
            if type(cell) is not PaddedNumber:
                self._known[cell] = answer
        staff_id, said = answer
        for code in said:
            findings.append(code.at(ref, field, understood=staff_id or None, staff_id=staff_id))
        return staff_id

    def _find(self, cell: str | int) -> tuple[str, tuple[Code, ...]]:
        staff_id, folded = read_staff_id(cell)
        said = (codes.STAFF_ID_FOLDED,) if folded and staff_id else ()
        if isinstance(cell, PaddedNumber):
            said = (codes.STAFF_ID_SHOWN,)
        if not staff_id:
            return "", (codes.ROW_NOT_USED,)
        if staff_id in self._ids:
            return staff_id, said
        if staff_id in self._aside:
            return "", (codes.PERSON_SET_ASIDE,)
        joined = self._by_number.get(staff_id.lstrip("0")) if staff_id.isascii() and staff_id.isdigit() else None
        if joined is None:
            return "", (codes.PERSON_UNKNOWN,)
        if joined in self._aside:
            return "", (codes.PERSON_SET_ASIDE,)
        return joined, (*said, codes.STAFF_ID_PADDED)
