"""What every reader of rows needs: words, findings so far, and the cells that come up on all sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hrbook.core.finding import Finding
from hrbook.core.roster import UNREADABLE, MaybeDate, Post
from hrbook.core.source import RowRef, Scalar
from hrbook.ingest import codes
from hrbook.ingest.codes import Code, Facts
from hrbook.ingest.dates import LAST, SURE, read_date
from hrbook.ingest.person_names import NameBook
from hrbook.ingest.proposals import propose
from hrbook.ingest.units import UnitNames
from hrbook.ingest.values import read_text
from hrbook.ingest.vocabulary import Vocabulary
from hrbook.ingest.workbook import Broken

BIRTH = "birth"  # the day decides when somebody steps down: never proposed
LAST_DAYS = ("end", "left", "expires")  # a month or a year means its last day there


class Desk:
    """Reads cells for one workbook and collects the findings on them."""

    def __init__(self, words: Vocabulary, accept: frozenset[str] = frozenset(), as_of: date | None = None) -> None:
        """`accept` holds the codes of the repairs that were consented to; `as_of` bounds years without an era."""
        self.words = words
        self.findings: list[Finding] = []
        self.accept = accept
        self.as_of = as_of
        self.from_1904: dict[str, bool] = {}  # by SHA-256 of the workbook
        self.units: UnitNames | None = None  # once the organisation sheet is read
        self.names = NameBook(words.name_variants, words.lost_glyphs)  # of the roster, as it is read
        self._fine: set[Post] = set()
        self._posts: dict[tuple[Scalar, ...], Post] = {}

    def date(self, value: Scalar, ref: RowRef, field: str, staff_id: str = "") -> MaybeDate:
        """The date of a cell; what is odd about it becomes a finding."""
        if value is None:
            return None
        if type(value) is date and SURE <= value <= LAST:
            return value
        day, code = read_date(value, self.words.dates, self.from_1904.get(ref.source.sha256, False))
        if code is None:
            return day
        if day is UNREADABLE and field != BIRTH:
            proposed, why = propose(value, self.words.dates, last=field in LAST_DAYS, as_of=self.as_of)
            if proposed is not None and why is not None:
                return proposed if self.consent(why, ref, field, proposed, staff_id) else UNREADABLE
        understood = day if isinstance(day, date) else None
        self.findings.append(code.at(ref, field, understood=understood, staff_id=staff_id))
        return day

    def consent(
        self, code: Code, ref: RowRef, field: str, proposed: Scalar, staff_id: str = "", facts: Facts | None = None
    ) -> bool:
        """Whether the run may use a value that is only likely; either way it becomes a finding."""
        accepted = code.id in self.accept
        self.findings.append(code.proposed(ref, field, proposed, accepted=accepted, staff_id=staff_id, facts=facts))
        return accepted

    def required_date(self, value: Scalar, ref: RowRef, field: str, staff_id: str = "") -> MaybeDate:
        """The same for a field that every row needs: a blank is a finding."""
        if type(value) is date and SURE <= value <= LAST:
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

    def place(self, cells: tuple[Scalar, Scalar, Scalar, Scalar], ref: RowRef, staff_id: str) -> Post:
        """The same; a name that the organisation sheet lacks but nearly has is proposed."""
        post = self.post(*cells)
        if post in self._fine or self.units is None:
            return post
        near = {name: self.units.near(name, getattr(post, name)) for name in ("bureau", "department")}
        if not any(near.values()):
            self._fine.add(post)
            return post
        for name, proposed in near.items():
            if proposed is not None and self.consent(codes.UNIT_NEAR, ref, name, proposed, staff_id):
                post = replace(post, **{name: proposed})
        return post

    def same_person(self, cell: Scalar, ref: RowRef, staff_id: str, field: str = "name") -> bool:
        """Whether a row of another sheet may be used for `staff_id`, as far as the name beside the number (`field`) says."""
        if cell is None or not self.names.disagrees(staff_id, cell):
            return True
        return self.consent(codes.NAME_DISAGREES, ref, field, None, staff_id)


def day_key(day: MaybeDate) -> int:
    """Sort key of a date that may be blank or unreadable."""
    return day.toordinal() if type(day) is date else (0 if day is None else -1)
