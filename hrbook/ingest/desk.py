"""What every reader of rows needs: words, findings so far, and the cells that come up on all sheets."""

from __future__ import annotations

from datetime import date

from hrbook.core.finding import Finding
from hrbook.core.roster import MaybeDate, Post
from hrbook.core.source import RowRef, Scalar
from hrbook.ingest import codes
from hrbook.ingest.dates import FIRST_TYPED, LAST, read_date
from hrbook.ingest.values import read_text
from hrbook.ingest.vocabulary import Vocabulary
from hrbook.ingest.workbook import Broken


class Desk:
    """Reads cells for one workbook and collects the findings on them."""

    def __init__(self, words: Vocabulary, from_1904: bool) -> None:
        self.words = words
        self.findings: list[Finding] = []
        self._from_1904 = from_1904
        self._posts: dict[tuple[Scalar, ...], Post] = {}

    def date(self, value: Scalar, ref: RowRef, field: str, staff_id: str = "") -> MaybeDate:
        """The date of a cell; what is odd about it becomes a finding."""
        if value is None:
            return None
        if type(value) is date and FIRST_TYPED <= value <= LAST:
            return value
        day, code = read_date(value, self.words.dates, self._from_1904)
        if code is not None:
            understood = day if isinstance(day, date) else None
            self.findings.append(code.at(ref, field, understood=understood, staff_id=staff_id))
        return day

    def required_date(self, value: Scalar, ref: RowRef, field: str, staff_id: str = "") -> MaybeDate:
        """The same for a field that every row needs: a blank is a finding."""
        if type(value) is date and FIRST_TYPED <= value <= LAST:
            return value
        day = self.date(value, ref, field, staff_id)
        if day is None and not read_text(value):
            self.findings.append(codes.REQUIRED_BLANK.at(ref, field, staff_id=staff_id))
        return day

    def required_text(self, value: Scalar, ref: RowRef, field: str, staff_id: str = "") -> str:
        """A text that every row needs."""
        text = read_text(value)
        if not text and not isinstance(value, Broken):
            self.findings.append(codes.REQUIRED_BLANK.at(ref, field, staff_id=staff_id))
        return text

    def post(self, bureau: Scalar, department: Scalar, section: Scalar, code: Scalar) -> Post:
        """The place that four cells name; equal places are one object."""
        cells = (bureau, department, section, code)
        post = self._posts.get(cells)
        if post is None:
            post = self._posts[cells] = Post(*(read_text(cell) for cell in cells))
        return post


def day_key(day: MaybeDate) -> int:
    """Sort key of a date that may be blank or unreadable."""
    return day.toordinal() if type(day) is date else (0 if day is None else -1)
