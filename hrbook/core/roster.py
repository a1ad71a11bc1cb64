"""The staff roster as well-formed records. A value is right, blank (None) or UNREADABLE; nothing is guessed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum

from hrbook.core.goals import UnitGoal
from hrbook.core.returned import Entry
from hrbook.core.source import RowRef, SheetSource


class Unreadable(Enum):
    """Marks a cell that holds something which could not be understood; it is a finding, and what needs it is undetermined."""

    VALUE = "unreadable"


UNREADABLE = Unreadable.VALUE
MaybeDate = date | Unreadable | None


class Employment(StrEnum):
    """Kind of appointment; the first three are judged, the last is a population of its own (contract.md, spec 4)."""

    REGULAR = "regular"
    FIXED_TERM = "fixed_term"
    REAPPOINTED = "reappointed"
    FISCAL_YEAR = "fiscal_year"


class Presence(StrEnum):
    """What the roster's own column says of a person's presence."""

    ACTIVE = "active"
    LEAVE = "leave"
    SECONDED = "seconded"
    GONE = "gone"


class Nature(StrEnum):
    """What an order does to the primary post."""

    PRIMARY = "primary"
    SECOND_POST = "second_post"
    SECONDMENT = "secondment"
    LEAVING = "leaving"


class Outcome(StrEnum):
    """Result of a course in the training register."""

    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"
    ABSENT = "absent"
    EXEMPT = "exempt"
    LECTURER = "lecturer"


@dataclass(frozen=True, slots=True)
class Post:
    """A place in the organisation as one row writes it; the empty string is blank."""

    bureau: str = ""
    department: str = ""
    section: str = ""
    code: str = ""

    @property
    def blank(self) -> bool:
        return not (self.bureau or self.department or self.code)


@dataclass(frozen=True, slots=True)
class Order:
    """One personnel order. `rank` is that of its title, None where the title is blank or unmapped."""

    on: MaybeDate
    post: Post
    title: str
    rank: str | None
    kind: str
    nature: Nature
    step_down: bool
    received: bool  # issued by the receiving authority: the later of a pair of one date
    end: MaybeDate
    remark: str
    ref: RowRef
    hire: bool = False  # the order that appointed the person
    promotion: bool = False
    left_management: bool = False  # the step-down from a managerial post by age, whatever the earlier titles


@dataclass(frozen=True, slots=True)
class Completion:
    """One row of the training register. `course` is as written, `code` the policy's course or None."""

    course: str
    code: str | None
    on: MaybeDate
    outcome: Outcome | None
    ref: RowRef


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave of absence; `end` None is open-ended."""

    kind: str
    start: MaybeDate
    end: MaybeDate
    ref: RowRef
    absent: bool = True  # False: shorter hours, which keep the person at work


@dataclass(frozen=True, slots=True)
class Wish:
    """Self-declaration of one fiscal year."""

    year: int | None
    wants_move: str
    where: str
    reason: str
    training: str
    care: str
    ref: RowRef
    themes: tuple[str, ...] = ()  # ids of the policy's themes of learning
    way: str | None = None  # id of the policy's kinds of learning: how


@dataclass(frozen=True, slots=True)
class Score:
    """Assessment of one ability in one fiscal year, 1 to 5; None is not scored."""

    year: int | None
    ability: str
    own: int | None
    manager: int | None
    ref: RowRef


@dataclass(frozen=True, slots=True)
class Reason:
    """A registered reason for standing apart from the guide of one rule."""

    rule: str
    text: str
    expires: MaybeDate
    registered_by: str
    registered_on: MaybeDate
    approved_by: str
    approved_on: MaybeDate
    ref: RowRef


@dataclass(frozen=True, slots=True)
class Qualification:
    """A qualification or something learnt outside the courses, with the subsidy as written. `kind` is an id of the policy's
    kinds of learning, None where it is blank or unknown; `subsidised`: the cell says that the city paid a part."""

    name: str
    on: MaybeDate
    subsidy: str
    ref: RowRef
    kind: str | None = None
    subsidised: bool = False


@dataclass(frozen=True, slots=True)
class Trainer:
    """Who trains a newcomer at the workplace, by staff number, and for how long; blank days are open."""

    trainer: str
    start: MaybeDate
    end: MaybeDate
    ref: RowRef


@dataclass(frozen=True, slots=True)
class Employee:
    """One person of the roster with everything that the other sheets say of them, each part in a canonical order."""

    staff_id: str
    name: str
    kana: str
    birth: MaybeDate
    hired: MaybeDate
    hire_route: str
    employment: Employment | None
    job_family: str
    title: str
    rank: str | None
    rank_start: MaybeDate
    post: Post
    presence: Presence | None
    roles: tuple[str, ...]
    tier: str | None
    left: MaybeDate
    ref: RowRef
    orders: tuple[Order, ...] = ()
    completions: tuple[Completion, ...] = ()
    leaves: tuple[Leave, ...] = ()
    wishes: tuple[Wish, ...] = ()
    scores: tuple[Score, ...] = ()
    reasons: tuple[Reason, ...] = ()
    qualifications: tuple[Qualification, ...] = ()
    trainers: tuple[Trainer, ...] = ()  # who trains this person at the workplace
    returned: tuple[Entry, ...] = ()  # what came back in the forms of this and earlier years


@dataclass(frozen=True, slots=True)
class OrgRow:
    """One organisation row with its interval; `parents` are codes or names of the units that it came from."""

    code: str
    post: Post
    start: date | None
    end: date | None
    parents: tuple[str, ...]
    category: str
    place: str
    ref: RowRef


@dataclass(frozen=True, slots=True)
class SetAside:
    """A roster row that could not be used, and the finding's code that says why."""

    staff_id: str
    name: str
    code: str
    ref: RowRef


@dataclass(frozen=True, slots=True)
class Roster:
    """All people, in the order of their staff number, and what surrounds them.

    `rows_read` counts the data rows of the roster sheet: employees + set aside."""

    file: str
    sha256: str
    employees: tuple[Employee, ...]
    organisation: tuple[OrgRow, ...]
    set_aside: tuple[SetAside, ...]
    rows_read: int
    sheets: tuple[SheetSource, ...] = ()
    sheet_rows: Mapping[str, int] = field(default_factory=dict)
    unit_goals: tuple[UnitGoal, ...] = ()
